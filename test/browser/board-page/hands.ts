/** What tests do on the board's page and what they see there. */
import type { BrowserContextOptions, CDPSession, Page } from "playwright-core";
import { expect } from "vitest";

/** A laptop's window. */
export const desk: BrowserContextOptions = { viewport: { width: 1000, height: 700 } };
/** A phone in the hand. */
export const phone: BrowserContextOptions = {
	viewport: { width: 390, height: 780 },
	hasTouch: true,
	isMobile: true,
	deviceScaleFactor: 2,
};

/** The canvases: the finished board, others' ink and selection, the own ink. */
export type Layer = "board" | "above" | "ink";
/** A finger on the screen. */
export type Finger = { readonly x: number; readonly y: number; readonly id: number };

/** A person at an open page. */
export class Hands {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Waits until a board's doc holds so many items. */
	async has(count: number, board = 0): Promise<void> {
		await expect.poll(() => this.itemCount(board)).toBe(count);
	}

	/** Draws a straight line with the mouse, and lifts it unless told to hold. */
	async drag(from: [number, number], to: [number, number], hold = false): Promise<void> {
		await this.page.mouse.move(...from);
		await this.page.mouse.down();
		await this.page.mouse.move(...to, { steps: 12 });
		if (!hold) await this.page.mouse.up();
	}

	/** How many items a board's doc holds. */
	itemCount(board = 0): Promise<number> {
		return this.page.evaluate(
			(index) => window.clients[index]?.doc.getArray("strokes").length ?? -1,
			board,
		);
	}

	/** How far the first board is enlarged. */
	zoom(): Promise<number | undefined> {
		return this.page.evaluate(() => window.boards[0]?.easel?.zoom);
	}

	/** The colour at a point of the page as `r,g,b`; null where only the paper is. */
	pixel(layer: Layer, x: number, y: number): Promise<string | null> {
		return this.page.evaluate(([name, left, top]) => window.pixel(name, left, top), [
			layer,
			x,
			y,
		] as const);
	}

	/** Waits until something is drawn there, or nothing is. */
	async see(layer: Layer, at: [number, number], is: boolean): Promise<void> {
		await expect.poll(() => this.pixel(layer, ...at).then((color) => color !== null)).toBe(is);
	}

	/** Takes back the last step. */
	undo(): Promise<void> {
		return this.page.keyboard.press("Control+z");
	}

	/** Fingers, as the browser itself makes events of them; `lateMs` dates one later than now. */
	async touch(): Promise<(type: TouchType, fingers: Finger[], lateMs?: number) => Promise<void>> {
		const cdp: CDPSession = await this.page.context().newCDPSession(this.page);
		return async (type, touchPoints, lateMs = 0) => {
			const timestamp = (Date.now() + lateMs) / 1_000;
			await cdp.send("Input.dispatchTouchEvent", { type, touchPoints, timestamp });
		};
	}

	/** A pen that moves along y = 300. */
	async pen(): Promise<(type: PenType, x: number, force: number) => Promise<void>> {
		const cdp: CDPSession = await this.page.context().newCDPSession(this.page);
		const held = { y: 300, button: "left", buttons: 1, clickCount: 1, pointerType: "pen" } as const;
		return async (type, x, force) => {
			await cdp.send("Input.dispatchMouseEvent", { ...held, type, x, force });
		};
	}
}

type PenType = "mousePressed" | "mouseMoved" | "mouseReleased";
type TouchType = "touchStart" | "touchMove" | "touchEnd" | "touchCancel";
