import { expect, test } from "vitest";
import { LaterTool } from "../../../web/board/tools/later-tool.ts";
import { typeAhead } from "../../../web/board/tools/type-ahead.ts";
import type { WordsTool } from "../../../web/board/words/words-tool.ts";

const plain = { ctrlKey: false, metaKey: false };

/** The tool of words while its code is on its way, and what is done to it in the end. */
function onItsWay() {
	const done: string[] = [];
	const tool = {
		enter: () => done.push("enter") > 0,
		type: (key: string) => done.push(key),
		leave: () => done.push("leave"),
		isTyping: false,
	} as unknown as WordsTool;
	let here: WordsTool | null = null;
	let bring = (): void => undefined;
	const code = new Promise<WordsTool>((resolve) => {
		bring = () => {
			here = tool;
			resolve(tool);
		};
	});
	const failed = (error: unknown) => {
		throw error;
	};
	const source = {
		get here() {
			return here;
		},
		get: () => code,
	};
	const writing = new LaterTool<WordsTool>(source, { cursor: "text", failed });
	const press = (key: string, held: Partial<typeof plain> = {}) =>
		typeAhead(writing, { key, ...plain, ...held });
	return { done, writing, press, bring: () => Promise.resolve(bring()).then(() => code) };
}

test("letters go into the field that is on its way, behind what opens it", async () => {
	const { done, writing, press, bring } = onItsWay();
	expect(press("p")).toBe(false);
	writing.enter();
	expect(["p", "🌷", "Backspace", "Enter", "e"].map((key) => press(key))).toEqual([
		true,
		true,
		true,
		true,
		true,
	]);
	await bring();
	expect(done).toEqual(["enter", "p", "🌷", "Backspace", "Enter", "e"]);
	expect(press("p")).toBe(false);
});

test("letters that waited for another tool go into the field that is open by their turn", () => {
	const done: string[] = [];
	const tool = { isTyping: true, type: (key: string) => done.push(key) } as unknown as WordsTool;
	const failed = () => undefined;
	const source = { here: tool, get: () => Promise.resolve(tool) };
	const writing = new LaterTool<WordsTool>(source, { cursor: "text", failed });
	expect(typeAhead(writing, { key: "p", ...plain })).toBe(true);
	expect(done).toEqual(["p"]);
});

test("chords, arrows and F keys mean what they always do", () => {
	const { writing, press } = onItsWay();
	writing.enter();
	expect(press("z", { ctrlKey: true })).toBe(false);
	expect(press("z", { metaKey: true })).toBe(false);
	expect(press("ArrowLeft")).toBe(false);
	expect(press("F6")).toBe(false);
});

test("Escape gives up the field and all that was typed for it", async () => {
	const { done, writing, press, bring } = onItsWay();
	writing.enter();
	press("p");
	expect(press("Escape")).toBe(true);
	expect(press("p")).toBe(false);
	await bring();
	expect(done).toEqual([]);
});
