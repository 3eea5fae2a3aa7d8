/** The app on a phone: what the keyboard leaves free, what the screen's corners take. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { surfaceNames } from "../../../shared/awareness.ts";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import { dotPng } from "../chat-page/serve.ts";
import { type FrameSite, openFrameSite } from "../frame-page/site.ts";

const size = { width: 390, height: 844 };
const phone = { viewport: size, hasTouch: true, isMobile: true } as const;
/** What a keyboard leaves of the height. */
const freePx = 460;

let site: FrameSite;

/** In the page: a keyboard that lies over the page, which only `visualViewport` tells. */
function coverAsSafariDoes({ width, height }: typeof size): void {
	const view = new EventTarget();
	const facts = { width, height, offsetTop: 0, scale: 1 };
	Object.defineProperty(window, "visualViewport", { value: Object.assign(view, facts) });
}

/** Opens the keyboard; gives the part of the page that is seen. */
const keyboards = {
	"that makes the page smaller": async (page: Page) => {
		await page.setViewportSize({ width: size.width, height: freePx });
		return { top: 0, bottom: freePx };
	},
	"that covers the page": async (page: Page) => {
		// Safari moves the view down to what is typed in.
		const topPx = 90;
		await page.evaluate(
			([height, offsetTop]) => {
				Object.assign(visualViewport as object, { height, offsetTop });
				visualViewport?.dispatchEvent(new Event("resize"));
			},
			[freePx, topPx] as const,
		);
		return { top: topPx, bottom: topPx + freePx };
	},
} as const;

/** Closes either keyboard. */
async function close(page: Page): Promise<void> {
	await page.setViewportSize(size);
	await page.evaluate((height) => {
		const view = visualViewport as unknown as EventTarget & { height: number };
		if (!(view instanceof VisualViewport)) Object.assign(view, { height, offsetTop: 0 });
		view.dispatchEvent(new Event("resize"));
	}, size.height);
}

/** Where a caret in the document is, from top to bottom. */
function caretBox(page: Page) {
	return page.evaluate(() => {
		const range = document.getSelection()?.getRangeAt(0);
		const box =
			range?.getClientRects()[0] ?? range?.startContainer.parentElement?.getBoundingClientRect();
		return { top: box?.top ?? 0, bottom: box?.bottom ?? 0 };
	});
}

/** What stands on each surface once its code is here. */
const firstOf = {
	document: ".weft-text-bar",
	board: ".weft-board__bar",
	chat: "weft-chat textarea",
	photos: "weft-photos label",
} as const;

/** In the page: what can be touched and lies under the camera or the home bar. */
function hiddenBehind({ top, bottom }: { top: number; bottom: number }): string[] {
	return [...document.querySelectorAll("weft-room :is(button, a, input, textarea)")]
		.filter((control) => control.checkVisibility() && !control.matches(".weft-hidden"))
		.filter((control) => {
			const box = control.getBoundingClientRect();
			return box.top < top || box.bottom > innerHeight - bottom;
		})
		.map((control) => control.outerHTML.slice(0, 90));
}

function boxOf(page: Page, selector: string) {
	return page.locator(selector).evaluate((element) => {
		const { top, bottom } = element.getBoundingClientRect();
		return { top, bottom };
	});
}

/** Waits until all of a box is in sight. */
async function seesWhole(
	box: () => ReturnType<typeof caretBox>,
	seen: { top: number; bottom: number },
) {
	await expect.poll(async () => (await box()).top).toBeGreaterThanOrEqual(seen.top - 1);
	await expect.poll(async () => (await box()).bottom).toBeLessThanOrEqual(seen.bottom + 1);
}

