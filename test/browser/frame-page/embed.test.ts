/** A board on a page of somebody else's: the example of the manual, from another origin. */
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Frame, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { borrowChromium, giveBack, hasChromium } from "../../fixtures/app/chromium.ts";
import { patienceMs } from "../../fixtures/app/patience.ts";
import { hostSecret, mintToken } from "../../fixtures/people/host.ts";
import { projectRoot } from "../../fixtures/project.ts";
import { joinStock } from "../../fixtures/stock-client.ts";
import { startWeftProcess, type WeftProcess } from "../../fixtures/weft-process.ts";

let browser: Browser;
/** A page of somebody's, at 127.0.0.1; Weft is at localhost, which is another site. */
let host: Server;
let weft: WeftProcess;
let html = "";
const heard: string[] = [];
let page: Page;

const example = readFileSync(join(projectRoot, "docs/embed.html"), "utf8");
const hostUrl = () => `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
const weftUrl = () => `http://localhost:${weft.port}`;

/** The example, with another element in the place of its own. */
async function open(element: string, options: BrowserContextOptions = {}): Promise<void> {
	html = example
		.replaceAll("https://weft.example.org", weftUrl())
		.replace(/<weft-board.*<\/weft-board>/, element);
	const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, ...options });
	context.setDefaultTimeout(patienceMs);
	page = await context.newPage();
	page.on("pageerror", (error) => heard.push(error.message));
	await page.goto(hostUrl());
}

/** The frame of the board, once one can draw in it. */
async function board(room: string): Promise<Frame> {
	const found = () => page.frames().find((each) => each.url().includes(`/r/${room}/board`));
	await expect.poll(() => found() !== undefined).toBe(true);
	const frame = found() as Frame;
	await frame.locator(".weft-board__bar").waitFor();
	return frame;
}

async function draw(): Promise<void> {
	const box = await page.locator("weft-board").boundingBox();
	if (box === null) throw new Error("no board");
	const at = [box.x + 300, box.y + box.height / 2] as const;
	await page.mouse.move(...at);
	await page.mouse.down();
	await page.mouse.move(at[0] + 200, at[1] + 40, { steps: 8 });
	await page.mouse.up();
}

const token = (rooms: Record<string, string>) =>
	mintToken({ user: "7", name: "Änn", rooms, exp: Math.floor(Date.now() / 1000) + 600 });

const words = () =>
	page.locator("weft-board").evaluate((one) => one.shadowRoot?.querySelector("p")?.innerText);

