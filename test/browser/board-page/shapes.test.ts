/** Shapes on the board: by hand, by keys, from the panel, and seen by others. */
import { expect, test } from "vitest";
import { axeFaults } from "../../fixtures/axe.ts";
import { atTheBoard, hands, open, page } from "./at-the-board.ts";
import { desk, type Layer, phone } from "./hands.ts";

/** What the newest item of a board says of itself, as plain values. */
function newest(board = 0): Promise<Record<string, unknown>> {
	return page.evaluate((index) => {
		const items = window.clients[index]?.doc.getArray("strokes").toArray() ?? [];
		const entry = items.at(-1) as Map<string, unknown> | undefined;
		return Object.fromEntries(
			["d", "f", "l", "o", "x"].flatMap((key) => {
				const value = entry?.get(key);
				if (value === undefined) return [];
				return [[key, value instanceof Uint8Array ? [...value] : value]];
			}),
		);
	}, board);
}

/** How much is drawn at a point of a board, of 255. */
function alphaAt(layer: Layer, x: number, y: number, board = 0): Promise<number> {
	return page.evaluate(
		({ name, left, top, index }) => {
			const canvas = window.boards[index]?.querySelector<HTMLCanvasElement>(
				`.weft-board__canvas--${name}`,
			);
			return canvas?.getContext("2d")?.getImageData(left, top, 1, 1).data[3] ?? -1;
		},
		{ name: layer, left: x, top: y, index: board },
	);
}

/** The number of its kind (stroke-codec.ts). */
const kindOf = async () => ((await newest())["d"] as number[] | undefined)?.[1];
const inHand = () => page.evaluate(() => window.boards[0]?.easel?.tool);
const button = (name: string) => page.getByRole("button", { name, exact: true });

/** A stroke on a board to which the code of choosing comes when it is let. */
async function drawnBeforeChoosing(): Promise<() => void> {
	let come: () => void = () => undefined;
	const selectAfter = new Promise<void>((resolve) => {
		come = resolve;
	});
	await open("", { ...desk, selectAfter });
	await hands.drag([200, 200], [500, 400]);
	await hands.has(1);
	return come;
}

