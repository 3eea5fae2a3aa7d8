/** The page of the document, under the app's kind of CSP; and a browser that opens it. */
import type { Browser, Page } from "playwright-core";
import { leanAliases } from "../../../web/text/lean/aliases.ts";
import { borrowChromium, giveBack } from "../../fixtures/app/chromium.ts";
import { serveTestPage } from "../../fixtures/app/test-page.ts";

const policy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' blob:",
	"connect-src 'self'",
].join("; ");

/** A page of the document that tests open as often as they like. */
export interface TextPage {
	/** Opens it; the page's errors and broken policies are gathered in `complaints`. */
	open(size?: { width: number; height: number }): Promise<OpenPage>;
	close(): Promise<void>;
}

/** One open page. */
export interface OpenPage {
	readonly page: Page;
	readonly complaints: string[];
}

/** Builds and serves; `close()` it after the last test. */
export async function serveTextPage(): Promise<TextPage> {
	const served = await serveTestPage({ root: import.meta.dirname, policy, aliases: leanAliases });
	const browser = await borrowChromium();
	return {
		open: (size) => openPage(browser, served.url, size),
		async close() {
			await giveBack(browser);
			served.close();
		},
	};
}

async function openPage(
	browser: Browser,
	url: string,
	viewport = { width: 1000, height: 800 },
): Promise<OpenPage> {
	const context = await browser.newContext({ viewport });
	await context.grantPermissions(["clipboard-read", "clipboard-write"]);
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("pageerror", (error) => complaints.push(String(error.stack)));
	page.on("console", (message) => {
		const text = message.text();
		if (message.type() === "error" && !text.includes("404")) complaints.push(text);
	});
	await page.goto(url);
	await page.waitForFunction(() => "harness" in globalThis);
	return { page, complaints };
}
