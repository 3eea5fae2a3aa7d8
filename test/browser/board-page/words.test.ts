/** Texts and notes on the board: typed by one or two, by hand, by finger and by keys alone. */
import { expect, test } from "vitest";
import { axeFaults } from "../../fixtures/axe.ts";
import { atTheBoard, hands, open, page } from "./at-the-board.ts";
import { desk, phone } from "./hands.ts";

/** The letters of a board's items, back to front. */
function texts(board = 0): Promise<unknown[]> {
	return page.evaluate((index) => {
		const items = window.clients[index]?.doc.getArray("strokes").toArray() ?? [];
		return items.map((entry) => String((entry as Map<string, unknown>).get("t") ?? ""));
	}, board);
}

const says = (expected: string[], board = 0) => expect.poll(() => texts(board)).toEqual(expected);
const field = () => page.locator(".weft-words__field");
const isTyping = (is: boolean) => expect.poll(() => field().count()).toBe(is ? 1 : 0);
const inHand = () => page.evaluate(() => window.boards[0]?.easel?.tool);
const button = (name: string) => page.getByRole("button", { name, exact: true });

/** Takes a tool by its key, and clicks. */
async function put(key: string, x: number, y: number): Promise<void> {
	await page.keyboard.press(key);
	await page.mouse.click(x, y);
	await field().waitFor();
}

/** Somebody else's edit of the newest item's letters, while this page types. */
function typeAfar(board: number, at: number, letters: string): Promise<void> {
	return page.evaluate(
		([index, where, what]) => {
			const items = window.clients[index]?.doc.getArray("strokes").toArray() ?? [];
			const text = (items.at(-1) as Map<string, { insert(at: number, text: string): void }>).get(
				"t",
			);
			text?.insert(where, what);
		},
		[board, at, letters] as const,
	);
}

