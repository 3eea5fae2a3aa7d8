/** Serves the board's page to a real browser, and opens it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { createServer } from "vite";

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Board</title></head>
<body><script type="module" src="/test/browser/board-page.ts"></script></body></html>`;

/** A browser and the address of the page. `close()` ends both. */
export interface BoardSite {
	open(query: string, options?: BrowserContextOptions): Promise<Page>;
	close(): Promise<void>;
}

/** Starts Vite on a free port, and Chromium. */
export async function openBoardSite(): Promise<BoardSite> {
	const cacheDir = mkdtempSync(join(tmpdir(), "weft-vite-"));
	const server = await createServer({
		configFile: false,
		root: join(import.meta.dirname, "../.."),
		cacheDir,
		logLevel: "error",
		appType: "custom",
		resolve: { dedupe: ["yjs", "lib0", "y-protocols"] },
		server: { port: 0, host: "127.0.0.1", hmr: false, watch: null, fs: { strict: false } },
		optimizeDeps: { entries: ["test/browser/board-page.ts"] },
		plugins: [
			{
				name: "board-page",
				configureServer: ({ middlewares }) => {
					middlewares.use((request, response, next) => {
						if (!request.url?.startsWith("/board")) return next();
						response.setHeader("content-type", "text/html");
						response.end(page);
					});
				},
			},
		],
	});
	await server.listen();
	const address = server.httpServer?.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	const browser = await openBrowser();
	return {
		open: async (query, options) => {
			const context = await browser.newContext(options);
			const opened = await context.newPage();
			opened.on("pageerror", (error) => {
				throw error;
			});
			await opened.goto(`http://127.0.0.1:${port}/board${query}`);
			await opened.waitForFunction(() => window.boards?.every((board) => board.easel !== null));
			return opened;
		},
		close: async () => {
			await browser.close();
			await server.close();
			rmSync(cacheDir, { recursive: true, force: true });
		},
	};
}

function openBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: process.env["WEFT_CHROMIUM"] ?? "/usr/bin/chromium",
		args: [
			"--no-sandbox",
			"--disable-gpu",
			"--disable-quic",
			"--no-first-run",
			"--disable-background-networking",
			"--disable-component-update",
			"--disable-sync",
		],
	});
}
