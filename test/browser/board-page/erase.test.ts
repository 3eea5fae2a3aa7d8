/** Parts of strokes are erased by hand: seen by everybody, taken back by each alone. */
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../../fixtures/app/chromium.ts";
import { axeFaults } from "../../fixtures/axe.ts";
import { desk, Hands } from "./hands.ts";
import { type BoardSite, openBoardSite, type PageOptions } from "./site.ts";

let site: BoardSite;
let page: Page;
let hands: Hands;

async function open(query = "", options: PageOptions = desk): Promise<void> {
	page = await site.open(query, { isWhole: true, ...options });
	hands = new Hands(page);
}

const button = (name: string) => page.getByRole("button", { name, exact: true });
const undo = (board: number) =>
	page.evaluate((index) => window.boards[index]?.easel?.undo(), board);

/** Units from the middle of an eraser that reaches ten: what is gone, and what is left. */
const looks = [
	{ zoom: 0.1, erased: [0], behind: [-40, 40] },
	{ zoom: 0.3, erased: [0], behind: [-30, 30] },
	{ zoom: 1, erased: [-9, 0, 9], behind: [-13, 13] },
	{ zoom: 4, erased: [-9, 0, 9], behind: [-13, 13] },
];

/** Brings a place of the first board into the middle of its view. */
function lookAt(x: number, y: number, zoom: number): Promise<void> {
	return page.evaluate(
		(to) => {
			const easel = window.boards[0]?.easel;
			const { width = 0, height = 0 } = easel?.stage.size ?? {};
			const [left, top] = [width / 2 / to.zoom, height / 2 / to.zoom];
			easel?.view.look({ x: to.x - left, y: to.y - top, zoom: to.zoom });
		},
		{ x, y, zoom },
	);
}

describe.skipIf(!hasChromium)("the eraser of parts", () => {
	beforeAll(async () => {
		site = await openBoardSite();
	});
	afterAll(() => site?.close());
	afterEach(async () => {
		await page.context().close();
		expect(site.complaints()).toEqual([]);
	});

	test("takes out what it sweeps over; two do at once, and each takes back their own", async () => {
		const pair = { viewport: { width: 1500, height: 700 } };
		await open("?boards=2&late=200", pair);
		await hands.drag([150, 300], [650, 300]);
		await hands.has(1, 1);
		await page.keyboard.press("Shift+e");
		await button("Parts of strokes").first().waitFor();
		await hands.drag([300, 200], [300, 400], true);
		// Seen while the hand is down, and nowhere else gone.
		await hands.see("board", [300, 300], false);
		await hands.see("above", [250, 300], true);
		expect(await hands.pixel("above", 300, 300)).toBeNull();
		await page.mouse.up();
		// The other one does the same before they hear of it.
		await page.evaluate(() => window.boards[1]?.easel?.tools.take("partEraser"));
		await hands.drag([1_250, 200], [1_250, 400]);
		for (const left of [0, 750]) {
			for (const [x, is] of [
				[200, true],
				[300, false],
				[400, true],
				[500, false],
				[600, true],
			] as const) {
				await hands.see("board", [left + x, 300], is);
			}
		}
		expect(await hands.itemCount()).toBe(1);
		await undo(0);
		for (const left of [0, 750]) {
			await hands.see("board", [left + 300, 300], true);
			await hands.see("board", [left + 500, 300], false);
		}
	});

	test.each([false, true])(
		"looks the same at every zoom (without a worker: %s)",
		async (withoutWorker) => {
			await open("", { ...desk, withoutWorker });
			await hands.drag([100, 350], [900, 350]);
			await page.keyboard.press("Shift+e");
			await hands.drag([500, 250], [500, 450]);
			await hands.see("board", [500, 350], false);
			for (const { zoom, erased, behind } of looks) {
				await lookAt(500, 350, zoom);
				const at = (units: number): [number, number] => [500 + units * zoom, 350];
				for (const units of behind) await hands.see("board", at(units), true);
				for (const units of erased) await hands.see("board", at(units), false);
			}
		},
	);

	test("works by keys alone, and so does the pen", async () => {
		await open();
		await hands.drag([150, 300], [850, 300]);
		await hands.has(1);
		await page.locator(".weft-board__paper").focus();
		await page.keyboard.press("Shift+e");
		await page.keyboard.press("Enter");
		await hands.see("above", [500, 356], true);
		await page.keyboard.press("Shift+ArrowUp");
		await hands.see("above", [500, 276], true);
		await page.keyboard.press("Enter");
		await page.keyboard.press("Shift+ArrowDown");
		await page.keyboard.press("Enter");
		await hands.see("board", [500, 300], false);
		await hands.see("board", [400, 300], true);
		expect(await hands.itemCount()).toBe(1);
		await page.keyboard.press("p");
		await hands.see("above", [500, 356], false);
		for (const key of ["Enter", "Enter", "Shift+ArrowDown", "Shift+ArrowRight", "Enter"]) {
			await page.keyboard.press(key);
		}
		await hands.has(2);
		await hands.see("board", [500, 400], true);
		await page.keyboard.press("Escape");
		await hands.see("above", [580, 436], false);
	});

	test("is one of two ways to erase, with a picture each; both go back to the pen", async () => {
		await open();
		await hands.drag([150, 300], [650, 300]);
		await hands.has(1);
		// Who made what is pointed at; the code of that comes when nothing else waits.
		await page.mouse.move(400, 300);
		await expect
			.poll(async () => {
				await page.keyboard.press("w");
				return page.evaluate(() => window.said);
			})
			.toContain("Ink stroke by you");
		await button("Eraser").click();
		await button("Parts of strokes").click();
		expect(await button("Parts of strokes").getAttribute("aria-pressed")).toBe("true");
		expect(await button("Eraser").getAttribute("aria-pressed")).toBe("true");
		expect(await axeFaults(page, "weft-board")).toEqual([]);
		// All of a stroke takes it off the board.
		await hands.drag([140, 300], [660, 300]);
		await hands.has(0);
		await hands.undo();
		await hands.has(1);
		await button("Whole items").click();
		await hands.drag([300, 200], [300, 400]);
		await hands.has(0);
		await button("Eraser").click();
		expect(await page.evaluate(() => window.boards[0]?.easel?.tool)).toBe("pen");
		await expect.poll(() => button("Whole items").count()).toBe(0);
	});
});
