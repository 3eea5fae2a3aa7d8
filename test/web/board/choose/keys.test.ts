import { expect, test } from "vitest";
import { readChosenKey } from "../../../../web/board/choose/keys.ts";
import type { Key } from "../../../../web/board/tools/keys.ts";

function press(key: string, held: Partial<Key> = {}) {
	const plain = { code: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
	return readChosenKey({ key, ...plain, ...held });
}

const ctrl = { ctrlKey: true };

test.each([
	["]", ctrl, { act: "lay", order: "forward" }],
	["[", ctrl, { act: "lay", order: "backward" }],
	["}", { ...ctrl, shiftKey: true }, { act: "lay", order: "front" }],
	["{", { ...ctrl, shiftKey: true }, { act: "lay", order: "back" }],
	["d", { metaKey: true }, { act: "duplicate" }],
	["g", ctrl, { act: "group" }],
	["G", { ...ctrl, shiftKey: true }, { act: "ungroup" }],
	["L", { ...ctrl, shiftKey: true }, { act: "lock" }],
	["c", {}, { act: "connect", end: 1 }],
	["C", { shiftKey: true }, { act: "connect", end: 0 }],
	["ArrowRight", { altKey: true }, { act: "size", x: 1, y: 0 }],
	["ArrowUp", { altKey: true, shiftKey: true }, { act: "size", x: 0, y: -10 }],
	[">", { shiftKey: true }, { act: "turn", degrees: 15 }],
	["<", {}, { act: "turn", degrees: -15 }],
	[".", {}, { act: "turn", degrees: 1 }],
	["Tab", {}, { act: "walk", step: 1 }],
	["Tab", { shiftKey: true }, { act: "walk", step: -1 }],
	["©", { ...ctrl, altKey: true, code: "KeyC" }, { act: "copyStyle" }],
	["v", { ...ctrl, altKey: true, code: "KeyV" }, { act: "pasteStyle" }],
])("%s does what the list says", (key, held, act) => {
	expect(press(key, held)).toEqual(act);
});

test("German keyboards write brackets with AltGr, Ü stands for one, Ctrl++ zooms", () => {
	expect(press("]", { ...ctrl, altKey: true, code: "Digit9" })).toMatchObject({ order: "forward" });
	expect(press("}", { ...ctrl, altKey: true, code: "Digit0" })).toMatchObject({ order: "front" });
	expect(press("ü", { ...ctrl, code: "BracketLeft" })).toMatchObject({ order: "backward" });
	expect(press("+", { ...ctrl, code: "BracketRight" })).toBeNull();
});

test.each([
	["c", ctrl],
	["v", ctrl],
	["l", ctrl],
	["D", { ...ctrl, shiftKey: true }],
	["Tab", { altKey: true }],
	["ArrowRight", {}],
	["Enter", {}],
])("%s is left to others", (key, held) => {
	expect(press(key, held)).toBeNull();
});
