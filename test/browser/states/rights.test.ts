/** Two people in real browsers while rights change under them, with a real server. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import { lightSays } from "../../fixtures/app/light.ts";
import { axeFaults } from "../../fixtures/axe.ts";
import { type FrameSite, openFrameSite } from "../frame-page/site.ts";

let site: FrameSite;

/** Ann has written first, and so owns the room; Ben came by its address. */
async function inRoom(name: string): Promise<{ ann: Page; ben: Page }> {
	const [ann, ben] = [await site.person(), await site.person()];
	await ann.goto(`${site.url}/r/${name}/document`);
	await type(ann, "Roses");
	await expect.poll(() => roleIn(ann, name)).toBe("owner");
	await ben.goto(`${site.url}/r/${name}/document`);
	await shows(ben, "Roses");
	await lightSays(ben, /Saved/);
	return { ann, ben };
}

/** The document of a page. */
function text(page: Page) {
	return page.locator(".ql-editor");
}

async function type(page: Page, words: string): Promise<void> {
	await text(page).click();
	await page.keyboard.press("Control+End");
	await page.keyboard.type(words);
}

function shows(page: Page, words: string): Promise<void> {
	return text(page).getByText(words).waitFor();
}

/** What somebody sees of themselves over HTTP. */
async function roleIn(page: Page, room: string): Promise<string> {
	const answer = await page.request.get(`${site.url}/api/rooms/${room}/access`);
	return (await answer.json()).role;
}

function idOf(page: Page): Promise<string> {
	return page.evaluate(() => JSON.parse(localStorage.getItem("weft:me") ?? "{}").id);
}

/** Ann decides something about Ben, without the panel. */
async function decide(ann: Page, ben: Page, room: string, change: object): Promise<void> {
	const path = `${site.url}/api/rooms/${room}/members/${await idOf(ben)}`;
	const headers = { origin: site.url };
	const answer = await ann.request.put(path, { data: change, headers });
	expect(answer.status()).toBe(200);
}

function bar(page: Page, words: string | RegExp) {
	return page.locator("weft-access-bar").getByText(words);
}

/** True where a surface takes nothing: the text cannot be typed in, and no pen is there. */
async function tools(page: Page) {
	return {
		text: (await text(page).getAttribute("contenteditable")) === "true",
		pen: (await page.getByRole("button", { name: /^Pen/ }).count()) > 0,
	};
}

async function openRights(page: Page) {
	await page.locator(".weft-people__faces").click();
	await page.getByRole("button", { name: "Roles and rights" }).click();
	return page.getByRole("dialog", { name: "People and their rights" });
}

/** In the page: the lists that open and are narrower than their longest words. */
function cutLists(): string[] {
	const isCut = (list: HTMLSelectElement): boolean => {
		const whole = list.cloneNode(true) as HTMLSelectElement;
		Object.assign(whole.style, { position: "absolute", width: "max-content" });
		list.after(whole);
		const isNarrow = list.offsetWidth < whole.offsetWidth;
		whole.remove();
		return isNarrow;
	};
	return [...document.querySelectorAll("select")].filter(isCut).map(({ value }) => value);
}

