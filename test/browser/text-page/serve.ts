/** Builds the page of the document, serves it under the app's kind of CSP, and opens a browser. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { launchChromium } from "../../../scripts/converge/screen/chromium.ts";
import { leanAliases } from "../../../web/text/lean/aliases.ts";

const policy = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' blob:",
	"connect-src 'self'",
].join("; ");

const types: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript",
	".css": "text/css",
};

/** A page of the document that tests open as often as they like. */
export interface TextPage {
	/** Opens it; the page's errors and broken policies are gathered in `complaints`. */
	open(size?: { width: number; height: number }): Promise<OpenPage>;
	close(): Promise<void>;
}

/** One open page. */
export interface OpenPage {
	readonly page: Page;
	readonly complaints: string[];
}

/** Builds and serves; `close()` it after the last test. */
export async function serveTextPage(): Promise<TextPage> {
	const folder = await mkdtemp(join(tmpdir(), "weft-text-"));
	await build({
		root: fileURLToPath(new URL(".", import.meta.url)),
		configFile: false,
		logLevel: "error",
		resolve: { dedupe: ["yjs", "lib0", "y-protocols"], alias: leanAliases },
		build: { outDir: folder, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
	});
	const server = serve(folder);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	const browser = await launchChromium();
	return {
		open: (size) => openPage(browser, url, size),
		async close() {
			await browser.close();
			server.close();
			await rm(folder, { recursive: true });
		},
	};
}

function serve(folder: string): Server {
	return createServer((request, response) => {
		const path = new URL(request.url ?? "/", "http://host").pathname;
		const file = path === "/" ? "/index.html" : path;
		readFile(join(folder, file)).then(
			(bytes) => {
				response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
				response.setHeader("content-security-policy", policy);
				response.end(bytes);
			},
			() => {
				response.statusCode = 404;
				response.end();
			},
		);
	});
}

async function openPage(
	browser: Browser,
	url: string,
	viewport = { width: 1000, height: 800 },
): Promise<OpenPage> {
	const context = await browser.newContext({ viewport });
	await context.grantPermissions(["clipboard-read", "clipboard-write"]);
	const page = await context.newPage();
	const complaints: string[] = [];
	page.on("pageerror", (error) => complaints.push(String(error.stack)));
	page.on("console", (message) => {
		const text = message.text();
		if (message.type() === "error" && !text.includes("404")) complaints.push(text);
	});
	await page.goto(url);
	await page.waitForFunction(() => "harness" in globalThis);
	return { page, complaints };
}
