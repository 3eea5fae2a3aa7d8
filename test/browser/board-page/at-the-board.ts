/** Groups of tests at the board: one site for all of them, and a page of its own for each. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import { desk, Hands } from "./hands.ts";
import { type BoardSite, openBoardSite, type PageOptions } from "./site.ts";

let site: BoardSite;

/** The page of the test that runs, once it has opened one. */
export let page: Page;
/** What it does there. */
export let hands: Hands;

/** Opens the board, on a laptop unless told otherwise. */
export async function open(query = "", options: PageOptions = desk): Promise<void> {
	page = await site.open(query, options);
	hands = new Hands(page);
}

/** What the pages complained about since the last call; whoever asks answers for it. */
export function complaints(): string[] {
	return site.complaints();
}

/** A group of tests, each of which opens the board; a page that complains fails its test. */
export function atTheBoard(name: string, tests: () => void): void {
	describe.skipIf(!hasChromium)(name, () => {
		beforeAll(async () => {
			site = await openBoardSite();
		});
		afterAll(() => site?.close());
		afterEach(async () => {
			await page.context().close();
			expect(site.complaints()).toEqual([]);
		});
		tests();
	});
}
