/** Arrows that stay on what they point at: by hand, by keys alone, and for two people. */
import { expect, test } from "vitest";
import { atTheBoard, hands, open as openPage, page } from "./at-the-board.ts";
import { desk } from "./hands.ts";
import type { PageOptions } from "./site.ts";

async function open(query = "", options: PageOptions = desk): Promise<void> {
	await openPage(query, options);
	await page.locator(".weft-board__paper").first().focus();
}

/** An empty rectangle of 100 by 100, seen before anything else is done. */
async function box(x: number, y: number): Promise<void> {
	const before = await hands.itemCount();
	await page.keyboard.press("r");
	await hands.drag([x, y], [x + 100, y + 100]);
	await hands.has(before + 1);
	await expect.poll(() => page.evaluate(() => window.boards[0]?.easel?.tools.arriving)).toBeNull();
}

interface SeenLine {
	/** Both ends, in units, rounded. */
	readonly ends: number[];
	/** Places in the array of what they stay on. */
	readonly joins: (number | null)[];
}

/** The lines of a board as they are seen there. */
function lines(board = 0): Promise<SeenLine[]> {
	return page.evaluate((index) => {
		const easel = window.boards[index]?.easel;
		const items = easel?.scene.items() ?? [];
		const places = items.map(({ id }) => id);
		return items
			.filter(({ item }) => item.kind === "arrow" || item.kind === "line")
			.map((scene) => ({
				ends: window.endsOf(scene.item).map((at) => Math.round(at)),
				joins: (scene.joins ?? []).map((id) => (id === null ? null : places.indexOf(id))),
			}));
	}, board);
}

/** Moves the item of that place in the array, as whoever sits at a board. */
async function moveAt(place: number, by: { x: number; y: number }, board: number): Promise<void> {
	await page.evaluate(
		([item, index]) => {
			const easel = window.boards[index]?.easel;
			easel?.tools.choose([easel.scene.items()[item]?.id ?? 0]);
		},
		[place, board] as const,
	);
	await expect
		.poll(() =>
			page.evaluate(
				([way, index]) => window.boards[index]?.easel?.tools.choosing?.nudge(way) === true,
				[by, board] as const,
			),
		)
		.toBe(true);
}

