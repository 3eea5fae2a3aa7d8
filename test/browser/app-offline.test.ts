/** The app itself without a network: kept on the device, renewed when a person says so. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../fixtures/app/chromium.ts";
import { isKept } from "../fixtures/app/device.ts";
import { lightSays } from "../fixtures/app/light.ts";
import { type FrameSite, openFrameSite } from "./frame-page/site.ts";

let site: FrameSite;

/** Goes to a path and waits until the app is kept on the device as a whole. */
async function visit(page: Page, path: string): Promise<void> {
	await page.goto(site.url + path);
	await page.evaluate(() => navigator.serviceWorker.ready);
}

/** Gives how many milliseconds later another page stood in its place; all of it comes later. */
async function pressReload(page: Page): Promise<number> {
	const startMs = performance.now();
	await page.evaluate(() => document.documentElement.setAttribute("data-seen", ""));
	await page.getByRole("button", { name: "Reload" }).click();
	await page.locator("html:not([data-seen])").waitFor({ state: "attached" });
	return performance.now() - startMs;
}

const appCaches = (page: Page) => page.evaluate(() => caches.keys());

/** In the page: it writes to the device once more, and never hears what became of that. */
function hearNothingAfterWriting(): void {
	const add = IDBObjectStore.prototype.add;
	IDBObjectStore.prototype.add = function (value, key) {
		queueMicrotask(() => {
			console.info("writing");
			for (;;);
		});
		return add.call(this, value, key);
	};
}

/** The processes of all tabs end at once, as when a phone needs memory: a busy page cannot wait. */
async function killTabs(page: Page): Promise<void> {
	const crashed = page.waitForEvent("crash");
	const system = await page.context().browser()?.newBrowserCDPSession();
	const { processInfo = [] } = (await system?.send("SystemInfo.getProcessInfo")) ?? {};
	for (const { type, id } of processInfo) if (type === "renderer") process.kill(id, "SIGKILL");
	await crashed;
}

