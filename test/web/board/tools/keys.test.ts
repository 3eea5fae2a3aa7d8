import { describe, expect, test } from "vitest";
import { type Key, readKey } from "../../../../web/board/tools/keys.ts";

function press(key: string, with_: Partial<Key> = {}): ReturnType<typeof readKey> {
	const plain = { code: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
	return readKey({ key, ...plain, ...with_ });
}

describe("the keys of the board", () => {
	test.each([
		["v", "select"],
		["1", "select"],
		["h", "hand"],
		["p", "pen"],
		["7", "pen"],
		["d", "pen"],
		["b", "pen"],
		["e", "eraser"],
		["0", "eraser"],
		["P", "pen"],
		["r", "rectangle"],
		["2", "rectangle"],
		["o", "ellipse"],
		["4", "ellipse"],
		["3", "diamond"],
		["a", "arrow"],
		["5", "arrow"],
		["l", "line"],
		["6", "line"],
		["t", "text"],
		["8", "text"],
		["T", "text"],
		["n", "note"],
		["k", "laser"],
	])("%s takes the %s", (key, tool) => {
		expect(press(key)).toEqual({ act: "tool", tool });
	});

	test("Shift and the pen's letters take the highlighter, with Caps Lock too", () => {
		for (const key of ["P", "p", "D", "d"]) {
			expect(press(key, { shiftKey: true })).toEqual({ act: "tool", tool: "highlighter" });
		}
	});

	test("Shift and E takes the eraser of parts", () => {
		for (const key of ["E", "e"]) {
			expect(press(key, { shiftKey: true })).toEqual({ act: "tool", tool: "partEraser" });
		}
	});

	test("W asks who made something, Shift and 2 shows what is selected, a page is a step", () => {
		expect(press("w")).toEqual({ act: "who" });
		expect(press('"', { shiftKey: true, code: "Digit2" })).toEqual({ act: "fitChosen" });
		expect(press("PageUp")).toEqual({ act: "page", step: -1 });
		expect(press("PageDown")).toEqual({ act: "page", step: 1 });
	});

	test("a slash begins words at the pointer, also where it takes Shift to write one", () => {
		expect(press("/")).toEqual({ act: "say" });
		expect(press("/", { shiftKey: true, code: "Digit7" })).toEqual({ act: "say" });
		expect(press("/", { ctrlKey: true })).toBeNull();
	});

	test("Enter draws without a pointer, Q keeps the tool", () => {
		expect(press("Enter")).toEqual({ act: "enter" });
		expect(press("Q")).toEqual({ act: "keepTool" });
	});

	test("any other letter with Shift, Ctrl or Alt never takes a tool", () => {
		expect(press("R", { shiftKey: true })).toBeNull();
		expect(press("Q", { shiftKey: true })).toBeNull();
		expect(press("p", { ctrlKey: true })).toBeNull();
		expect(press("p", { altKey: true })).toBeNull();
	});

	test.each([
		["z", {}, "undo"],
		["Z", { shiftKey: true }, "redo"],
		["y", {}, "redo"],
		["0", {}, "zoomHome"],
		["=", {}, "zoomIn"],
		["-", {}, "zoomOut"],
		["u", {}, "photo"],
		["'", {}, "grid"],
		["'", { shiftKey: true }, "grid"],
	])("Ctrl or Cmd and %s %o: %s", (key, more, act) => {
		expect(press(key, { ctrlKey: true, ...more })).toEqual({ act });
		expect(press(key, { metaKey: true, ...more })).toEqual({ act });
	});

	test("Shift+1 shows everything, whatever the key writes", () => {
		expect(press("!", { shiftKey: true, code: "Digit1" })).toEqual({ act: "fit" });
	});

	test("arrows nudge, with Shift further", () => {
		expect(press("ArrowLeft")).toEqual({ act: "nudge", x: -1, y: 0 });
		expect(press("ArrowDown", { shiftKey: true })).toEqual({ act: "nudge", x: 0, y: 10 });
	});

	test("keys of the browser stay the browser's", () => {
		for (const key of ["t", "w", "n", "l", "r", "p", "f"]) {
			expect(press(key, { ctrlKey: true })).toBeNull();
		}
	});
});
