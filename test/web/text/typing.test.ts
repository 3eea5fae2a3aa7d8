import { expect, test } from "vitest";
import { linkOfTyped } from "../../../web/text/tools/link-range.ts";
import { lineRuleOf, markRuleOf, typedLinkOf } from "../../../web/text/tools/markdown-rules.ts";
import { commandOfKey, type Key } from "../../../web/text/tools/shortcuts.ts";
import { countWords } from "../../../web/text/word-count.ts";

test("signs and a space at the beginning of a line say what it is", () => {
	expect(lineRuleOf("## ")).toEqual({ length: 3, name: "header", value: 2 });
	expect(lineRuleOf("- ")).toEqual({ length: 2, name: "list", value: "bullet" });
	expect(lineRuleOf("1. ")).toEqual({ length: 3, name: "list", value: "ordered" });
	expect(lineRuleOf("[ ] ")).toEqual({ length: 4, name: "list", value: "unchecked" });
	expect(lineRuleOf("[x] ")).toEqual({ length: 4, name: "list", value: "checked" });
	expect(lineRuleOf("> ")).toEqual({ length: 2, name: "blockquote", value: true });
	expect(lineRuleOf("```js ")).toEqual({ length: 6, name: "code-block", value: true });
	for (const before of ["#### ", "a - ", "2024. ", "#", "-"]) expect(lineRuleOf(before)).toBeNull();
});

test("words between marks take their format when the mark closes", () => {
	expect(markRuleOf("so **very**")).toEqual({ length: 8, markLength: 2, name: "bold" });
	expect(markRuleOf("so *very much*")).toEqual({ length: 11, markLength: 1, name: "italic" });
	expect(markRuleOf("_x_")).toEqual({ length: 3, markLength: 1, name: "italic" });
	expect(markRuleOf("a `b*c`")).toEqual({ length: 5, markLength: 1, name: "code" });
	expect(markRuleOf("~~no~~")).toEqual({ length: 6, markLength: 2, name: "strike" });
	for (const before of ["**bold*", "2*3*", "a_b_", "* x *", "****", "``", "snake_case_"]) {
		expect(markRuleOf(before), before).toBeNull();
	}
});

test("an address that was typed becomes a link, without the full stop behind it", () => {
	expect(typedLinkOf("see https://example.org/a. ")).toBe("https://example.org/a");
	expect(typedLinkOf("(https://example.org) ")).toBeNull();
	expect(typedLinkOf("see https:// ")).toBeNull();
	expect(typedLinkOf("javascript:alert(1) ")).toBeNull();
});

test("what people type as an address is completed, and refused where it cannot be one", () => {
	expect(linkOfTyped("example.org/a")).toBe("https://example.org/a");
	expect(linkOfTyped("ann@example.org")).toBe("mailto:ann@example.org");
	expect(linkOfTyped(" https://example.org ")).toBe("https://example.org");
	expect(linkOfTyped("localhost.test:8080/x")).toBe("https://localhost.test:8080/x");
	for (const typed of ["javascript:alert(1)", "data:text/html,x", "hello", "a b.c", ""]) {
		expect(linkOfTyped(typed), typed).toBeNull();
	}
});

function key(of: string, code: string, mods = ""): Key {
	return {
		key: of,
		code,
		ctrlKey: mods.includes("c"),
		metaKey: mods.includes("m"),
		altKey: mods.includes("a"),
		shiftKey: mods.includes("s"),
		getModifierState: (name) => name === "AltGraph" && mods.includes("g"),
	};
}

test("what needs AltGr on a German keyboard has a key there too", () => {
	const german = (of: string, code: string) => commandOfKey(key(of, code, "c"), false);
	expect(german(".", "Period")).toEqual(german("]", "BracketRight"));
	expect(german(",", "Comma")).toEqual(german("[", "BracketLeft"));
	expect(german("#", "Backslash")).toEqual(german("\\", "Backslash"));
	expect(german("#", "Backslash")).toEqual({ kind: "plain" });
	expect(german(".", "Period")).toEqual({ kind: "indent", by: 1 });
	expect(german(",", "Comma")).toEqual({ kind: "indent", by: -1 });
});

test("keys do what they do elsewhere, on any keyboard", () => {
	expect(commandOfKey(key("b", "KeyB", "c"), false)).toEqual({ kind: "mark", mark: "bold" });
	expect(commandOfKey(key("&", "Digit7", "cs"), false)).toEqual({ kind: "list", list: "ordered" });
	expect(commandOfKey(key("/", "Digit7", "cs"), false)).toEqual({ kind: "list", list: "ordered" });
	expect(commandOfKey(key("1", "Digit1", "ca"), false)).toEqual({ kind: "header", level: 1 });
	expect(commandOfKey(key("!", "Digit1", "cs"), false)).toEqual({ kind: "header", level: 1 });
	expect(commandOfKey(key("X", "KeyX", "cs"), false)).toEqual({ kind: "mark", mark: "strike" });
	expect(commandOfKey(key("%", "Digit5", "as"), false)).toEqual({ kind: "mark", mark: "strike" });
	expect(commandOfKey(key("y", "KeyY", "c"), false)).toEqual({ kind: "redo" });
	expect(commandOfKey(key("Z", "KeyZ", "cs"), false)).toEqual({ kind: "redo" });
	expect(commandOfKey(key("F10", "F10", "a"), false)).toEqual({ kind: "toolbar" });
	expect(commandOfKey(key("b", "KeyB", "m"), true)).toEqual({ kind: "mark", mark: "bold" });
});

test("what is typed with AltGr, and the browser's own keys, are left alone", () => {
	expect(commandOfKey(key("@", "Digit2", "cag"), false)).toBeNull();
	expect(commandOfKey(key("b", "KeyB"), false)).toBeNull();
	for (const letter of ["t", "w", "n", "l", "r", "p", "f", "c", "v", "x", "a"]) {
		expect(commandOfKey(key(letter, `Key${letter.toUpperCase()}`, "c"), false), letter).toBeNull();
	}
	expect(commandOfKey(key("v", "KeyV", "cs"), false)).toBeNull();
});

test("words are counted in any script", () => {
	expect(countWords("")).toBe(0);
	expect(countWords("It's a well-known 3.5 mm plug - really!")).toBe(7);
	expect(countWords("سلام دنیا")).toBe(2);
	expect(countWords("漢字かな test")).toBe(5);
	expect(countWords("👍 👍")).toBe(0);
});
