/** Somebody at a slow browser of their own, behind a slow line of their own. */
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import type { Random } from "../../converge/random.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { install, whenBoard, whenCaret, whenInk } from "./in-page.ts";
import { SlowLine } from "./slow-line.ts";
import type { Slowness } from "./slowness.ts";

/** Document and board side by side. */
const viewport = { width: 1_440, height: 900 };
/** What has not come by then never will. */
const seenMsMax = 60_000;
const newRoom = 'a[href$="/new"]';

/** Where somebody comes from. */
export interface Arrival {
	readonly browser: Browser;
	readonly server: ServerProcess;
	readonly slowness: Slowness;
	readonly random: Random;
}

/** The time on the clock that pages and we share, in milliseconds. */
export function wallMs(): number {
	return performance.timeOrigin + performance.now();
}

/** A fresh profile: nothing is cached or kept. `leave()` it. */
export class SlowPerson {
	readonly line: SlowLine;
	readonly context: BrowserContext;
	#page: Page;
	#tools: CDPSession;
	readonly #slowness: Slowness;

	/** Opens a browser context with one empty tab. */
	static async arrive({ browser, server, slowness, random }: Arrival): Promise<SlowPerson> {
		const { host, port } = server;
		const line = await SlowLine.open({ host, port, slowness, random });
		const context = await browser.newContext({ viewport });
		await context.addInitScript(install);
		const page = await context.newPage();
		const tools = await slowed(page, slowness);
		return new SlowPerson({ line, context, page, tools, slowness });
	}

	private constructor(parts: {
		readonly line: SlowLine;
		readonly context: BrowserContext;
		readonly page: Page;
		readonly tools: CDPSession;
		readonly slowness: Slowness;
	}) {
		this.line = parts.line;
		this.context = parts.context;
		this.#page = parts.page;
		this.#tools = parts.tools;
		this.#slowness = parts.slowness;
	}

	/** The tab. */
	get page(): Page {
		return this.#page;
	}

	/** Tells the browser's own tools something, of this tab. */
	get tools(): CDPSession {
		return this.#tools;
	}

	/** Goes to a path; gives when that began. The page may show nothing yet. */
	async open(path: string): Promise<number> {
		const startMs = wallMs();
		await this.#page.goto(this.line.origin + path, { waitUntil: "commit", timeout: seenMsMax });
		return startMs;
	}

	/** Waits for what a page sees, or says what it did not see. */
	async sees<Result, Argument>(
		look: (argument: Argument) => Promise<Result>,
		argument: Argument,
	): Promise<Result> {
		const seen = this.#page.evaluate(look as (argument: unknown) => Promise<Result>, argument);
		let timer: NodeJS.Timeout | undefined;
		const late = new Promise<never>((_, reject) => {
			const say = `${look.name}: nothing was seen for ${seenMsMax / 1_000} s`;
			timer = setTimeout(() => reject(new Error(say)), seenMsMax);
		});
		try {
			return await Promise.race([seen, late]);
		} finally {
			clearTimeout(timer);
		}
	}

	/** Presses "New room" on the first page; gives when the button came up again. */
	async pressNew(): Promise<number> {
		const box = await this.#page.locator(newRoom).boundingBox({ timeout: seenMsMax });
		if (box === null) throw new Error("there is no button for a new room");
		const { mouse } = this.#page;
		await mouse.move(box.x + box.width / 2, box.y + box.height / 2);
		await mouse.down();
		const startMs = wallMs();
		await mouse.up();
		return startMs;
	}

	/** Where a part of the board is in the window, as soon as there is one: see `whenBoard`. */
	placeOnBoard(x: number, y: number): Promise<readonly [number, number]> {
		return this.sees(whenBoard, [x, y] as const);
	}

	/** Puts the pen down as soon as there is a board; gives when its ink was seen. */
	async drawAtOnce(): Promise<number> {
		const [x, y] = await this.placeOnBoard(0.5, 0.4);
		const { mouse } = this.#page;
		await mouse.move(x, y);
		const sinceMs = wallMs();
		const inked = this.sees(whenInk, sinceMs);
		await mouse.down();
		await mouse.move(x + 40, y + 10, { steps: 4 });
		const inkMs = await inked;
		await mouse.up();
		return inkMs;
	}

	/** Resolves when keys go into the document, which a new room brings about by itself. */
	async caret(): Promise<void> {
		await this.sees(whenCaret, null);
	}

	/** Puts the caret at the end of the document. */
	async goToEnd(): Promise<void> {
		await this.#page.locator("weft-editor .ql-editor").click({ timeout: seenMsMax });
		await this.#page.keyboard.press("Control+End");
	}

	/** The network is gone, and the browser says so; or is back. */
	async setOffline(isOffline: boolean): Promise<void> {
		if (isOffline) this.line.cut();
		else this.line.mend();
		await this.context.setOffline(isOffline);
	}

	/** Another tab in the same profile, in place of the one that is open. */
	async reopen(): Promise<void> {
		const page = await this.context.newPage();
		const tools = await slowed(page, this.#slowness);
		await this.#page.close();
		this.#page = page;
		this.#tools = tools;
	}

	/** Closes the profile. */
	async leave(): Promise<void> {
		await this.context.close();
		await this.line.close();
	}
}

async function slowed(page: Page, { cpuTimes }: Slowness): Promise<CDPSession> {
	page.setDefaultTimeout(seenMsMax);
	const tools = await page.context().newCDPSession(page);
	await tools.send("Emulation.setCPUThrottlingRate", { rate: cpuTimes });
	return tools;
}