describe.skipIf(!hasChromium)("on a phone", () => {
	beforeAll(async () => {
		site = await openFrameSite();
	});
	afterAll(() => site?.close());
	afterEach(async () => {
		await site.everybodyLeaves();
		expect(site.complaints()).toEqual([]);
	});

	describe.each(Object.keys(keyboards) as (keyof typeof keyboards)[])("a keyboard %s", (kind) => {
		const open = async (surface: string) => {
			const page = await site.person(phone);
			if (kind === "that covers the page") await page.addInitScript(coverAsSafariDoes, size);
			await page.goto(`${site.url}/r/${encodeURIComponent(kind)}/${surface}`);
			return page;
		};
		test("leaves the caret and the tools of the document in sight", async () => {
			const page = await open("document");
			await page.locator(".ql-editor").tap();
			await page.locator(".ql-editor:focus").waitFor();
			await page.keyboard.insertText("line\n".repeat(60));
			await page.keyboard.type("the last one");
			const seen = await keyboards[kind](page);
			await seesWhole(() => boxOf(page, ".weft-text-bar"), seen);
			await seesWhole(() => caretBox(page), seen);
			await page.keyboard.type(", and more");
			await seesWhole(() => caretBox(page), seen);
			await page.locator(".weft-room__tabs").waitFor({ state: "hidden" });
			await page.evaluate(() => (document.activeElement as HTMLElement).blur());
			await close(page);
			await page.locator(".weft-room__tabs").waitFor();
		});

		test("leaves what is written in the chat and its button in sight", async () => {
			const page = await open("chat");
			const box = page.locator("weft-chat textarea");
			await box.tap();
			await page.locator("weft-chat textarea:focus").waitFor();
			await box.fill("one\ntwo\nthree");
			const seen = await keyboards[kind](page);
			await seesWhole(() => boxOf(page, "weft-chat textarea"), seen);
			await seesWhole(() => boxOf(page, ".weft-chat-round.is-send"), seen);
			await page.getByRole("button", { name: "Send" }).tap();
			await page.locator(".weft-chat-body", { hasText: "three" }).waitFor();
			await seesWhole(() => boxOf(page, ".weft-chat-message:last-child .weft-chat-bubble"), seen);
		});
	});

	test("held sideways, a keyboard leaves what is written and its button in sight", async () => {
		const wide = { width: size.height, height: size.width };
		const page = await site.person({ ...phone, viewport: wide });
		await page.goto(`${site.url}/r/sideways/chat`);
		const box = page.locator("weft-chat textarea");
		await box.tap();
		await box.fill("on my way");
		await page.setViewportSize({ width: wide.width, height: 190 });
		await seesWhole(() => boxOf(page, "weft-chat textarea"), { top: 0, bottom: 190 });
		await seesWhole(() => boxOf(page, ".weft-chat-round.is-send"), { top: 0, bottom: 190 });
		await page.getByRole("button", { name: "Send" }).tap();
		await page.locator(".weft-chat-body", { hasText: "on my way" }).waitFor();
		await page.evaluate(() => (document.activeElement as HTMLElement).blur());
		await page.setViewportSize(wide);
		await page.locator(".weft-room__bar").waitFor();
	});

	test("a keyboard over the page covers neither field nor button of a dialog", async () => {
		const page = await site.person(phone);
		await page.addInitScript(coverAsSafariDoes, size);
		await page.goto(`${site.url}/r/dialog/board`);
		await page.locator(".weft-people__me").tap();
		await page.getByRole("textbox", { name: "Your name" }).tap();
		await page.locator("dialog input[name=name]:focus").waitFor();
		const seen = await keyboards["that covers the page"](page);
		await seesWhole(() => boxOf(page, "dialog input[name=name]"), seen);
		await seesWhole(() => boxOf(page, "dialog .weft-button--primary"), seen);
	});

	test("nothing that can be touched lies under the camera or the home bar", async () => {
		const page = await site.person(phone);
		const cdp = await page.context().newCDPSession(page);
		const insets = { top: 47, bottom: 34, left: 0, right: 0 };
		await cdp.send("Emulation.setSafeAreaInsetsOverride", { insets });
		for (const surface of surfaceNames) {
			await page.goto(`${site.url}/r/corners/${surface}`);
			await page.locator(".weft-light__label:not(:empty)").waitFor({ state: "attached" });
			await page.locator(firstOf[surface]).first().waitFor();
			const hidden = () => page.evaluate(hiddenBehind, insets);
			await expect.poll(hidden, { message: surface }).toEqual([]);
		}
	});

	test("photos come from the camera: for the room, the board and a message", async () => {
		const page = await site.person(phone);
		const camera = page.locator("label:has(input[type=file][capture=environment])");
		await page.goto(`${site.url}/r/camera/photos`);
		await camera.first().waitFor();
		await expect.poll(() => camera.first().textContent()).toMatch("Take a photo");
		await page.goto(`${site.url}/r/camera/board`);
		await page.getByRole("button", { name: "Board menu" }).tap();
		await page.getByRole("button", { name: "Add a photo" }).tap();
		await page.locator("dialog").locator(camera).waitFor();
		await page.goto(`${site.url}/r/camera/chat`);
		await page.getByRole("button", { name: "Attach a photo" }).tap();
		await page.locator("dialog").locator(camera).waitFor();
		const shot = { name: "shot.png", mimeType: "image/png", buffer: dotPng };
		await page.locator("dialog input[capture]").setInputFiles(shot);
		await page.locator(".weft-chat-attached weft-photo-image").waitFor();
	});

	test("a pull down the board draws and loads nothing anew", async () => {
		const page = await site.person(phone);
		await page.goto(`${site.url}/r/pull/board`);
		await page.locator(".weft-board__paper").waitFor();
		const behaviour = () =>
			page.evaluate(() => {
				const style = getComputedStyle(document.documentElement);
				return `${style.overscrollBehaviorX} ${style.overscrollBehaviorY} ${style.overflowY}`;
			});
		await expect.poll(behaviour).toBe("none none hidden");
		await page.getByRole("link", { name: "Go to all rooms" }).tap();
		await page.locator("weft-home").waitFor();
		await expect.poll(behaviour).toMatch(/auto auto/);
	});
});
