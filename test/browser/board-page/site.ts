/** The board's page, as people get it, under a strict CSP; and a browser that opens it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { borrowChromium, giveBack } from "../../fixtures/app/chromium.ts";
import { patienceMs } from "../../fixtures/app/patience.ts";
import { serveTestPage } from "../../fixtures/app/test-page.ts";

/** How the page is opened; without a worker it is a browser that has no OffscreenCanvas. */
export type PageOptions = BrowserContextOptions & {
	readonly withoutWorker?: boolean;
	/** A stroke enters the doc when the pen is lifted, however long a busy machine holds it. */
	readonly isWhole?: boolean;
	/** The worker's file cannot be fetched. */
	readonly brokenWorker?: boolean;
	/** The code that chooses comes when this resolves. */
	readonly selectAfter?: Promise<void>;
	/** The same of what comes with shapes, words and erasers. */
	readonly kitAfter?: Promise<void>;
};

/** The bundled page, and its visitors. `close()` sends them away. */
export interface BoardSite {
	/** What the pages complained about since the last call. */
	complaints(): string[];
	open(query: string, options?: PageOptions): Promise<Page>;
	close(): Promise<void>;
}

const policy = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'";

/** Bundles, listens on a free port, takes a browser. */
export async function openBoardSite(): Promise<BoardSite> {
	const picture = await blueSquare();
	const served = await serveTestPage({
		root: import.meta.dirname,
		policy,
		answer: (request, response) => answer(request, response, picture),
	});
	const browser = await borrowChromium();
	const heard: string[] = [];
	return {
		complaints: () => heard.splice(0),
		open: async (query, options = {}) => {
			const { withoutWorker, brokenWorker, selectAfter, kitAfter, isWhole, ...asked } = options;
			const context = await browser.newContext(asked);
			context.setDefaultTimeout(patienceMs);
			if (isWhole) await context.addInitScript("globalThis.setInterval = () => 0");
			if (withoutWorker) await context.addInitScript("delete globalThis.OffscreenCanvas");
			if (brokenWorker) await context.route("**/tile-worker*", (route) => route.abort());
			for (const [file, arrival] of [
				["select", selectAfter],
				["kit", kitAfter],
			] as const) {
				await context.route(`**/${file}-*.js`, async (route) => {
					await arrival;
					await route.continue();
				});
			}
			const page = await context.newPage();
			page.on("pageerror", (error) => heard.push(error.message));
			page.on("console", (line) => {
				// The tests read pixels back; people do not.
				if (!line.text().includes("willReadFrequently")) heard.push(line.text());
			});
			await page.goto(served.url + query);
			await page.waitForFunction(() => window.boards?.every((board) => board.easel !== null));
			return page;
		},
		close: async () => {
			await giveBack(browser);
			served.close();
		},
	};
}

/** A server that takes every photo, and has made a blue square of it. */
function answer(request: IncomingMessage, response: ServerResponse, picture: Buffer): void {
	const isUpload = request.method === "PUT";
	const received = {
		id: request.url?.split("/").at(-1),
		blob: "b".repeat(64),
		type: "image/png",
		width: 200,
		height: 200,
		bytes: picture.length,
		receivedAtMs: 0,
	};
	response.writeHead(isUpload ? 201 : 200, {
		"content-type": isUpload ? "application/json" : "image/png",
	});
	response.end(isUpload ? JSON.stringify(received) : picture);
}

function blueSquare(): Promise<Buffer> {
	const create = { width: 200, height: 200, channels: 3, background: "#0000ff" } as const;
	return sharp({ create }).png().toBuffer();
}