describe.skipIf(!hasChromium)("rights in Chromium", () => {
	beforeAll(async () => {
		site = await openFrameSite();
	});
	afterAll(() => site?.close());
	afterEach(async () => {
		await site.everybodyLeaves();
		await site.comeBack();
		expect(site.complaints()).toEqual([]);
	});

	test("while one presents, everybody else looks along, and writes again after", async () => {
		const { ann, ben } = await inRoom("lesson");
		await text(ben).click();
		const panel = await openRights(ann);
		await panel.getByRole("switch", { name: /Only I write/ }).click();
		await bar(ben, /is presenting: you can watch/).waitFor();
		await ben.locator(".weft-text-page:focus").waitFor();
		await expect.poll(() => tools(ben)).toEqual({ text: false, pen: false });
		await text(ben).click();
		await ben.keyboard.type("never");
		expect(await axeFaults(ann, "dialog")).toEqual([]);
		await ann.keyboard.press("Escape");
		await type(ann, " bloom");
		await shows(ben, "Roses bloom");
		expect(await text(ben).textContent()).toBe("Roses bloom");
		await ann.getByRole("button", { name: "Let everybody write" }).click();
		await expect.poll(() => tools(ben)).toEqual({ text: true, pen: true });
		await ben.locator(".ql-editor:focus").waitFor();
		await bar(ben, /presents/).waitFor({ state: "detached" });
		await type(ben, " in May");
		await shows(ann, "Roses bloom in May");
	});

	test("others talk while one presents, where that one lets them", async () => {
		const { ann, ben } = await inRoom("lecture");
		await ben.getByRole("button", { name: "Chat" }).click();
		const panel = await openRights(ann);
		await panel.getByRole("switch", { name: /Only I write/ }).click();
		await ben.locator(".weft-chat-locked").waitFor();
		await panel.getByRole("switch", { name: /Others may talk meanwhile/ }).click();
		await bar(ben, /watch, and talk in the chat/).waitFor();
		await ben.locator("weft-chat-composer textarea").fill("Which roses?");
		await ben.keyboard.press("Enter");
		await ben.locator("weft-chat").getByText("Which roses?").waitFor();
		expect(await tools(ben)).toEqual({ text: false, pen: false });
	});

	test("who is given the room manages it, and who gave it edits on", async () => {
		const { ann, ben } = await inRoom("estate");
		const name = await ben.evaluate(() => JSON.parse(localStorage.getItem("weft:me") ?? "").name);
		const panel = await openRights(ann);
		const role = panel.getByLabel(`What ${name} may do`);
		await role.selectOption("hand");
		const asked = ann.getByRole("dialog", { name: `Hand this room over to ${name}?` });
		await asked.getByText(/Guests have no account/).waitFor();
		expect(await axeFaults(ann, "dialog")).toEqual([]);
		await asked.getByRole("button", { name: "Cancel" }).click();
		await expect.poll(() => role.inputValue()).toBe("none");
		await role.selectOption("hand");
		await asked.getByRole("button", { name: "Hand it over" }).click();
		await panel.waitFor({ state: "detached" });
		await expect.poll(() => roleIn(ben, "estate")).toBe("owner");
		expect(await roleIn(ann, "estate")).toBe("editor");
		await type(ann, " bloom");
		await shows(ben, "Roses bloom");
		const theirs = await openRights(ben);
		await theirs.getByText("What was decided here").click();
		await theirs.getByText(/handed the room over to/).waitFor();
		await ann.locator(".weft-people__faces").click();
		await ann.getByText("Bring everybody here").waitFor();
		expect(await ann.getByRole("button", { name: "Roles and rights" }).count()).toBe(0);
	});

	test("what was cleared comes back after a reload, by whoever may write", async () => {
		const { ann, ben } = await inRoom("wiped");
		await type(ann, " and plums, pears and quinces");
		await shows(ben, "quinces");
		await text(ann).click();
		await ann.keyboard.press("Control+A");
		await ann.keyboard.press("Delete");
		await expect.poll(() => text(ben).textContent()).toBe("");
		await lightSays(ann, /Saved/);
		await ben.reload();
		await lightSays(ben, /Saved/);
		await ben.getByRole("button", { name: "More about this document" }).click();
		await ben.getByRole("button", { name: "Bring back deleted text" }).click();
		const dialog = ben.getByRole("dialog", { name: "Bring back what was cleared" });
		await dialog.getByText(/Roses and plums/).waitFor();
		expect(await axeFaults(ben, "dialog")).toEqual([]);
		await dialog.getByRole("button", { name: /^Bring back: 3\d letters/ }).click();
		await shows(ann, "Roses and plums, pears and quinces");
		await dialog.waitFor({ state: "detached" });
		await ben.locator(".weft-toast__action").click();
		await expect.poll(() => text(ann).textContent()).toBe("");
	});

	test("no role is cut on a phone, in German", async () => {
		const { ann } = await inRoom("schmal");
		await ann.setViewportSize({ width: 390, height: 844 });
		await ann.evaluate(() => localStorage.setItem("weft:language", "de"));
		await ann.reload();
		await ann.getByRole("button", { name: "Teilen", exact: true }).click();
		const dialog = ann.locator("dialog[open]");
		await dialog.getByRole("button", { name: "Neuer Link" }).click();
		await dialog.getByRole("button", { name: "QR-Code" }).nth(1).waitFor();
		expect(await ann.evaluate(cutLists)).toEqual([]);
		expect(await dialog.locator("select").count()).toBe(3);
		await ann.keyboard.press("Escape");
		await ann.locator(".weft-people__faces").click();
		await ann.getByRole("button", { name: "Rollen und Rechte" }).click();
		await dialog.locator("summary").first().click();
		await expect.poll(() => dialog.locator("select:visible").count()).toBe(5);
		expect(await ann.evaluate(cutLists)).toEqual([]);
	});

	test("what could not be changed is not shown so, and is changed when tried again", async () => {
		const { ann, ben } = await inRoom("hedge");
		await ann.route("**/access", (route) =>
			route.request().method() === "GET" ? route.continue() : route.abort(),
		);
		await ann.getByRole("button", { name: "Share", exact: true }).click();
		const entry = ann.getByLabel("Whoever opens it");
		await entry.selectOption("closed");
		await expect.poll(() => entry.inputValue()).toBe("editor");
		await ann.keyboard.press("Escape");
		const panel = await openRights(ann);
		const presenting = panel.getByRole("switch", { name: /Only I write/ });
		await presenting.click();
		await expect.poll(() => presenting.isChecked()).toBe(false);
		await ann.getByText("That was not changed").first().waitFor();
		await ann.unroute("**/access");
		await presenting.click();
		await bar(ben, /is presenting: you can watch/).waitFor();
		expect(await presenting.isChecked()).toBe(true);
		await ann.keyboard.press("Escape");
		await ann.getByRole("button", { name: "Share", exact: true }).click();
		await entry.selectOption("closed");
		const cleo = await site.person();
		await cleo.goto(`${site.url}/r/hedge`);
		await cleo.getByRole("heading", { name: "This room is not open to you." }).waitFor();
		expect(await entry.inputValue()).toBe("closed");
	});

	test("who was sent away by the bin comes back when the room does", async () => {
		const { ann, ben } = await inRoom("compost");
		const post = (path: string) =>
			ann.request.post(`${site.url}/api/rooms/compost/${path}`, { headers: { origin: site.url } });
		const sentence = ben.getByText("This room is in the bin.");
		expect((await post("bin")).status()).toBe(200);
		await sentence.waitFor();
		expect((await post("restore")).status()).toBe(200);
		await shows(ben, "Roses");
		await sentence.waitFor({ state: "detached" });
		await type(ben, " bloom");
		await shows(ann, "Roses bloom");
	});

	test("a link gives what it says, and nothing once it is revoked", async () => {
		const { ann, ben } = await inRoom("orchard");
		await ann.getByRole("button", { name: "Share", exact: true }).click();
		const made: string[] = [];
		ann.on("request", (request) => {
			if (request.method() === "POST" && request.url().endsWith("/links")) made.push(request.url());
		});
		await ann.getByRole("button", { name: "New link" }).dblclick();
		await ann.locator(".weft-rights__link").waitFor();
		expect(made).toHaveLength(1);
		const address = await ann.locator(".weft-rights__link input").inputValue();
		expect(address).not.toContain("orchard");
		expect(await axeFaults(ann, "dialog")).toEqual([]);
		const cleo = await site.person();
		await cleo.goto(address);
		await bar(cleo, /look at everything here, but change nothing/).waitFor();
		await shows(cleo, "Roses");
		await expect.poll(() => tools(cleo)).toEqual({ text: false, pen: false });
		expect(await cleo.content()).not.toContain("orchard");
		await ann.getByRole("button", { name: /^Revoke the link/ }).click();
		await cleo.getByRole("heading", { name: "This link is no longer valid." }).waitFor();
		expect(await cleo.getByText("Roses").count()).toBe(0);
		expect(await axeFaults(cleo)).toEqual([]);
		await type(ben, " and plums");
		await shows(ben, "Roses and plums");
	});

	test("a name that came too late is not shown as if the room had it", async () => {
		const { ann, ben } = await inRoom("nameless");
		const title = ben.locator("weft-title input");
		await title.fill("Ben's room");
		await decide(ann, ben, "nameless", { role: "viewer" });
		await bar(ben, /look at everything here/).waitFor();
		await ben.keyboard.press("Tab");
		await expect.poll(() => title.inputValue()).toBe("");
		expect(await title.getAttribute("readonly")).not.toBeNull();
	});

	test("who is muted keeps their draft, and who is put out sees why", async () => {
		const { ann, ben } = await inRoom("council");
		await ben.getByRole("button", { name: "Chat" }).click();
		const box = ben.locator("weft-chat-composer textarea");
		await box.fill("half a sent");
		await decide(ann, ben, "council", { isMuted: true });
		await bar(ben, /You are muted/).waitFor();
		await box.waitFor({ state: "hidden" });
		await expect.poll(() => tools(ben)).toEqual({ text: true, pen: true });
		// The board stands beside the chat: what is typed on is not for its tools.
		await ben.locator(".weft-chat-locked:focus").waitFor();
		await ben.keyboard.type("e9");
		expect(await ben.getByRole("dialog").count()).toBe(0);
		expect(await ben.getByRole("button", { name: /^Pen/ }).getAttribute("aria-pressed")).toBe(
			"true",
		);
		await decide(ann, ben, "council", { isMuted: false });
		await box.waitFor();
		await ben.locator("weft-chat-composer textarea:focus").waitFor();
		expect(await box.inputValue()).toBe("half a sent");
		const panel = await openRights(ann);
		await panel.getByRole("button", { name: /^Put out: / }).click();
		await ann.getByRole("button", { name: "Put out", exact: true }).click();
		await ben.getByRole("heading", { name: "You were put out of this room." }).waitFor();
		await ben.getByRole("link", { name: "Go to all rooms" }).last().waitFor();
		await panel.getByText("put out").waitFor();
		await panel.getByText("What was decided here").click();
		await panel.getByText(/ put .* out$/).waitFor();
	});

	test("who comes before a closed door waits, and is let in", async () => {
		const { ann } = await inRoom("salon");
		await ann.getByRole("button", { name: "Share", exact: true }).click();
		await ann.getByLabel("Whoever opens it").selectOption("knock");
		await ann.keyboard.press("Escape");
		const cleo = await site.person();
		await cleo.goto(`${site.url}/r/salon`);
		await cleo.getByText(/^You wait as /).waitFor();
		await ann
			.locator("weft-access-bar")
			.getByRole("button", { name: /Show all|Roles and rights/ })
			.click();
		const name = await cleo.evaluate(() => JSON.parse(localStorage.getItem("weft:me") ?? "").name);
		await ann.getByRole("button", { name: `Let in: ${name}` }).click();
		await shows(cleo, "Roses");
		await expect.poll(() => tools(cleo)).toEqual({ text: true, pen: true });
	});

	test("work that comes too late is kept as a file, and the room goes on without it", async () => {
		const { ann, ben } = await inRoom("late");
		await ben.context().setOffline(true);
		await site.goAway();
		await lightSays(ben, /Offline/);
		await ben.context().setOffline(false);
		await type(ben, " of mine");
		await lightSays(ben, /Offline – \d+ changes? waiting$/);
		// Only Ann is there when it is decided.
		await ben.context().setOffline(true);
		await site.comeBack();
		await lightSays(ann, /Saved/);
		await decide(ann, ben, "late", { role: "viewer" });
		await ben.context().setOffline(false);
		const told = ben.getByRole("dialog", { name: "Your last changes were not taken" });
		await told.waitFor();
		await bar(ben, /look at everything here/).waitFor();
		await expect.poll(() => text(ben).textContent()).toBe("Roses");
		const answers = told.locator(".weft-dialog__actions button");
		const tops = await answers.evaluateAll((all) =>
			all.map((one) => (one as HTMLElement).offsetTop),
		);
		expect(new Set(tops).size, "three answers in one line").toBe(1);
		await told.getByRole("button", { name: "Understood" }).click();
		await ben.reload();
		await bar(ben, /look at everything here/).waitFor();
		await shows(ben, "Roses");
		expect(await ben.getByRole("dialog").count()).toBe(0);
		await ben.goto(`${site.url}/device`);
		await ben.getByRole("button", { name: /^Open “Untitled room”/ }).click();
		await ben.waitForURL(/\/r\/[\w-]{22}/);
		await ben.goto(`${ben.url()}/document`);
		await shows(ben, "Roses of mine");
		await lightSays(ben, /Saved/);
	});
});
