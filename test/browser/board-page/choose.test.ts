/** What is done with chosen items: by hand, by keys, from the bar, and seen by others. */
import { expect, test } from "vitest";
import { axeFaults } from "../../fixtures/axe.ts";
import { atTheBoard, hands, open, page } from "./at-the-board.ts";
import { desk, phone } from "./hands.ts";

/** A filled rectangle of 100 by 100 for each colour, each a little further right and below. */
async function boxes(...colors: readonly string[]): Promise<void> {
	await button("Shapes and styles").click();
	await button("Full fill").click();
	await button("Rectangle").click();
	await page.keyboard.press("q");
	for (const [index, color] of colors.entries()) {
		await button(color).click();
		const from = 250 + index * 50;
		await hands.drag([from, from], [from + 100, from + 100]);
		await hands.has(index + 1);
	}
	await page.keyboard.press("q");
	await page.keyboard.press("v");
}

/** The boxes of a board's items, rounded, in the order of the array. */
function places(board = 0): Promise<number[][]> {
	return page.evaluate((index) => {
		const items = window.boards[index]?.easel?.scene.items() ?? [];
		return items.map(({ box, item }) => {
			const air = item.width + 15;
			const { minX, minY, maxX, maxY } = box;
			return [minX + air, minY + air, maxX - air, maxY - air].map(
				(at) => Math.round((at + 0.01) / 5) * 5,
			);
		});
	}, board);
}

/** A key of each item of a board. */
function keys(key: string, board = 0): Promise<unknown[]> {
	return page.evaluate(
		({ name, index }) =>
			(window.clients[index]?.doc.getArray("strokes").toArray() ?? []).map((entry) => {
				const value = (entry as Map<string, unknown>).get(name);
				return value instanceof Uint8Array ? [...value] : value;
			}),
		{ name: key, index: board },
	);
}

const button = (name: string) =>
	page.locator("weft-board").first().getByRole("button", { name, exact: true });
const seesRed = async (x: number, y: number) =>
	/^21\d,5\d,4\d$/.test((await hands.pixel("board", x, y)) ?? "");

