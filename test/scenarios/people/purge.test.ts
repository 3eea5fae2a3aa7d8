/** A room is purged by its owner, beside somebody who is there and somebody who is away. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { textOf } from "../../../shared/surfaces/root.ts";
import { t } from "../../../web/ui/messages.ts";
import "../../../web/ui/messages/rights.ts";
import type { Person } from "../../fixtures/app/person.ts";
import { scenario } from "../../fixtures/app/stage.ts";
import { axeFaults } from "../../fixtures/axe.ts";

const path = "/r/orchard/document";

/** By the panel of who manages the room. */
async function purge({ page }: Person): Promise<void> {
	await page.getByRole("button", { name: t("frame.share"), exact: true }).click();
	await page.getByRole("button", { name: t("rights.purge.open") }).click();
	const question = page.getByRole("dialog", { name: t("rights.purge.title") });
	expect(await axeFaults(page, "dialog")).toEqual([]);
	await question.getByRole("button", { name: t("rights.purge.yes") }).click();
}

/** How often a page has been told by a short notice. */
const toldCount = ({ page }: Person) => page.getByText(t("rights.purged.told")).count();

scenario("a room that is purged", ({ people }) => {
	test("begins anew for who is there; who was away is told once and keeps the unsent", async () => {
		const [ann, ben, cleo] = await people("Ann", "Ben", "Cleo");
		await ann.goTo(path);
		await ann.write("SECRET plums. ");
		await ann.lightSays(/Saved/);
		for (const person of [ben, cleo]) {
			await person.goTo(path);
			await person.reads("SECRET plums.");
			await person.lightSays(/Saved/);
		}
		for (const person of [ben, cleo]) person.cable.cut();
		for (const person of [ben, cleo]) await person.lightSays(/Offline/);
		await ben.write("Written on a train. ");
		await ben.isKept();
		const editor = ann.page.getByRole("textbox", { name: t("text.name") });
		await editor.click();
		await ann.page.keyboard.press("Control+Home");
		for (let letter = 0; letter < "SECRET ".length; letter++) {
			await ann.page.keyboard.press("Delete");
		}
		await ann.lightSays(/Saved/);
		await purge(ann);
		await ann.isTold(t("rights.purged.told"));
		await ann.reads("plums.");
		// What was deleted cannot be undone: it is nowhere.
		await editor.click();
		await ann.page.keyboard.press("Control+z");
		await ann.write("Pears. ");
		await ann.lightSays(/Saved/);
		expect(await ann.documentText()).not.toContain("SECRET");

		// Cleo had sent all: she is told by a notice, and asked nothing.
		cleo.cable.mend();
		await cleo.isTold(t("rights.purged.told"));
		await cleo.reads("Pears.");
		expect(await cleo.documentText()).not.toContain("SECRET");
		expect(await cleo.page.getByRole("dialog").count()).toBe(0);

		ben.cable.mend();
		const told = ben.page.getByRole("dialog", { name: t("rights.purged.title") });
		await told.waitFor();
		await told.getByText(t("rights.purged.text")).waitFor();
		expect(await axeFaults(ben.page, "dialog")).toEqual([]);
		const [download] = await Promise.all([
			ben.page.waitForEvent("download"),
			told.getByRole("button", { name: t("rights.lost.save") }).click(),
		]);
		const kept = new Y.Doc();
		Y.applyUpdate(kept, await readFile(await download.path()));
		expect(textOf(kept).toString()).toContain("Written on a train.");
		await told.getByRole("button", { name: t("rights.lost.done") }).click();
		await ben.reads("Pears.");
		expect(await ben.documentText()).not.toMatch(/SECRET|train/);
		await ben.write("From Ben. ");
		for (const person of [ann, cleo]) await person.reads("From Ben.");

		// Told once: not when the page is opened again, nor is anything of before still on the way.
		await ben.page.reload();
		await ben.reads("From Ben.");
		await ben.lightSays(/Saved/);
		expect(await ben.page.getByRole("dialog").count()).toBe(0);
		expect(await toldCount(ben)).toBe(0);
		for (const person of [ann, ben, cleo]) {
			expect(await person.documentText()).not.toMatch(/SECRET|train/);
		}
		await ben.goTo("/device");
		await ben.page.getByText(t("rights.lost.list")).waitFor();
		await ben.page.locator("weft-lost-list li").first().waitFor();
		expect(await ben.page.locator("weft-lost-list li").count()).toBe(1);
	});
});
