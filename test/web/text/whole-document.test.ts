import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { chatOf, photosOf, textOf } from "../../../shared/surfaces/root.ts";
import { fileNameOf, formatOfName } from "../../../web/text/export/formats.ts";
import { decodeText, readDelta, readPlain } from "../../../web/text/export/read-file.ts";
import { writeFile } from "../../../web/text/export/write-file.ts";
import { findMatches, matchesMax, matchFrom } from "../../../web/text/find/matches.ts";
import { headingAt, headingsOf } from "../../../web/text/side/headings.ts";
import { leftBehind, stretchesOf, writersOf } from "../../../web/text/side/writers.ts";

/** A doc of somebody with that client id, who knows all that `from` has. */
function docOf(clientId: number, from?: Y.Doc): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	if (from !== undefined) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from));
	return doc;
}

describe("finding", () => {
	const words = (text: string, query: string, isExact = false) =>
		findMatches(text, query, isExact).map(({ index, length }) => text.slice(index, index + length));

	test("knows no capitals unless asked, no kinds of blanks, and no signs of patterns", () => {
		expect(words("Tea tea TEA", "tea")).toEqual(["Tea", "tea", "TEA"]);
		expect(words("Tea tea TEA", "tea", true)).toEqual(["tea"]);
		expect(words("a\u00a0b a b", "a b")).toEqual(["a\u00a0b", "a b"]);
		expect(words("1+1=2 (a|b) [x]", "(a|b) [x]")).toEqual(["(a|b) [x]"]);
		expect(words("İstanbul", "stanbul")).toEqual(["stanbul"]);
	});

	test("never finds a half of a character", () => {
		expect(words("👍👎", "\ud83d")).toEqual([]);
		expect(words("👍👎", "👎")).toEqual(["👎"]);
		expect(findMatches("", "", false)).toEqual([]);
	});

	test("ends where there are too many", () => {
		expect(findMatches("a".repeat(matchesMax + 9), "a", false)).toHaveLength(matchesMax);
	});

	test("begins where one is, and at the beginning where nothing is behind", () => {
		const matches = [3, 8].map((index) => ({ index, length: 1 }));
		expect([0, 3, 4, 9].map((index) => matchFrom(matches, index))).toEqual([0, 0, 1, 0]);
		expect(matchFrom([], 0)).toBe(-1);
	});
});

test("headings have their words, level and place; those without words are none", () => {
	const headings = headingsOf([
		{ insert: { photo: "AAAAAAAAAAAAAAAA" } },
		{ insert: "text\nOne" },
		{ insert: "\n", attributes: { header: 1 } },
		{ insert: " " },
		{ insert: "\n", attributes: { header: 2 } },
		{ insert: "Two", attributes: { bold: true } },
		{ insert: "\n", attributes: { header: 3 } },
	]);
	expect(headings).toEqual([
		{ level: 1, words: "One", index: 6 },
		{ level: 3, words: "Two", index: 12 },
	]);
	expect([0, 6, 11, 12, 99].map((index) => headingAt(headings, index))).toEqual([-1, 0, 0, 1, 1]);
});

