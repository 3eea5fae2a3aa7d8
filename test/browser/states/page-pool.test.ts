/** Pages that tests use in turn: nobody finds what somebody before them left. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { borrowChromium, giveBack, hasChromium } from "../../fixtures/app/chromium.ts";
import { PagePool } from "../../fixtures/app/page-pool.ts";
import { startWeftProcess, type WeftProcess } from "../../fixtures/weft-process.ts";

/** In the page: leaves something wherever a browser keeps things. */
async function leaveAll(): Promise<void> {
	localStorage.setItem("left", "here");
	sessionStorage.setItem("left", "here");
	await (await caches.open("left")).put("/left", new Response("here"));
	// Its connection stays open, as that of a room does.
	const opening = indexedDB.open("left");
	await new Promise((resolve) => opening.addEventListener("success", resolve));
	history.pushState(null, "", "?left");
	addEventListener("pagehide", () => localStorage.setItem("left while leaving", "here"));
}

/** In the page: what is kept, by where. */
async function keptNow() {
	return {
		local: localStorage.length,
		session: sessionStorage.length,
		caches: await caches.keys(),
		databases: (await indexedDB.databases()).map(({ name }) => name),
		history: history.length,
		cookies: document.cookie,
	};
}

describe.skipIf(!hasChromium)("a page that is used again", () => {
	let browser: Browser;
	let weft: WeftProcess;
	let pool: PagePool;
	const phone = { viewport: { width: 390, height: 844 }, serviceWorkers: "block" } as const;
	const open = async (): Promise<Page> => {
		const page = await pool.open(phone);
		await page.goto(`${weft.url}/api/nobody`);
		return page;
	};
	beforeAll(async () => {
		weft = await startWeftProcess();
		browser = await borrowChromium();
	});
	beforeEach(() => {
		pool = new PagePool(browser, weft.url);
	});
	afterEach(() => giveBack(browser));
	afterAll(() => weft?.drop());

	test("has nothing of who had it before, and is on the network", async () => {
		const ann = await open();
		const first = await ann.evaluate(keptNow);
		await ann.evaluate(leaveAll);
		await ann.context().addCookies([{ name: "left", value: "here", url: weft.url }]);
		const left = await ann.evaluate(keptNow);
		expect(left).toMatchObject({ local: 1, session: 1, caches: ["left"], databases: ["left"] });
		expect(left).toMatchObject({ history: first.history + 1, cookies: "left=here" });
		await ann.context().setOffline(true);
		await pool.rest(ann);
		const ben = await open();
		expect(ben).toBe(ann);
		expect(await ben.evaluate(keptNow)).toEqual(first);
	});

	test("is given to one at a time, of one kind, and to nobody after it was changed", async () => {
		const ann = await open();
		const others = [await open(), await pool.open({ viewport: { width: 1_440, height: 900 } })];
		expect(new Set([ann, ...others]).size).toBe(3);
		await ann.route("**/api/me", (route) => route.abort());
		for (const page of [ann, ...others]) await pool.rest(page);
		expect(ann.isClosed()).toBe(true);
		expect(browser.contexts()).toHaveLength(2);
		const [ben, cal] = [await open(), await open()];
		expect(ben).toBe(others[0]);
		expect(cal).not.toBe(ben);
		expect(await cal.evaluate(() => innerWidth)).toBe(390);
	});
});
