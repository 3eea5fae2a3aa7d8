/** Opens screens in one Chromium, each in a profile of its own. */
import type { Browser } from "playwright-core";
import type { Screen, ScreenParts, Screens } from "../person/screen.ts";
import { AtScreen } from "./at-screen.ts";
import { launchChromium } from "./chromium.ts";

/** Every browser's: wide enough for document, board and chat side by side. */
export const screenOptions = { viewport: { width: 1440, height: 900 }, locale: "en-GB" };

/** See the head of this file. Close it after the last run. */
export class ChromiumScreens implements Screens {
	readonly count: number;
	readonly #browser: Browser;

	private constructor(browser: Browser, count: number) {
		this.#browser = browser;
		this.count = count;
	}

	/** @throws Error with a sentence about what to do, where there is no Chromium */
	static async launch(count: number): Promise<ChromiumScreens> {
		return new ChromiumScreens(await launchChromium(), count);
	}

	async open(parts: ScreenParts): Promise<Screen> {
		const context = await this.#browser.newContext(screenOptions);
		context.setDefaultTimeout(60_000);
		return new AtScreen(parts, context);
	}

	/** Ends the browser. */
	async close(): Promise<void> {
		await this.#browser.close();
	}
}