describe("who wrote what", () => {
	test("is known letter by letter, without what was taken away", () => {
		const ann = docOf(1);
		textOf(ann).insert(0, "Hello world");
		const ben = docOf(2, ann);
		textOf(ben).insert(5, " dear");
		textOf(ben).format(0, 5, { bold: true });
		textOf(ben).delete(0, 1);
		expect(stretchesOf(textOf(ben))).toEqual([
			{ client: 1, index: 0, length: 4 },
			{ client: 2, index: 4, length: 5 },
			{ client: 1, index: 9, length: 6 },
		]);
	});

	test("is said by the names of messages and photos that came under the same id", () => {
		const ann = docOf(1);
		chatOf(ann).push([{ id: "m1", by: "g_ann", name: "Ann", at: 1, body: "Hi" }]);
		const ben = docOf(2, ann);
		photosOf(ben).set("AAAAAAAAAAAAAAAA", new Y.Map(Object.entries({ by: "g_ben", name: "Ben" })));
		chatOf(ben).push(["no message", null, { by: 7, name: {} }]);
		const people = leftBehind(ben);
		expect([...people].map(([client, { id, name }]) => [client, id, name])).toEqual([
			[1, "g_ann", "Ann"],
			[2, "g_ben", "Ben"],
		]);
	});

	test("is one person's under all their ids, most first, and nobody's at the end", () => {
		const ann = { id: "g_ann", name: "Ann", color: "#0b6b5d" };
		const evil = { id: "g_evil", name: "Eve", color: "red; } * { display: none" };
		const stretch = (client: number, index: number, length: number) => ({ client, index, length });
		const writers = writersOf(
			[stretch(9, 0, 50), stretch(1, 50, 2), stretch(3, 52, 7), stretch(2, 59, 9)],
			new Map([
				[1, ann],
				[2, ann],
				[3, evil],
			]),
			"Somebody",
		);
		expect(writers.map(({ name, letters }) => [name, letters])).toEqual([
			["Ann", 11],
			["Eve", 7],
			["Somebody", 50],
		]);
		for (const { color } of writers) expect(color).toMatch(/^#[0-9a-f]{6}$/);
	});
});

describe("files", () => {
	test("are called as the room is, without what file systems refuse", () => {
		expect(fileNameOf("Summer fair", "markdown")).toBe("Summer fair.md");
		expect(fileNameOf("../a\\b:c|d?\u0000", "html")).toBe("a b c d.html");
		expect(fileNameOf(" . ", "text")).toBe("document.txt");
		expect(fileNameOf("👍".repeat(90), "delta")).toBe(`${"👍".repeat(60)}.json`);
	});

	test("are read by what they are called", () => {
		expect(["a.md", "b.HTM", "c.json", "d.txt", "e", "f.csv"].map(formatOfName)).toEqual([
			"markdown",
			"html",
			"delta",
			"text",
			"text",
			"text",
		]);
	});

	test("are text in UTF-8 or UTF-16, with any kind of line ends, or refused", () => {
		const utf8 = (text: string) => new Uint8Array(new TextEncoder().encode(text));
		expect(decodeText(utf8("\ufeffa\r\nb\rc"))).toEqual({ kind: "taken", value: "a\nb\nc" });
		const wide = new Uint8Array([0xff, 0xfe, 0x61, 0, 0xe9, 0]);
		expect(decodeText(wide)).toEqual({ kind: "taken", value: "aé" });
		for (const bytes of [
			[0xc3, 0x28],
			[0x61, 0],
			[0xff, 0xd8, 0xff],
		]) {
			expect(decodeText(new Uint8Array(bytes))).toEqual({ kind: "refused", why: "unreadable" });
		}
	});

	test("of Delta give what the document may hold, and nothing else", () => {
		const given = [
			{ insert: "a\ud83d", attributes: { bold: true, color: "red", link: "javascript:1" } },
			{ insert: { video: "x" } },
			{ insert: { photo: "AAAAAAAAAAAAAAAA" }, attributes: null },
			{ insert: "\n", attributes: { header: 9, list: "bullet" } },
		];
		const taken = {
			kind: "taken",
			value: [
				{ insert: "a\ufffd", attributes: { bold: true } },
				{ insert: { photo: "AAAAAAAAAAAAAAAA" } },
				{ insert: "\n", attributes: { list: "bullet" } },
			],
		};
		expect(readDelta(JSON.stringify(given))).toEqual(taken);
		expect(readDelta(JSON.stringify({ ops: given }))).toEqual(taken);
		for (const text of [
			"",
			"{}",
			"[1]",
			'[{"retain":1}]',
			'{"ops":{}}',
			"null",
			'[{"insert":1}]',
		]) {
			expect(readDelta(text), text).toEqual({ kind: "refused", why: "noDocument" });
		}
	});

	test("of plain text and of a page hold the words as they were", () => {
		const facts = {
			title: "<Fair>",
			language: "en",
			photos: { urlOf: () => "https://weft.example/p", captionOf: () => 'A "cake"' },
		};
		const ops = [
			{ insert: "a < b\n" },
			{ insert: { photo: "AAAAAAAAAAAAAAAA" } },
			{ insert: "\n" },
		];
		expect(writeFile("text", ops, facts)).toBe("a < b\n\n");
		expect(readPlain("a\nb")).toEqual([{ insert: "a\nb\n" }]);
		const page = writeFile("html", ops, facts);
		expect(page).toContain("<title>&lt;Fair&gt;</title>");
		expect(page).toContain(
			'<p>a &lt; b</p><p><img data-weft-photo="AAAAAAAAAAAAAAAA" alt="A &quot;cake&quot;" ' +
				'src="https://weft.example/p"></p>',
		);
	});
});
