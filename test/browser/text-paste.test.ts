import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../fixtures/app/chromium.ts";
import { sharedData } from "../fixtures/shared-data.ts";
import type { Harness } from "./text-page/page.ts";
import type { Visit } from "./text-page/visit.ts";
import { visitEach } from "./text-page/visits.ts";

declare const harness: Harness;

const hostile = sharedData("hostile");

describe.skipIf(!hasChromium)("what is pasted into the document", () => {
	let visit: Visit;
	let page: Page;
	visitEach((begun) => {
		visit = begun;
		page = begun.page;
	});

	test("pastes what Google Docs writes, with its structure and without its looks", async () => {
		await visit.openWith();
		await page.evaluate(() =>
			harness.paste({
				html: `<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1">
<h1 dir="ltr" style="color:red"><span style="font-size:20pt">Plan</span></h1>
<p><span style="font-weight:700;color:#f00">bold</span>
 <span style="font-style:italic">slanted</span>
 <a href="https://example.org/a"><span style="text-decoration:underline">link</span></a>
 <a href="javascript:alert(1)">bad</a></p><br>
<ul><li role="checkbox" aria-checked="true"><p>done</p></li><li>plain</li></ul>
<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table></b>`,
				text: "Plan",
			}),
		);
		await expect
			.poll(() => visit.ops())
			.toEqual([
				{ insert: "Plan" },
				{ insert: "\n", attributes: { header: 1 } },
				{ insert: "bold", attributes: { bold: true } },
				{ insert: " " },
				{ insert: "slanted", attributes: { italic: true } },
				{ insert: " " },
				{ insert: "link", attributes: { link: "https://example.org/a" } },
				{ insert: " bad\ndone" },
				{ insert: "\n", attributes: { list: "checked" } },
				{ insert: "plain" },
				{ insert: "\n", attributes: { list: "bullet" } },
				{ insert: "a\tb" },
			]);
	});

	test("pastes the lists of Word as lists", async () => {
		await visit.openWith();
		await page.evaluate(() =>
			harness.paste({
				html: `<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><style><!--
@list l0:level1 {mso-level-number-format:bullet;} @list l0:level2 {mso-level-number-format:bullet;}
--></style></head><body><p class=MsoNormal>Before<o:p></o:p></p>
<p class=MsoListParagraph style='text-indent:-18pt;mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>one<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span
style='mso-list:Ignore'>o</span><b>two</b></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span
style='mso-list:Ignore'>1.</span>three</p>
</body></html>`,
				text: "Before",
			}),
		);
		await expect
			.poll(() => visit.ops())
			.toEqual([
				{ insert: "Before\none" },
				{ insert: "\n", attributes: { list: "bullet" } },
				{ insert: "two", attributes: { bold: true } },
				{ insert: "\n", attributes: { indent: 1, list: "bullet" } },
				{ insert: "three" },
				{ insert: "\n", attributes: { list: "ordered" } },
			]);
	});

	test("pastes a table as lines of cells and lists in lists, and joins no two words", async () => {
		await visit.openWith();
		await page.evaluate(() =>
			harness.paste({
				html: `<table><caption>Stalls</caption><thead>
<tr><th>What</th><th>Who</th><th></th></tr></thead>
<tbody><tr><td><p>Cake</p><p>and tea</p></td>
<td><ul><li>Ann</li><li>Ben</li></ul></td><td>2</td></tr>
<tr><td></td><td colspan="2">nobody<br>yet</td></tr></tbody></table>
<ul><li>One<ol><li>deep</li></ol></li><ul><li>Astray</li></ul><li>Two</li></ul>
<details><summary>More</summary>inside</details>
<fieldset><legend>Where</legend>outside</fieldset>`,
				text: "Stalls",
			}),
		);
		await expect
			.poll(() => visit.ops())
			.toEqual([
				{ insert: "Stalls\nWhat\tWho\t\nCake and tea\tAnn Ben\t2\n\tnobody yet\nOne" },
				{ insert: "\n", attributes: { list: "bullet" } },
				{ insert: "deep" },
				{ insert: "\n", attributes: { indent: 1, list: "ordered" } },
				{ insert: "Astray" },
				{ insert: "\n", attributes: { indent: 1, list: "bullet" } },
				{ insert: "Two" },
				{ insert: "\n", attributes: { list: "bullet" } },
				{ insert: "More\ninside\nWhere\noutside" },
			]);
	});

	test("makes a link of selected words where an address is pasted over them", async () => {
		await visit.openWith([{ insert: "the map" }]);
		await visit.select(4, 3);
		await page.evaluate(() => harness.paste({ text: "https://example.org" }));
		await expect
			.poll(() => visit.ops())
			.toEqual([
				{ insert: "the " },
				{ insert: "map", attributes: { link: "https://example.org" } },
			]);
	});

	test("shares pasted pictures as photos and leaves pictures of other sites out", async () => {
		await visit.openWith();
		const told = page.evaluate(
			() =>
				new Promise<string>((resolve) => {
					document.addEventListener("weft-toast", (event) =>
						resolve((event as CustomEvent<{ text: string }>).detail.text),
					);
				}),
		);
		const png =
			"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk" +
			"YPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
		await page.evaluate(
			(body) =>
				harness.paste({
					html: `<p>here <img src="data:image/png;base64,${body}">
 and <img src="https://example.org/a.png"></p>`,
					text: "here",
				}),
			png,
		);
		expect(await told).toContain("left out");
		await expect.poll(async () => JSON.stringify(await visit.ops())).toContain('"photo"');
		expect(JSON.stringify(await visit.ops())).not.toContain("data:");
		expect(JSON.stringify(await visit.ops())).not.toContain("example.org");
	});

	test("comes back as it was when it was copied here, photos of the room included", async () => {
		const start = [
			{ insert: "Title" },
			{ insert: "\n", attributes: { header: 2 } },
			{ insert: "a " },
			{ insert: "b", attributes: { bold: true } },
			{ insert: { photo: "AAAAAAAAAAAAAAAA" } },
			{ insert: "\none" },
			{ insert: "\n", attributes: { list: "checked" } },
			{ insert: "two" },
			{ insert: "\n", attributes: { list: "ordered", indent: 1 } },
			{ insert: "let a;" },
			{ insert: "\n", attributes: { "code-block": true } },
			{ insert: "end" },
		];
		await visit.openWith(start);
		await page.evaluate(() => harness.addPhoto("AAAAAAAAAAAAAAAA"));
		await page.keyboard.press("Control+a");
		const copied = await page.evaluate(() => harness.copy());
		expect(copied.text).toContain("Title\na b");
		await page.keyboard.press("Delete");
		await expect.poll(() => visit.ops()).toEqual([]);
		await page.evaluate((content) => harness.paste(content), copied);
		await expect.poll(() => visit.ops()).toEqual(start);
	});

	test("is a photo where a picture is dropped, and nothing where it is another file", async () => {
		await visit.openWith([{ insert: "words\n" }]);
		await page.evaluate(() => harness.drop({ name: "a.exe", type: "application/x", bytes: [1] }));
		await expect.poll(() => visit.ops()).toEqual([{ insert: "words\n" }]);
		await page.evaluate(() => harness.drop({ name: "a.png", type: "image/png", bytes: [1, 2] }));
		await expect.poll(async () => JSON.stringify(await visit.ops())).toContain('"photo"');
	});

	test.skipIf(hostile === null)("opens and pastes hostile things unharmed", async () => {
		const read = (name: string) =>
			JSON.parse(readFileSync(`${hostile}/${name}`, "utf8")) as unknown[];
		const all = [
			...read("dompurify-even.json").map((entry) => (entry as { payload: string }).payload),
			...read("xss-lines-even.json").map(String),
		];
		// All of them take a minute; every sixth takes seconds: `WEFT_HOSTILE_FIRST=1` takes others.
		const first = Number(process.env["WEFT_HOSTILE_FIRST"] ?? 0);
		const payloads = all.filter((_, payloadIndex) => payloadIndex % 6 === first);
		expect(payloads.length).toBeGreaterThan(100);
		page.on("dialog", () => visit.complaints.push("a dialog"));
		await visit.openWith();
		const groups = Array.from({ length: Math.ceil(payloads.length / 15) }, (_, groupIndex) =>
			payloads.slice(groupIndex * 15, groupIndex * 15 + 15),
		);
		for (const group of groups) {
			const faults = await page.evaluate((list) => harness.attack(list), group);
			expect(faults).toEqual([]);
		}
		await page.keyboard.press("Control+a");
		await page.keyboard.press("Control+c");
	});
});