describe.skipIf(!hasChromium)("<weft-board> on another page", () => {
	beforeAll(async () => {
		host = createServer((_request, response) => {
			response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
		});
		await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
		const env = {
			WEFT_TOKEN_SECRET: hostSecret,
			WEFT_FRAME_ANCESTORS: new URL(hostUrl()).origin,
		};
		weft = await startWeftProcess({ env });
		browser = await borrowChromium();
	});
	afterEach(async () => {
		await page.context().close();
		expect(heard.splice(0)).toEqual([]);
	});
	afterAll(async () => {
		await giveBack(browser);
		host?.close();
		await weft?.drop();
	});

	test("whom the page's application knows draws under their name", async () => {
		await open(`<weft-board room="beds" token="${token({ beds: "editor" })}"></weft-board>`);
		const watcher = joinStock(weft.syncUrl, "beds", { token: token({ beds: "editor" }) });
		try {
			const frame = await board("beds");
			const names = () =>
				[...watcher.provider.awareness.getStates().values()].map(
					({ user }) => (user as { name?: string } | undefined)?.name,
				);
			await expect.poll(names).toContain("Änn");
			await draw();
			await expect.poll(() => watcher.doc.getArray("strokes").length).toBe(1);
			expect(await frame.locator("weft-editor, weft-chat, .weft-room__bar").count()).toBe(0);
			// Nothing of it is told to a server, or left in the page's cookies.
			expect(await page.context().cookies(weftUrl())).toEqual([]);
		} finally {
			watcher.leave();
		}
	});

	test("who may only look draws nothing, and is told so", async () => {
		await open(`<weft-board room="shown" token="${token({ shown: "viewer" })}"></weft-board>`);
		const frame = await board("shown");
		await frame.locator(".weft-board__bar .weft-locked").waitFor();
		await draw();
		const watcher = joinStock(weft.syncUrl, "shown", { token: token({ shown: "editor" }) });
		await expect.poll(() => watcher.provider.synced).toBe(true);
		expect(watcher.doc.getArray("strokes").length).toBe(0);
		watcher.leave();
	});

	test("without a token people are guests, who draw too", async () => {
		await open('<weft-board room="open"></weft-board>');
		const watcher = joinStock(weft.syncUrl, "open");
		await board("open");
		await draw();
		await expect.poll(() => watcher.doc.getArray("strokes").length).toBe(1);
		watcher.leave();
	});

	test("another room or token is followed", async () => {
		await open(`<weft-board room="first" token="${token({ first: "editor" })}"></weft-board>`);
		await board("first");
		const next = token({ second: "viewer" });
		await page.locator("weft-board").evaluate((one, value) => {
			one.setAttribute("room", "second");
			one.setAttribute("token", value);
		}, next);
		const frame = await board("second");
		await frame.locator(".weft-locked").waitFor();
		expect(page.frames()).toHaveLength(2);
	});

	test("a token that leads elsewhere is told in words", async () => {
		await open(`<weft-board room="closed" token="${token({ other: "editor" })}"></weft-board>`);
		await expect.poll(() => page.frames().length).toBe(2);
		const frame = page.frames()[1] as Frame;
		await frame.locator(".weft-room__away h1, .weft-room__notice p").first().waitFor();
	});

	test("Tab leads into the board and out of it again", async () => {
		await open('<weft-board room="keys"></weft-board>');
		const frame = await board("keys");
		await page.locator("a").first().focus();
		const where = () =>
			page.evaluate(
				() => `${document.activeElement?.tagName} ${document.activeElement?.textContent}`,
			);
		await page.keyboard.press("Tab");
		expect(await where()).toMatch(/^WEFT-BOARD/);
		await expect.poll(() => frame.evaluate(() => document.hasFocus())).toBe(true);
		for (let tabCount = 0; tabCount < 60; tabCount++) {
			await page.keyboard.press("Tab");
			if (/^A Back/.test(await where())) break;
		}
		expect(await where()).toMatch(/^A Back/);
		await page.keyboard.press("Shift+Tab");
		expect(await where()).toMatch(/^WEFT-BOARD/);
	});

	test("a board that is there before all its files are is not called silent", async () => {
		await open('<weft-board room="late"></weft-board>');
		await board("late");
		const waits = await page.locator("weft-board").evaluate(async (one) => {
			const again = new Promise((there) => one.addEventListener("weft-ready", there));
			one.setAttribute("room", "later");
			await again;
			const msOfWaits: unknown[] = [];
			const { setTimeout } = window;
			window.setTimeout = ((run: () => void, ms: number) => {
				msOfWaits.push(ms);
				return setTimeout(run, ms);
			}) as typeof window.setTimeout;
			one.shadowRoot?.querySelector("iframe")?.dispatchEvent(new Event("load"));
			return msOfWaits;
		});
		expect(waits).toEqual([]);
	});

	test("it is as large as the page says", async () => {
		await open(
			'<weft-board room="size" style="block-size: 321px; inline-size: 300px"></weft-board>',
		);
		const frame = await board("size");
		const size = await frame.evaluate(() => [innerWidth, innerHeight]);
		expect(size).toEqual([300, 321]);
	});

	test("without a room it says how it is written, in the page's language", async () => {
		await open('<weft-board lang="de"></weft-board>');
		await expect.poll(words).toMatch(/^Welcher Raum\?/);
	});

	test("a server that does not let the page show it, or is away, is told in words", async () => {
		const refusing = await startWeftProcess();
		try {
			await open('<weft-board room="beds"></weft-board>');
			await board("beds");
			html = html.replaceAll(String(weft.port), String(refusing.port));
			await page.goto(hostUrl());
			await expect.poll(words).toMatch(/does not let this page show it/);
			expect(await page.locator("weft-board a").getAttribute("href")).toBe(
				`http://localhost:${refusing.port}/r/beds/board`,
			);
		} finally {
			await refusing.drop();
		}
	});
});
