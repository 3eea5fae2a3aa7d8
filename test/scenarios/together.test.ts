/** Together in one room: hands, following, mentions, and what is told to who looks elsewhere. */
import type { Page } from "playwright-core";
import sharp from "sharp";
import { expect, test } from "vitest";
import { t } from "../../web/ui/messages.ts";
import type { Person } from "../fixtures/app/person.ts";
import { fromAfar } from "../fixtures/app/place.ts";
import { scenario } from "../fixtures/app/stage.ts";

/** Everybody goes to one page; resolves when each sees all the others. */
async function meet(path: string, ...all: readonly Person[]): Promise<void> {
	for (const person of all) await person.goTo(path);
	for (const { page } of all) {
		const faces = page.locator(".weft-people__faces");
		const count = () => faces.getAttribute("data-count");
		await expect.poll(count).toBe(String(all.length - 1));
	}
}

/** The list of people as somebody reads it: each name, and below it what is to be known. */
async function rowsOf(page: Page): Promise<[name: string, words: string][]> {
	const rows = await page.locator(".weft-people__name").allInnerTexts();
	return rows.map((row) => row.split("\n")).map(([name = "", words = ""]) => [name, words]);
}

/** Whose hands are up, as they stand in the list. */
async function handsOf(page: Page): Promise<string[]> {
	const rows = await rowsOf(page);
	return rows.flatMap(([name, words]) => (words.includes(t("frame.hand.up")) ? [name] : []));
}

/** Notes whatever is told in short notices: they go by themselves. */
function noteNotices(): void {
	const notices: string[] = [];
	new MutationObserver((changes) => {
		for (const { addedNodes } of changes) {
			for (const node of addedNodes) {
				if (node instanceof Element && node.matches(".weft-toast")) {
					notices.push(node.querySelector("p")?.textContent ?? "");
				}
			}
		}
	}).observe(document, { childList: true, subtree: true });
	Object.assign(globalThis, { notices });
}

async function openPeople({ page }: Person): Promise<void> {
	await page.locator(".weft-people__faces").click();
	await page.locator("#weft-people-list").waitFor();
}

async function follow(person: Person, name: string): Promise<void> {
	await openPeople(person);
	await person.page.getByTitle(t("frame.follow.start", { name })).click();
	await person.page.getByText(t("frame.follow.now", { name })).waitFor();
}

const followBar = ({ page }: Person) => page.locator(".weft-follow");

