/** A tab of a real browser, and what its page costs. */
import type { Browser, CDPSession, Page } from "playwright-core";
import { launchChromium } from "../../converge/screen/chromium.ts";
import { install, shownLength } from "./in-page.ts";

/** Wide enough for document, board and chat side by side. */
const viewport = { width: 1440, height: 900 };
const openMsMax = 60_000;
/** Long enough for words to be counted, and for parts of the app that come later. */
const restMs = 3_000;

/** One tab in a browser of its own. `close()` it. */
export class MeasuredTab {
	readonly page: Page;
	readonly #browser: Browser;
	readonly #tools: CDPSession;

	/** Opens a page. */
	static async open(url: string): Promise<MeasuredTab> {
		const browser = await launchChromium();
		const page = await browser.newPage({ viewport });
		await page.addInitScript(install);
		await page.goto(url);
		const tools = await page.context().newCDPSession(page);
		await tools.send("Performance.enable", { timeDomain: "threadTicks" });
		return new MeasuredTab(page, browser, tools);
	}

	private constructor(page: Page, browser: Browser, tools: CDPSession) {
		this.page = page;
		this.#browser = browser;
		this.#tools = tools;
	}

	/** Resolves when the editor shows `length` letters and the page has done what it put off. */
	async whenItShows(length: number): Promise<void> {
		const isThere = async () => (await this.page.evaluate(shownLength)) === length;
		for (const endMs = performance.now() + openMsMax; !(await isThere()); await rest(100)) {
			if (performance.now() > endMs) throw new Error("the page does not show its text");
		}
		await rest(restMs);
	}

	/** Processor time that the page's main thread used for tasks so far. */
	async spentMs(): Promise<number> {
		const { metrics } = await this.#tools.send("Performance.getMetrics");
		return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN) * 1_000;
	}

	/** Ends the browser. */
	close(): Promise<void> {
		return this.#browser.close();
	}
}

function rest(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
