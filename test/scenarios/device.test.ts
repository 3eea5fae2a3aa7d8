/** What this device keeps, what waits on it, and how its connection does. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { t } from "../../web/ui/messages.ts";
import { type FrameSite, openFrameSite } from "../browser/frame-page/site.ts";
import { picture } from "../browser/photo-house.ts";
import "../../web/ui/messages/photos.ts";
import { hasChromium } from "../fixtures/app/chromium.ts";
import { isKept, waitingPhotoCount } from "../fixtures/app/device.ts";
import { lightSays } from "../fixtures/app/light.ts";

let site: FrameSite;

/** A network that takes a photo and says nothing: it is on its way, and does not move. */
const neverAnswers = (page: Page) => page.route("**/photos/*", () => undefined);

const light = (page: Page) => page.locator("weft-light button").first();

async function write(page: Page, words: string): Promise<void> {
	await page.getByRole("textbox", { name: "Document" }).click();
	await page.keyboard.type(words);
}

const databases = (page: Page) =>
	page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

describe.skipIf(!hasChromium)("this device", () => {
	beforeAll(async () => {
		site = await openFrameSite();
	});

	afterEach(async () => {
		await site.everybodyLeaves();
		await site.comeBack();
		expect(site.complaints()).toEqual([]);
	});

	afterAll(() => site.close());

	test("tells which rooms it keeps and what of them waits, and forgets one", async () => {
		const ann = await site.keeper();
		await ann.goto(`${site.url}/r/garden/document`);
		await write(ann, "Roses.");
		await lightSays(ann, /Saved/);
		await ann.evaluate(() => navigator.serviceWorker.ready);
		await site.goAway();
		await write(ann, " Lilies.");
		await lightSays(ann, /waiting/);
		await isKept(ann);
		await light(ann).click();
		await ann.getByRole("link", { name: "What this device keeps" }).click();

		const row = ann.getByRole("listitem").filter({ hasText: "garden" });
		await expect.poll(() => row.innerText()).toMatch(/not on the server yet/);
		await expect.poll(() => row.innerText()).toMatch(/\d+ (bytes|kB)/);
		await row.getByRole("button", { name: "Remove garden from this device" }).click();
		await ann.getByRole("button", { name: "Cancel" }).click();
		expect(await row.count()).toBe(1);
		await row.getByRole("button", { name: "Remove garden from this device" }).click();
		await ann.getByRole("button", { name: "Remove it all the same" }).click();
		await ann.getByText("No room is kept here").waitFor();
		await expect.poll(() => databases(ann)).not.toContainEqual(expect.stringMatching(/:garden$/));
	});

	test("keeps nothing where somebody does not want it, and says so", async () => {
		const ann = await site.person();
		await ann.goto(`${site.url}/device`);
		await ann.getByText("No room is kept here").waitFor();
		await ann.evaluate(() => {
			navigator.storage.estimate = () => new Promise(() => undefined); // Nobody waits for a size.
		});
		await ann.getByRole("checkbox", { name: "Keep rooms on this device" }).uncheck();
		await ann.goto(`${site.url}/r/library/document`);
		await write(ann, "For nobody else.");
		await lightSays(ann, /Saved/);
		await light(ann).click();
		await ann.getByText("This browser keeps no copy").first().waitFor();
		expect((await databases(ann)).filter((name) => name?.endsWith(":library"))).toEqual([]);
		await ann.goto(site.url);
		expect(await ann.getByText("Recent on this device").count()).toBe(0);
		expect(site.complaints().join()).toMatch(/keeps no copy of this room.*does not want/);
	});

	test("shows which photos wait and why; they come home by themselves, once", async () => {
		const ann = await site.keeper();
		await ann.goto(`${site.url}/r/wedding/photos`);
		await lightSays(ann, /Saved/);
		await ann.evaluate(() => navigator.serviceWorker.ready);
		await site.goAway();
		await lightSays(ann, /Offline/);
		await neverAnswers(ann);
		const files = [await picture("cake.jpg", "#aa5533"), await picture("ring.jpg", "#3355aa")];
		await ann.locator("weft-photos input[multiple]").first().setInputFiles(files);
		const onThem = ann.locator(".weft-photo-image__phase");
		const waiting = t("photos.offline");
		await expect.poll(() => onThem.allInnerTexts()).toEqual([waiting, waiting]);
		await light(ann).click();
		const outbox = ann.locator(".weft-outbox li");
		await expect.poll(() => outbox.allInnerTexts()).toHaveLength(2);
		const cake = /cake\.jpg\s+\d+ (bytes|kB) · Waiting for the/;
		await expect.poll(() => outbox.first().innerText()).toMatch(cake);
		await expect.poll(() => waitingPhotoCount(ann)).toBe(2);
		await isKept(ann);

		const context = ann.context();
		await ann.close();
		const again = await context.newPage();
		await again.goto(`${site.url}/r/wedding/photos`);
		await lightSays(again, /Offline/);
		await expect.poll(() => again.locator("weft-photos li").count()).toBe(2);
		await site.comeBack();
		await lightSays(again, /Saved/);
		const ben = await site.person();
		await ben.goto(`${site.url}/r/wedding/photos`);
		await expect.poll(() => ben.locator("weft-photos li img").count()).toBe(2);
		await again.reload();
		await lightSays(again, /Saved/);
		expect(await ben.locator("weft-photos li").count()).toBe(2);
	});

	test("measures its connection without leaving a room behind", async () => {
		const ann = await site.person();
		await ann.goto(`${site.url}/connection`);
		const figures = ann.locator(".weft-connection__figures strong");
		await expect
			.poll(() => figures.allInnerTexts())
			.toEqual([1, 2, 3].map(() => expect.stringMatching(/\d+ ms/)));
		await site.goAway();
		await ann.getByText("The server cannot be reached").waitFor();
		await site.comeBack();
		const { rooms } = await (await ann.request.get(`${site.url}/api/rooms`)).json();
		expect(rooms.map(({ name }: { name: string }) => name)).not.toContain("weft-probe");
	});
});
