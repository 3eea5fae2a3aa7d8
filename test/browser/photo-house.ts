/** A real server with the built app, and people in real browsers who share photos. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { readConfig } from "../../server/config.ts";
import { startWeft, type Weft } from "../../server/weft.ts";
import { borrowChromium, giveBack } from "../fixtures/app/chromium.ts";
import { keepNoApp } from "../fixtures/app/device.ts";
import { patienceMs } from "../fixtures/app/patience.ts";
import { projectRoot } from "../fixtures/project.ts";

/** A file as a file chooser takes it. */
export interface ChosenFile {
	readonly name: string;
	readonly mimeType: string;
	readonly buffer: Buffer;
}

/** A plain picture of one colour. */
export async function picture(name: string, color: string, width = 600): Promise<ChosenFile> {
	const image = sharp({ create: { width, height: 400, channels: 3, background: color } });
	return { name, mimeType: "image/jpeg", buffer: await image.jpeg().toBuffer() };
}

declare global {
	interface Window {
		weftTold?: string[];
	}
}

/** In the page: writes down what is told as it comes, because it goes away after a while. */
function noteNews(): void {
	const told: string[] = [];
	window.weftTold = told;
	new MutationObserver((changes) => {
		for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
			const news = node instanceof Element ? node.closest(".weft-toast") : null;
			if (news === node) told.push(news.querySelector("p")?.textContent ?? "");
		}
	}).observe(document, { childList: true, subtree: true });
}

/** One person: a browser of their own. What their console complains of is kept. */
export class Person {
	readonly context: BrowserContext;
	readonly complaints: string[] = [];
	page: Page;

	constructor(context: BrowserContext, page: Page) {
		this.context = context;
		this.page = page;
		this.#listen(page);
	}

	/** Closes the tab and opens another one, in the same browser. */
	async newTab(): Promise<void> {
		await this.page.close();
		this.page = await this.context.newPage();
		this.#listen(this.page);
	}

	async choose(...files: ChosenFile[]): Promise<void> {
		await this.page.locator("weft-photos input[multiple]").setInputFiles(files);
	}

	/** All news that this page told since it was opened, also what has gone again. */
	told(): Promise<string[]> {
		return this.page.evaluate(() => window.weftTold ?? []);
	}

	/** How many pictures are there, down to their pixels. */
	loadedCount(): Promise<number> {
		return this.page
			.locator("weft-photos img")
			.evaluateAll(
				(images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length,
			);
	}

	#listen(page: Page): void {
		page.setDefaultTimeout(patienceMs);
		page.on("dialog", (dialog) => {
			this.complaints.push(`dialog: ${dialog.message()}`);
			dialog.dismiss().catch(() => undefined);
		});
		page.on("pageerror", (error) => this.complaints.push(error.message));
		page.on("console", (line) => {
			if (line.type() === "error") this.complaints.push(line.text());
		});
	}
}

/** Server and browser; `close()` ends both. */
export class PhotoHouse {
	readonly #folder: string;
	readonly #browser: Browser;
	#weft: Weft | null = null;
	#port = 0;

	private constructor(folder: string, browser: Browser) {
		this.#folder = folder;
		this.#browser = browser;
	}

	static async open(): Promise<PhotoHouse> {
		const folder = await mkdtemp(join(tmpdir(), "weft-photos-"));
		const browser = await borrowChromium();
		const house = new PhotoHouse(folder, browser);
		await house.startServer();
		return house;
	}

	/** Starts the server, on the same data and the same port as before. */
	async startServer(): Promise<void> {
		const env = { PORT: String(this.#port), WEFT_DATA: this.#folder, WEFT_LOG: "silent" };
		const webDir = join(projectRoot, "dist/web");
		const config = readConfig({ env, args: [], cwd: this.#folder, webDir });
		if (config === null) throw new Error("no configuration");
		this.#weft = await startWeft(config);
		this.#port = this.#weft.port;
	}

	async stopServer(): Promise<void> {
		await this.#weft?.close();
		this.#weft = null;
	}

	/** Somebody opens the photos of a room, each with a browser of their own. */
	async enter(room: string, options: BrowserContextOptions = {}): Promise<Person> {
		const context = await this.#browser.newContext(options);
		await context.addInitScript(noteNews);
		await keepNoApp(context);
		const person = new Person(context, await context.newPage());
		await this.openRoom(person, room);
		return person;
	}

	async openRoom(person: Person, room: string): Promise<void> {
		await person.page.goto(`http://localhost:${this.#port}/r/${room}/photos`);
		await person.page.locator("weft-photos section").waitFor();
	}

	async close(): Promise<void> {
		await giveBack(this.#browser);
		await this.stopServer();
		await rm(this.#folder, { recursive: true, force: true });
	}
}
