/** One tab of a browser: opened, used by keys and mouse, and looked at. */
import type { BrowserContext, Page } from "playwright-core";
import { type Clock, type Millis, wait } from "../../../shared/clock.ts";
import {
	deletedWords,
	type Look,
	look,
	places,
	select,
	type Target,
	watchDelete,
} from "./in-page.ts";

/** A page that is not usable after so long, while its network works, never will be. */
const openMsMax: Millis = 60_000;
/** One try of it; a network that hangs must not take all the time. */
const tryMsMax: Millis = 30_000;
const retryMs: Millis = 250;
/** What was typed so long ago is on the device: a tab may be closed. */
const keptMs: Millis = 100;

/**
 * What a browser says of a network that is cut and a server that is killed. A part of the app that
 * does not come then is a page that says so.
 */
const expectedNoise = new RegExp(
	[
		"net::ERR_",
		"WebSocket connection to",
		"Failed to fetch",
		"error occurred when fetching the script",
		String.raw`status of 5\d\d`,
		"Unable to preload CSS",
	].join("|"),
);

/** What a tab is made of. */
export interface TabParts {
	readonly name: string;
	readonly context: BrowserContext;
	readonly url: string;
	readonly clock: Clock;
	/** Told of every error in the page. */
	readonly complain: (say: string) => void;
}

/** Where the caret goes, and how much is selected. */
export type Spot = Pick<Target, "at" | "count">;

/** See the head of this file. */
export class Tab {
	readonly name: string;
	readonly #parts: TabParts;
	#page: Page;

	private constructor(parts: TabParts, page: Page) {
		this.name = parts.name;
		this.#parts = parts;
		this.#page = page;
		this.#listen();
	}

	/** Opens a tab; it is there when somebody can type. */
	static async open(parts: TabParts): Promise<Tab> {
		const tab = new Tab(parts, await parts.context.newPage());
		await tab.#goTo(() => tab.#page.goto(parts.url, { timeout: tryMsMax }));
		return tab;
	}

	/** Loads the page again. */
	async reload(): Promise<void> {
		await wait(this.#parts.clock, keptMs);
		await this.#goTo(() => this.#page.goto(this.#parts.url, { timeout: tryMsMax }));
	}

	/** Closes the tab as a click does; safe to call twice. */
	async close(): Promise<void> {
		await wait(this.#parts.clock, keptMs);
		await this.#page.close();
	}

	/** What the tab shows; null where it shows no room. */
	async look(): Promise<Look | null> {
		try {
			return await this.#page.evaluate(look, places);
		} catch (error) {
			if (isLeaving(error)) return null;
			throw error;
		}
	}

	/** Types at a place, all at once, as a phone's keyboard does. */
	async type(text: string, spot: Spot): Promise<void> {
		await this.#select({ ...spot, count: 0 });
		await this.#page.keyboard.insertText(text);
	}

	/** Deletes words; gives them. */
	async remove(spot: Spot): Promise<string[]> {
		const words = await this.#select(spot);
		if (words.length === 0) return [];
		await this.#page.evaluate(watchDelete);
		await this.#page.keyboard.press("Delete");
		return this.#page.evaluate(deletedWords);
	}

	/** Makes words bold, or plain again. */
	async toggleBold(spot: Spot): Promise<void> {
		const words = await this.#select(spot);
		if (words.length > 0) await this.#page.keyboard.press("Control+b");
	}

	/** Takes back the last edit of the text, or does it again. */
	async press(keys: "Control+z" | "Control+Shift+z"): Promise<void> {
		await this.#page.locator(places.editor).focus();
		await this.#page.keyboard.press(keys);
	}

	/** Says something in the chat. */
	async say(text: string): Promise<void> {
		const field = this.#page.locator(places.composer);
		await field.fill(text);
		await field.press("Enter");
	}

	/** Draws a stroke from one corner of a rectangle to the other; fractions of the board. */
	async draw(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
		const box = await this.#page.locator(places.board).boundingBox();
		if (box === null) throw new Error("the board is not shown");
		const { mouse } = this.#page;
		const point = ([x, y]: readonly [number, number]) =>
			[box.x + x * box.width, box.y + y * box.height] as const;
		await mouse.move(...point(from));
		await mouse.down();
		await mouse.move(...point(to), { steps: 6 });
		await mouse.up();
	}

	/** Moves the mouse over the board. */
	async point(x: number, y: number): Promise<void> {
		const box = await this.#page.locator(places.board).boundingBox();
		if (box !== null) await this.#page.mouse.move(box.x + x * box.width, box.y + y * box.height);
	}

	#select(target: Spot): Promise<string[]> {
		return this.#page.evaluate(select, { ...target, editor: places.editor });
	}

	/** Tries until the room is there: a server may be down just now, and a network cut. */
	async #goTo(load: () => Promise<unknown>): Promise<void> {
		const { clock, context } = this.#parts;
		const endMs = clock.elapsed() + openMsMax;
		for (;;) {
			try {
				await load();
				await this.#page.locator(places.editor).waitFor({ timeout: tryMsMax });
				await this.#openChat();
				return;
			} catch (error) {
				const isOver = context.pages().length === 0 || this.#page.isClosed();
				if (isOver || clock.elapsed() > endMs) throw error;
			}
			await wait(clock, retryMs);
		}
	}

	async #openChat(): Promise<void> {
		const button = this.#page.locator(places.chatButton);
		if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
		await this.#page.locator(places.composer).waitFor({ timeout: tryMsMax });
	}

	#listen(): void {
		const { complain } = this.#parts;
		this.#page.on("pageerror", ({ name, message }) => complain(`${name}: ${message}`));
		this.#page.on("console", (message) => {
			const text = message.text();
			if (message.type() === "error" && !expectedNoise.test(text)) complain(text);
		});
		// "Leave this page?" is answered by whoever closes it.
		this.#page.on("dialog", (dialog) => {
			void dialog.accept().catch((error: unknown) => complain(String(error)));
		});
	}
}

/** True where the page went elsewhere, or away, while it was asked. */
function isLeaving(error: unknown): boolean {
	return /Execution context was destroyed|has been closed|Cannot find context/.test(String(error));
}
