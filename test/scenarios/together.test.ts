/** Together in one room: mentions, and what is told to who looks elsewhere. */
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
		await expect.poll(count, { timeout: 30_000 }).toBe(String(all.length - 1));
	}
}

scenario("together", ({ people }) => {
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
