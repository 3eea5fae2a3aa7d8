import { expect, test } from "vitest";
import * as Y from "yjs";
import { linkLengthMax } from "../../../shared/limits.ts";
import { isTextFormat, photoOfEmbed, safeLink, wellFormed } from "../../../shared/surfaces/text.ts";

test("links lead to the web, to mail and to telephones only", () => {
	expect(safeLink("https://example.org/a?b=c#d")).toBe("https://example.org/a?b=c#d");
	expect(safeLink("HTTP://example.org")).toBe("HTTP://example.org");
	expect(safeLink("mailto:ann@example.org")).toBe("mailto:ann@example.org");
	expect(safeLink("tel:+492211234")).toBe("tel:+492211234");
	for (const address of [
		"javascript:alert(1)",
		"java\nscript:alert(1)",
		" \u0001javascript:alert(1)",
		"JaVaScRiPt:alert(1)",
		"\ufeffjavascript:alert(1)",
		"data:text/html,<script>alert(1)</script>",
		"vbscript:x",
		"blob:https://example.org/1",
		"file:///etc/passwd",
		"//example.org",
		"/r/garden",
		"example.org",
		"https:///",
		"",
		`https://example.org/${"a".repeat(linkLengthMax)}`,
	]) {
		expect(safeLink(address), address).toBeNull();
	}
});

test("an address is cleaned of what browsers skip, and only then judged", () => {
	expect(safeLink(" https://example.org/a\tb ")).toBe("https://example.org/ab");
	expect(isTextFormat("link", "https://example.org/a\tb")).toBe(false);
});

test("formats off the allow-list are not formats, whatever their name", () => {
	expect(isTextFormat("bold", true)).toBe(true);
	expect(isTextFormat("header", 3)).toBe(true);
	expect(isTextFormat("list", "unchecked")).toBe(true);
	expect(isTextFormat("indent", 8)).toBe(true);
	for (const [name, value] of [
		["bold", "true"],
		["header", 4],
		["header", "1"],
		["list", "star"],
		["indent", 9],
		["indent", 1.5],
		["align", "left"],
		["color", "red"],
		["formula", "x"],
		["constructor", true],
		["__proto__", true],
		["link", "javascript:alert(1)"],
	] as const) {
		expect(isTextFormat(name, value), `${name} ${value}`).toBe(false);
	}
});

test("an embed is a photo by its id and nothing else", () => {
	expect(photoOfEmbed({ photo: "AAAAAAAAAAAAAAAA" })).toBe("AAAAAAAAAAAAAAAA");
	expect(photoOfEmbed({ photo: "../etc" })).toBeNull();
	expect(photoOfEmbed({ photo: 7 })).toBeNull();
	expect(photoOfEmbed({ image: "data:image/png;base64,AAAA" })).toBeNull();
	expect(photoOfEmbed(null)).toBeNull();
	expect(photoOfEmbed(new Y.Map())).toBeNull();
});

test("halves of characters become a sign that stands for what is missing", () => {
	expect(wellFormed("a\udc4d👍")).toBe("a\ufffd👍");
	expect(wellFormed("\ud83d")).toBe("\ufffd");
});
