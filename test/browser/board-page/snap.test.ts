/** The grid: off at first, and once on what is drawn, moved and sized snaps; Ctrl lets go. */
import { expect, test } from "vitest";
import { axeFaults } from "../../fixtures/axe.ts";
import { atTheBoard, hands, open, page } from "./at-the-board.ts";
import { desk, phone } from "./hands.ts";

/** The boxes of the items without the width of their lines, in units, in the order of the array. */
function places(board = 0): Promise<number[][]> {
	return page.evaluate((index) => {
		const items = window.boards[index]?.easel?.scene.items() ?? [];
		return items.map(({ box, item }) => {
			// What the scene leaves around a rectangle (scene.ts).
			const air = item.width + 14.61;
			const { minX, minY, maxX, maxY } = box;
			return [minX + air, minY + air, maxX - air, maxY - air].map((at) => Math.round(at));
		});
	}, board);
}

/** Switches it, and waits until it is said. */
async function grid(says: string): Promise<void> {
	await page.keyboard.press("Control+'");
	await expect.poll(() => page.evaluate(() => window.said.at(-1))).toContain(says);
}

async function rectangle(from: [number, number], to: [number, number]): Promise<void> {
	await page.keyboard.press("r");
	await hands.drag(from, to);
}

const snaps = "Snapping to the grid";
const button = (name: string) => page.getByRole("button", { name, exact: true });

atTheBoard("the grid", () => {
	test("off at first; on, shapes go from dot to dot, with Ctrl as the hand does", async () => {
		await open();
		await rectangle([205, 205], [301, 299]);
		await hands.has(1);
		await grid(snaps);
		await rectangle([405, 205], [501, 299]);
		await hands.has(2);
		await page.keyboard.press("r");
		await page.keyboard.down("Control");
		await hands.drag([605, 405], [701, 499]);
		await page.keyboard.up("Control");
		await hands.has(3);
		expect(await places()).toEqual([
			[205, 205, 301, 299],
			// On the left a dot; the other sides meet the first shape's.
			[408, 205, 504, 299],
			[605, 405, 701, 499],
		]);
		await grid("No longer");
	});

	test("what is moved and sized meets the dots, and others get no more than that", async () => {
		await open("?boards=2&late=30", { viewport: { width: 1500, height: 700 } });
		await rectangle([205, 205], [301, 299]);
		await hands.has(1);
		await grid(snaps);
		await page.keyboard.press("v");
		await hands.drag([230, 205], [275, 245]);
		await expect.poll(() => places(1)).toEqual([[240, 240, 336, 334]]);
		await hands.undo();
		await expect.poll(() => places(1)).toEqual([[205, 205, 301, 299]]);
		await hands.drag([307, 305], [350, 350]);
		await expect.poll(() => places(1)).toEqual([[205, 205, 336, 336]]);
		await page.keyboard.down("Control");
		await hands.drag([342, 342], [357, 357]);
		await page.keyboard.up("Control");
		await expect.poll(() => places(1)).toEqual([[205, 205, 351, 351]]);
	});

	test("near an item its edge is met, and a line shows it while the hand is down", async () => {
		await open("", { ...desk, deviceScaleFactor: 2 });
		await rectangle([205, 105], [305, 205]);
		await hands.has(1);
		await rectangle([405, 405], [505, 505]);
		await hands.has(2);
		await grid(snaps);
		await page.keyboard.press("v");
		await hands.drag([405, 430], [208, 430], true);
		await hands.see("above", [205, 300], true);
		await page.mouse.up();
		await hands.see("above", [205, 300], false);
		expect((await places())[1]?.[0]).toBe(205);
	});

	test("the board's menu has it, and the device remembers", async () => {
		await open("", { ...phone, colorScheme: "dark", reducedMotion: "reduce" });
		await button("Board menu").tap();
		expect(await button("Grid and snapping").getAttribute("aria-pressed")).toBe("false");
		await button("Grid and snapping").tap();
		await expect.poll(() => button("Grid and snapping").count()).toBe(0);
		await page.reload();
		await page.waitForFunction(() => window.boards?.every((board) => board.easel !== null));
		await button("Board menu").tap();
		expect(await button("Grid and snapping").getAttribute("aria-pressed")).toBe("true");
		expect(await axeFaults(page, "weft-board")).toEqual([]);
		await button("Shapes and styles").tap();
		await button("Line").tap();
		const touch = await hands.touch();
		await touch("touchStart", [{ x: 67, y: 300, id: 1 }]);
		await touch("touchMove", [{ x: 200, y: 300, id: 1 }]);
		await touch("touchMove", [{ x: 300, y: 355, id: 1 }]);
		await touch("touchEnd", []);
		await hands.has(1);
		expect(await places()).toEqual([[72, 312, 312, 360]]);
	});
});
