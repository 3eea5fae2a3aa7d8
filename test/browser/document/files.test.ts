import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import { sharedData } from "../../fixtures/shared-data.ts";
import type { Harness } from "../text-page/page.ts";
import type { Visit } from "../text-page/visit.ts";
import { visitEach } from "../text-page/visits.ts";
import { Desk } from "./desk.ts";

declare const harness: Harness;

const hostile = sharedData("hostile/dompurify-even.json");
const title = { insert: "\n", attributes: { header: 1 } };

describe.skipIf(!hasChromium)("files of the document", () => {
	let visit: Visit;
	let desk: Desk;
	let page: Page;
	visitEach((begun) => {
		visit = begun;
		page = begun.page;
		desk = new Desk(page);
	});

	const start = [
		{ insert: "Fair" },
		title,
		{ insert: "On the " },
		{ insert: "meadow", attributes: { bold: true } },
		{ insert: "\ntables" },
		{ insert: "\n", attributes: { list: "checked" } },
		{ insert: "if (a < b)" },
		{ insert: "\n", attributes: { "code-block": true } },
		{ insert: "said" },
		{ insert: "\n", attributes: { blockquote: true } },
		{ insert: "end\n" },
	];
	const save = async (name: string) => {
		const download = page.waitForEvent("download");
		await desk.menu(name);
		const file = await download;
		return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
	};

	test.for([
		["Markdown", "garden.md", "# Fair\n\nOn the **meadow**\n\n- [x] tables\n"],
		["Web page", "garden.html", "<h1>Fair</h1><p>On the&nbsp;<strong>meadow</strong></p>"],
		["Plain text", "garden.txt", "Fair\nOn the meadow\ntables\nif (a < b)\nsaid\nend\n"],
		["Delta (JSON)", "garden.json", '{"ops":[{"insert":"Fair"},'],
	] as const)("are saved as %s, and come back the same", async ([format, name, part]) => {
		await visit.openWith(start);
		const file = await save(format);
		expect(file.name).toBe(name);
		expect(file.text).toContain(part);
		await page.evaluate(() => harness.guests[0]?.editor.remove());
		await visit.openWith([]);
		await desk.giveFile(file.name, file.text);
		const isPlain = format === "Plain text";
		const expected = isPlain ? [{ insert: file.text.trimEnd() }] : withoutLast(start);
		await expect.poll(() => visit.ops()).toEqual(expected);
	});

	test("come in at the caret as one step that is taken back alone", async () => {
		await visit.openWith([{ insert: "before after\n" }], 2);
		await desk.toasts();
		await visit.select(7);
		await desk.giveFile("notes.md", "# Notes\n\n- milk\n- *bread*\n");
		const taken = [
			{ insert: "before \nNotes" },
			title,
			{ insert: "milk" },
			{ insert: "\n", attributes: { list: "bullet" } },
			{ insert: "bread", attributes: { italic: true } },
			{ insert: "\n", attributes: { list: "bullet" } },
			{ insert: "after\n" },
		];
		await expect.poll(() => visit.ops()).toEqual(taken);
		expect(await desk.told()).toEqual(["notes.md is in the text now."]);
		await desk.writeAsBen(0, "Well ");
		await visit.select(0);
		await page.keyboard.press("Control+z");
		await expect.poll(() => visit.ops()).toEqual([{ insert: "Well before after\n" }]);
		expect(await visit.screensDiffer()).toBe(false);
	});

	test("that cannot be taken are refused in words, and nothing changes", async () => {
		await visit.openWith([{ insert: "as it was\n" }]);
		await desk.toasts();
		const files: [string, Buffer, RegExp][] = [
			["photo.md", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 0xff]), /not a text/],
			["zeros.txt", Buffer.alloc(64), /not a text/],
			["list.json", Buffer.from('{"rows":[1]}'), /no document/],
			["broken.json", Buffer.from("{"), /no document/],
			["huge.txt", Buffer.alloc(2_000_001, "a"), /larger than 2 MB/],
		];
		for (const [name, bytes, words] of files) {
			const before = (await desk.told()).length;
			await desk.giveFile(name, bytes);
			await expect.poll(() => desk.told()).toHaveLength(before + 1);
			expect((await desk.told()).at(-1), name).toMatch(words);
			expect((await desk.told()).at(-1), name).toContain(name);
		}
		expect(await visit.ops()).toEqual([{ insert: "as it was\n" }]);
	});

	test.skipIf(hostile === null)(
		"with hostile HTML leave its words, and nothing that runs",
		async () => {
			await visit.openWith([]);
			const sizeOf = async () => JSON.stringify(await visit.ops()).length;
			const cases = JSON.parse(readFileSync(hostile ?? "", "utf8")) as { payload: string }[];
			const html = cases.map(({ payload }) => payload).join("\n<p>next</p>\n");
			for (const [name, text] of [
				["evil.html", html],
				["evil.md", html],
				[
					"evil.json",
					JSON.stringify({
						ops: [{ insert: html, attributes: { link: "javascript:1", src: html } }],
					}),
				],
			] as const) {
				const before = await sizeOf();
				await desk.giveFile(name, text);
				await expect.poll(sizeOf).toBeGreaterThan(before);
			}
			const bad =
				"script, iframe, object, embed, form, svg, math, style, [src], [srcdoc], [onerror]";
			expect(await page.locator(".ql-editor").locator(bad).count()).toBe(0);
			const links = page.locator(".ql-editor a");
			const addresses = await links.evaluateAll((all) =>
				all.map((link) => (link as HTMLAnchorElement).href),
			);
			expect(addresses.filter((href) => !/^(https?|mailto|tel):/.test(href))).toEqual([]);
		},
	);
});

/** The doc has no final newline where Quill has its own. */
function withoutLast(ops: readonly { insert: string }[]): unknown[] {
	const last = ops.at(-1);
	return [...ops.slice(0, -1), { ...last, insert: last?.insert.replace(/\n$/, "") }];
}
