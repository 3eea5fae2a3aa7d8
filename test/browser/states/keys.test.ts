/** The app by keyboard alone. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import { type FrameSite, openFrameSite } from "../frame-page/site.ts";

let site: FrameSite;

const still = { reducedMotion: "reduce" } as const;

async function open(path: string, options: Parameters<FrameSite["person"]>[0] = {}): Promise<Page> {
	const page = await site.person(options);
	await page.goto(`${site.url}${path}`);
	return page;
}

async function openRoom(path: string): Promise<Page> {
	const page = await open(path);
	await page.locator(".weft-light--quiet .weft-light__label:not(:empty)").waitFor();
	await page.locator(".weft-board__bar").waitFor();
	await page.locator(".ql-editor").waitFor();
	return page;
}

/** In the page: what has the focus, and whether an eye can tell, once its ring has faded in. */
async function focusNow() {
	await new Promise(requestAnimationFrame);
	const moves = document
		.getAnimations()
		.filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
	await Promise.allSettled(moves.map(({ finished }) => finished));
	const focused = document.activeElement;
	if (focused === null || focused === document.body) return null;
	const isMarked = (element: Element) => {
		const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
		const hasRing = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
		return hasRing || (element.matches(":focus-within") && boxShadow.includes("0px 0px 0px 1px"));
	};
	// A label or a form may stand for its field; in a text the caret is seen.
	const frames = [focused, focused.closest("label"), focused.closest("form")];
	const isSeen = frames.some((element) => element !== null && isMarked(element));
	const isText = focused instanceof HTMLElement && focused.isContentEditable;
	return { say: focused.outerHTML.slice(0, 110), isSeen: isSeen || isText };
}

