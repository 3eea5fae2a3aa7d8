/** A page of the chat for each test of a file. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { borrowChromium, giveBack } from "../../fixtures/app/chromium.ts";
import { patienceMs } from "../../fixtures/app/patience.ts";
import type { ServedPage } from "../../fixtures/app/test-page.ts";
import { serveChatPage } from "./serve.ts";

/** Opens the page, as wide and high as a phone unless the options say otherwise. */
export type OpenChat = (options?: BrowserContextOptions) => Promise<Page>;

/**
 * Serves the page to the tests of the `describe` that it is called in. Whatever their pages
 * complain of, or ask in a dialog, fails the test; after it they are closed.
 */
export function chatVisits(): OpenChat {
	let served: ServedPage;
	let browser: Browser;
	const complaints: string[] = [];
	beforeAll(async () => {
		served = await serveChatPage();
		browser = await borrowChromium();
	});
	afterAll(async () => {
		await giveBack(browser);
		served?.close();
	});
	afterEach(async () => {
		await giveBack(browser);
		expect(complaints.splice(0)).toEqual([]);
	});
	return async (options) => {
		const page = await browser.newPage({ viewport: { width: 390, height: 780 }, ...options });
		page.setDefaultTimeout(patienceMs);
		page.on("dialog", (dialog) => {
			complaints.push(`dialog: ${dialog.message()}`);
			dialog.dismiss().catch(() => undefined);
		});
		page.on("pageerror", (error) => complaints.push(error.message));
		page.on("console", (line) => complaints.push(line.text()));
		await page.goto(served.url);
		return page;
	};
}