scenario("together", ({ people }) => {
	test("hands are raised by key or button, seen in their order, and lowered again", async () => {
		const [ann, ben, cleo] = await people("Ann", "Ben", "Cleo");
		await ann.page.addInitScript(noteNotices);
		await meet("/r/hands/board", ann, ben, cleo);
		const notices = () => ann.page.evaluate("notices");
		await cleo.page.keyboard.press("Alt+Shift+H");
		await expect.poll(notices).toEqual(["Cleo raised a hand"]);
		await ben.page.getByRole("button", { name: t("frame.hand.raise") }).click();
		await expect.poll(notices).toEqual(["Cleo raised a hand", "Ben raised a hand: 2 are up"]);
		await openPeople(ann);
		await expect.poll(() => handsOf(ann.page)).toEqual(["Cleo", "Ben"]);
		expect(await ann.page.locator(".weft-people__faces .weft-avatar__hand").count()).toBe(2);
		await cleo.page.getByRole("button", { name: t("frame.hand.lower") }).click();
		await expect.poll(() => handsOf(ann.page)).toEqual(["Ben"]);
		expect((await rowsOf(ann.page)).map(([name]) => name)).toEqual(["Ben", "Cleo"]);
	});

	test("whoever is followed leads from surface to surface, until one goes oneself", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ann.page.setViewportSize({ width: 820, height: 900 });
		await meet("/r/leader/board", ann, ben);
		await follow(ann, "Ben");
		await openPeople(ben);
		const followers = async () => (await rowsOf(ben.page)).map(([, words]) => words);
		await expect.poll(followers).toEqual([expect.stringContaining("follows you")]);
		await ben.page.keyboard.press("Escape");
		for (const surface of ["photos", "document", "board"] as const) {
			await ben.show(surface);
			await ann.pane(surface).waitFor();
		}
		await ann.show("photos");
		await followBar(ann).waitFor({ state: "detached" });
		await ben.show("document");
		await openPeople(ann);
		await expect.poll(() => rowsOf(ann.page)).toEqual([["Ben", "in the document"]]);
		expect(await ann.pane("photos").isVisible()).toBe(true);
	});

	test("who asks everybody to come is followed by one tap", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await meet("/r/calling/board", ann, ben);
		await ben.show("photos");
		await openPeople(ann);
		await ann.page.getByRole("button", { name: t("frame.call") }).click();
		await ann.page.getByText(t("frame.call.done")).waitFor();
		const toast = ben.page.locator(".weft-toast", {
			hasText: t("frame.call.by", { name: "Ann" }),
		});
		await toast.getByRole("button", { name: t("frame.follow.start", { name: "Ann" }) }).click();
		await ben.pane("board").waitFor();
		await ben.page.getByText(t("frame.follow.now", { name: "Ann" })).waitFor();
		await openPeople(ann);
		await expect
			.poll(() => rowsOf(ann.page))
			.toEqual([["Ben", expect.stringContaining("follows you")]]);
	});

	test("on the board one sees what the leader sees, and talks meanwhile", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await meet("/r/viewport/board", ann, ben);
		await follow(ann, "Ben");
		const paper = ben.pane("board").getByRole("application");
		const box = await paper.boundingBox();
		if (box === null) throw new Error("no board");
		await ben.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
		await ben.page.keyboard.down("Control");
		for (let step = 0; step < 4; step++) await ben.page.mouse.wheel(0, 240);
		await ben.page.keyboard.up("Control");
		await ben.page.mouse.wheel(300, 500);
		await ben.page.mouse.move(box.x + box.width / 4, box.y + box.height / 4);
		const zoomOf = ({ page }: Person) =>
			page.evaluate(() => document.querySelector("weft-board")?.easel?.zoom ?? 0);
		const zoom = await zoomOf(ben);
		expect(zoom).toBeLessThan(0.9);
		// The follower's board is a little lower by the bar, and so a little smaller, not larger.
		await expect.poll(async () => (await zoomOf(ann)) < 0.9).toBe(true);
		const away = async () => {
			const cursor = await ann.page.locator(".weft-board__cursor").boundingBox();
			const board = await ann.pane("board").boundingBox();
			if (cursor === null || board === null) return null;
			const left = (cursor.x - board.x) / board.width - 1 / 4;
			const top = (cursor.y - board.y) / board.height - 1 / 4;
			return Math.max(Math.abs(left), Math.abs(top)) < 0.04;
		};
		await expect.poll(away).toBe(true);
		await ann.show("chat");
		await ann.say("I see it");
		await ben.show("chat");
		await ben.hears("I see it");
		expect(await followBar(ann).count()).toBe(1);
		await ann.draw([
			[0.4, 0.4],
			[0.5, 0.5],
		]);
		await followBar(ann).waitFor({ state: "detached" });
	});

	test("in the document the leader's caret stays in view, and Escape ends it", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await meet("/r/reading/document", ann, ben);
		const lines = Array.from({ length: 120 }, (_, index) => `line ${index}`).join("\n");
		await ben
			.pane("document")
			.getByRole("textbox", { name: t("text.name") })
			.click();
		await ben.page.keyboard.insertText(lines);
		await ann.reads("line 119");
		await follow(ann, "Ben");
		const isInView = () =>
			ann.page.evaluate(() => {
				const caret = document.querySelector(".weft-caret")?.getBoundingClientRect();
				const sheet = document.querySelector(".weft-text-scroll")?.getBoundingClientRect();
				if (!caret || !sheet) return false;
				return caret.height > 0 && caret.top >= sheet.top && caret.bottom <= sheet.bottom;
			});
		await expect.poll(isInView).toBe(true);
		await ben.page.keyboard.press("Control+Home");
		const top = () => ann.page.locator(".weft-text-scroll").evaluate((sheet) => sheet.scrollTop);
		await expect.poll(top).toBe(0);
		await expect.poll(isInView).toBe(true);
		await ann.page.keyboard.press("Escape");
		await followBar(ann).waitFor({ state: "detached" });
	});

	test("a name is completed, and the message stands out for who is meant", async () => {
		const [ann, ben, cleo] = await people("Ann", "Ben", "Cleo");
		await meet("/chat/mentions", ann, ben, cleo);
		const box = ann.pane("chat").getByRole("textbox", { name: t("chat.write") });
		await box.pressSequentially("look, @be");
		await ann.page.getByRole("option", { name: "@Ben" }).waitFor();
		await box.press("Enter");
		await expect.poll(() => box.inputValue()).toBe("look, @Ben ");
		await box.pressSequentially("tea");
		await box.press("Enter");
		for (const [person, count] of [
			[ben, 1],
			[cleo, 0],
			[ann, 0],
		] as const) {
			await person.hears("look, @Ben tea");
			expect(await person.page.locator(".is-mention").count(), person.name).toBe(count);
			expect(await person.page.locator(".weft-chat-mention").innerText()).toBe("@Ben");
		}
	});

	test("a hidden tab counts what is said, and tells when somebody is meant", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await meet("/chat/elsewhere", ann, ben);
		const title = await ben.page.title();
		const icon = () =>
			ben.page.evaluate(() => document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href);
		const plainIcon = await icon();
		await look(ben, "hidden");
		await ann.say("one");
		await expect.poll(() => ben.page.title()).toBe(`(1) ${title}`);
		expect(await icon()).toMatch(/favicon-news/);
		await ann.say("two, @ben");
		await expect.poll(() => ben.page.title()).toBe(`(@ 2) ${title}`);
		await look(ben, "visible");
		await expect.poll(() => ben.page.title()).toBe(title);
		expect(await icon()).toBe(plainIcon);
	});

	test("who switched it on is notified of mentions and photos while away", async () => {
		const [ann, ben] = await people("Ann", "Ben");
		await ben.page.addInitScript(noteNotifications);
		await meet("/chat/notified", ann, ben);
		await ben.page.locator(".weft-people__me").click();
		await ben.page.getByRole("switch", { name: t("frame.notify") }).check();
		await ben.page.keyboard.press("Escape");
		await look(ben, "hidden");
		await ann.say("nothing special");
		await ann.say("@Ben, tea?");
		const shown = () => ben.page.evaluate("notes.map(({ title, body }) => [title, body])");
		await expect.poll(shown).toEqual([["Ann in notified", "@Ben, tea?"]]);
		await ann.show("photos");
		await ann.share(await picture());
		await expect.poll(shown).toEqual([
			["Ann in notified", "@Ben, tea?"],
			["notified", t("photos.news.came", { name: "Ann" })],
		]);
	});
});