describe.skipIf(!hasChromium)("by keyboard", () => {
	beforeAll(async () => {
		site = await openFrameSite();
	});
	afterAll(() => site?.close());
	afterEach(async () => {
		await site.everybodyLeaves();
		expect(site.complaints()).toEqual([]);
	});

	test.each([
		["home", "/", ".weft-empty, .weft-room-card"],
		["document and board", "/r/focus", ".weft-board__bar"],
		["chat", "/r/focus/chat", "weft-chat textarea"],
		["photos", "/r/focus/photos", "weft-photos label"],
	])("whatever Tab comes to on %s is seen to have the focus", async (_name, path, last) => {
		const page = await open(path, still);
		await page.locator(last).first().waitFor();
		const seen = new Set<string>();
		for (let tabCount = 0; tabCount < 60; tabCount++) {
			await page.keyboard.press("Tab");
			const focus = await page.evaluate(focusNow);
			if (focus === null) break;
			if (!focus.isSeen) seen.add(focus.say);
		}
		expect([...seen]).toEqual([]);
	});

	test("F6 walks all panes and comes round", async () => {
		const page = await openRoom("/r/panes/chat");
		await page.locator("weft-chat textarea").waitFor();
		const pane = () =>
			page.evaluate(
				() => document.activeElement?.closest("[data-pane]")?.getAttribute("data-pane") ?? "",
			);
		await page.locator(".weft-light").focus();
		for (const next of ["document", "board", "chat", "bar"]) {
			await page.keyboard.press("F6");
			await expect.poll(pane).toBe(next);
		}
		await page.keyboard.press("Alt+c");
		await expect.poll(pane).toBe("chat");
	});

	test("who closes what stands beside their work is not left nowhere", async () => {
		const page = await openRoom("/r/closing/chat");
		await page.locator("weft-chat textarea").waitFor();
		await page.keyboard.press("Alt+c");
		await page.locator("weft-chat textarea:focus").waitFor();
		await page.getByRole("button", { name: "Close the chat" }).press("Enter");
		await page.locator(".weft-room__chat:focus").waitFor();
		await page.keyboard.press("Enter");
		await page.locator("weft-chat textarea:focus").waitFor();
		await page.locator(".ql-editor").focus();
		await page.getByRole("button", { name: "Chat", exact: true }).press("Enter");
		await page.locator("weft-chat textarea").waitFor({ state: "hidden" });
		await page.locator(".weft-room__chat:focus").waitFor();
		for (const item of ["Contents", "Who wrote what"]) {
			await page.locator(".weft-page-menu button[popovertarget]").press("Enter");
			await page.locator(".weft-page-menu-list button", { hasText: item }).press("Enter");
			await page
				.locator("weft-contents, weft-authors")
				.getByRole("button", { name: "Close" })
				.press("Enter");
			await page.locator(".ql-editor:focus").waitFor();
		}
	});

	test("who saves by hand is told where their work is, and gets no file of the page", async () => {
		const page = await openRoom("/r/by-hand/document");
		await page.locator(".ql-editor").click();
		await page.keyboard.type("kept");
		await page.evaluate(() => {
			window.addEventListener("keydown", ({ key, defaultPrevented }) => {
				if (key === "s") document.body.dataset["taken"] = String(defaultPrevented);
			});
		});
		await page.keyboard.press("Control+s");
		await page.locator('body[data-taken="true"]').waitFor({ state: "attached" });
		const said = page.locator(".weft-toast", { hasText: /^Saved .*All your changes are on/ });
		await said.waitFor();
		// Asked twice, it is said once.
		await page.keyboard.press("Control+s");
		await said.waitFor();
		expect(await said.count()).toBe(1);
	});

	test("single keys are switched off in the list of keys, and stay off", async () => {
		const page = await openRoom("/r/single-keys/board");
		const isPressed = (name: string) =>
			page.getByRole("button", { name, exact: true }).getAttribute("aria-pressed");
		await page.locator(".weft-board__paper").focus();
		await page.keyboard.press("e");
		await expect.poll(() => isPressed("Eraser")).toBe("true");
		await page.keyboard.press("?");
		const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
		await keys.getByRole("switch", { name: "Single keys" }).press("Space");
		await page.keyboard.press("Escape");
		await keys.waitFor({ state: "hidden" });
		await page.locator(".weft-board__paper").focus();
		await page.keyboard.press("p");
		await page.keyboard.press("?");
		// Keys come in their order: once this one has done its work, those would have.
		await page.keyboard.press("Alt+Shift+Digit4");
		await page.waitForURL(/\/photos$/);
		expect(await keys.count()).toBe(0);
		await page.keyboard.press("Alt+Shift+Digit2");
		await page.waitForURL(/\/board$/);
		await expect.poll(() => isPressed("Eraser")).toBe("true");
		await page.reload();
		await page.locator(".weft-board__bar").waitFor();
		await page.locator(".weft-board__paper").focus();
		await page.keyboard.press("e");
		await page.getByRole("button", { name: "More", exact: true }).click();
		await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
		expect(await isPressed("Pen")).toBe("true");
		await keys.getByRole("switch", { name: "Single keys" }).press("Space");
		await page.keyboard.press("Escape");
		await keys.waitFor({ state: "hidden" });
		await page.locator(".weft-board__paper").focus();
		await page.keyboard.press("e");
		await expect.poll(() => isPressed("Eraser")).toBe("true");
	});

	test("who wants little motion sees none", async () => {
		const page = await open("/r/still/board", still);
		await page.locator(".weft-board__bar").waitFor();
		await page.evaluate(() => {
			addEventListener("animationstart", (event) => note(event.target));
			addEventListener("transitionrun", (event) => note(event.target));
			const note = (target: EventTarget | null) => {
				const moves = target instanceof Element ? target.getAnimations() : [];
				const isLong = moves.some((move) => Number(move.effect?.getTiming().duration) > 1);
				if (isLong) document.title = `moves: ${(target as Element).className}`;
			};
			document.title = "still";
		});
		await page.keyboard.press("?");
		await page.getByRole("dialog").waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "Share" }).click();
		await page.getByRole("dialog").waitFor();
		await page.keyboard.press("Escape");
		await page.getByRole("button", { name: "Chat", exact: true }).click();
		await page.locator("weft-chat textarea").waitFor();
		expect(await page.title()).not.toMatch(/moves/);
	});
});
