import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import type { Harness } from "../text-page/page.ts";
import type { Visit } from "../text-page/visit.ts";
import { visitEach } from "../text-page/visits.ts";
import { Desk } from "./desk.ts";

declare const harness: Harness;

const title = { insert: "\n", attributes: { header: 1 } };
const chapter = { insert: "\n", attributes: { header: 2 } };

describe.skipIf(!hasChromium)("contents, authors, paper and direction of the document", () => {
	let visit: Visit;
	let desk: Desk;
	let page: Page;
	visitEach((begun) => {
		visit = begun;
		page = begun.page;
		desk = new Desk(page);
	});

	test("the count of words lies over no line of the text", async () => {
		await page.setViewportSize({ width: 820, height: 600 });
		await visit.openWith([{ insert: "Words and words.\n".repeat(60) }]);
		const boxOf = async (name: string) => {
			const box = await page.locator(`weft-editor:first-of-type ${name}`).boundingBox();
			return box ?? expect.fail(`${name} is not shown`);
		};
		const [paper, words] = [await boxOf(".weft-text-scroll"), await boxOf(".weft-text-words")];
		expect(words.y).toBeGreaterThanOrEqual(paper.y + paper.height - 0.5);
	});

	describe("contents", () => {
		const filler = "Words.\n".repeat(60);
		const start = [
			{ insert: "Garden" },
			title,
			{ insert: `${filler}Roses` },
			chapter,
			{ insert: `${filler}עברית` },
			chapter,
			{ insert: filler },
		];
		const entries = () => page.locator("weft-contents li button").allInnerTexts();

		test("lists the headings, follows them, and leads to them by keyboard", async () => {
			await page.setViewportSize({ width: 1_800, height: 800 });
			await visit.openWith(start, 2);
			await desk.menu("Contents");
			await expect.poll(entries).toEqual(["Garden", "Roses", "עברית"]);
			await page.locator("weft-contents button:focus").waitFor();
			await page.keyboard.press("ArrowDown");
			await page.keyboard.press("Enter");
			const heading = page.locator("weft-editor:first-of-type h2").first();
			await expect.poll(async () => (await heading.boundingBox())?.y ?? 0).toBeLessThan(400);
			await page.locator("weft-contents [aria-current]", { hasText: "Roses" }).waitFor();
			await desk.writeAsBen(0, "My ");
			await expect.poll(entries).toEqual(["My Garden", "Roses", "עברית"]);
			await page.locator("weft-contents li button").first().focus();
			await page.keyboard.press("Escape");
			expect(await page.locator("weft-contents").count()).toBe(0);
			expect(await page.evaluate(() => !!document.activeElement?.closest(".ql-editor"))).toBe(true);
		});

		test("is a sheet over the text on a phone, and gone once one is there", async () => {
			await page.setViewportSize({ width: 390, height: 780 });
			await visit.openWith(start);
			await desk.menu("Contents");
			const sheet = page.locator("weft-contents");
			await sheet.waitFor();
			const box = await sheet.boundingBox();
			expect(box?.width).toBe(390);
			await page.locator("weft-contents li button", { hasText: "עברית" }).click();
			await sheet.waitFor({ state: "detached" });
			const heading = page.locator(".ql-editor h2").last();
			await expect.poll(async () => (await heading.boundingBox())?.y ?? 0).toBeLessThan(300);
		});
	});

	test("shows who wrote what, by name and colour, until it is switched off", async () => {
		await visit.openWith([], 2);
		await page.keyboard.insertText("Ann was here. ");
		await desk.writeAsBen(14, "Ben too.");
		await desk.menu("Who wrote what");
		const names = () => page.locator(".weft-authors button span").allInnerTexts();
		await expect.poll(names).toEqual(["You", "Ben Abdallah"]);
		await expect.poll(() => desk.painted("weft-author-0")).toEqual(["Ann was here. "]);
		expect(await desk.painted("weft-author-1")).toEqual(["Ben too."]);
		const inks = await page
			.locator(".ql-editor")
			.first()
			.evaluate((text) => {
				const marked = getComputedStyle(text, "::highlight(weft-author-0)");
				return [marked.color, getComputedStyle(text).color];
			});
		expect(inks[0], "quiet words are as strong as others there").toBe(inks[1]);
		await desk.writeAsBen(0, "So: ");
		await expect.poll(() => desk.painted("weft-author-1")).toEqual(["So: ", "Ben too."]);
		await page.getByRole("button", { name: /Ben Abdallah/ }).click();
		await expect.poll(() => desk.painted("weft-author-0")).toEqual([]);
		await desk.menu("Who wrote what");
		await expect.poll(() => page.locator("weft-authors").count()).toBe(0);
		expect(await desk.painted("weft-author-1")).toEqual([]);
	});

	test("remembers on this device under which id somebody wrote", async () => {
		await visit.openWith([{ insert: "From before. " }], 2);
		await page.keyboard.press("Control+End");
		await page.keyboard.insertText("Mine.");
		const kept = await page.evaluate(() => {
			const [ann] = harness.guests;
			const ops = ann === undefined ? "" : ann.client.doc.clientID;
			ann?.editor.remove();
			return { id: ops, met: localStorage.getItem("weft:met") ?? "" };
		});
		expect(kept.met).toContain(`[${kept.id},"g_ann","Ann"`);
	});

	test("prints the text alone, dark on white, with what its links lead to", async () => {
		await page.emulateMedia({ colorScheme: "dark", media: "print" });
		const link = "https://weft.example/map";
		const words = "A line of the paper.\n".repeat(300);
		await visit.openWith([
			{ insert: words },
			{ insert: "map", attributes: { link } },
			{ insert: "\n" },
		]);
		expect(await page.locator(".weft-text-bar").isVisible()).toBe(false);
		expect(await page.locator(".weft-text-words").isVisible()).toBe(false);
		const looks = await page.locator(".ql-editor a").evaluate((anchor) => ({
			after: getComputedStyle(anchor, "::after").content,
			color: getComputedStyle(anchor.closest(".ql-editor") ?? anchor).color,
			link: getComputedStyle(anchor).color,
			scheme: getComputedStyle(document.documentElement).colorScheme,
			cut: getComputedStyle(anchor.closest(".weft-text-scroll") ?? anchor).overflowY,
		}));
		expect(looks).toEqual({
			after: expect.stringContaining(link),
			color: "rgb(0, 0, 0)",
			link: "rgb(11, 107, 93)",
			scheme: "light",
			cut: "visible",
		});
	});

	test("lines have the direction of their first strong letter, or the chosen one", async () => {
		await visit.openWith([
			{ insert: "Hello שלום\n123 שלום Hello\n" },
			{ insert: "مرحبا" },
			{ insert: "\n", attributes: { list: "bullet" } },
			{ insert: "Latin" },
			{ insert: "\n", attributes: { direction: "rtl", align: "right" } },
			{ insert: "let שלום" },
			{ insert: "\n", attributes: { "code-block": true } },
		]);
		const directions = () =>
			page
				.locator(".ql-editor :is(p, li, .ql-code-block)")
				.evaluateAll((lines) => lines.map((line) => getComputedStyle(line).direction));
		expect(await directions()).toEqual(["ltr", "rtl", "rtl", "rtl", "ltr", "ltr"]);
		const marker = await page.locator("li .ql-ui").boundingBox();
		const item = await page.locator("li").boundingBox();
		expect(marker?.x).toBeGreaterThan((item?.x ?? 0) + (item?.width ?? 0) / 2);
		// Quill sees nothing of it: the doc says only what somebody chose.
		await visit.select(0);
		await page.keyboard.insertText("ש");
		await expect.poll(directions).toEqual(["rtl", "rtl", "rtl", "rtl", "ltr", "ltr"]);
		expect(await visit.ops()).toContainEqual({ insert: "שHello שלום\n123 שלום Hello\nمرحبا" });
	});
});
