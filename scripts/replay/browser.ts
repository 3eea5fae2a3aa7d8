/** A real browser that opens a room and tells whether it shows what is in it. */

import { performance } from "node:perf_hooks";
import { findChromium, launchChromium } from "../converge/screen/chromium.ts";
import { type Contents, sayText } from "./contents.ts";
import type { Job, Place } from "./jobs.ts";

const shownMsMax = 20_000;
/** The chat draws only its newest messages. */
const newestCount = 50;

/** What should be seen. */
export interface Expected {
	readonly expected: Contents;
	readonly expectedText: string;
}

/** What was seen. */
export interface Seen {
	readonly shownMs: number;
	readonly problems: readonly string[];
}

/** A browser that is open; close it. */
export interface Eyes {
	look(place: Place & Pick<Job, "page">, expected: Expected): Promise<Seen>;
	close(): Promise<void>;
}

/** Opens Chromium; resolves with why not where that cannot be. */
export async function openEyes(): Promise<Eyes | string> {
	if (findChromium() === null) return "there is no Chromium";
	const browser = await launchChromium();
	return {
		async look({ url, room, page: surface }, expected) {
			const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
			try {
				const page = await context.newPage();
				const problems: string[] = [];
				page.on("pageerror", (error) => problems.push(`browser: ${error.message}`));
				page.on("dialog", (dialog) => problems.push(`browser: dialog ${dialog.message()}`));
				const startMs = performance.now();
				await page.goto(`${url}/r/${encodeURIComponent(room)}/${surface}`);
				const compare = comparisons[surface];
				let said = await compare(page, expected);
				while (said !== "" && performance.now() - startMs < shownMsMax) {
					await new Promise((resolve) => setTimeout(resolve, 25));
					said = await compare(page, expected);
				}
				const shownMs = performance.now() - startMs;
				return { shownMs, problems: said === "" ? problems : [...problems, `browser: ${said}`] };
			} finally {
				await context.close();
			}
		},
		close: () => browser.close(),
	};
}

/** As much of playwright's `Page` as is used. */
interface Page {
	evaluate<Value, Argument>(run: (argument: Argument) => Value, argument: Argument): Promise<Value>;
}

type Compare = (page: Page, expected: Expected) => Promise<string>;

const comparisons: Readonly<Record<Job["page"], Compare>> = {
	async document(page, { expectedText }) {
		const shown = await page.evaluate((selector) => {
			const lines = [...document.querySelectorAll(selector)];
			return lines.map((line) => line.textContent ?? "").join("\n");
		}, ".ql-editor > *");
		// Quill ends every text with a line end, which the doc need not have.
		const [wanted, got] = [expectedText, shown].map((text) => text.replace(/\n$/, ""));
		return got === wanted ? "" : sayText(wanted ?? "", got ?? "");
	},
	async chat(page, { expected }) {
		const shown = await page.evaluate(
			(selector) => [...document.querySelectorAll(selector)].map((body) => body.textContent ?? ""),
			".weft-chat-body",
		);
		const wanted = expected.chat
			.map((entry) => (JSON.parse(entry) as { body: string }).body)
			.slice(-newestCount);
		const newest = shown.slice(-wanted.length);
		const index = wanted.findIndex((body, bodyIndex) => body !== newest[bodyIndex]);
		return index < 0 ? "" : `chat: message ${index} of the newest ${wanted.length} differs`;
	},
	async photos(page, { expected }) {
		const loaded = await page.evaluate((selector) => {
			const images = [...document.querySelectorAll<HTMLImageElement>(selector)];
			for (const image of images) image.loading = "eager";
			return images.filter((image) => image.complete && image.naturalWidth > 0).length;
		}, "weft-photo-image img");
		const wanted = expected.photos.length;
		return loaded >= wanted ? "" : `photos: ${loaded} pictures for ${wanted}`;
	},
	async board(page, { expected }) {
		// What screen readers are told; the canvas itself cannot be asked.
		const summary = await page.evaluate(
			(selector) => document.querySelector(selector)?.textContent ?? "",
			"weft-board section p",
		);
		const counts = summary.match(/\d[\d,.]*/g) ?? [];
		const shown = counts.reduce((sum, count) => sum + Number(count.replace(/[,.]/g, "")), 0);
		const wanted = expected.board.length;
		return shown === wanted ? "" : `board: ${shown} items for ${wanted}`;
	},
};
