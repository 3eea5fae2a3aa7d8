/** Takes the pictures: every state on every screen, light and dark. */
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { type State, settle } from "./ways.ts";

/** A window as people have it. */
export interface Screen {
	readonly width: number;
	readonly options: BrowserContextOptions;
}

// What a page is answered is decided here, not by a worker between it and the network.
const alone = { serviceWorkers: "block" } as const;
const touch = { ...alone, hasTouch: true, isMobile: true } as const;

/** A phone, a tablet and a desk. */
export const screens: readonly Screen[] = [
	{
		width: 390,
		options: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, ...touch },
	},
	{ width: 820, options: { viewport: { width: 820, height: 1_180 }, ...touch } },
	{ width: 1_440, options: { ...alone, viewport: { width: 1_440, height: 900 } } },
];

/** Both themes. */
export const themes = ["light", "dark"] as const;

/** One picture, or why there is none. */
export interface Shot {
	readonly state: string;
	readonly width: number;
	readonly theme: (typeof themes)[number];
	/** Its name in the folder. */
	readonly file: string;
	readonly problem: string | null;
}

/** Where the pictures are taken and put. */
export interface Place {
	readonly browser: Browser;
	readonly url: string;
	readonly folder: string;
}

/** A state that is not there after so long never will be. */
const openMsMax = 60_000;

/**
 * Takes a picture in each theme, in a browser context that has seen nothing: the page is brought
 * there once, and turns dark as it does when evening comes.
 */
export async function shoot(
	state: State,
	screen: Screen,
	{ browser, url, folder }: Place,
): Promise<Shot[]> {
	const shots = themes.map((theme) => {
		const file = `${state.name}-${screen.width}-${theme}.png`;
		return { state: state.name, width: screen.width, theme, file, problem: null };
	});
	const context = await browser.newContext({ ...screen.options, reducedMotion: "reduce" });
	try {
		const page = await context.newPage();
		page.setDefaultTimeout(openMsMax);
		await state.open({ page, url });
		for (const { theme, file } of shots) {
			await page.emulateMedia({ colorScheme: theme });
			await settle(page);
			await page.screenshot({ path: join(folder, file), animations: "disabled" });
		}
		return shots;
	} catch (error) {
		const problem = error instanceof Error ? error.message : String(error);
		return shots.map((shot) => ({ ...shot, problem }));
	} finally {
		await context.close();
	}
}