describe.skipIf(!hasChromium)("the app without a network", () => {
	beforeAll(async () => {
		site = await openFrameSite();
	});

	afterEach(async () => {
		await site.everybodyLeaves();
		await site.comeBack();
		expect(site.complaints()).toEqual([]);
	});

	afterAll(() => site.close());

	test("opens at home, in a room that was seen, and in one that is new", async () => {
		const ann = await site.keeper();
		await visit(ann, "/r/train/document");
		const editor = ann.getByRole("textbox", { name: "Document" });
		await editor.click();
		await ann.keyboard.type("Before the tunnel. ");
		await lightSays(ann, /Saved/);

		await site.goAway();
		await ann.reload();
		await expect.poll(() => editor.innerText()).toContain("Before the tunnel.");
		await lightSays(ann, /Offline/);
		await editor.click();
		await ann.keyboard.press("Control+End");
		await ann.keyboard.type("In the tunnel. ");
		await lightSays(ann, /Offline – \d+ changes? waiting/);
		await isKept(ann);

		const second = await ann.context().newPage();
		await second.goto(site.url);
		await second.getByText("Recent on this device").waitFor();
		await second.getByText("New room").first().click();
		await second.waitForURL(/\/r\/[\w-]{22}/);
		await second.getByRole("main").waitFor();
		for (const surface of ["Document", "Board", "Photos"]) {
			await second.goto(`${site.url}/r/never-seen/${surface.toLowerCase()}`);
			await second.getByRole("group", { name: surface }).locator(":scope > *").waitFor();
		}
		await second.close();

		await site.comeBack();
		await lightSays(ann, /Saved/);
		const ben = await site.keeper();
		await ben.goto(`${site.url}/r/train/document`);
		const his = ben.getByRole("textbox", { name: "Document" });
		await expect.poll(() => his.innerText()).toContain("Before the tunnel. In the tunnel.");
	});

	test("keeps a letter that was typed in the very moment in which the tab ended", async () => {
		const ann = await site.keeper();
		await visit(ann, "/r/flash/document");
		await lightSays(ann, /Saved/);
		await site.goAway();
		await lightSays(ann, /Offline/);
		const editor = ann.getByRole("textbox", { name: "Document" });
		await editor.click();
		await ann.keyboard.type("Ol");
		await isKept(ann);
		await ann.evaluate(hearNothingAfterWriting);
		const isWriting = ann.waitForEvent("console", (line) => line.text() === "writing");
		const typing = ann.keyboard.press("d").catch(() => undefined);
		await isWriting;
		await killTabs(ann);
		await typing;
		const again = await ann.context().newPage();
		await again.goto(`${site.url}/r/flash/document`);
		await expect
			.poll(() => again.getByRole("textbox", { name: "Document" }).innerText())
			.toContain("Old");
	});

	test("shows one's own words, and where they are, in a room that was new", async () => {
		const ann = await site.keeper();
		await visit(ann, "/r/cellar/chat");
		const say = async (words: string): Promise<void> => {
			await ann.locator("weft-chat textarea").fill(words);
			await ann.keyboard.press("Enter");
		};
		const states = () => ann.locator(".weft-chat-state").allTextContents();
		await say("Above the stairs");
		await expect.poll(states).toEqual(["Saved"]);
		await site.goAway();
		await lightSays(ann, /Offline/);
		await say("Below them");
		await expect.poll(states).toContain("On this device");
		await isKept(ann);

		await ann.reload();
		await ann.getByText("Below them").waitFor();
		await lightSays(ann, /Offline/);
		await expect.poll(states).toEqual(["On this device"]);
		await expect.poll(() => ann.getByText("never opened on this device").count()).toBe(0);
		await site.comeBack();
		await lightSays(ann, /Saved/);
		await expect.poll(states).toEqual(["Saved"]);
	});

	test("a newer version is offered, and an open room goes on with its own files", async () => {
		const ann = await site.keeper({ viewport: { width: 390, height: 844 } });
		await visit(ann, "/r/tea/document");
		await lightSays(ann, /Saved/);
		const [before] = await appCaches(ann);
		const script = () => ann.locator("script[src]").first().getAttribute("src");
		const oldScript = await script();

		await site.deploy();
		await ann.evaluate(async () => (await navigator.serviceWorker.ready).update());
		await ann.getByText("A newer Weft is ready").waitFor();
		expect(await appCaches(ann)).toHaveLength(2);
		// What was not fetched yet is there only under its new name on the server.
		const gone = await ann.evaluate(async () => {
			const [cache = ""] = await caches.keys();
			const kept = await (await caches.open(cache)).keys();
			const answers = await Promise.all(kept.map(({ url }) => fetch(url)));
			return answers.filter(({ ok }) => !ok).length;
		});
		expect(gone).toBe(0);
		await ann.reload();
		expect(await script()).toBe(oldScript);

		const waitedMs = await pressReload(ann);
		// A page waits four seconds for a busy browser; then the next visit has the newer one.
		if (waitedMs > 4_000 && (await script()) === oldScript) await ann.reload();
		await expect.poll(script).not.toBe(oldScript);
		await lightSays(ann, /Saved/);
		await site.deploy();
		await ann.evaluate(async () => (await navigator.serviceWorker.ready).update());
		await pressReload(ann);
		await expect.poll(async () => (await appCaches(ann)).includes(before ?? "")).toBe(false);
		await lightSays(ann, /Saved/);
	});

	test("is forgotten by every browser where the server says so", async () => {
		const ann = await site.keeper();
		await visit(ann, "/r/switch/document");
		expect(await appCaches(ann)).toHaveLength(1);
		await site.goAway();
		await site.comeBack({ WEFT_APP_COPY: "off" });
		await ann.reload();
		await lightSays(ann, /Saved/);
		await expect.poll(() => appCaches(ann)).toEqual([]);
		const count = () =>
			ann.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
		await expect.poll(count).toBe(0);
		await site.goAway();
	});
});
