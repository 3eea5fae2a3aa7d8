/** A board's page in a browser of its own, and what all processes of that browser use. */
import type { Browser, CDPSession, Page } from "playwright-core";
import sharp from "sharp";
import { launchChromium } from "../../converge/screen/chromium.ts";
import { memoryKib, mib, spentMs, type Used, used } from "../drive/proc.ts";
import { install } from "./in-page.ts";
import type { Clip } from "./picture.ts";
import { view } from "./strokes.ts";

/** A pen reports so often. */
const penEveryMs = 1_000 / 120;
const openMsMax = 120_000;
/** What stands around a board may be laid out anew with each size of the window. */
const fitTries = 20;
/** Garbage is collected twice: what finalizers let go is taken by the second. */
const collections = 2;

/** What the browser had used until a moment, by process. */
export type Look = ReadonlyMap<number, Used>;

/** A place on the board, in CSS pixels from its corner. */
export type Place = readonly [x: number, y: number];

/** One tab. `close()` it. */
export class BoardTab {
	readonly page: Page;
	readonly #browser: Browser;
	readonly #processes: CDPSession;
	readonly #tools: CDPSession;
	#corner: Place = [0, 0];

	/** Opens a page; `prepare` is called before that. */
	static async open(url: string, prepare?: (page: Page) => Promise<void>): Promise<BoardTab> {
		const browser = await launchChromium(["--js-flags=--expose-gc"]);
		try {
			const page = await browser.newPage({ viewport: view, deviceScaleFactor: 1 });
			page.setDefaultTimeout(openMsMax);
			await page.addInitScript(install);
			await prepare?.(page);
			await page.goto(url);
			const processes = await browser.newBrowserCDPSession();
			const tools = await page.context().newCDPSession(page);
			return new BoardTab(browser, page, { processes, tools });
		} catch (error) {
			await browser.close();
			throw error;
		}
	}

	private constructor(
		browser: Browser,
		page: Page,
		sessions: { readonly processes: CDPSession; readonly tools: CDPSession },
	) {
		this.#browser = browser;
		this.page = page;
		this.#processes = sessions.processes;
		this.#tools = sessions.tools;
	}

	/** Makes the window so large that the board in it has just the size of the view. */
	async fit(board: string): Promise<void> {
		for (let tries = 0; tries < fitTries; tries++) {
			const box = await this.page.locator(board).boundingBox();
			const window = this.page.viewportSize();
			if (box === null || window === null) throw new Error("the board is not shown");
			this.#corner = [box.x, box.y];
			const [wide, high] = [view.width - box.width, view.height - box.height];
			if (wide === 0 && high === 0) return;
			const { width, height } = window;
			await this.page.setViewportSize({ width: width + wide, height: height + high });
			await this.page.evaluate(twoFrames);
		}
		throw new Error(`the board does not become ${view.width} by ${view.height}`);
	}

	/** What all processes of the browser have used. */
	async look(): Promise<Look> {
		const looks = (await this.#pids()).flatMap((pid): [number, Used][] => {
			const one = used(pid);
			return one === null ? [] : [[pid, one]];
		});
		return new Map(looks);
	}

	/** Memory of all processes in RAM, shared parts divided, in MiB, once garbage is collected. */
	async memoryMib(): Promise<number> {
		for (let turn = 0; turn < collections; turn++) {
			await this.#tools.send("HeapProfiler.collectGarbage");
			// That leaves workers out.
			for (const worker of this.page.workers()) await worker.evaluate("globalThis.gc?.()");
			await rest(300);
		}
		const kibs = (await this.#pids()).map((pid) => memoryKib(pid) ?? Number.NaN);
		return mib(kibs.reduce((sum, one) => sum + one, 0));
	}

	/** Draws one stroke as a pen does, each report at its time; the page may fall behind. */
	async draw(places: readonly Place[]): Promise<void> {
		const [first, last] = [places[0], places.at(-1)];
		if (first === undefined || last === undefined) return;
		await this.#pen("mouseMoved", first, false);
		const sent: Promise<unknown>[] = [this.#pen("mousePressed", first, true)];
		const startMs = performance.now();
		for (const [index, place] of places.entries()) {
			const aheadMs = startMs + index * penEveryMs - performance.now();
			if (aheadMs > 0) await rest(aheadMs);
			sent.push(this.#pen("mouseMoved", place, true));
		}
		sent.push(this.#pen("mouseReleased", last, false));
		await Promise.all(sent);
	}

	/** A part of the board as it is on the screen: how light each pixel is. */
	async picture({ x, y, width, height }: Clip): Promise<Uint8Array> {
		const [left, top] = this.#corner;
		const png = await this.page.screenshot({ clip: { x: left + x, y: top + y, width, height } });
		return sharp(png).greyscale().raw().toBuffer();
	}

	/** Ends the browser. */
	close(): Promise<void> {
		return this.#browser.close();
	}

	#pen(type: "mouseMoved" | "mousePressed" | "mouseReleased", at: Place, isDown: boolean) {
		const [left, top] = this.#corner;
		return this.#tools.send("Input.dispatchMouseEvent", {
			type,
			x: left + at[0],
			y: top + at[1],
			button: type === "mouseMoved" && !isDown ? "none" : "left",
			buttons: isDown ? 1 : 0,
			clickCount: type === "mouseMoved" ? 0 : 1,
			force: isDown ? 0.5 : 0,
			pointerType: "pen",
		});
	}

	async #pids(): Promise<readonly number[]> {
		const { processInfo } = await this.#processes.send("SystemInfo.getProcessInfo");
		return processInfo.map(({ id }) => id);
	}
}

/** Processor time of all processes between two looks, in milliseconds. */
export function spentBetween(before: Look, after: Look): number {
	const fresh: Used = { ticksMs: 0, threadMs: new Map() };
	let ms = 0;
	for (const [pid, now] of after) ms += spentMs(before.get(pid) ?? fresh, now);
	return ms;
}

/** Runs in the page: until it is laid out and painted. */
async function twoFrames(): Promise<void> {
	for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
}

/** Waits. */
export function rest(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
