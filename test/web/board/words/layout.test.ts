import { expect, test } from "vitest";
import { readItem } from "../../../../shared/surfaces/board.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { type ShapeKind, shapeKeys } from "../../../../shared/surfaces/shapes.ts";
import { type Words, wordsKeys } from "../../../../shared/surfaces/words/words.ts";
import { poseAround } from "../../../../web/board/words/inside.ts";
import { lineOf, WordsLayer } from "../../../../web/board/words/layout.ts";

/** Every sign is half as wide as it is high. */
const layer = new WordsLayer((text, size) => [...text].length * size * 0.5);

const plain: Omit<Words, "text"> = {
	kind: "text",
	color: 0,
	size: 1,
	look: plainLook,
	box: { minX: 10, minY: 20, maxX: 110, maxY: 46 },
};

/** A text in a box of ten signs. */
function lay(text: string, more: Partial<Words> = {}) {
	const item = readItem({ ...Object.fromEntries(wordsKeys({ ...plain, ...more })), t: text });
	const layout = item === null ? null : layer.lay(item);
	if (layout === null) throw new Error("no words");
	return layout;
}

const linesOf = (text: string) => lay(text).lines.map((line) => line.text);

test.each([
	["", [""]],
	["rose", ["rose"]],
	["rose lily tulip", ["rose lily", "tulip"]],
	["rose      lily", ["rose", "lily"]],
	["  rose", ["  rose"]],
	["rose\n\nlily\n", ["rose", "", "lily", ""]],
	["chrysanthemums", ["chrysanthe", "mums"]],
	["a chrysanthemums", ["a", "chrysanthe", "mums"]],
	["well-known-rose", ["well-", "known-rose"]],
	["from -5 to -10", ["from -5 to", "-10"]],
	["寒い冬の日に暖かいお茶。", ["寒い冬の日に暖かいお", "茶。"]],
	["あああああああああお。", ["あああああああああ", "お。"]],
	["👋🏽👋🏽👋🏽👋🏽👋🏽👋🏽", ["👋🏽👋🏽👋🏽👋🏽👋🏽", "👋🏽"]],
	["a\tb\rc", ["a b c"]],
])("%j in ten signs is %j", (text, lines) => {
	expect(linesOf(text)).toEqual(lines);
});

test("each line knows its first letter, so that the caret's line is known", () => {
	const layout = lay("rose lily tulip\nfern");
	expect(layout.lines.map(({ from }) => from)).toEqual([0, 10, 16]);
	expect([0, 9, 10, 15, 16, 20].map((index) => lineOf(layout, index))).toEqual([0, 0, 1, 1, 2, 2]);
});

test("a text is as wide as its longest line, and as high as its lines", () => {
	expect(lay("rose\nlilies").area).toEqual({ minX: 10, minY: 20, maxX: 70, maxY: 72 });
});

test("a note is as wide as its box, at least as high, and grows with its letters", () => {
	const note = { kind: "note", box: { minX: 0, minY: 0, maxX: 132, maxY: 132 } } as const;
	expect(lay("rose", note).area).toEqual({ minX: 16, minY: 16, maxX: 116, maxY: 116 });
	const { lines, area, box } = lay("rose lily tulip fern moss ivy reed sedge flag", note);
	expect(area.maxY).toBe(16 + lines.length * 26);
	expect(lines.length).toBeGreaterThan(4);
	expect(box.minX).toBeLessThan(0);
});

test("letters that are read from the right begin there, line by line", () => {
	const { lines, area } = lay("rose\nשלום\n123 שלום");
	expect(lines.map(({ isRtl }) => isRtl)).toEqual([false, true, true]);
	expect(area.maxX).toBe(110);
});

test("the same letters are laid out once, others anew", () => {
	let measured = 0;
	const counting = new WordsLayer((text, size) => {
		measured++;
		return text.length * size;
	});
	const item = readItem({
		...Object.fromEntries(wordsKeys(plain)),
		t: `${"rose ".repeat(50)}\nlily`,
	});
	if (item === null) throw new Error("no item");
	const first = counting.lay(item);
	const before = measured;
	expect(counting.lay(item)).toEqual(first);
	// Only how wide the lines are is asked again.
	expect(measured - before).toBe(first?.lines.length);
});

test("letters without end are laid out in bounded time", () => {
	const measure = (text: string, size: number) => text.length * size * 0.01;
	const item = readItem({ ...Object.fromEntries(wordsKeys(plain)), t: "i".repeat(80_000) });
	if (item === null) throw new Error("no item");
	const layout = new WordsLayer(measure).lay(item);
	expect(Math.max(...(layout?.lines ?? []).map(({ text }) => text.length))).toBeLessThan(100);
	const lines = readItem({ ...Object.fromEntries(wordsKeys(plain)), t: "\n".repeat(80_000) });
	expect(lines && new WordsLayer(measure).lay(lines)?.lines.length).toBe(5_000);
});

/** A shape of 120 by 80 units with a fine line, and what stands in it. */
function inShape(kind: ShapeKind, text: string, more: Record<string, unknown> = {}) {
	const drawn = { kind, color: 0, width: 0, look: plainLook, points: [0, 0, 120, 80] as const };
	const item = readItem({ ...Object.fromEntries(shapeKeys(drawn)), t: text, ...more });
	const layout = item === null ? null : layer.lay(item);
	return { item, layout };
}

test("words in a shape stand in its middle, as wide as there is room in it", () => {
	const { layout } = inShape("rectangle", "rose lily tulip");
	expect(layout?.lines.map(({ text }) => text)).toEqual(["rose lily", "tulip"]);
	expect(layout).toMatchObject({
		isInside: true,
		size: 20,
		inner: 101.5,
		middle: { x: 60, y: 40 },
	});
	expect(layout?.area).toEqual({ minX: 15, minY: 14, maxX: 105, maxY: 66 });
	expect(inShape("ellipse", "rose").layout?.inner).toBeCloseTo(120 * Math.SQRT1_2 - 18.5, 9);
	expect(inShape("diamond", "rose").layout?.inner).toBe(41.5);
	expect(inShape("rectangle", "rose", { h: 0 }).layout?.size).toBe(16);
	expect(inShape("rectangle", "").layout).toBe(null);
	expect(inShape("line", "rose").layout).toBe(null);
});

test("a shape becomes as high as its words, and no lower", () => {
	const { item } = inShape("rectangle", "rose");
	if (item === null) throw new Error("no item");
	expect(poseAround(item, 61.5)).toBe(null);
	expect(poseAround(item, 101.5)).toEqual({ wide: 1, high: 1.5, turn: 0 });
	const turned = { ...item, pose: { wide: 2, high: -1, turn: 30 } };
	expect(poseAround(turned, 101.5)).toEqual({ wide: 2, high: -1.5, turn: 30 });
	expect(poseAround({ ...item, kind: "diamond" }, 41.5)).toEqual({ wide: 1, high: 1.5, turn: 0 });
});
