/** One person with two tabs in a real browser, who signs out in one of them. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import { lightSays } from "../../fixtures/app/light.ts";
import { patienceMs } from "../../fixtures/app/patience.ts";
import { type FrameSite, openFrameSite } from "../frame-page/site.ts";

let site: FrameSite;

function idOf(page: Page): Promise<string> {
	return page.evaluate(() => JSON.parse(localStorage.getItem("weft:me") ?? "null")?.id ?? "");
}

/** Whose copies of rooms this browser keeps. */
function keptBy(page: Page): Promise<string[]> {
	return page.evaluate(async () => {
		const names = (await indexedDB.databases()).map(({ name = "" }) => name.split(":"));
		return names.filter(([weft]) => weft === "weft").map(([, user = ""]) => user);
	});
}

describe.skipIf(!hasChromium)("two tabs in Chromium", () => {
	beforeAll(async () => {
		site = await openFrameSite();
		await site.goAway();
		await site.comeBack({ WEFT_SIGNUP: "open" });
	});
	afterAll(() => site?.close());

	test("who signs out in one tab is the same guest in both, and is heard as that", async () => {
		const one = await site.person();
		const made = await one.request.post(`${site.url}/api/accounts`, {
			data: { name: "ann", password: "a long afternoon" },
			headers: { origin: site.url },
		});
		expect(made.ok()).toBe(true);
		await one.goto(site.url);
		const other = await one.context().newPage();
		other.setDefaultTimeout(patienceMs);
		await other.goto(`${site.url}/r/tabs/chat`);
		await other.getByLabel("Write a message").fill("as Ann");
		await other.keyboard.press("Enter");
		await lightSays(other, /Saved/);
		const before = await idOf(other);
		await one.getByRole("button", { name: /^ann: change your name/ }).click();
		await one.getByRole("button", { name: "Sign out", exact: true }).click();
		// Both were loaded again, and have been told who they are.
		const asGuest = /^(?!ann:|Guest:).*: change your name/;
		for (const tab of [one, other]) await tab.getByRole("button", { name: asGuest }).waitFor();
		expect(await idOf(one)).toMatch(/^g_/);
		expect(await idOf(other)).toBe(await idOf(one));
		await other.getByLabel("Write a message").fill("as a guest");
		await other.keyboard.press("Enter");
		await lightSays(other, /Saved/);
		await other.getByText("as a guest").waitFor();
		expect(await other.getByRole("dialog").count()).toBe(0);
		const people = [before, await idOf(one)].toSorted();
		await expect.poll(async () => (await keptBy(other)).toSorted()).toEqual(people);
	});
});