atTheBoard("texts and notes", () => {
	test("a click puts a text down, one types at once, Escape ends it and chooses it", async () => {
		await open();
		await put("t", 300, 300);
		await page.keyboard.type("Buy milk");
		await says(["Buy milk"]);
		await page.keyboard.press("Escape");
		await isTyping(false);
		expect(await inHand()).toBe("select");
		expect(await page.evaluate(() => window.boards[0]?.easel?.tools.chosen.size)).toBe(1);
		await expect.poll(() => seenNear(300, 300)).toBe(true);
		await page.keyboard.press("Shift+ArrowRight");
		await page.keyboard.press("Enter");
		await field().waitFor();
		await page.keyboard.type(", tea");
		await says(["Buy milk, tea"]);
	});

	/** Whether letters are painted in a few lines from there. */
	async function seenNear(x: number, y: number): Promise<boolean> {
		for (let right = 0; right < 60; right++) {
			for (const down of [-4, 0, 4]) {
				if ((await hands.pixel("board", x + right, y + down)) !== null) return true;
			}
		}
		return false;
	}

	test("the field of a turned note lies on the note, near and from afar", async () => {
		await open();
		await put("n", 300, 300);
		await page.keyboard.type("milk");
		await page.keyboard.press("Escape");
		await isTyping(false);
		for (const key of [">", ">", "."]) await page.keyboard.press(key);
		const turn = () => page.evaluate(() => window.boards[0]?.easel?.scene.items()[0]?.item.pose);
		await expect.poll(async () => (await turn())?.turn).toBe(31);
		await page.keyboard.press("Enter");
		await field().waitFor();
		for (const zoom of [1, 1.5]) {
			const at = await page.evaluate((scale) => {
				const easel = window.boards[0]?.easel;
				const { x, y } = easel?.stage.camera ?? { x: 0, y: 0 };
				easel?.stage.setCamera({ x, y, zoom: scale });
				const pose = easel?.scene.items()[0]?.item.pose;
				return {
					turn: ((pose?.turn ?? 0) * Math.PI) / 180,
					middle: [(300 - x) * scale, (300 - y) * scale],
				};
			}, zoom);
			expect(at.turn).toBeGreaterThan(0.5);
			const box = () => page.locator(".weft-words").evaluate((it) => it.getBoundingClientRect());
			const wide = 200 * zoom * (Math.cos(at.turn) + Math.sin(at.turn));
			await expect.poll(async () => (await box()).width).toBeCloseTo(wide, 0);
			const { x, y, width, height } = await box();
			expect(x + width / 2).toBeCloseTo(at.middle[0] ?? 0, 0);
			expect(y + height / 2).toBeCloseTo(at.middle[1] ?? 0, 0);
			const look = (root: Element) => new DOMMatrix(getComputedStyle(root).transform).b;
			const tilt = await page.locator(".weft-words").evaluate(look);
			expect(tilt).toBeCloseTo(zoom * Math.sin(at.turn), 3);
		}
	});

	test("what is left empty was never there, and what is emptied vanishes", async () => {
		await open();
		await put("n", 300, 300);
		await page.keyboard.press("Escape");
		await isTyping(false);
		await hands.has(0);
		await put("n", 300, 300);
		await page.keyboard.type("x");
		await hands.has(1);
		await page.keyboard.press("Backspace");
		await says([""]);
		await page.mouse.click(800, 600);
		await isTyping(false);
		await hands.has(0);
	});

	test("Tab ends a note and begins the next one beside it, Escape ends the row", async () => {
		await open();
		await put("n", 200, 300);
		await page.keyboard.type("one");
		await page.keyboard.press("Tab");
		await page.keyboard.type("two");
		await page.keyboard.press("Tab");
		await page.keyboard.type("three");
		await page.keyboard.press("Tab");
		await page.keyboard.press("Tab");
		await isTyping(false);
		await says(["one", "two", "three"]);
		const boxes = await page.evaluate(() =>
			window.boards[0]?.easel?.scene.items().map(({ box }) => [box.minX, box.maxX, box.minY]),
		);
		const [one = [], two = [], three = []] = boxes ?? [];
		expect(two[0]).toBeGreaterThan(one[1] ?? 0);
		expect(three[0]).toBeGreaterThan(two[1] ?? 0);
		expect(two[2]).toBe(one[2]);
	});

	test("two type into one note at once: all letters, each caret at its place", async () => {
		await open("?boards=2&late=30", { viewport: { width: 1400, height: 700 } });
		await put("n", 300, 300);
		await page.keyboard.type("milk");
		await says(["milk"], 1);
		await typeAfar(1, 0, "Buy ");
		await says(["Buy milk"]);
		await expect.poll(() => field().inputValue()).toBe("Buy milk");
		await page.keyboard.type(" and tea");
		await typeAfar(1, 0, "1. ");
		await says(["1. Buy milk and tea"]);
		await says(["1. Buy milk and tea"], 1);
		await page.keyboard.press("Escape");
		await page.keyboard.press("Escape");
		// Ben opens it, too, by a double click.
		await page.evaluate(() => window.boards[1]?.easel?.tools.take("select"));
		await page.mouse.dblclick(1000, 300);
		await field().waitFor();
		await page.keyboard.type("!");
		await says(["1. Buy milk and tea!"]);
	});

	test("undo takes back one's own letters, rest by rest, and nobody else's", async () => {
		await open("?boards=2&late=30", { viewport: { width: 1400, height: 700 } });
		await put("n", 300, 300);
		await page.keyboard.type("milk");
		await says(["milk"], 1);
		await typeAfar(1, 4, " (two)");
		await says(["milk (two)"]);
		await page.keyboard.press("Escape");
		await page.keyboard.press("Enter");
		await field().waitFor();
		await page.keyboard.type(" today");
		await says(["milk (two) today"]);
		await hands.undo();
		await says(["milk (two)"]);
		await page.keyboard.press("Control+Shift+Z");
		await says(["milk (two) today"]);
		await page.keyboard.press("Escape");
		await hands.undo();
		await says(["milk (two)"], 1);
	});

	test("what two typed while apart is all there when they meet", async () => {
		await open("?boards=2&late=0", { viewport: { width: 1400, height: 700 } });
		await put("n", 300, 300);
		await page.keyboard.type("milk");
		await says(["milk"], 1);
		await page.evaluate(() => {
			for (const client of window.clients) client.others.splice(0);
		});
		await page.keyboard.type(" tea");
		await typeAfar(1, 0, "bread ");
		await says(["milk tea"]);
		await says(["bread milk"], 1);
		await page.evaluate(() => {
			const [ann, ben] = window.clients;
			if (!ann || !ben) return;
			const { applyUpdate, encodeStateAsUpdate } = window.Y;
			applyUpdate(ben.doc, encodeStateAsUpdate(ann.doc), "network");
			applyUpdate(ann.doc, encodeStateAsUpdate(ben.doc), "network");
		});
		await says(["bread milk tea"]);
		await says(["bread milk tea"], 1);
		expect(await field().inputValue()).toBe("bread milk tea");
	});

	test("what somebody else erases meanwhile is typed on as a note of one's own", async () => {
		await open("?boards=2&late=0", { viewport: { width: 1400, height: 700 } });
		await put("n", 300, 300);
		await page.keyboard.type("milk");
		await hands.has(1, 1);
		await page.evaluate(() => window.clients[1]?.doc.getArray("strokes").delete(0, 1));
		await hands.has(0);
		expect(await field().inputValue()).toBe("milk");
		await page.keyboard.type(" and tea");
		await says(["milk and tea"]);
		await says(["milk and tea"], 1);
	});

	test("composed letters come when they are chosen, others' meanwhile stay", async () => {
		await open("?boards=2&late=0", { viewport: { width: 1400, height: 700 } });
		await put("n", 300, 300);
		await page.keyboard.type("a");
		await hands.has(1, 1);
		const cdp = await page.context().newCDPSession(page);
		await cdp.send("Input.imeSetComposition", { text: "さ", selectionStart: 1, selectionEnd: 1 });
		await typeAfar(1, 0, "👋");
		await says(["👋a"]);
		// A field that is written to gives up what is being composed.
		expect(await field().inputValue()).toBe("aさ");
		await cdp.send("Input.imeSetComposition", { text: "さむ", selectionStart: 2, selectionEnd: 2 });
		await cdp.send("Input.insertText", { text: "寒い" });
		await says(["👋a寒い"]);
		await says(["👋a寒い"], 1);
		expect(await field().inputValue()).toBe("👋a寒い");
	});

	test("keys alone: a note in the middle of the view, typed, moved", async () => {
		await open();
		await page.locator(".weft-board__paper").focus();
		await page.keyboard.press("n");
		await page.keyboard.press("Enter");
		await field().waitFor();
		await page.keyboard.type("vert");
		await says(["vert"]);
		await page.keyboard.press("Escape");
		const at = () =>
			page.evaluate(() => window.boards[0]?.easel?.scene.items()[0]?.box.minX ?? Number.NaN);
		const before = await at();
		expect(before).toBeLessThan(500);
		await page.keyboard.press("Shift+ArrowRight");
		await expect.poll(at).toBe(before + 10);
		await page.keyboard.press("Delete");
		await hands.has(0);
		await hands.undo();
		await says(["vert"]);
	});

	test("letters are no tools, and zoom keys zoom, while somebody types", async () => {
		await open();
		await put("t", 300, 300);
		await page.keyboard.type("her pen 0 9 q");
		await says(["her pen 0 9 q"]);
		await page.keyboard.press("Control+a");
		await page.keyboard.press("Control++");
		expect(await hands.zoom()).toBeGreaterThan(1);
		await page.keyboard.type("x");
		await says(["x"]);
	});

	test("colour and size of the bar are those of what is typed", async () => {
		await open();
		await put("n", 300, 300);
		await page.keyboard.type("blue");
		await button("Blue").click();
		await button("Very bold").click();
		await page.keyboard.type("!");
		await says(["blue!"]);
		const item = await page.evaluate(() => window.boards[0]?.easel?.scene.items()[0]?.item);
		expect(item).toMatchObject({ color: 6, width: 44 });
	});

	test("the field breaks its lines where the board does: nothing jumps", async () => {
		await open();
		await put("n", 300, 300);
		const differing = await page.evaluate(async (samples) => {
			const wrong: string[] = [];
			const easel = window.boards[0]?.easel;
			const area = document.querySelector<HTMLTextAreaElement>(".weft-words__field");
			if (!easel || !area) return ["no field"];
			for (const sample of samples) {
				area.value = sample;
				area.dispatchEvent(new InputEvent("input"));
				await new Promise(requestAnimationFrame);
				const words = easel.scene.items()[0]?.words;
				if (words === undefined) return ["no words"];
				const painted = words.lines.length * words.lineHeight;
				area.style.height = "0";
				if (Math.abs(area.scrollHeight - painted) > 1) {
					wrong.push(`${sample}: ${area.scrollHeight} for ${painted}`);
				}
				area.style.height = "";
			}
			return wrong;
		}, wrapSamples());
		expect(differing).toEqual([]);
	});

	test("a board of somebody else shows words whose code it does not have", async () => {
		await open("?boards=2&late=30", { viewport: { width: 1400, height: 700 } });
		await put("n", 300, 300);
		await isTyping(true);
		await page.keyboard.type("x");
		await page.keyboard.press("Escape");
		await hands.has(1, 1);
		await expect.poll(() => hands.pixel("board", 1000, 340)).not.toBeNull(); // The card.
		const outline = page.getByRole("region", { name: "What is on the board" }).nth(1);
		await expect.poll(() => outline.textContent()).toContain("1 note");
		await expect.poll(() => outline.textContent()).toContain("Yellow note by Ann: x");
	});

	test("on a phone a tap puts a note down and keeps the focus; letters are large", async () => {
		await open("", phone);
		await button("Shapes and styles").tap();
		await button("Sticky note").tap();
		await page.touchscreen.tap(195, 300);
		await field().waitFor();
		await expect.poll(() => field().evaluate((area) => document.activeElement === area)).toBe(true);
		await page.keyboard.type("milk");
		await says(["milk"]);
		// The keyboard comes up: less of the page is left, and the caret is still seen.
		await page.setViewportSize({ width: 390, height: 420 });
		await expect
			.poll(() =>
				field().evaluate((area) => {
					const { top, bottom } = area.getBoundingClientRect();
					return top >= 0 && bottom <= innerHeight - 50;
				}),
			)
			.toBe(true);
		const size = await field().evaluate((area) => {
			const { width } = area.getBoundingClientRect();
			const { fontSize, width: units } = getComputedStyle(area);
			return Number.parseFloat(fontSize) * (width / Number.parseFloat(units));
		});
		expect(size).toBeGreaterThanOrEqual(16);
	});

	test("a short line that is opened half out of view is brought into it", async () => {
		await open("", phone);
		await put("n", 195, 300);
		await page.keyboard.type("hi");
		await page.keyboard.press("Escape");
		await isTyping(false);
		await page.evaluate(() => {
			const easel = window.boards[0]?.easel;
			const camera = easel?.stage.camera;
			if (camera) easel.view.look({ ...camera, x: camera.x + 190 / camera.zoom });
		});
		await page.keyboard.press("Enter");
		await field().waitFor();
		const left = () => field().evaluate((area) => area.getBoundingClientRect().left);
		await expect.poll(left).toBeGreaterThanOrEqual(0);
	});

	test.each([
		["a desk, light", desk],
		["a phone, dark", { ...phone, colorScheme: "dark" } as const],
	])("axe finds nothing to mend in the field on %s", async (_name, options) => {
		await open("", { ...options, reducedMotion: "reduce" });
		await page.keyboard.press("n");
		await page.keyboard.press("Enter");
		await field().waitFor();
		await page.keyboard.type("milk");
		expect(await axeFaults(page, "weft-board")).toEqual([]);
	});
});

/** Letters of many kinds, at whose lines' ends browsers could differ. */
function wrapSamples(): string[] {
	const words = [
		..."The quick brown fox-like dog jumps over well-known e-mail@weft.example 3-4 (see -5)".split(
			" ",
		),
		..."twenty/thirty und Donaudampfschifffahrtsgesellschaft… “quoted” naïve café 50% don't".split(
			" ",
		),
		..."寒い冬の日、暖かいお茶。 👋🏽 👩‍👩‍👧 שלום עולם".split(" "),
	];
	let seed = 7;
	const next = () => {
		seed = (seed * 48_271) % 2_147_483_647;
		return seed;
	};
	return Array.from({ length: 40 }, () =>
		Array.from({ length: 14 }, () => words[next() % words.length]).join(" "),
	);
}
