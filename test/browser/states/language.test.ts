/** The language of the app: the browser's or a person's choice, from the first word on. */
import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import { type FrameSite, openFrameSite } from "../frame-page/site.ts";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const;
const desk = { viewport: { width: 1_440, height: 900 } } as const;

let site: FrameSite;

function person(options: BrowserContextOptions): Promise<Page> {
	return site.person(options);
}

/** In the page: notes every text that is ever shown, also for a moment. */
function noteWords(): void {
	const seen: string[] = [];
	Object.assign(window, { seenWords: seen });
	const note = () => seen.push(document.body?.innerText ?? "");
	new MutationObserver(note).observe(document, {
		childList: true,
		subtree: true,
		characterData: true,
	});
}

function seenWords(page: Page): Promise<string> {
	return page.evaluate(() => {
		const { seenWords = [] } = window as unknown as { seenWords?: string[] };
		return seenWords.join("\n");
	});
}

function languageOf(page: Page): Promise<string> {
	return page.evaluate(() => document.documentElement.lang);
}

/** In the page: buttons and links whose words are wider than they are, or cut off. */
function overflowing(): string[] {
	return [...document.querySelectorAll<HTMLElement>("button, a, h1, h2, label, legend, input")]
		.filter((element) => element.checkVisibility({ visibilityProperty: true }))
		.filter((element) => !element.matches(".weft-hidden, .weft-hidden *"))
		.filter((element) => {
			const { right, left, width } = element.getBoundingClientRect();
			const isOutside = width > 0 && (right > innerWidth + 1 || left < -1);
			const isCut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
			return (isOutside && element.closest("[role=toolbar]") === null) || isCut;
		})
		.map((element) => `${element.className}: ${element.innerText.slice(0, 60)}`);
}

describe.skipIf(!hasChromium)("the language in Chromium", () => {
	beforeAll(async () => {
		site = await openFrameSite();
	});
	afterAll(() => site?.close());
	afterEach(async () => {
		await site.everybodyLeaves();
		expect(site.complaints()).toEqual([]);
	});

	test("a German browser sees German, and no English word before", async () => {
		const ann = await person({ locale: "de-DE" });
		await ann.addInitScript(noteWords);
		await ann.goto(site.url);
		await ann.getByRole("link", { name: "Neuer Raum" }).waitFor();
		expect(await languageOf(ann)).toBe("de");
		const words = await seenWords(ann);
		expect(words).toContain("Neuer Raum");
		expect(words).not.toMatch(/New room|Recent|Search/);
		await ann.getByRole("link", { name: "Neuer Raum" }).click();
		await ann.getByRole("button", { name: "Teilen" }).waitFor();
		await expect
			.poll(() => ann.locator(".weft-light").getAttribute("aria-label"))
			.toMatch(/Gespeichert/);
		expect(await seenWords(ann)).not.toMatch(/Share|Document|Opening/);
	});

	test("an English browser does not fetch the German words", async () => {
		const ann = await person({ locale: "en-GB" });
		const fetched: string[] = [];
		ann.on("request", (request) => fetched.push(request.url()));
		await ann.goto(site.url);
		await ann.getByRole("link", { name: "New room" }).waitFor();
		expect(await languageOf(ann)).toBe("en");
		expect(fetched.filter((url) => url.includes("german"))).toEqual([]);
		await ann.getByRole("button", { name: "Deutsch" }).click();
		await ann.getByRole("link", { name: "Neuer Raum" }).waitFor();
		expect(fetched.filter((url) => url.includes("german"))).not.toEqual([]);
	});

	test("the room's menu offers the languages, and the device remembers which", async () => {
		const ann = await person({ ...desk, locale: "de-DE" });
		await ann.goto(`${site.url}/r/chosen-language/board`);
		await ann.getByRole("button", { name: "Mehr", exact: true }).click();
		const german = ann.getByRole("button", { name: "Deutsch" });
		expect(await german.getAttribute("aria-pressed")).toBe("true");
		await ann.getByRole("button", { name: "English" }).click();
		await ann.getByRole("button", { name: "More", exact: true }).waitFor();
		expect(await languageOf(ann)).toBe("en");
		await ann.goto(site.url);
		await ann.getByRole("link", { name: "New room" }).waitFor();
	});

	test("a phone chooses on the home page, for its rooms too", async () => {
		const ann = await person({ ...phone, locale: "en-US" });
		await ann.goto(site.url);
		await ann.getByRole("button", { name: "Deutsch" }).click();
		await ann.getByRole("link", { name: "Neuer Raum" }).waitFor();
		await ann.goto(`${site.url}/r/chosen-on-a-phone/chat`);
		await ann.getByRole("textbox", { name: "Nachricht schreiben" }).waitFor();
	});

	test("it speaks German without a network too, once the app is kept", async () => {
		const ann = await site.keeper({ locale: "de-DE" });
		await ann.goto(`${site.url}/r/german-offline/board`);
		await ann.evaluate("navigator.serviceWorker.ready.then(() => true)");
		await ann.context().setOffline(true);
		await ann.reload();
		await expect
			.poll(() => ann.locator(".weft-light").getAttribute("aria-label"))
			.toMatch(/Auf diesem Gerät|Offline/);
		expect(await languageOf(ann)).toBe("de");
	});

	test("where the German words do not come, English ones do", async () => {
		const ann = await person({ locale: "de-DE" });
		await ann.route(/german-/, (route) => route.abort());
		await ann.goto(site.url);
		await ann.getByRole("link", { name: "New room" }).waitFor();
		expect(await languageOf(ann)).toBe("en");
	});

	for (const [name, screen] of Object.entries({ phone, desk })) {
		test(`German words fit on a ${name}`, async () => {
			const ann = await person({ ...screen, locale: "de-DE" });
			for (const path of ["", "/device", "/connection", "/r/fits/board", "/r/fits/chat"]) {
				await ann.goto(site.url + path);
				await ann.getByRole("heading").or(ann.getByRole("button")).first().waitFor();
				await expect.poll(() => ann.evaluate(overflowing), { message: path }).toEqual([]);
			}
		});
	}
});
