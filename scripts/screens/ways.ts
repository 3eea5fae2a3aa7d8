/** Ways to a state: who comes, and how they get into a room. */
import type { Page } from "playwright-core";
import { whenCalm } from "./calm.ts";

/** Somebody who comes with a page of their own; the server has what `fillRooms` makes. */
export interface Visit {
	readonly page: Page;
	/** The server's address. */
	readonly url: string;
}

/** One state. */
export interface State {
	/** Also the name of its files. */
	readonly name: string;
	/** Brings the page there; resolves when it is there. */
	readonly open: (visit: Visit) => Promise<void>;
	/** True where only the words or the paper differ from another state: an eye must judge it. */
	readonly isForEyes?: boolean;
}

/** Resolves when nothing on the page changes any more. */
export async function settle(page: Page): Promise<void> {
	await page.evaluate(whenCalm);
}

/** Resolves when that page has such a thing. */
export async function goTo(page: Page, url: string, selector: string): Promise<void> {
	await page.goto(url);
	await page.locator(selector).first().waitFor();
}

/** Comes into a room; resolves when the light says where one's changes are. */
export async function enter({ page, url }: Visit, path: string): Promise<void> {
	await page.goto(url + path);
	const told = page.locator(".weft-light__label:not(:empty)");
	await told.waitFor({ state: "attached" }); // A phone's light has no words.
	await page.locator("weft-room main [data-pane] > :defined").first().waitFor();
}

/** Comes into a room, waits until all of it is there, and presses one thing after another. */
export async function enterAndPress(
	visit: Visit,
	path: string,
	...selectors: readonly string[]
): Promise<void> {
	await enter(visit, path);
	await settle(visit.page);
	for (const selector of selectors) {
		await visit.page.locator(selector).filter({ visible: true }).first().click();
	}
}

/** The light waits for a second whether the trouble ends by itself. */
export async function troubleIsTold(page: Page): Promise<void> {
	await page.locator(".weft-light--warn").waitFor({ state: "attached" });
}
