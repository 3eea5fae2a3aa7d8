/** Bundles the board's page as people get it, serves it under a strict CSP, and opens it. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { build } from "vite";
import { launchChromium } from "../../../scripts/converge/screen/chromium.ts";
import { patienceMs } from "../../fixtures/app/patience.ts";

/** How the page is opened; without a worker it is a browser that has no OffscreenCanvas. */
export type PageOptions = BrowserContextOptions & {
	readonly withoutWorker?: boolean;
	/** A stroke enters the doc when the pen is lifted, however long a busy machine holds it. */
	readonly isWhole?: boolean;
	/** The worker's file cannot be fetched. */
	readonly brokenWorker?: boolean;
};

/** A browser and the bundled page. `close()` ends both. */
export interface BoardSite {
	/** Where the bundle lies. */
	readonly folder: string;
	/** What the pages complained about since the last call. */
	complaints(): string[];
	open(query: string, options?: PageOptions): Promise<Page>;
	close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
	".html": "text/html",
	".js": "text/javascript",
	".css": "text/css",
};
const policy = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'";

/** Bundles, listens on a free port, starts Chromium. */
export async function openBoardSite(): Promise<BoardSite> {
	const folder = await mkdtemp(join(tmpdir(), "weft-board-"));
	await bundle(folder);
	const picture = await blueSquare();
	const server = createServer((request, response) => {
		if (request.url?.startsWith("/api/")) answer(request, response, picture);
		else sendFile(folder, request, response);
	});
	const port = await listen(server);
	const browser = await launchChromium();
	const heard: string[] = [];
	return {
		folder,
		complaints: () => heard.splice(0),
		open: async (query, { withoutWorker, brokenWorker, isWhole, ...options } = {}) => {
			const context = await browser.newContext(options);
			context.setDefaultTimeout(patienceMs);
			if (isWhole) await context.addInitScript("globalThis.setInterval = () => 0");
			if (withoutWorker) await context.addInitScript("delete globalThis.OffscreenCanvas");
			if (brokenWorker) await context.route("**/tile-worker*", (route) => route.abort());
			const page = await context.newPage();
			page.on("pageerror", (error) => heard.push(error.message));
			page.on("console", (line) => {
				// The tests read pixels back; people do not.
				if (!line.text().includes("willReadFrequently")) heard.push(line.text());
			});
			await page.goto(`http://localhost:${port}/${query}`);
			await page.waitForFunction(() => window.boards?.every((board) => board.easel !== null));
			return page;
		},
		close: async () => {
			await browser.close();
			server.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function bundle(folder: string): Promise<void> {
	const before = process.env["NODE_ENV"];
	process.env["NODE_ENV"] = "production"; // Lit's smaller build.
	await build({
		configFile: false,
		root: import.meta.dirname,
		logLevel: "error",
		resolve: { dedupe: ["yjs", "lib0", "y-protocols"] },
		build: { outDir: folder, emptyOutDir: true, modulePreload: { polyfill: false } },
	});
	process.env["NODE_ENV"] = before;
}

function listen(server: Server): Promise<number> {
	return new Promise((resolve) => {
		server.listen(0, "localhost", () => {
			const address = server.address();
			resolve(typeof address === "object" && address !== null ? address.port : 0);
		});
	});
}

function sendFile(folder: string, request: IncomingMessage, response: ServerResponse): void {
	const { pathname } = new URL(request.url ?? "/", "http://localhost");
	const path = pathname === "/" ? "/index.html" : pathname;
	readFile(join(folder, path)).then(
		(bytes) => {
			const type = types[extname(path)] ?? "application/octet-stream";
			response.writeHead(200, { "content-type": type, "content-security-policy": policy });
			response.end(bytes);
		},
		() => response.writeHead(404).end(),
	);
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
	request.resume();
	response.writeHead(isUpload ? 201 : 200, {
		"content-type": isUpload ? "application/json" : "image/png",
	});
	response.end(isUpload ? JSON.stringify(received) : picture);
}

function blueSquare(): Promise<Buffer> {
	const create = { width: 200, height: 200, channels: 3, background: "#0000ff" } as const;
	return sharp({ create }).png().toBuffer();
}
