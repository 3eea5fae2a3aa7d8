import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMarkdown } from "../../../web/text/export/read-markdown.ts";
import { writeMarkdown } from "../../../web/text/export/write-markdown.ts";
import { sharedData } from "../../fixtures/shared-data.ts";

fc.configureGlobal({ seed: 20261121 });

interface Op {
	readonly insert: string | Record<string, unknown>;
	readonly attributes?: Record<string, unknown>;
}

const photo = "AAAAAAAAAAAAAAAA";
const picture = "https://weft.example/api/rooms/garden/blobs/x/full";
const photos = {
	urlOf: (id: string) => (id === photo ? picture : null),
	captionOf: () => "The [cake]!",
};
const photoOf = (url: string) => (url === picture ? photo : null);

const write = (ops: readonly Op[]) => writeMarkdown(ops as never, photos);
const read = (markdown: string) => readMarkdown(markdown, photoOf) as unknown as Op[];

/** Lines by their words, and what is said of each. */
const line = (words: string | Op[], attributes?: Record<string, unknown>): Op[] => [
	...(typeof words === "string" ? [{ insert: words }] : words),
	{ insert: "\n", ...(attributes === undefined ? {} : { attributes }) },
];

describe("the document as Markdown", () => {
	test("has a sign for every kind of line", () => {
		const ops = [
			...line("Fair", { header: 1 }),
			...line("On the meadow."),
			...line("tables", { list: "checked" }),
			...line("van", { list: "unchecked" }),
			...line("eggs", { list: "ordered" }),
			...line("brown", { list: "bullet", indent: 1 }),
			...line("milk", { list: "ordered" }),
			...line("one", { blockquote: true }),
			...line("two", { blockquote: true }),
			...line("let a = 1;", { "code-block": true }),
			...line([], { "code-block": true }),
			...line("  b();", { "code-block": true }),
		];
		expect(write(ops)).toBe(`# Fair

On the meadow.

- [x] tables
- [ ] van
1. eggs
   - brown
2. milk

> one
>
> two

\`\`\`
let a = 1;

  b();
\`\`\`
`);
	});

	test("has signs for words, and tags where a sign would fail", () => {
		const mark = (insert: string, ...names: string[]): Op => ({
			insert,
			attributes: Object.fromEntries(names.map((name) => [name, true])),
		});
		expect(
			write(
				line([
					{ insert: "a " },
					mark("b", "bold"),
					mark("c ", "bold", "italic"),
					mark("d", "italic", "strike"),
					{ insert: " and un" },
					mark("believ", "italic"),
					{ insert: "able, " },
					mark("“so”", "bold"),
					{ insert: "x " },
					mark("u", "underline"),
					{ insert: " " },
					mark("a`b", "code"),
				]),
			),
		).toBe(
			"a **b<em>c</em>** ~~_d_~~ and un<em>believ</em>able, " +
				"<strong>“so”</strong>x <u>u</u> ``a`b``\n",
		);
	});

	test("has links, their address alone where it is all there is, and photos", () => {
		const link = "https://weft.example/a_(b)?c=1&copy;=2";
		expect(
			write(
				line([
					{ insert: "see!" },
					{ insert: "the [map]", attributes: { link } },
					{ insert: " or " },
					{ insert: link, attributes: { link } },
					{ insert: { photo } },
				]),
			),
		).toBe(
			"see\\![the \\[map\\]](https://weft.example/a_\\(b\\)?c=1\\&copy;=2) or " +
				`<${link}>![The \\[cake\\]\\!](${picture})\n`,
		);
	});

	test("means what was written, whatever signs stand in it", () => {
		for (const words of [
			"# no heading",
			"- no item",
			"1. no item",
			"> no quote",
			"---",
			"===",
			"***",
			"```",
			"| no | table |",
			"snake_case and _this_",
			"2 * 3 * 4",
			"a~~b~~c",
			"[x] no task",
			"<b>no tag</b> <!-- no comment -->",
			"&amp; is &",
			"\\ and \\*",
			"  blanks around\t ",
			"\u00a0",
			"[no]: definition",
			"C:\\dir\\",
		]) {
			expect(read(write(line(words))), words).toEqual([{ insert: `${words}\n` }]);
			const asItem = line(words, { list: "bullet" });
			expect(read(write(asItem)), `item ${words}`).toEqual(asItem);
		}
		const heading = line("Chapter #1 #", { header: 2 });
		expect(read(write(heading))).toEqual(heading);
	});
});

