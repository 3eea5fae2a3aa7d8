import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import type { Visit } from "../text-page/visit.ts";
import { visitEach } from "../text-page/visits.ts";
import { Desk } from "./desk.ts";

describe.skipIf(!hasChromium)("finding words in the document", () => {
	let visit: Visit;
	let desk: Desk;
	let page: Page;
	visitEach((begun) => {
		visit = begun;
		page = begun.page;
		desk = new Desk(page);
	});

	const count = () => page.locator(".weft-find-count").innerText();

	test("counts, goes on and back, and follows what others write", async () => {
		// Room for two people side by side: on a phone's width the bar has fewer buttons.
		await page.setViewportSize({ width: 1_600, height: 800 });
		await visit.openWith([{ insert: "One fish, two Fish.\nRed fish\n" }], 2);
		await page.keyboard.press("Control+f");
		await desk.findField.waitFor();
		await page.keyboard.insertText("fish");
		await expect.poll(count).toBe("1 of 3");
		expect(await desk.painted("weft-found")).toEqual(["fish", "Fish", "fish"]);
		await page.keyboard.press("Enter");
		await expect.poll(count).toBe("2 of 3");
		expect(await desk.painted("weft-found-current")).toEqual(["Fish"]);
		await page.keyboard.press("Shift+Enter");
		await page.keyboard.press("Shift+Enter");
		await expect.poll(count).toBe("3 of 3");
		await desk.writeAsBen(0, "A fish! ");
		await expect.poll(count).toBe("4 of 4");
		expect(await desk.painted("weft-found")).toEqual(["fish", "fish", "Fish", "fish"]);
		await page.getByRole("button", { name: "Match case" }).click();
		await expect.poll(count).toBe("3 of 3");
		await page.keyboard.press("Escape");
		expect(await page.locator("weft-find-bar").count()).toBe(0);
		expect(await desk.painted("weft-found")).toEqual([]);
		expect(await page.evaluate(() => String(getSelection()))).toBe("fish");
	});

	test("leaves Ctrl+F to the browser where it is asked for twice, or after Escape", async () => {
		await visit.openWith([{ insert: "words\n" }]);
		const taken: boolean[] = [];
		await page.exposeFunction("noteTaken", (isTaken: boolean) => taken.push(isTaken));
		await page.evaluate(() => {
			addEventListener("keydown", (event) => {
				const note = globalThis as unknown as { noteTaken(isTaken: boolean): void };
				if (event.key === "f") note.noteTaken(event.defaultPrevented);
				event.preventDefault();
			});
		});
		const press = async () => {
			const before = taken.length;
			await page.keyboard.press("Control+f");
			await expect.poll(() => taken.length).toBe(before + 1);
			return taken.at(-1);
		};
		expect(await press()).toBe(true);
		await desk.findField.waitFor();
		expect(await press()).toBe(false);
		await page.keyboard.press("Escape");
		expect(await press()).toBe(false);
		await page.keyboard.press("ArrowRight");
		expect(await press()).toBe(true);
	});

	test("replaces one, and all in one step, and never takes another's work back", async () => {
		await visit.openWith(
			[
				{ insert: "tea and " },
				{ insert: "tea", attributes: { bold: true } },
				{ insert: " or 👍tea\n" },
			],
			2,
		);
		await page.keyboard.press("Control+h");
		await desk.findField.waitFor();
		await page.keyboard.insertText("tea");
		await page.getByLabel("Replace with").fill("coffee");
		await page.getByRole("button", { name: "Replace", exact: true }).last().click();
		await expect.poll(count).toBe("1 of 2");
		expect((await visit.ops())[0]).toEqual({ insert: "coffee and " });
		await page.getByRole("button", { name: "All", exact: true }).click();
		await expect.poll(count).toBe("2 replaced");
		const replaced = [
			{ insert: "coffee and " },
			{ insert: "coffee", attributes: { bold: true } },
			{ insert: " or 👍coffee\n" },
		];
		expect(await visit.ops()).toEqual(replaced);
		await desk.writeAsBen(0, "No tea: ");
		await page.keyboard.press("Escape");
		await page.keyboard.press("Control+z");
		const undone = [
			{ insert: "No tea: coffee and " },
			{ insert: "tea", attributes: { bold: true } },
			{ insert: " or 👍tea\n" },
		];
		await expect.poll(() => visit.ops()).toEqual(undone);
		await page.keyboard.press("Control+z");
		await expect
			.poll(() => visit.ops())
			.toEqual([{ insert: "No tea: tea and " }, ...undone.slice(1)]);
		expect(await visit.screensDiffer()).toBe(false);
	});
});
