/** Finding in the chat, and words that run from right to left. */
import type { Page } from "playwright-core";
import { beforeEach, describe, expect, test } from "vitest";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import type { ChatDriver } from "./main.ts";
import { chatVisits } from "./visits.ts";

declare const driver: ChatDriver;

/** In the page: what is marked, as words. */
function marked(): string[] {
	return [...(CSS.highlights.get("weft-chat-found") ?? [])].map((range) => String(range));
}

/** In the page: true where the one that was found has the focus. */
function isFocused([element]: Element[]): boolean {
	return element !== undefined && element === document.activeElement;
}

/** In the page: how a body is written, and whether its first letter stands right of its last. */
function writing(body: Element): { direction: string; isFirstAtRight: boolean } {
	const text = [...body.childNodes].find((node) => node instanceof Text && node.data !== "");
	if (!(text instanceof Text)) throw new Error("no words");
	const edgeOf = (from: number) => {
		const range = new Range();
		range.setStart(text, from);
		range.setEnd(text, from + 1);
		return range.getBoundingClientRect();
	};
	const isFirstAtRight = edgeOf(0).left > edgeOf(text.length - 1).left;
	return { direction: getComputedStyle(body).direction, isFirstAtRight };
}

describe.skipIf(!hasChromium)("words in the chat", () => {
	let page: Page;
	const open = chatVisits();
	beforeEach(async () => {
		page = await open();
		await page.evaluate(() => driver.ready());
	});

	const sought = () => page.locator(".is-sought .weft-chat-body").allTextContents();
	const field = () => page.getByRole("searchbox", { name: "Find in the chat" });
	const status = () => page.getByRole("search").getByRole("status").textContent();
	const hear = (who: string, body: string) =>
		page.evaluate(([by = "", words = ""]) => driver.hear(by, { body: words }), [who, body]);

	test("where all messages are in sight, finding one leaves the newest read", async () => {
		await hear("ben", "Bread and cheese");
		await page.locator("textarea").focus();
		await page.keyboard.press("Control+f");
		await expect.poll(() => field().evaluateAll(isFocused)).toBe(true);
		// The browser's own kind has a cross of its own beside the bar's.
		expect(await field().getAttribute("type")).toBe("text");
		await page.keyboard.type("bread");
		await expect.poll(sought).toEqual(["Bread and cheese"]);
		await hear("cleo", "And apples");
		await page.getByText("And apples", { exact: true }).last().waitFor();
		await expect.poll(() => page.evaluate(() => driver.unread.at(-1))).toBe(0);
		expect(await page.locator(".weft-chat-jump").count()).toBe(0);
	});

	test("Ctrl+F finds in 10,000 messages, by keys alone, and goes to each", async () => {
		await page.evaluate(() => driver.fill(6_000));
		await hear("ben", "The train to Zürich");
		await page.evaluate(() => driver.fill(4_000));
		await hear("cleo", "ZURICH again");
		await page.locator("textarea").focus();
		await page.keyboard.press("Control+f");
		await expect.poll(() => field().evaluateAll(isFocused)).toBe(true);
		await page.keyboard.type("zurich");
		await expect.poll(status).toBe("2 of 2");
		await expect.poll(() => page.evaluate(marked)).toEqual(["ZURICH"]);
		await page.keyboard.press("Enter");
		await expect.poll(status).toBe("1 of 2");
		await expect.poll(sought).toEqual(["The train to Zürich"]);
		expect(await page.getByText("The train to Zürich").isVisible()).toBe(true);
		await expect.poll(() => page.evaluate(marked)).toEqual(["Zürich"]);
		await page.keyboard.press("ArrowDown");
		await expect.poll(sought).toEqual(["ZURICH again"]);
		await hear("ben", "Zürich, did you say?");
		await expect.poll(status).toBe("2 of 3");
		await page.keyboard.press("Escape");
		await expect.poll(() => page.getByRole("search").count()).toBe(0);
		expect(await page.evaluate(marked)).toEqual([]);
		const find = page.getByRole("button", { name: "Find in the chat" });
		expect(await find.evaluate((button) => button === document.activeElement)).toBe(true);
	});

	test("what nobody said is told, and nothing is marked", async () => {
		await hear("ben", "hello");
		await page.getByRole("button", { name: "Find in the chat" }).click();
		await field().fill("goodbye");
		await expect.poll(status).toBe("Not found");
		expect(await page.getByRole("button", { name: "Next match" }).isDisabled()).toBe(true);
		expect(await page.evaluate(marked)).toEqual([]);
	});

	test.each([
		["שלום Ann, מה שלומך?", "rtl"],
		["مرحبا Ben, كيف الحال", "rtl"],
		["Ann said שלום", "ltr"],
		["\u{1f600} שלום", "rtl"],
	])("each message runs its own way: %j", async (body, direction) => {
		await hear("ben", body);
		const row = page.locator(".weft-chat-body", { hasText: body });
		await row.waitFor();
		expect(await row.evaluate(writing)).toEqual({
			direction,
			isFirstAtRight: direction === "rtl",
		});
	});

	test("a name from right to left turns no sentence around it", async () => {
		await hear("noa", "hello");
		const name = page.locator("bdi.weft-chat-name", { hasText: "נועה כהן" });
		await name.waitFor();
		await page.evaluate(() => driver.present("noa", { typing: true }));
		const typing = page.locator(".weft-chat-typing");
		await expect.poll(() => typing.textContent()).toBe("\u2068נועה כהן (she)\u2069 is typing…");
	});

	test("the box writes the way of what is typed", async () => {
		const box = page.locator("textarea");
		await box.fill("שלום");
		expect(await box.evaluate((field) => field.matches(":dir(rtl)"))).toBe(true);
		await box.fill("hello שלום");
		expect(await box.evaluate((field) => field.matches(":dir(ltr)"))).toBe(true);
	});
});