describe("Markdown from elsewhere", () => {
	test("is read as people write it", () => {
		expect(
			read(`Title
=====

A paragraph
over two lines,  
and a hard break.

* star
* [ ] task

   + deep

1) one
2) two

> quoted
lazily

    code

~~~js
more
~~~

| a | b |
|---|---|
| 1 | **2** |

Sub
---
***
End`),
		).toEqual([
			...line("Title", { header: 1 }),
			{ insert: "A paragraph over two lines,\nand a hard break.\nstar" },
			{ insert: "\n", attributes: { list: "bullet" } },
			...line("task", { list: "unchecked" }),
			...line("deep", { list: "bullet", indent: 1 }),
			...line("one", { list: "ordered" }),
			...line("two", { list: "ordered" }),
			...line("quoted lazily", { blockquote: true }),
			{ insert: "code" },
			{ insert: "\n", attributes: { "code-block": true } },
			...line("more", { "code-block": true }),
			{ insert: "a\tb\n1\t" },
			{ insert: "2", attributes: { bold: true } },
			{ insert: "\nSub" },
			{ insert: "\n", attributes: { header: 2 } },
			{ insert: "End\n" },
		]);
	});

	test("has links by label, and pictures that are elsewhere become links", () => {
		expect(
			read(`[Map], [the map][map], [bad](javascript:alert(1)), ![a cat](https://x.example/c.png)

[map]: <https://weft.example/map> "The map"`),
		).toEqual([
			{ insert: "Map", attributes: { link: "https://weft.example/map" } },
			{ insert: ", " },
			{ insert: "the map", attributes: { link: "https://weft.example/map" } },
			{ insert: ", bad, " },
			{ insert: "a cat", attributes: { link: "https://x.example/c.png" } },
			{ insert: "\n" },
		]);
	});

	test("has no HTML but its words", () => {
		expect(
			read(
				'<p align="center"><img src=x onerror=alert(1)>Hi<br>there</p>' +
					"<!-- not this --><script>x</script>",
			),
		).toEqual([{ insert: "Hi\ntherex\n" }]);
	});

	test("may be endless: signs that nothing closes are read within a moment", () => {
		for (const piece of [
			"*a ",
			"**a_",
			"[",
			"![](",
			'<a "',
			"`a",
			"> ",
			"+ ",
			'[a](b "',
			"a~ ",
			"#",
			"\\",
			"&a",
		]) {
			const long = piece.repeat(3_000);
			expect(read(long).length, piece).toBeGreaterThan(0);
		}
	});

	const spec = sharedData("richtext/commonmark-spec.md");
	test.skipIf(spec === null)("of 9,000 lines keeps what it says when it is written again", () => {
		const ops = read(readFileSync(spec ?? "", "utf8"));
		expect(ops.filter(({ attributes }) => attributes?.["header"] === 1).length).toBeGreaterThan(5);
		expect(read(write(ops))).toEqual(ops);
	});
});

/** Signs, letters, blanks and characters of other scripts, in any order. */
const words = fc
	.array(
		fc.oneof(
			fc.constantFrom(..."*_~`[]()<>!\\&#-+=.|:;'\"1a b"),
			fc.constantFrom(
				"amp;",
				"**",
				"http://a.b",
				"é",
				"שלום",
				"日本",
				"👍",
				"\t",
				"\u00a0",
				"word",
			),
		),
		{ minLength: 1, maxLength: 12 },
	)
	.map((parts) => parts.join(""));

const marks = fc.subarray(["bold", "italic", "strike", "underline"]).map(asFormats);
const looks = fc.oneof(
	marks,
	marks.map((formats) => ({ ...formats, link: "https://weft.example/(a)_b" })),
	fc.constant({ code: true }),
);
const run = fc.record({ insert: words, attributes: looks });

const kind = fc.constantFrom(
	{},
	{ header: 1 },
	{ header: 3 },
	{ blockquote: true },
	{ list: "bullet" },
	{ list: "ordered" },
	{ list: "checked" },
	{ list: "unchecked" },
	{ "code-block": true },
);

const documents = fc
	.array(
		fc.record({ runs: fc.array(run, { minLength: 1, maxLength: 4 }), kind, deeper: fc.nat(3) }),
		{
			minLength: 1,
			maxLength: 8,
		},
	)
	.map((lines) => {
		let depth = -1;
		return lines.flatMap(({ runs, kind: formats, deeper }) => {
			depth = "list" in formats ? Math.min(deeper, depth + 1) : -1;
			const attributes = depth > 0 ? { ...formats, indent: depth } : formats;
			const bare = runs.map(({ insert }) => ({ insert, attributes: {} }));
			return [...("code-block" in formats ? bare : runs), { insert: "\n", attributes }];
		});
	});

function asFormats(names: readonly string[]): Record<string, unknown> {
	return Object.fromEntries(names.map((name) => [name, true]));
}

/** One op a character, so that it is no matter how ops are cut; a marked blank is a blank. */
function characters(ops: readonly Op[]): string {
	const all = ops.flatMap(({ insert, attributes = {} }) =>
		Array.from(typeof insert === "string" ? insert : [JSON.stringify(insert)]).map((char) => ({
			char,
			formats: { ...attributes } as Record<string, unknown>,
		})),
	);
	const told = all.map(({ char, formats }) => {
		if (/\s/.test(char) && char !== "\n" && formats["code"] !== true) {
			for (const name of ["bold", "italic", "strike", "underline"]) delete formats[name];
		}
		return `${char} ${JSON.stringify(Object.entries(formats).sort())}`;
	});
	return told.join("\n");
}

test("what Markdown can say is the same after it was written and read", () => {
	fc.assert(
		fc.property(documents, (ops) => {
			expect(characters(read(write(ops)))).toBe(characters(ops));
		}),
		{ numRuns: 150 },
	);
});