atTheBoard("shapes", () => {
	test("what is chosen before the code of choosing came is erased, or left alone", async () => {
		const come = await drawnBeforeChoosing();
		await page.keyboard.press("Control+a");
		await page.keyboard.press("Escape");
		await page.keyboard.press("Delete");
		await page.keyboard.press("p");
		await hands.drag([200, 400], [500, 200]);
		await hands.has(2);
		await page.keyboard.press("Control+a");
		await page.keyboard.press("Delete");
		expect(await inHand()).toBe("select");
		come();
		await hands.has(0);
		await page.keyboard.press("Control+z");
		await hands.has(2);
	});

	test("what the hand does behind keys that wait for code is done behind them", async () => {
		const come = await drawnBeforeChoosing();
		for (const key of ["Control+a", "Delete", "r"]) await page.keyboard.press(key);
		await hands.drag([200, 450], [500, 600]);
		expect(await hands.itemCount()).toBe(1);
		come();
		await expect.poll(kindOf).toBe(3);
		await hands.has(1);
		await hands.see("board", [200, 520], true);
	});

	test.each([
		["r", 3, [200, 300]],
		["o", 4, [200, 300]],
		["3", 5, [275, 250]],
		["a", 7, [350, 300]],
		["l", 6, [350, 300]],
	] as const)("the key %s and a drag draw one, which is then chosen", async (key, kind, spot) => {
		await open();
		await page.keyboard.press(key);
		await hands.drag([200, 200], [500, 400], true);
		await hands.see("ink", [...spot], true);
		await page.mouse.up();
		await hands.has(1);
		expect(await kindOf()).toBe(kind);
		await hands.see("board", [...spot], true);
		await expect.poll(inHand).toBe("select");
		await hands.see("ink", [...spot], false);
		await page.keyboard.press("Delete");
		await hands.has(0);
		await hands.undo();
		await hands.has(1);
	});

	test("with the tool kept, one after the other is drawn", async () => {
		await open();
		await page.keyboard.press("r");
		await page.keyboard.press("q");
		await hands.drag([200, 200], [300, 300]);
		await hands.has(1);
		await hands.drag([400, 200], [500, 300]);
		await hands.has(2);
		expect(await inHand()).toBe("rectangle");
	});

	test("a click makes a shape of the usual size around it, Escape gives a drag up", async () => {
		await open();
		await page.keyboard.press("r");
		await hands.drag([200, 200], [500, 400], true);
		await hands.see("ink", [200, 300], true);
		await page.keyboard.press("Escape");
		await hands.see("ink", [200, 300], false);
		await page.mouse.up();
		await hands.has(0);
		await page.mouse.click(500, 400);
		await hands.has(1);
		await hands.see("board", [420, 400], true);
		await hands.see("board", [580, 400], true);
	});

	test("keys alone draw, size and move a shape", async () => {
		await open();
		await page.locator(".weft-board__paper").focus();
		await page.keyboard.press("o");
		await page.keyboard.press("Enter");
		await hands.see("ink", [500, 300], true);
		await page.keyboard.press("Shift+ArrowDown");
		await page.keyboard.press("Shift+ArrowDown");
		await hands.has(0);
		await page.keyboard.press("Enter");
		await hands.has(1);
		await hands.see("board", [500, 420], true);
		await page.keyboard.press("Shift+ArrowRight");
		await expect.poll(async () => (await newest())["x"]).toBeDefined();
		await hands.undo();
		await hands.undo();
		await hands.has(0);
	});

	test("the panel chooses shape, fill, line and opacity", async () => {
		await open();
		await button("Shapes and styles").click();
		await button("Full fill").click();
		await button("Dashed line").click();
		await button("50 percent").click();
		await button("Ellipse").click();
		await expect.poll(() => button("Ellipse").count()).toBe(0);
		expect(await button("Shapes and styles").getAttribute("aria-pressed")).toBe("true");
		await button("Red").click();
		await hands.drag([200, 200], [500, 400]);
		await hands.has(1);
		expect(await newest()).toMatchObject({ f: 2, l: 1, o: 50 });
		// Half of the red, half of the white.
		await expect.poll(() => hands.pixel("board", 350, 300)).toMatch(/^23\d,1[45]\d,1[45]\d$/);
	});

	test("a highlighter is wide, and lets through what lies under it", async () => {
		await open("?boards=2&late=30", { ...desk, isWhole: true });
		await page.keyboard.press("Shift+P");
		await hands.drag([100, 300], [350, 300], true);
		await expect.poll(() => alphaAt("ink", 200, 308)).toBe(102);
		await expect.poll(() => alphaAt("above", 200, 308, 1)).toBe(102);
		await page.mouse.up();
		await hands.has(1);
		expect(await kindOf()).toBe(2);
		await hands.see("board", [200, 308], true);
		await hands.has(1, 1);
		await hands.see("board", [700, 308], true);
	});

	test("others see a shape whose code they do not have, and erase it at its line", async () => {
		await open("?boards=2&late=30");
		await page.keyboard.press("r");
		await hands.drag([100, 200], [350, 400]);
		await hands.has(1, 1);
		await hands.see("board", [600, 300], true);
		await expect
			.poll(() => page.evaluate(() => window.boards[1]?.easel?.tools.kit !== null))
			.toBe(true);
		await page.keyboard.press("e");
		await hands.drag([200, 300], [220, 300]);
		await hands.has(1);
		await hands.drag([80, 300], [120, 300]);
		await hands.has(0);
		await hands.has(0, 1);
	});

	test("the shapes are told in words", async () => {
		await open();
		await page.keyboard.press("r");
		await hands.drag([200, 200], [500, 400]);
		const outline = page.getByRole("region", { name: "What is on the board" });
		await expect.poll(() => outline.textContent()).toContain("1 rectangle");
		await expect.poll(() => outline.textContent()).toContain("Ink rectangle by you");
	});

	const field = () => page.locator(".weft-words__field");
	const shapeNow = () =>
		page.evaluate(() => {
			const scene = window.boards[0]?.easel?.scene.items()[0];
			return { text: scene?.item.text, high: scene?.item.pose?.high ?? 1, box: scene?.box };
		});

	test("a double click or Enter types into a shape, which grows and is copied whole", async () => {
		await open("?boards=2&late=30", { viewport: { width: 1_600, height: 700 } });
		await page.keyboard.press("r");
		await hands.drag([200, 200], [360, 260]);
		await hands.has(1, 1);
		await page.mouse.dblclick(240, 215);
		await field().waitFor();
		await page.keyboard.type("milk");
		// The shape is still there while one types.
		await hands.see("above", [200, 230], true);
		await page.keyboard.press("Escape");
		await expect.poll(() => field().count()).toBe(0);
		await hands.has(1);
		const letters = async (left: number) => {
			for (let x = 262; x < 300; x++) {
				if ((await hands.pixel("board", left + x, 230)) !== null) return true;
			}
			return false;
		};
		// In the middle, here and at the other board.
		await expect.poll(() => letters(0)).toBe(true);
		await expect.poll(() => letters(800)).toBe(true);
		const outline = page.getByRole("region", { name: "What is on the board" }).nth(1);
		await expect.poll(() => outline.textContent()).toContain("Ink rectangle by Ann: milk");
		await page.keyboard.press("Enter");
		await field().waitFor();
		await page.keyboard.type(", tea and biscuits for everybody who comes");
		await expect.poll(async () => (await shapeNow()).high).toBeGreaterThan(1.3);
		await page.keyboard.press("Escape");
		await hands.undo();
		await expect.poll(shapeNow).toMatchObject({ text: "milk", high: 1 });
		await page.keyboard.press("Control+d");
		await hands.has(2);
		await page.keyboard.press("Delete");
		await hands.has(1);
	});

	test("two who begin to type into one shape at once have both typed", async () => {
		await open("?boards=2&late=30", { viewport: { width: 1_600, height: 700 } });
		await page.keyboard.press("o");
		await hands.drag([200, 200], [500, 400]);
		await hands.has(1, 1);
		await page.keyboard.press("Enter");
		await field().waitFor();
		await page.keyboard.type("tea");
		// Before it is there, either may stand first.
		const theirs = () =>
			page.evaluate(() => JSON.stringify(window.clients[1]?.doc.getArray("strokes").get(0)));
		await expect.poll(theirs).toContain('"tea"');
		await page.evaluate(() => {
			const entry = window.clients[1]?.doc.getArray("strokes").get(0) as Map<string, unknown>;
			(entry.get("t") as { insert(at: number, text: string): void }).insert(0, "more ");
		});
		await expect.poll(() => field().inputValue()).toBe("more tea");
		await page.keyboard.type("!");
		await expect.poll(async () => (await shapeNow()).text).toBe("more tea!");
		// A shape of an older app has no place for words yet.
		await page.evaluate(() => {
			const { doc } = window.clients[0] ?? {};
			const entry = doc?.getArray("strokes").get(0) as Map<string, unknown> | undefined;
			entry?.delete("t");
		});
		await expect.poll(() => field().inputValue()).toBe("");
		await page.keyboard.type("anew");
		await expect.poll(async () => (await shapeNow()).text).toBe("anew");
	});

	test("a finger draws an arrow on a phone", async () => {
		await open("", phone);
		await button("Shapes and styles").tap();
		await button("Arrow").tap();
		const touch = await hands.touch();
		await touch("touchStart", [{ x: 60, y: 300, id: 1 }]);
		await touch("touchMove", [{ x: 200, y: 300, id: 1 }]);
		await touch("touchMove", [{ x: 300, y: 300, id: 1 }]);
		await touch("touchEnd", []);
		await hands.has(1);
		await hands.see("board", [200, 300], true);
	});

	test.each([
		["a desk, light", desk],
		["a phone, dark", { ...phone, colorScheme: "dark" } as const],
	])("axe finds nothing to mend in the panel on %s", async (_name, options) => {
		await open("", { ...options, reducedMotion: "reduce" });
		await button("Shapes and styles").click();
		await button("Diamond").waitFor();
		expect(await axeFaults(page, "weft-board")).toEqual([]);
	});
});
