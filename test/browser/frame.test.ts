import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { WeftLight } from "../../web/presence/light/light.ts";
import { hasChromium } from "../fixtures/app/chromium.ts";
import { isKept } from "../fixtures/app/device.ts";
import { lightSays } from "../fixtures/app/light.ts";
import { axeFaults } from "../fixtures/axe.ts";
import { type FrameSite, openFrameSite } from "./frame-page/site.ts";

let site: FrameSite;

/** The room's title as its field shows it. */
function titleOf(page: Page): Promise<string> {
	return page.getByLabel("Title of the room").inputValue();
}

async function giveTitle(page: Page, title: string): Promise<void> {
	await page.getByLabel("Title of the room").fill(title);
	await page.keyboard.press("Enter");
}

/** Waits until what a pane shows is there, and not only a place for it. */
async function isShown(page: Page, surface: string): Promise<void> {
	await page.locator(`[data-pane=${surface}] > :defined`).first().waitFor();
}

/** Somebody who is on the first page until all that it does by itself is done. */
async function readsFirstPage(): Promise<{ readonly ann: Page; readonly sockets: string[] }> {
	const ann = await site.person();
	const sockets: string[] = [];
	ann.on("websocket", (socket) => sockets.push(socket.url()));
	await ann.addInitScript(() => {
		const triedOut: string[] = [];
		Object.assign(globalThis, { triedOut });
		new MutationObserver((changes) => {
			const hosts = changes.flatMap(({ addedNodes }) => [...addedNodes]);
			for (const host of hosts) {
				if (!(host instanceof Element) || host.className !== "weft-rehearsal") continue;
				triedOut.push(host.firstElementChild?.localName ?? "");
			}
		}).observe(document, { childList: true, subtree: true });
	});
	await ann.goto(site.url);
	const triedOut = () => ann.evaluate(() => (globalThis as { triedOut?: string[] }).triedOut);
	await expect.poll(triedOut, { timeout: 30_000 }).toEqual(["weft-editor", "weft-board"]);
	await expect.poll(() => ann.evaluate(() => localStorage.getItem("weft:me"))).not.toBeNull();
	return { ann, sockets };
}

