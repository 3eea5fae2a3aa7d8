import { expect, test } from "vitest";
import { readItem } from "../../../shared/surfaces/board.ts";
import { type ItemLook, plainLook } from "../../../shared/surfaces/item-look.ts";
import { itemBounds } from "../../../shared/surfaces/item-outline.ts";
import { type ShapeKind, shapeKeys } from "../../../shared/surfaces/shapes.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { isTouched, shapeAround } from "../../../web/board/hit.ts";
import type { SceneItem } from "../../../web/board/paint/scene-item.ts";
import { WordsLayer } from "../../../web/board/words/layout.ts";

/** A shape of 100 by 60 units at the origin, with a fine line. */
function shape(kind: ShapeKind, look: Partial<ItemLook> = {}): SceneItem {
	const drawn = { kind, color: 0, width: 0, look: { ...plainLook, ...look } };
	const item = readItem(Object.fromEntries(shapeKeys({ ...drawn, points: [0, 0, 100, 60] })));
	const box = item && itemBounds(item);
	if (item === null || box === null) throw new Error("no item");
	return { id: 1, order: 1, lifted: null, item, box };
}

const touches = (scene: SceneItem, x: number, y: number) =>
	isTouched(
		scene,
		[
			{ x, y },
			{ x, y },
		],
		2,
	);

test("a hollow shape is touched at its line, a filled one anywhere inside", () => {
	for (const kind of ["rectangle", "ellipse", "diamond"] as const) {
		expect(touches(shape(kind), 50, 0)).toBe(true);
		expect(touches(shape(kind), 50, 30)).toBe(false);
		expect(touches(shape(kind, { fill: "tint" }), 50, 30)).toBe(true);
		expect(touches(shape(kind, { fill: "solid" }), 45, 25)).toBe(true);
	}
});

test("the corners of the box of what is round are not touched", () => {
	for (const kind of ["ellipse", "diamond"] as const) {
		expect(touches(shape(kind, { fill: "solid" }), 4, 4)).toBe(false);
		expect(touches(shape(kind, { fill: "solid" }), 96, 56)).toBe(false);
	}
	expect(touches(shape("rectangle", { fill: "solid" }), 4, 4)).toBe(true);
});

test("a line has no inside, and an arrow's head can be touched", () => {
	expect(touches(shape("line", { fill: "solid" }), 50, 30)).toBe(true);
	expect(touches(shape("line", { fill: "solid" }), 60, 20)).toBe(false);
	const [x, y] = [100 - 17.5 * Math.cos(0.0168), 60 - 17.5 * Math.sin(0.0168)];
	expect(touches(shape("arrow"), x, y)).toBe(true);
	expect(touches(shape("line"), x, y)).toBe(false);
});

test("a hollow shape is touched at its words, too", () => {
	const plain = shape("rectangle");
	const words = new WordsLayer((text, size) => text.length * size * 0.5).lay({
		...plain.item,
		text: "tea",
	});
	if (words === null) throw new Error("no words");
	expect(touches({ ...plain, words }, 50, 30)).toBe(true);
	expect(touches({ ...plain, words }, 15, 30)).toBe(false);
});

test("what one types into is the smallest open shape around the place", () => {
	const large = { ...shape("rectangle"), id: 1 };
	const small = { ...shape("ellipse"), id: 2, box: { ...large.box, maxX: 99 } };
	const line = { ...shape("line"), id: 3 };
	const around = (all: readonly SceneItem[], x: number, y: number) => {
		const near = (_box: Bounds) => [...all];
		const ports = { scene: { near }, stage: { camera: { x: 0, y: 0, zoom: 1 } } };
		return shapeAround(ports, { x, y })?.id;
	};
	expect(around([large, line, small], 50, 30)).toBe(2);
	expect(around([large, line, small], 4, 4)).toBe(1);
	expect(around([{ ...large, item: { ...large.item, isLocked: true } }], 50, 30)).toBe(undefined);
	expect(around([large], 150, 30)).toBe(undefined);
});
