import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { linkify } from "../../../web/chat/linkify.ts";
import { cpuMsOf } from "../../fixtures/cpu-time.ts";

function links(text: string): string[] {
	return linkify(text).flatMap((piece) => (piece.type === "link" ? [piece.text] : []));
}
function joined(text: string): string {
	return linkify(text)
		.map((piece) => piece.text)
		.join("");
}

test("an address in a sentence is a link without the sentence's punctuation", () => {
	expect(linkify("see https://weft.example/a?b=1#c, then HTTP://x.example.")).toEqual([
		{ type: "text", text: "see " },
		{ type: "link", text: "https://weft.example/a?b=1#c", href: "https://weft.example/a?b=1#c" },
		{ type: "text", text: ", then " },
		{ type: "link", text: "HTTP://x.example", href: "http://x.example/" },
		{ type: "text", text: "." },
	]);
});

test("brackets stay with the address where they come in pairs", () => {
	expect(links("(https://en.example/wiki/Weft_(weaving))")).toEqual([
		"https://en.example/wiki/Weft_(weaving)",
	]);
	expect(links("[x](https://a.example/)")).toEqual(["https://a.example/"]);
	expect(links("<https://a.example/>")).toEqual(["https://a.example/"]);
});

test("only http and https are links", () => {
	const text =
		"javascript:alert(1) data:text/html,x file:///etc ftp://a.example //b.example www.c.example " +
		"vbscript:x jAvAsCrIpT://x.example/%0aalert(1)";
	expect(linkify(text)).toEqual([{ type: "text", text }]);
});

test("what is no address stays text", () => {
	for (const text of ["https://", "http://?", "https:// spaced", "http://[", "https://%zz/", ""]) {
		expect(links(text), text).toEqual([]);
	}
});

test("what turns the direction of writing around ends an address", () => {
	expect(links("https://a.example/\u202egpj.exe")).toEqual(["https://a.example/"]);
});

test("an address of 2,049 characters stays text", () => {
	const link = `https://a.example/${"x".repeat(2_048 - 18)}`;
	expect(links(link)).toEqual([link]);
	expect(links(`${link}x`)).toEqual([]);
});

test("a line of 1 MB takes no more than 50 ms, whatever it is made of", () => {
	const parts = [
		"x",
		"h",
		"http",
		"https://",
		"https://a.example/ ",
		"https://a.example/)",
		")",
		"(https://",
		"\u0301",
		"https://[",
		" ",
	];
	for (const part of parts) {
		const text = part.repeat(Math.ceil(1_000_000 / part.length));
		linkify(text.slice(0, 10_000));
		const tookMs = cpuMsOf(() => linkify(text));
		// 1 MB of nothing but short links is 55,000 of them, each parsed as a URL.
		const budgetMs = part === "https://a.example/ " ? 500 : 50;
		expect(tookMs, JSON.stringify(part)).toBeLessThan(budgetMs * 4); // Slow machines.
	}
	const tail = `https://a.example/${")".repeat(1_000_000)}`;
	expect(cpuMsOf(() => linkify(tail))).toBeLessThan(200);
});

const hostile = new URL("../../../../shared/data/hostile/", import.meta.url);

test.skipIf(!existsSync(hostile))("every naughty string is the same text afterwards", () => {
	for (const name of ["blns.json", "xss-lines-even.json"]) {
		const lines = JSON.parse(readFileSync(new URL(name, hostile), "utf8")) as unknown[];
		for (const line of lines) {
			const text = typeof line === "string" ? line : JSON.stringify(line);
			expect(joined(text)).toBe(text);
			for (const piece of linkify(text)) {
				if (piece.type === "link") expect(piece.href).toMatch(/^https?:\/\/[^/]/);
			}
		}
	}
});