atTheBoard("chosen items", () => {
	test("keys lay one above the other and back, and one undo takes back one step", async () => {
		await open("?boards=1");
		await boxes("Red", "Blue", "Green");
		await expect.poll(() => seesRed(325, 325)).toBe(false);
		await page.mouse.click(260, 260);
		await page.keyboard.press("Control+]");
		await expect.poll(() => seesRed(325, 325)).toBe(true);
		await page.keyboard.press("Control+Shift+[");
		await expect.poll(() => seesRed(325, 325)).toBe(false);
		await hands.undo();
		await expect.poll(() => seesRed(325, 325)).toBe(true);
		await hands.has(3);
	});

	test("what is locked is chosen by a click, and neither moved, restyled nor deleted", async () => {
		await open();
		await boxes("Red");
		await page.mouse.click(300, 300);
		await page.keyboard.press("Control+Shift+L");
		await expect.poll(() => keys("lock")).toEqual([true]);
		await hands.drag([300, 300], [500, 300]);
		await page.keyboard.press("ArrowRight");
		await page.keyboard.press("Delete");
		await button("Blue").click();
		expect([await keys("x"), await keys("c"), await hands.itemCount()]).toEqual([
			[undefined],
			[undefined],
			1,
		]);
		await page.keyboard.press("Control+Shift+L");
		await expect.poll(() => keys("lock")).toEqual([undefined]);
		await page.keyboard.press("Delete");
		await hands.has(0);
	});

	test("over a grip the pointer shows how it is pulled, and while it is pulled", async () => {
		await open();
		await boxes("Red");
		const cursorAt = async (x: number, y: number) => {
			await page.mouse.move(x, y);
			return page.evaluate(
				() => document.querySelector<HTMLElement>(".weft-board__paper")?.style.cursor,
			);
		};
		await page.mouse.click(300, 300);
		await expect.poll(() => cursorAt(356, 356)).toBe("nwse-resize");
		expect(await cursorAt(356, 244)).toBe("nesw-resize");
		expect(await cursorAt(356, 300)).toBe("ew-resize");
		expect(await cursorAt(300, 356)).toBe("ns-resize");
		expect(await cursorAt(300, 218)).toBe("grab");
		expect(await cursorAt(300, 300)).toBe("default");
		await page.mouse.move(356, 300);
		await page.mouse.down();
		expect(await cursorAt(480, 420)).toBe("ew-resize");
		await page.mouse.up();
		await page.keyboard.press("Escape");
		expect(await cursorAt(480, 300)).toBe("default");
		await page.keyboard.press("p");
		expect(await cursorAt(470, 300)).toBe("crosshair");
	});

	test("grips size and turn, with Shift evenly, and others see it", async () => {
		await open("?boards=2&late=30", { viewport: { width: 1500, height: 700 } });
		await boxes("Red");
		await page.mouse.click(300, 300);
		await hands.drag([356, 300], [456, 300]);
		await expect.poll(() => places()).toEqual([[250, 250, 450, 350]]);
		await expect.poll(() => places(1)).toEqual([[250, 250, 450, 350]]);
		await page.keyboard.down("Shift");
		await hands.drag([456, 356], [496, 356]);
		await page.keyboard.up("Shift");
		await expect.poll(() => places()).toEqual([[250, 250, 490, 370]]);
		// A quarter around: the hand goes from above the middle to its right.
		await page.keyboard.down("Shift");
		await hands.drag([370, 218], [470, 310]);
		await page.keyboard.up("Shift");
		await expect.poll(() => places(1)).toEqual([[310, 190, 430, 430]]);
		await hands.see("board", [370, 200], true);
		await hands.undo();
		await hands.undo();
		await hands.undo();
		await expect.poll(() => places(1)).toEqual([[250, 250, 350, 350]]);
		await expect.poll(() => keys("s")).toEqual([undefined]);
	});

	test("Escape gives up a pull, and leaves all as it was", async () => {
		await open();
		await boxes("Red");
		await page.mouse.click(300, 300);
		await hands.drag([356, 356], [456, 456], true);
		await hands.see("above", [420, 420], true);
		await page.keyboard.press("Escape");
		await page.mouse.up();
		await expect.poll(() => places()).toEqual([[250, 250, 350, 350]]);
		expect(await keys("s")).toEqual([undefined]);
	});

	test("keys size and turn, several at once", async () => {
		await open();
		await boxes("Red", "Blue");
		await page.keyboard.press("Control+a");
		for (let press = 0; press < 5; press++) await page.keyboard.press("Alt+Shift+ArrowRight");
		await expect.poll(places).toEqual(
			[
				[250, 250, 385, 350],
				[315, 300, 450, 400],
			].map((box) => box.map((at) => at)),
		);
		await page.keyboard.press(">");
		await page.keyboard.press(".");
		await expect
			.poll(() =>
				page.evaluate(() =>
					window.boards[0]?.easel?.scene.items().map(({ item }) => item.pose?.turn),
				),
			)
			.toEqual([16, 16]);
	});

	test("a copy is made by a key, and by a drag with Alt", async () => {
		await open();
		await boxes("Red");
		await page.mouse.click(300, 300);
		await page.keyboard.press("Control+d");
		await hands.has(2);
		await page.keyboard.down("Alt");
		await hands.drag([300, 300], [500, 300]);
		await page.keyboard.up("Alt");
		await hands.has(3);
		await hands.undo();
		await hands.has(2);
		await hands.undo();
		await hands.has(1);
		expect(await places()).toEqual([[250, 250, 350, 350]]);
	});

	test("a click chooses a group, Ctrl and a click one of it", async () => {
		await open();
		await boxes("Red", "Blue", "Green");
		const chosen = () => page.evaluate(() => window.boards[0]?.easel?.tools.chosen.size);
		await page.mouse.click(260, 260);
		await page.keyboard.down("Shift");
		await page.mouse.click(310, 390);
		await page.keyboard.up("Shift");
		await expect.poll(chosen).toBe(2);
		await page.keyboard.press("Control+g");
		await page.keyboard.press("Escape");
		await page.mouse.click(260, 260);
		await expect.poll(chosen).toBe(2);
		await page.keyboard.press("ArrowRight");
		const moved = async () => (await keys("x")).map((x) => x !== undefined);
		await expect.poll(moved).toEqual([true, true, false]);
		await page.keyboard.down("Control");
		await page.mouse.click(260, 260);
		await page.keyboard.up("Control");
		await expect.poll(chosen).toBe(1);
		await page.keyboard.press("Control+Shift+G");
		const grouped = async () => (await keys("g")).map((group) => group !== undefined);
		await expect.poll(grouped).toEqual([false, true, false]);
	});

	test("Tab walks the items from the paper, and leads on at the end", async () => {
		await open();
		await boxes("Red", "Blue");
		const chosen = () => page.evaluate(() => [...(window.boards[0]?.easel?.tools.chosen ?? [])]);
		await page.locator(".weft-board__paper").focus();
		await page.keyboard.press("Escape");
		await page.keyboard.press("Enter");
		await expect.poll(chosen).toHaveLength(1);
		const [first] = await chosen();
		await page.keyboard.press("Tab");
		const [second] = await chosen();
		expect(first).not.toBe(second);
		await page.keyboard.press("Shift+Tab");
		expect(await chosen()).toEqual([first]);
		await page.keyboard.press("Tab");
		await page.keyboard.press("Tab");
		expect(await chosen()).toEqual([]);
		const left = await page.evaluate(() => document.activeElement?.className);
		expect(left).not.toBe("weft-board__paper");
	});

	test("the buttons change what is chosen, and a style is copied to another", async () => {
		await open();
		await boxes("Red", "Blue");
		await page.mouse.click(260, 260);
		await button("Violet").click();
		await expect.poll(() => keys("c")).toEqual([7, undefined]);
		expect(await page.evaluate(() => window.boards[0]?.easel?.tool)).toBe("select");
		await button("Shapes and styles").click();
		await button("25 percent").click();
		await expect.poll(() => keys("o")).toEqual([25, undefined]);
		await button("Shapes and styles").click();
		await page.keyboard.press("Control+Alt+c");
		await page.mouse.click(390, 390);
		expect(await button("Blue").getAttribute("aria-pressed")).toBe("true");
		await page.keyboard.press("Control+Alt+v");
		await expect.poll(() => keys("c")).toEqual([7, 7]);
		expect(await keys("o")).toEqual([25, 25]);
		await hands.undo();
		await expect.poll(() => keys("c")).toEqual([7, undefined]);
	});

	test("the bar does what the keys do", async () => {
		await open();
		await boxes("Red", "Blue");
		await page.mouse.click(260, 260);
		await button("Order").click();
		await button("Bring to front").click();
		await expect.poll(() => seesRed(325, 325)).toBe(true);
		await button("Order").click();
		await button("Duplicate").click();
		await hands.has(3);
		await page.keyboard.press("Control+a");
		await button("Group").click();
		await button("Ungroup").click();
		await button("Lock").click();
		expect(await button("Delete").isDisabled()).toBe(true);
		await button("Unlock").click();
		await button("Delete").click();
		await hands.has(0);
		await expect.poll(() => button("Duplicate").count()).toBe(0);
	});

	test("others see what somebody has chosen, in their colour, with their name", async () => {
		await open("?boards=2&late=30", { viewport: { width: 1500, height: 700 } });
		await boxes("Red");
		await page.mouse.click(300, 300);
		const label = page.locator("weft-board:nth-of-type(2) .weft-board__chosen-by");
		await expect.poll(() => label.textContent()).toBe("Ann");
		const first = await label.elementHandle();
		const seenAt = () =>
			page.locator("weft-board:nth-of-type(2) .weft-board__cursor").getAttribute("style");
		const before = await seenAt();
		await page.mouse.move(380, 380);
		await expect.poll(seenAt).not.toBe(before);
		expect(await first?.evaluate((element) => element.isConnected)).toBe(true);
		const told = () =>
			page.evaluate(() => window.clients[0]?.awareness.getLocalState()?.["chosen"]);
		expect(JSON.stringify(await told()).length).toBeLessThan(40);
		await page.keyboard.press("Escape");
		await expect.poll(() => label.count()).toBe(0);
		expect(await told()).toBeNull();
	});

	test("a finger sizes on a phone, and all buttons of the bar are wide enough", async () => {
		await open("", phone);
		await button("Shapes and styles").tap();
		await button("Rectangle").tap();
		const touch = await hands.touch();
		const draw = async (from: [number, number], to: [number, number]) => {
			const half = { x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2, id: 1 };
			await touch("touchStart", [{ x: from[0], y: from[1], id: 1 }]);
			await touch("touchMove", [half]);
			await touch("touchMove", [{ x: to[0], y: to[1], id: 1 }]);
			await touch("touchEnd", []);
		};
		await draw([100, 200], [220, 320]);
		await hands.has(1);
		await button("Duplicate").waitFor();
		await draw([232, 334], [292, 334]);
		await expect.poll(() => places()).toEqual([[100, 200, 280, 320]]);
		const sizes = await page.locator(".weft-choose button").evaluateAll((all) =>
			all
				.filter((each) => each.checkVisibility())
				.map((each) => {
					const { width, height, left, right } = each.getBoundingClientRect();
					return [Math.round(width), Math.round(height), left >= 0 && right <= innerWidth];
				}),
		);
		expect(sizes.length).toBe(6);
		for (const size of sizes) expect(size).toEqual([44, 44, true]);
	});

	test.each([
		["a desk, light", desk],
		["a phone, dark", { ...phone, colorScheme: "dark" } as const],
	])("axe finds nothing to mend in the bar on %s", async (_name, options) => {
		await open("", { ...options, reducedMotion: "reduce" });
		await page.keyboard.press("r");
		await hands.drag([100, 200], [300, 300]);
		await button("Order").click();
		expect(await axeFaults(page, "weft-board")).toEqual([]);
	});
});