scenario(
	"from another device, over plain http,",
	({ people }) => {
		test("the switch for notifications says why it cannot be used", async () => {
			const [ann] = await people("Ann");
			await ann.goTo("/r/no-tls");
			await ann.page.locator(".weft-people__me").click();
			await ann.page.getByText(t("frame.notify.insecure")).waitFor();
			expect(await ann.page.getByRole("switch").isDisabled()).toBe(true);
		});
	},
	{ isPossible: true, reach: async (weft) => fromAfar(weft) },
);

async function picture() {
	const image = sharp({ create: { width: 64, height: 48, channels: 3, background: "#c03030" } });
	return { name: "red.jpg", mimeType: "image/jpeg", buffer: await image.jpeg().toBuffer() };
}

/** A tab in a window of its own is never hidden: the page is told so. */
async function look({ page }: Person, state: "hidden" | "visible"): Promise<void> {
	await page.evaluate((visibilityState) => {
		Object.defineProperty(document, "visibilityState", {
			configurable: true,
			get: () => visibilityState,
		});
		document.dispatchEvent(new Event("visibilitychange"));
	}, state);
}

/** Notes what a browser would show, where a person says yes. */
function noteNotifications(): void {
	const notes: object[] = [];
	class Noted {
		static permission = "default";
		static async requestPermission(): Promise<string> {
			Noted.permission = "granted";
			return "granted";
		}
		constructor(title: string, options: object) {
			notes.push({ title, ...options });
		}
	}
	Object.assign(globalThis, { notes, Notification: Noted });
}
