/** What is saved of a document in which somebody wrote all the bad lines that we know. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { writeFile } from "../../../web/text/export/write-file.ts";
import { borrowChromium, giveBack, hasChromium } from "../../fixtures/app/chromium.ts";
import { sharedData } from "../../fixtures/shared-data.ts";

const hostile = sharedData("hostile");
const address = "https://garden.example/saved.html";
/** As strict as one can be who shows it: what runs or is fetched would be reported. */
const policies = ["", "default-src 'none'; style-src 'unsafe-inline'"];

/** Every line of the hostile data. */
function lines(): string[] {
	const read = (name: string) =>
		JSON.parse(readFileSync(`${hostile}/${name}`, "utf8")) as unknown[];
	return [
		...read("dompurify-even.json").map((entry) => (entry as { payload: string }).payload),
		...read("xss-lines-even.json").map(String),
		...read("blns.json").map(String),
	];
}

/** A line as words, and as everything else that a stranger's client might make of it. */
function opsOf(
	line: string,
): { insert: string | Record<string, string>; attributes?: Record<string, unknown> }[] {
	const marks = { link: line, color: line, bold: line, background: line, font: line, size: line };
	const ends = { header: line, list: line, align: line, direction: line, indent: line };
	const embeds = ["photo", "image", "video", "formula", line];
	return [
		{ insert: line },
		{ insert: "\n", attributes: { "code-block": line } },
		{ insert: "words", attributes: marks },
		...embeds.map((name) => ({ insert: { [name]: line }, attributes: { alt: line } })),
		{ insert: "\n", attributes: ends },
		{ insert: "\n", attributes: { blockquote: line, [line]: line } },
	];
}

describe.skipIf(!hasChromium || hostile === null)("a saved document", () => {
	test("of hostile lines runs nothing and fetches nothing, whoever opens it", async () => {
		const all = lines();
		expect(all.length).toBeGreaterThan(1_500);
		const facts = { title: all.join(" "), language: all[0] ?? "" };
		const photos = { urlOf: () => null, captionOf: () => all.join(" ") };
		const ops = [...all.flatMap(opsOf), { insert: { photo: "AAAAAAAAAAAAAAAA" } }];
		const html = writeFile("html", ops, { ...facts, photos });
		const browser = await borrowChromium();
		const page = await browser.newPage();
		const heard: string[] = [];
		page.on("dialog", (dialog) => {
			heard.push(`dialog: ${dialog.message()}`);
			void dialog.dismiss();
		});
		page.on("console", (message) => heard.push(message.text()));
		page.on("pageerror", (error) => heard.push(String(error)));
		let policy = "";
		await page.route("**/*", async (route) => {
			const url = route.request().url();
			const headers = policy === "" ? {} : { "content-security-policy": policy };
			if (url === address) return route.fulfill({ body: html, contentType: "text/html", headers });
			heard.push(`fetched ${url}`);
			return route.abort();
		});
		try {
			for (policy of policies) {
				await page.goto(address);
				// Nobody points at all of it: what would run then is looked for.
				expect(await page.evaluate(whatRuns)).toEqual([]);
				expect(await page.evaluate(() => document.body.textContent)).toContain("words");
			}
			expect(heard).toEqual([]);
		} finally {
			await page.close();
			await giveBack(browser);
		}
	});
});

/** In the page: elements and attributes that no document of ours has. */
function whatRuns(): string[] {
	const known = /^(p|h[123]|ol|ul|li|blockquote|pre|code|a|strong|em|u|s|sub|sup|span|br|img)$/;
	const found: string[] = [];
	for (const element of document.body.querySelectorAll("*")) {
		const isKnown = known.test(element.localName);
		const bad = element.getAttributeNames().filter((name) => /^(on|src|action|form)/.test(name));
		const href = element instanceof HTMLAnchorElement ? element.href : "https:";
		if (isKnown && bad.length === 0 && /^(https?|mailto|tel):/.test(href)) continue;
		found.push(element.outerHTML.slice(0, 200));
	}
	return found;
}