describe.skipIf(!hasChromium)("the frame in Chromium", () => {
	beforeAll(async () => {
		site = await openFrameSite();
	});
	afterAll(() => site?.close());
	afterEach(async () => {
		await site.everybodyLeaves();
		await site.comeBack();
		expect(site.complaints()).toEqual([]);
	});

	test("one tap makes a room, and its title is typed together", async () => {
		const ann = await site.person();
		await ann.goto(site.url);
		await ann.getByRole("link", { name: "New room" }).click();
		await ann.waitForURL(/\/r\/[\w-]{22}$/);
		await giveTitle(ann, "Our garden");
		const ben = await site.person();
		await ben.goto(ann.url());
		await expect.poll(() => titleOf(ben)).toBe("Our garden");
		await expect.poll(() => ben.title()).toBe("Our garden · Weft");
		await ben.getByLabel("Title of the room").fill("never mind");
		await ben.keyboard.press("Escape");
		await expect.poll(() => titleOf(ben)).toBe("Our garden");
		expect(await titleOf(ann)).toBe("Our garden");
	});

	test("the first page tries out a room of nobody, of which nothing is kept or sent", async () => {
		const { ann, sockets } = await readsFirstPage();
		expect(await ann.evaluate(() => indexedDB.databases())).toEqual([]);
		expect(await ann.evaluate(() => localStorage.getItem("weft:met"))).toBeNull();
		expect(await ann.locator("weft-editor, weft-board, .weft-rehearsal").count()).toBe(0);
		expect(sockets).toEqual([]);
	});

	test("a room whose code is here is shown by the press of New; Back leads home", async () => {
		const { ann } = await readsFirstPage();
		const shown = await ann.evaluate(async () => {
			document.querySelector<HTMLElement>('a[href$="/new"]')?.click();
			// No other task comes between: it is on the screen with the next frame.
			for (let turn = 0; turn < 100; turn++) await null;
			return ["weft-board canvas", "weft-editor .ql-editor"].map(
				(part) => document.querySelector(part) !== null,
			);
		});
		expect(shown).toEqual([true, true]);
		await ann.goBack();
		await ann.getByRole("link", { name: "New room" }).waitFor();
	});

	test("merely looking at a room makes none", async () => {
		const ann = await site.person();
		await ann.goto(`${site.url}/r/looked-at`);
		await lightSays(ann, /Saved/);
		const answer = await ann.request.get(`${site.url}/api/rooms/looked-at`);
		expect(answer.status()).toBe(404);
	});

	test("each style sheet that a page is told to fetch ahead is used there", async () => {
		const ann = await site.person();
		const used = () => ann.evaluate(() => [...document.styleSheets].map(({ href }) => href ?? ""));
		for (const path of [
			"/",
			...["document", "board", "chat", "photos"].map((at) => `/r/ahead/${at}`),
		]) {
			const answer = await ann.goto(site.url + path);
			const links = (await answer?.headerValue("link")) ?? "";
			const ahead = [...links.matchAll(/<([^>]+)>; rel=preload; as=style/g)].map(
				([, file]) => file,
			);
			expect(ahead, path).not.toEqual([]);
			const unused = async () => {
				const sheets = await used();
				return ahead.filter((file) => !sheets.some((href) => href.endsWith(file ?? "")));
			};
			await expect.poll(unused, { message: path }).toEqual([]);
		}
	});

	test("a new name is seen by the others", async () => {
		const ann = await site.person();
		const ben = await site.person();
		await ann.goto(`${site.url}/r/names`);
		await ben.goto(`${site.url}/r/names`);
		await ben.locator(".weft-people__faces").click();
		await ann.locator(".weft-people__me").click();
		await ann.getByRole("textbox", { name: "Your name" }).fill("Zoë of the names");
		await ann.keyboard.press("Enter");
		await ben.getByText("Zoë of the names").waitFor();
		const where = ben.locator(".weft-people__row small");
		await expect.poll(() => where.textContent()).toBe("on the board");
	});

	test("another browser finds a room by a word of its title, and opens it", async () => {
		const ann = await site.person();
		await ann.goto(`${site.url}/new`);
		await ann.waitForURL(/\/r\//);
		await giveTitle(ann, "Harvest of the quinces");
		await lightSays(ann, /Saved/);
		const ben = await site.person({ viewport: { width: 390, height: 844 } });
		await ben.goto(site.url);
		await ben.getByLabel("Search rooms").fill("quinces");
		const card = ben.getByRole("link", { name: "Harvest of the quinces" });
		await card.waitFor(); // The server's list lags, and is asked every 5 s.
		await expect.poll(() => ben.locator(".weft-room-card").count()).toBe(1);
		await card.click();
		await expect.poll(() => titleOf(ben)).toBe("Harvest of the quinces");
	});

	test("without a server the light counts what waits, and says saved when it is", async () => {
		const ann = await site.person();
		const ben = await site.person();
		await ann.goto(`${site.url}/r/outage`);
		await ben.goto(`${site.url}/r/outage`);
		await giveTitle(ann, "before");
		await expect.poll(() => titleOf(ben)).toBe("before");
		await lightSays(ann, /Saved/);
		await site.goAway();
		await lightSays(ann, /Offline$/);
		await giveTitle(ann, "meanwhile");
		await lightSays(ann, /Offline – 1 change waiting$/);
		expect(await titleOf(ben)).toBe("before");
		await site.comeBack();
		await lightSays(ann, /Saved/);
		await expect.poll(() => titleOf(ben)).toBe("meanwhile");
	});

	test.for([
		["a phone", 390],
		["a desk", 1_440],
	] as const)(
		"a first visit to %s that loses the network at once is told so",
		async ([, width]) => {
			const ann = await site.person({ viewport: { width, height: 844 } });
			let isAway = true;
			// What is fetched behind the room does not come: faces, and the light itself.
			await ann.route(/people-and-light/, (route) => (isAway ? route.abort() : route.continue()));
			await ann.goto(`${site.url}/r/first-light-${width}`);
			await isShown(ann, "board");
			await ann.waitForFunction(() => {
				const light = document.querySelector<WeftLight>("weft-light");
				return light?.client?.status.phase === "saved";
			});
			await site.goAway();
			await ann.locator(".weft-light__label", { hasText: /^Offline$/ }).waitFor();
			await ann.getByRole("button", { name: "Where your changes are: Offline. Try now" }).click();
			isAway = false;
			await site.comeBack();
			await lightSays(ann, /Saved/);
			expect(await ann.locator(".weft-light").count()).toBe(1);
		},
	);

	test("without a server every surface can still be gone to", async () => {
		const ann = await site.person({ viewport: { width: 390, height: 844 } });
		await ann.goto(`${site.url}/r/every-surface`);
		await lightSays(ann, /Saved/);
		await allIsLoaded(ann);
		await site.goAway();
		await lightSays(ann, /Offline/);
		for (const surface of ["Document", "Chat", "Photos", "Board"]) {
			await ann.getByRole("button", { name: surface, exact: true }).click();
			const pane = ann.getByRole("group", { name: surface, exact: true });
			await pane.locator(":scope > :defined").first().waitFor();
			expect(await pane.getByText("could not be loaded").count(), surface).toBe(0);
		}
	});

	test("what was done offline survives closing the tab", async () => {
		const ann = await site.person();
		await ann.goto(`${site.url}/r/closed-tab`);
		await lightSays(ann, /Saved/);
		await site.goAway();
		await lightSays(ann, /Offline/);
		await giveTitle(ann, "kept on the device");
		await lightSays(ann, /1 change waiting/);
		await isKept(ann);
		await ann.close({ runBeforeUnload: false });
		await site.comeBack();
		const again = await ann.context().newPage();
		await again.goto(`${site.url}/r/closed-tab`);
		await expect.poll(() => titleOf(again)).toBe("kept on the device");
		await lightSays(again, /Saved/);
	});

	test("a browser that keeps nothing works, and says so in words", async () => {
		const ann = await site.person();
		await ann.addInitScript("Object.defineProperty(window, 'indexedDB', { value: undefined })");
		await ann.goto(`${site.url}/r/forgetful`);
		await ann.getByRole("status").getByText("This browser keeps no copy").waitFor();
		await giveTitle(ann, "still here");
		await lightSays(ann, /Saved/);
		const heard: string[] = [];
		const listen = () => heard.push(...site.complaints());
		await expect.poll(() => listen() && heard.join()).toMatch(/keeps no copy of this room/);
		await expect.poll(() => listen() && heard.join()).toMatch(/unsent photos of this device/);
	});

	test("the addresses of old lead into the room", async () => {
		const ann = await site.person();
		for (const [path, address] of [
			["/chat/newbox/", "/r/newbox/chat"],
			["/document/my-room", "/r/my-room/document"],
			["/drawing/easel/", "/r/easel/board"],
			["/photos/album", "/r/album/photos"],
		]) {
			await ann.goto(`${site.url}${path}`);
			await ann.waitForURL(`${site.url}${address}`);
			await lightSays(ann, /Saved/);
		}
	});

	test("a list of rooms that did not come is not called empty", async () => {
		const ann = await site.person();
		await ann.route("**/api/rooms*", (route) => route.abort());
		await ann.goto(site.url);
		await ann.getByText("The server does not answer").waitFor();
		expect(await ann.getByText("No rooms yet").count()).toBe(0);
	});

	test("a name that cannot be one is told, with a way on", async () => {
		const ann = await site.person();
		await ann.goto(`${site.url}/r/a%23b`);
		await ann.getByText("This cannot be the name of a room").waitFor();
		await ann.getByRole("button", { name: "New room" }).click();
		await ann.waitForURL(/\/r\/[\w-]{22}$/);
	});

	test("a page whose code does not come says so, with a way on", async () => {
		const ann = await site.person();
		const itsCode = /\/room-(?!base)[\w-]+\.js$/;
		await ann.route(itsCode, (route) => route.abort());
		await ann.goto(`${site.url}/r/half-loaded`);
		await ann.getByText("This page could not be loaded").waitFor();
		// It is asked for by itself, too: the button is there for as long as the code is not.
		const reloaded = ann.waitForEvent("load");
		await ann.getByRole("button", { name: "Reload" }).click();
		await reloaded;
		await ann.unroute(itsCode);
		await lightSays(ann, /Saved/);
		expect(site.complaints().join()).toMatch(/dynamically imported module/);
	});

	test("a space in a chat that is still on its way does not close it", async () => {
		const ann = await site.person();
		let come = (): void => undefined;
		const arrival = new Promise<void>((resolve) => {
			come = resolve;
		});
		await ann.route(/\/chat-(?!log)[\w-]+\.js$/, async (route) => {
			await arrival;
			await route.continue();
		});
		await ann.goto(`${site.url}/r/early-words`);
		await isShown(ann, "board");
		await ann.keyboard.press("Alt+C");
		const chat = ann.getByRole("group", { name: "Chat", exact: true });
		const isInside = () => chat.evaluate((pane) => pane.contains(document.activeElement));
		await expect.poll(isInside).toBe(true);
		await ann.keyboard.press("Space");
		come();
		await chat.getByRole("textbox", { name: "Write a message" }).waitFor();
	});

	test("an app that does not come at all is missed in words, with a way on", async () => {
		const ann = await site.person();
		const itsBase = /\/base-[\w-]+\.js$/;
		await ann.route(itsBase, (route) => route.abort());
		await ann.goto(`${site.url}/r/not-loaded`);
		const again = ann.getByRole("link", { name: /Try again/ });
		await again.waitFor();
		await ann.unroute(itsBase);
		await again.click();
		await lightSays(ann, /Saved/);
		expect(await again.count()).toBe(0);
		site.complaints(); // Styles that nobody came for.
	});

	test("keys go from surface to surface and from pane to pane", async () => {
		const ann = await site.person();
		await ann.goto(`${site.url}/r/keys`);
		await lightSays(ann, /Saved/);
		await ann.keyboard.press("Alt+Shift+Digit4");
		await ann.waitForURL(/\/photos$/);
		await ann.keyboard.press("Alt+Shift+Digit3");
		await ann.waitForURL(/\/chat$/);
		const pane = () =>
			ann.evaluate(
				() => document.activeElement?.closest("[data-pane]")?.getAttribute("data-pane") ?? "",
			);
		await expect.poll(pane).toBe("chat");
		await ann.keyboard.press("F6");
		await expect.poll(pane).toBe("bar");
		await ann.keyboard.press("Shift+F6");
		await expect.poll(pane).toBe("chat");
		await ann.locator(".weft-light").focus();
		await ann.keyboard.press("?");
		await ann.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
		await ann.keyboard.press("Escape");
		await expect.poll(() => ann.getByRole("dialog").count()).toBe(0);
	});

	test.each([
		["light", 1_440],
		["dark", 390],
	] as const)("axe finds nothing on %s pages of %i px", async (colorScheme, width) => {
		const ann = await site.person({
			colorScheme,
			viewport: { width, height: 844 },
			reducedMotion: "reduce", // A dialog that fades in has little contrast at first.
			bypassCSP: true,
		});
		await ann.goto(site.url);
		await ann.getByRole("heading", { level: 1 }).waitFor();
		expect(await axeFaults(ann)).toEqual([]);
		for (const surface of ["document", "board", "chat", "photos"]) {
			await ann.goto(`${site.url}/r/faults/${surface}`);
			await lightSays(ann, /Saved/);
			await isShown(ann, surface);
			expect(await axeFaults(ann), surface).toEqual([]);
		}
		await ann.getByRole("button", { name: "Share" }).click();
		await ann.getByRole("dialog").waitFor();
		expect(await axeFaults(ann), "share").toEqual([]);
		await ann.getByTitle("Show it large").click();
		const code = ann.locator(".weft-share__large .weft-share__qr");
		await expect.poll(async () => (await code.boundingBox())?.width ?? 0).toBeGreaterThan(300);
		expect(await axeFaults(ann), "large code").toEqual([]);
	});
});

/** Waits until the code of every surface has come: a room fetches it when it has time. */
async function allIsLoaded(page: Page): Promise<void> {
	const names = ["weft-editor", "weft-board", "weft-chat", "weft-photos"];
	await page.evaluate(async (all) => {
		await Promise.all(all.map((name) => customElements.whenDefined(name)));
	}, names);
}
