import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../fixtures/app/chromium.ts";
import type { ChatDriver } from "./chat-page/main.ts";
import { chatVisits } from "./chat-page/visits.ts";

declare const driver: ChatDriver;

describe.skipIf(!hasChromium)("what can be done with a message", () => {
	let page: Page;
	const visit = chatVisits();
	const open = async (options: BrowserContextOptions) => {
		page = await visit(options);
	};

	const bodies = () => page.locator(".weft-chat-body").allTextContents();
	/** Ann speaks, Ben answers; resolves when both are seen. */
	const talk = async () => {
		await page.evaluate(() => driver.ready());
		await page.locator("textarea").fill("tea at four?");
		await page.keyboard.press("Enter");
		await page.evaluate(() => driver.hear("ben", { body: "make it five" }));
		await expect.poll(bodies).toEqual(["tea at four?", "make it five"]);
	};
	const entries = () => page.evaluate(() => driver.doc.getArray("chat").toJSON());
	const menu = () => page.getByRole("dialog", { name: /^Message: / });
	const box = () => page.locator("textarea");
	const isFocused = (label: string) =>
		expect
			.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label")))
			.toBe(label);
	/** Presses Enter on the button that has the focus; the menu is there, and has the focus. */
	const openMenu = async () => {
		await page.keyboard.press("Enter");
		await menu().waitFor();
		await expect.poll(() => menu().locator(":focus").count()).toBe(1);
	};

	test("by keys alone a message is answered, reacted to, corrected and removed", async () => {
		await open({});
		await talk();
		await page.keyboard.press("Shift+Tab"); // The button that attaches a photo.
		await page.keyboard.press("Shift+Tab");
		await isFocused("What to do with: Ben Okafor, make it five");
		await openMenu();
		await page.keyboard.press("Enter"); // The first emoji.
		await page.getByRole("button", { name: "\u{1f44d} from Ann" }).waitFor();
		await isFocused("What to do with: Ben Okafor, make it five");
		await openMenu();
		await page.keyboard.press("ArrowUp"); // Around to the last: an answer.
		await page.keyboard.press("Enter");
		await page.getByText("Answer to Ben Okafor: make it five").waitFor();
		await expect.poll(() => page.locator("textarea:focus").count()).toBe(1);
		await page.keyboard.type("five it is");
		await page.keyboard.press("Enter");
		await expect.poll(bodies).toEqual(["tea at four?", "make it five", "five it is"]);
		const said = await entries();
		expect(said.at(-1)).toMatchObject({ body: "five it is", replyTo: said[1].id });
		await page.getByRole("button", { name: "Ben Okafor make it five", exact: true }).press("Enter");
		await page.locator(".is-sought", { hasText: "make it five" }).waitFor();
		const own = page.getByRole("button", { name: "What to do with: Ann, tea at four?" });
		await own.press("Enter");
		await menu().getByRole("button", { name: "Correct" }).press("Enter");
		await expect.poll(() => box().inputValue()).toBe("tea at four?");
		await expect.poll(() => page.locator("textarea:focus").count()).toBe(1);
		await page.keyboard.press("Control+a");
		await page.keyboard.type("tea at five!");
		await page.keyboard.press("Enter");
		await expect.poll(bodies).toEqual(["tea at five!", "make it five", "five it is"]);
		await page.getByRole("button", { name: "What to do with: Ann, tea at five!" }).press("Enter");
		await menu().getByRole("button", { name: "Remove" }).press("Enter");
		const question = page.getByRole("dialog", { name: "Remove this message?" });
		await question.waitFor();
		await expect.poll(() => question.locator(":focus").count()).toBe(1);
		await page.keyboard.press("Enter");
		await expect.poll(bodies).toEqual(["make it five", "five it is"]);
		expect((await entries()).length).toBe(6);
	});

	test("Escape leaves the menu where one came from, and an answer unanswered", async () => {
		await open({});
		await talk();
		const more = page.getByRole("button", { name: "What to do with: Ben Okafor, make it five" });
		await more.press("Enter");
		await menu().waitFor();
		await page.keyboard.press("Escape");
		await expect.poll(() => menu().count()).toBe(0);
		await expect
			.poll(() => more.evaluate((button) => button === document.activeElement))
			.toBe(true);
		await page.keyboard.press("ArrowUp");
		await isFocused("What to do with: Ann, tea at four?");
		await more.press("Enter");
		await menu().getByRole("button", { name: "Answer" }).click();
		const banner = page.getByText("Answer to Ben Okafor: make it five");
		await banner.waitFor();
		await expect.poll(() => page.locator("textarea:focus").count()).toBe(1);
		await page.keyboard.press("Escape");
		await banner.waitFor({ state: "detached" });
		await page.keyboard.type("never mind");
		await page.keyboard.press("Enter");
		await expect.poll(async () => (await entries()).at(-1)).toMatchObject({ body: "never mind" });
		expect((await entries()).at(-1)).not.toHaveProperty("replyTo");
	});

	test("Enter takes the one that is shown as chosen, also after further letters", async () => {
		await open({});
		await page.evaluate(() => {
			driver.ready();
			driver.present("ben", {});
			driver.present("bea", {});
		});
		const box = page.locator("textarea");
		const chosen = page.locator("[role=option][aria-selected=true]");
		await box.pressSequentially("@");
		await expect.poll(() => chosen.allInnerTexts()).toEqual(["@Ben Okafor"]);
		await page.getByRole("option", { name: "@Bea" }).hover();
		await expect.poll(() => chosen.allInnerTexts()).toEqual(["@Bea"]);
		await page.keyboard.press("Enter");
		await expect.poll(() => box.inputValue()).toBe("@Bea ");

		await box.fill("");
		await page.mouse.move(0, 0);
		await box.pressSequentially("@");
		await expect.poll(() => chosen.allInnerTexts()).toEqual(["@Ben Okafor"]);
		await page.keyboard.press("ArrowDown");
		await expect.poll(() => chosen.allInnerTexts()).toEqual(["@Bea"]);
		await page.keyboard.type("be");
		await expect.poll(() => box.inputValue()).toBe("@be");
		expect(await chosen.allInnerTexts()).toEqual(["@Bea"]);
		await page.keyboard.press("Enter");
		await expect.poll(() => box.inputValue()).toBe("@Bea ");
	});

	test("whom a message is for is chosen by finger, or left to be typed", async () => {
		await open({ hasTouch: true, isMobile: true });
		await page.evaluate(() => {
			driver.ready();
			driver.present("ben", {});
			driver.present("cleo", {});
		});
		const box = page.locator("textarea");
		const options = page.getByRole("option");
		await box.tap();
		await box.pressSequentially("tea, @");
		await expect.poll(() => options.allInnerTexts()).toEqual(["@Ben Okafor", "@Cleo"]);
		for (const option of await options.all()) {
			expect((await option.boundingBox())?.height).toBeGreaterThanOrEqual(44);
		}
		await options.last().tap();
		await expect.poll(() => box.inputValue()).toBe("tea, @Cleo ");
		await expect.poll(() => box.evaluate((one) => one === document.activeElement)).toBe(true);
		await box.pressSequentially("and @b");
		await options.first().waitFor();
		await page.keyboard.press("Escape");
		await expect.poll(() => options.count()).toBe(0);
		await page.keyboard.press("Enter");
		await expect.poll(bodies).toEqual(["tea, @Cleo and @b"]);
		expect(await entries()).toMatchObject([{ body: "tea, @Cleo and @b", by: "g_ann" }]);
	});

	test("a finger taps a message to react, and the reaction to take it back", async () => {
		await open({ hasTouch: true, isMobile: true });
		// As older phones have it: their clicks do not tell with what.
		await page.evaluate(() => {
			const silence = (event: Event) => Object.defineProperty(event, "pointerType", { value: "" });
			addEventListener("click", silence, true);
		});
		await talk();
		await page.locator(".weft-chat-bubble", { hasText: "make it five" }).tap();
		await menu().getByRole("button", { name: "React with \u2764\ufe0f" }).tap();
		const heart = page.getByRole("button", { name: "\u2764\ufe0f from Ann" });
		await heart.tap();
		await expect.poll(() => heart.count()).toBe(0);
		expect((await entries()).length).toBe(4);
		await page.locator(".weft-chat-bubble", { hasText: "make it five" }).tap();
		const answer = menu().getByRole("button", { name: "Answer" });
		await answer.waitFor();
		expect(await menu().getByRole("button", { name: "Correct" }).count()).toBe(0);
		await answer.tap();
		await page.getByText("Answer to Ben Okafor: make it five").waitFor();
	});
});
