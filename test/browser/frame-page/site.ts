/** The whole app, as it is built, with a real server that can go away and come back. */

import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { build } from "vite";
import { readConfig } from "../../../server/config.ts";
import { startWeft, type Weft } from "../../../server/weft.ts";
import { borrowChromium, giveBack } from "../../fixtures/app/chromium.ts";
import { keepNoApp } from "../../fixtures/app/device.ts";
import { patienceMs } from "../../fixtures/app/patience.ts";
import { projectRoot } from "../../fixtures/project.ts";

/** A server, its app and a browser. `close()` ends all that is its own. */
export interface FrameSite {
	readonly url: string;
	/** A page in a browser context of its own: another person, at a browser that keeps no app. */
	person(options?: BrowserContextOptions): Promise<Page>;
	/** The same at a browser that keeps the app, so that it opens without a network. */
	keeper(options?: BrowserContextOptions): Promise<Page>;
	everybodyLeaves(): Promise<void>;
	/** What pages complained about since the last call; a server that is away does not count. */
	complaints(): string[];
	/** Stops the server. */
	goAway(): Promise<void>;
	/** Starts it again, over the same data and port. */
	comeBack(env?: Readonly<Record<string, string>>): Promise<void>;
	/** Puts a newer build in the place of the one that is served: every file has another name. */
	deploy(): Promise<void>;
	close(): Promise<void>;
}

/** That what was fetched ahead is used is a test of its own: a busy page is late with it. */
const lateUse = /preloaded using link preload but not used within a few seconds/;

const awayNoise = /WebSocket connection|ERR_CONNECTION|Failed to load resource/;

/** Takes the app that was built for these tests, starts the server on a free port. */
export async function openFrameSite(): Promise<FrameSite> {
	const folder = await mkdtemp(join(tmpdir(), "weft-frame-"));
	await cp(join(projectRoot, "dist/web"), join(folder, "web"), { recursive: true });
	let buildCount = 1;
	let weft: Weft | null = await start(folder, 0);
	const { port } = weft;
	const browser = await borrowChromium();
	const heard: string[] = [];
	const goAway = async (): Promise<void> => {
		await weft?.close();
		weft = null;
	};
	return {
		url: `http://localhost:${port}`,
		person: async (options = {}) => {
			const context = await openContext(browser, options);
			await keepNoApp(context);
			return openPage(context, heard);
		},
		keeper: async (options = {}) => openPage(await openContext(browser, options), heard),
		everybodyLeaves: () => giveBack(browser),
		complaints: () => heard.splice(0),
		goAway,
		comeBack: async (env) => {
			weft ??= await start(folder, port, env);
		},
		deploy: () => bundle(join(folder, "web"), `build${++buildCount}-`),
		close: async () => {
			await giveBack(browser);
			await goAway();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

function openContext(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
	return browser.newContext({ viewport: { width: 1_440, height: 900 }, ...options });
}

async function openPage(context: BrowserContext, heard: string[]): Promise<Page> {
	const page = await context.newPage();
	page.setDefaultTimeout(patienceMs);
	page.on("pageerror", (error) => heard.push(error.message));
	page.on("console", (line) => {
		const isBad = line.type() === "error" || line.type() === "warning";
		const isNoise = awayNoise.test(line.text()) || lateUse.test(line.text());
		if (isBad && !isNoise) heard.push(line.text());
	});
	return page;
}

async function start(folder: string, port: number, env = {}): Promise<Weft> {
	const config = readConfig({
		env: {
			...{ PORT: String(port), WEFT_DATA: join(folder, "data"), WEFT_LOG: "silent" },
			WEFT_LISTING: "on",
			...env,
		},
		args: [],
		cwd: folder,
		webDir: join(folder, "web"),
	});
	if (config === null) throw new Error("no configuration");
	return startWeft(config);
}

async function bundle(outDir: string, prefix: string): Promise<void> {
	const before = process.env["NODE_ENV"];
	process.env["NODE_ENV"] = "production"; // Lit's smaller build.
	await build({
		root: join(projectRoot, "web"),
		configFile: join(projectRoot, "web/vite.config.ts"),
		logLevel: "error",
		build: {
			outDir,
			emptyOutDir: true,
			rolldownOptions: { output: { chunkFileNames: `assets/${prefix}[name]-[hash].js` } },
		},
	});
	process.env["NODE_ENV"] = before;
}