atTheBoard("arrows between things", () => {
	test("a drawn end lights up what it is over and stays on it, whoever moves that", async () => {
		await open("?boards=2&late=30", { viewport: { width: 1500, height: 700 } });
		await box(200, 250);
		await page.keyboard.press("a");
		await hands.drag([550, 300], [252, 302], true);
		await hands.see("ink", [200, 275], true);
		await page.mouse.up();
		await hands.has(2, 1);
		const [drawn] = await lines();
		expect(drawn?.joins).toEqual([null, 0]);
		expect(drawn?.ends.slice(2)).toEqual([309, 300]);
		await expect.poll(() => lines(1)).toEqual(await lines());
		await moveAt(0, { x: 0, y: 200 }, 1);
		await expect.poll(async () => (await lines())[0]?.ends[3]).toBeGreaterThan(400);
		await expect.poll(() => lines(1)).toEqual(await lines());
		await expect.poll(() => hands.pixel("board", 250, 302)).toBeNull();
		await hands.undo();
		await hands.has(1);
	});

	test("with Ctrl it stays on nothing", async () => {
		await open("?boards=1");
		await box(200, 250);
		await page.keyboard.press("a");
		await page.keyboard.down("Control");
		await hands.drag([550, 300], [250, 300]);
		await page.keyboard.up("Control");
		await hands.has(2);
		expect(await lines()).toEqual([{ ends: [550, 300, 250, 300], joins: [] }]);
	});

	test("two people who move both of its things at once see one arrow between them", async () => {
		await open("?boards=2&late=300", { viewport: { width: 1500, height: 700 } });
		await box(150, 150);
		await box(450, 150);
		await page.keyboard.press("a");
		await hands.drag([200, 200], [500, 200]);
		await hands.has(3, 1);
		await expect.poll(async () => (await lines(1))[0]?.joins).toEqual([0, 1]);
		await Promise.all([moveAt(0, { x: 0, y: 300 }, 0), moveAt(1, { x: 0, y: 250 }, 1)]);
		await expect.poll(async () => (await lines())[0]?.ends[3]).toBeGreaterThan(400);
		await expect.poll(async () => (await lines(1))[0]?.ends[1]).toBeGreaterThan(400);
		await expect.poll(() => lines(1)).toEqual(await lines());
	});

	test("dragged by its body it comes away and goes as a whole; Escape puts it back", async () => {
		await open("?boards=1");
		await box(200, 250);
		await page.keyboard.press("a");
		await hands.drag([550, 300], [250, 300]);
		await hands.has(2);
		const before = await lines();
		await page.keyboard.press("v");
		await hands.drag([430, 300], [430, 400], true);
		// The others have seen it on its way by then.
		await expect.poll(async () => (await lines())[0]?.joins).toEqual([null, null]);
		await page.keyboard.press("Escape");
		await page.mouse.up();
		await expect.poll(() => lines()).toEqual(before);
		await hands.drag([430, 300], [430, 400]);
		await expect.poll(async () => (await lines())[0]?.ends).toEqual([550, 400, 309, 400]);
		await hands.undo();
		await expect.poll(() => lines()).toEqual(before);
	});

	test("an end that is pulled onto something stays there; one undo takes it back", async () => {
		await open("?boards=1");
		await box(200, 250);
		await page.keyboard.press("l");
		await hands.drag([600, 150], [450, 150]);
		await hands.has(2);
		await hands.drag([450, 150], [250, 305]);
		await expect.poll(async () => (await lines())[0]?.joins).toEqual([null, 0]);
		await hands.drag([600, 150], [600, 300]);
		await expect.poll(async () => (await lines())[0]?.ends).toEqual([600, 300, 309, 300]);
		await hands.undo();
		await expect.poll(async () => (await lines())[0]?.ends.slice(0, 2)).toEqual([600, 150]);
		await hands.undo();
		await expect.poll(() => lines()).toEqual([{ ends: [600, 150, 450, 150], joins: [] }]);
	});

	test("keys alone choose, place, move, size and connect", async () => {
		await open("?boards=1");
		for (const way of ["ArrowLeft", "ArrowRight"]) {
			await page.keyboard.press("r");
			await page.keyboard.press("Enter");
			await page.keyboard.press("Shift+ArrowDown");
			await page.keyboard.press("Enter");
			for (let step = 0; step < 20; step++) await page.keyboard.press(`Shift+${way}`);
			await page.keyboard.press("Alt+Shift+ArrowDown");
		}
		await hands.has(2);
		await page.keyboard.press("c");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Enter");
		await hands.has(3);
		const [arrow] = await lines();
		expect(arrow?.joins).toEqual([1, 0]);
		const [fromX = 0, fromY, toX = 0, toY] = arrow?.ends ?? [];
		expect(fromX).toBeGreaterThan(toX);
		expect(fromY).toBe(toY);
		await page.keyboard.press("c");
		await page.keyboard.press("Escape");
		await page.keyboard.press("Delete");
		await hands.has(2);
	});

	test("keys that come before the code are done in their order when it is here", async () => {
		let come = (): void => undefined;
		const code = new Promise<void>((resolve) => {
			come = resolve;
		});
		await open("?boards=1", { ...desk, kitAfter: code, selectAfter: code });
		const keys = ["r", "Enter", "Shift+ArrowDown", "Enter", "Shift+ArrowRight", "Alt+ArrowDown"];
		for (const key of keys) await page.keyboard.press(key);
		come();
		await hands.has(1);
		const inHand = () => page.evaluate(() => window.boards[0]?.easel?.tool);
		await expect.poll(inHand).toBe("select");
		for (const key of keys) await page.keyboard.press(key);
		await hands.has(2);
		const places = () =>
			page.evaluate(() => window.boards[0]?.easel?.scene.items().map(({ box }) => box));
		await expect
			.poll(async () => new Set((await places())?.map((one) => JSON.stringify(one))).size)
			.toBe(1);
	});

	test("letters typed before the field is here go into it, and take no tool", async () => {
		let come = (): void => undefined;
		const kitAfter = new Promise<void>((resolve) => {
			come = resolve;
		});
		await open("?boards=1", { ...desk, kitAfter });
		await page.keyboard.press("t");
		await page.mouse.click(300, 300);
		// Whoever asks once more for the field gets no empty line of it.
		await page.keyboard.press("Enter");
		await page.keyboard.type("pen and paperr");
		await page.keyboard.press("Backspace");
		expect(await page.evaluate(() => window.boards[0]?.easel?.tool)).toBe("text");
		come();
		const letters = () =>
			page.evaluate(() => window.boards[0]?.easel?.scene.items().map(({ item }) => item.text));
		await expect.poll(letters).toEqual(["pen and paper"]);
		await page.keyboard.type("!");
		await expect.poll(letters).toEqual(["pen and paper!"]);
	});

	test("what is erased leaves its arrow where it was, and comes back to it", async () => {
		await open("?boards=1");
		await box(200, 250);
		await page.keyboard.press("a");
		await hands.drag([550, 300], [250, 300]);
		await hands.has(2);
		await moveAt(0, { x: 0, y: 100 }, 0);
		const [before] = await lines();
		await page.keyboard.press("Delete");
		await hands.has(1);
		expect((await lines())[0]?.ends).toEqual(before?.ends);
		await hands.undo();
		await hands.has(2);
		expect(await lines()).toEqual([before]);
		await hands.undo();
		await expect.poll(async () => (await lines())[0]?.ends.slice(2)).toEqual([309, 300]);
	});

	test("a copy of both is joined like them, and the board says it in words", async () => {
		await open("?boards=1");
		await box(200, 250);
		await page.keyboard.press("a");
		await hands.drag([550, 300], [250, 300]);
		await hands.has(2);
		await page.keyboard.press("Control+a");
		await page.keyboard.press("Control+d");
		await hands.has(4);
		expect((await lines()).map(({ joins }) => joins)).toEqual([
			[null, 0],
			[null, 2],
		]);
		await expect
			.poll(() => page.locator("weft-board").first().textContent())
			.toContain("Ink arrow to Ink rectangle");
	});
});
