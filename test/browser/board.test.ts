import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BrowserContextOptions, CDPSession, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type BoardSite, chromiumPath, openBoardSite } from "./board-page/site.ts";

let site: BoardSite;
let page: Page;

const desk = { viewport: { width: 1000, height: 700 } } as const;
const phone: BrowserContextOptions = {
	viewport: { width: 390, height: 780 },
	hasTouch: true,
	isMobile: true,
	deviceScaleFactor: 2,
};

async function open(query = "", options: BrowserContextOptions = desk): Promise<void> {
	page = await site.open(query, options);
}

/** Draws a straight line with the mouse, and lifts it unless told to hold. */
async function drag(from: [number, number], to: [number, number], hold = false): Promise<void> {
	await page.mouse.move(...from);
	await page.mouse.down();
	await page.mouse.move(...to, { steps: 12 });
	if (!hold) await page.mouse.up();
}

/** How many items a board's doc holds. */
function itemCount(board = 0): Promise<number> {
	return page.evaluate(
		(index) => window.clients[index]?.doc.getArray("strokes").length ?? -1,
		board,
	);
}

/**
 * What is drawn at a point of the page, by canvas: "board" the finished, "above" others' ink and
 * selection, "ink" the own. A colour as `r,g,b`, or null where only the paper is.
 */
function pixel(layer: "board" | "above" | "ink", x: number, y: number): Promise<string | null> {
	return page.evaluate(
		([name, left, top]) => {
			for (const board of window.boards) {
				const box = board.getBoundingClientRect();
				if (left < box.left || left >= box.right) continue;
				const canvas = board.querySelector<HTMLCanvasElement>(`.weft-board__canvas--${name}`);
				const context = canvas?.getContext("2d");
				if (!canvas || !context) return null;
				const scale = canvas.width / box.width;
				const at = [(left - box.left) * scale, (top - box.top) * scale] as const;
				const read = (dx: number, dy: number) =>
					context.getImageData(at[0] + dx, at[1] + dy, 1, 1).data;
				const [red = 0, green = 0, blue = 0, alpha = 0] = read(0, 0);
				const paper = getComputedStyle(board).backgroundColor.match(/\d+/g)?.map(Number) ?? [];
				const away = [red, green, blue].map((part, index) => Math.abs(part - (paper[index] ?? 0)));
				if (alpha < 128 || Math.max(...away) < 70) return null;
				return `${red},${green},${blue}`;
			}
			return null;
		},
		[layer, x, y] as const,
	);
}

/** Waits until something is drawn there, or nothing is. */
async function see(layer: "board" | "above" | "ink", at: [number, number], is: boolean) {
	await expect.poll(() => pixel(layer, ...at).then((color) => color !== null)).toBe(is);
}

function undoKey(): Promise<void> {
	return page.keyboard.press("Control+z");
}

describe.skipIf(!existsSync(chromiumPath))("the board in Chromium", () => {
	beforeAll(async () => {
		site = await openBoardSite();
	});
	afterAll(() => site?.close());
	afterEach(async () => {
		await page.context().close();
		expect(site.complaints()).toEqual([]);
	});

	describe("one person", () => {
		test("a drawn line is seen under the hand, and is one item when the pen is lifted", async () => {
			await open();
			await drag([200, 300], [500, 300], true);
			await see("ink", [350, 300], true);
			expect(await itemCount()).toBe(0);
			await page.mouse.up();
			expect(await itemCount()).toBe(1);
			await see("board", [350, 300], true);
			await see("ink", [350, 300], false);
			expect(await page.locator(".weft-board__empty").count()).toBe(0);
		});

		test("a tap is a dot", async () => {
			await open();
			await page.mouse.click(300, 300);
			expect(await itemCount()).toBe(1);
			await see("board", [300, 300], true);
		});

		test("a line that takes long enters the doc while it is drawn, as one item", async () => {
			await open();
			await drag([200, 300], [400, 300], true);
			await expect.poll(() => itemCount(), { timeout: 4_000 }).toBe(1);
			await page.mouse.move(400, 500, { steps: 10 });
			await page.mouse.up();
			expect(await itemCount()).toBe(1);
			await see("board", [400, 450], true);
			await undoKey();
			expect(await itemCount()).toBe(0);
		});

		test("colour and width are those of the buttons", async () => {
			await open();
			await page.getByRole("button", { name: "Red", exact: true }).click();
			await page.getByRole("button", { name: "Very bold" }).click();
			await drag([200, 300], [500, 300]);
			await expect.poll(() => pixel("board", 350, 306)).toBe("213,52,44");
		});

		test("the eraser takes every line it touches, and they come back in one step", async () => {
			await open();
			for (const y of [200, 300, 400]) await drag([200, y], [500, y]);
			await page.keyboard.press("e");
			await drag([350, 180], [350, 330]);
			expect(await itemCount()).toBe(1);
			await see("board", [300, 300], false);
			await undoKey();
			expect(await itemCount()).toBe(3);
			await see("board", [300, 300], true);
		});

		test("a line is chosen, dragged, nudged and deleted", async () => {
			await open();
			await drag([200, 300], [500, 300]);
			await page.keyboard.press("v");
			await drag([350, 300], [350, 400]);
			await see("board", [300, 400], true);
			await see("board", [300, 300], false);
			await page.keyboard.press("Shift+ArrowDown");
			await see("board", [300, 410], true);
			await page.keyboard.press("Delete");
			expect(await itemCount()).toBe(0);
			await undoKey();
			await undoKey();
			await undoKey();
			await see("board", [300, 300], true);
		});

		test("a cleared board says so, and can be brought back after other things were drawn", async () => {
			await open();
			await drag([200, 300], [500, 300]);
			await page.evaluate(() => {
				document.addEventListener("weft-toast", (event) => {
					Object.assign(window, { toast: (event as CustomEvent).detail });
				});
			});
			await page.getByRole("button", { name: "More" }).click();
			await page.getByRole("button", { name: "Clear the board" }).click();
			expect(await itemCount()).toBe(0);
			await drag([200, 400], [500, 400]);
			await page.evaluate(() => {
				(window as unknown as { toast: { action: { run: () => void } } }).toast.action.run();
			});
			expect(await itemCount()).toBe(2);
			await see("board", [300, 300], true);
		});

		test("letters do nothing while a text field has the focus", async () => {
			await open();
			await page.evaluate(() => {
				const field = document.createElement("input");
				field.className = "field";
				document.body.append(field);
			});
			await page.locator(".field").focus();
			await page.keyboard.press("e");
			const eraser = page.getByRole("button", { name: "Eraser" });
			expect(await eraser.getAttribute("aria-pressed")).toBe("false");
			await page.locator(".field").blur();
			await page.keyboard.press("e");
			await expect.poll(() => eraser.getAttribute("aria-pressed")).toBe("true");
		});

		test("the wheel pans, Ctrl and the wheel zoom at the pointer, Shift+1 shows all", async () => {
			await open();
			await drag([300, 300], [310, 300]);
			await page.mouse.move(300, 300);
			await page.keyboard.down("Control");
			await page.mouse.wheel(0, -100);
			await page.keyboard.up("Control");
			await see("board", [305, 300], true);
			expect(await page.evaluate(() => window.boards[0]?.easel?.zoom)).toBeCloseTo(1.33, 2);
			await page.mouse.wheel(0, 2_000);
			await see("board", [305, 300], false);
			await page.keyboard.press("Shift+Digit1");
			await see("board", [500, 350], true);
		});

		test("after a zoom the picture is exact again", async () => {
			await open();
			await drag([300, 300], [300, 500]);
			await page.keyboard.press("Control+=");
			await page.keyboard.press("Control+=");
			await page.waitForTimeout(400);
			const isCrisp = await page.evaluate(() => {
				const canvas = document.querySelector<HTMLCanvasElement>(".weft-board__canvas--board");
				const row = canvas?.getContext("2d")?.getImageData(0, 350, canvas.width, 1).data ?? [];
				let soft = 0;
				for (let at = 0; at < row.length; at += 4) {
					const red = row[at] ?? 0;
					if (red > 70 && red < 200) soft++;
				}
				return soft;
			});
			expect(isCrisp).toBeLessThanOrEqual(2);
		});

		test("the theme changes paper and ink together", async () => {
			await open();
			await drag([200, 300], [500, 300]);
			await expect.poll(() => pixel("board", 350, 300)).toBe("29,28,26");
			await page.evaluate(() => {
				document.documentElement.dataset["theme"] = "dark";
			});
			await expect.poll(() => pixel("board", 350, 300)).toBe("236,234,230");
		});

		test("strokes of other clients are drawn as they are", async () => {
			await open();
			await page.evaluate(() => {
				const points = [
					[200, 300],
					[500, 300],
				];
				window.clients[0]?.doc.getArray("strokes").push([{ points, color: "#ff0000", width: 8 }]);
			});
			await expect.poll(() => pixel("board", 350, 300)).toBe("255,0,0");
		});

		test("a picture of everything is a PNG of bounded size", async () => {
			await open();
			await drag([200, 300], [500, 300]);
			const size = await page.evaluate(async () => {
				const picture = await window.boards[0]?.easel?.picture();
				if (!(picture instanceof Blob)) return null;
				const { width, height } = await createImageBitmap(picture);
				return { type: picture.type, width, height };
			});
			expect(size?.type).toBe("image/png");
			expect(size?.width).toBeGreaterThan(600);
			expect(size?.width).toBeLessThan(800);
		});

		test("a photo that is dropped is on the board, where it can be dragged", async () => {
			await open();
			await page.evaluate(async () => {
				const bytes = await (await fetch("/api/picture")).blob();
				const files = new DataTransfer();
				files.items.add(new File([bytes], "blue.png", { type: "image/png" }));
				const at = { clientX: 500, clientY: 350, bubbles: true, cancelable: true };
				window.boards[0]?.dispatchEvent(new DragEvent("drop", { ...at, dataTransfer: files }));
			});
			await expect.poll(() => itemCount()).toBe(1);
			await expect.poll(() => pixel("board", 500, 350)).toBe("0,0,255");
			await page.keyboard.press("v");
			await drag([500, 350], [250, 350]);
			await expect.poll(() => pixel("board", 250, 350)).toBe("0,0,255");
			await see("board", [500, 350], false);
		});

		test("the board is told in words", async () => {
			await open();
			await drag([200, 300], [500, 300]);
			const outline = page.getByRole("region", { name: "What is on the board" });
			await expect.poll(() => outline.textContent()).toContain("1 stroke");
			expect(await outline.textContent()).toContain("Ink stroke by you");
		});

		test("axe finds nothing to mend", async () => {
			await open();
			// Not as a script element: the page's policy forbids those.
			await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8"));
			const found = await page.evaluate(async () => {
				const { axe } = window as unknown as {
					axe: { run: (at: string) => Promise<{ violations: { id: string }[] }> };
				};
				return (await axe.run("weft-board")).violations.map(({ id }) => id);
			});
			expect(found).toEqual([]);
		});
	});

	test("without OffscreenCanvas the page paints the same itself", async () => {
		page = await site.open("", { ...desk, withoutWorker: true });
		await drag([200, 300], [500, 300]);
		await see("board", [350, 300], true);
		await page.keyboard.press("Control+=");
		await page.keyboard.press("Shift+Digit1");
		await expect
			.poll(() => page.evaluate(() => window.boards[0]?.easel?.tileBytes ?? 0))
			.toBeGreaterThan(2 ** 20);
	});

	describe("two people", () => {
		test("ink is seen while it is drawn, and becomes the stroke without a trace", async () => {
			await open("?boards=2&late=60");
			await drag([100, 300], [400, 300], true);
			await see("above", [700, 300], true);
			expect(await itemCount(1)).toBe(0);
			await page.mouse.up();
			await see("board", [700, 300], true);
			await see("above", [700, 300], false);
			expect(await itemCount(1)).toBe(1);
		});

		test("undo takes back one's own stroke and leaves the other's", async () => {
			await open("?boards=2");
			await drag([100, 300], [400, 300]);
			await drag([600, 400], [900, 400]);
			await expect.poll(() => itemCount(0)).toBe(2);
			await page.locator("weft-board").first().getByRole("button", { name: "Undo" }).click();
			await expect.poll(() => itemCount(1)).toBe(1);
			await see("board", [750, 400], true);
			await see("board", [750, 300], false);
		});

		test("a pointer with a name is where the other one points", async () => {
			await open("?boards=2");
			await page.mouse.move(250, 350);
			const cursor = page.locator("weft-board").nth(1).locator(".weft-board__cursor");
			await expect.poll(() => cursor.textContent()).toBe("Ann");
			await expect.poll(async () => Math.round((await cursor.boundingBox())?.x ?? 0)).toBe(750);
			await page.mouse.move(750, 350);
			await expect.poll(() => cursor.count()).toBe(0);
		});
	});

	describe("fingers and pens", () => {
		type Finger = { x: number; y: number; id: number };

		async function touch(cdp: CDPSession, type: string, fingers: Finger[]): Promise<void> {
			await cdp.send("Input.dispatchTouchEvent", {
				type: type as "touchStart",
				touchPoints: fingers,
			});
		}

		test("one finger draws", async () => {
			await open("", phone);
			const cdp = await page.context().newCDPSession(page);
			await touch(cdp, "touchStart", [{ x: 100, y: 300, id: 0 }]);
			for (let x = 110; x <= 250; x += 10) {
				await touch(cdp, "touchMove", [{ x, y: 300, id: 0 }]);
			}
			await touch(cdp, "touchEnd", []);
			expect(await itemCount()).toBe(1);
			await see("board", [180, 300], true);
		});

		test("two fingers move and enlarge the paper, and leave no stroke", async () => {
			await open("", phone);
			const cdp = await page.context().newCDPSession(page);
			const at = (a: number, b: number): Finger[] => [
				{ x: a, y: 300, id: 0 },
				{ x: b, y: 300, id: 1 },
			];
			await touch(cdp, "touchStart", at(150, 0).slice(0, 1));
			await touch(cdp, "touchStart", at(150, 250));
			for (let step = 1; step <= 10; step++) {
				await touch(cdp, "touchMove", at(150 - step * 5, 250 + step * 5));
			}
			await touch(cdp, "touchEnd", []);
			expect(await itemCount()).toBe(0);
			expect(await page.evaluate(() => window.boards[0]?.easel?.zoom)).toBeCloseTo(2, 1);
			await see("ink", [150, 300], false);
		});

		test("a late second finger does not take a stroke away", async () => {
			await open("", phone);
			const cdp = await page.context().newCDPSession(page);
			await touch(cdp, "touchStart", [{ x: 100, y: 300, id: 0 }]);
			await touch(cdp, "touchMove", [{ x: 150, y: 300, id: 0 }]);
			await page.waitForTimeout(250);
			await touch(cdp, "touchStart", [
				{ x: 150, y: 300, id: 0 },
				{ x: 250, y: 500, id: 1 },
			]);
			await touch(cdp, "touchEnd", []);
			expect(await itemCount()).toBe(1);
			expect(await page.evaluate(() => window.boards[0]?.easel?.zoom)).toBe(1);
		});

		test("what the system interrupts stays drawn", async () => {
			await open("", phone);
			const cdp = await page.context().newCDPSession(page);
			await touch(cdp, "touchStart", [{ x: 100, y: 300, id: 0 }]);
			await touch(cdp, "touchMove", [{ x: 150, y: 300, id: 0 }]);
			await touch(cdp, "touchCancel", []);
			expect(await itemCount()).toBe(1);
		});

		test("a pen presses, and then fingers move the paper", async () => {
			await open("", phone);
			const cdp = await page.context().newCDPSession(page);
			const pen = (type: string, x: number, force: number) =>
				cdp.send("Input.dispatchMouseEvent", {
					type: type as "mousePressed",
					x,
					y: 300,
					button: "left",
					buttons: 1,
					clickCount: 1,
					pointerType: "pen",
					force,
				});
			await pen("mousePressed", 100, 0.2);
			for (let x = 110; x <= 250; x += 10) await pen("mouseMoved", x, x / 250);
			await pen("mouseReleased", 250, 0);
			const hasPressure = await page.evaluate(() => {
				const item = window.clients[0]?.doc.getArray("strokes").get(0);
				const d = item instanceof window.Y.Map ? item.get("d") : null;
				return d instanceof Uint8Array && ((d[0] ?? 0) & 0x10) !== 0;
			});
			expect(hasPressure).toBe(true);
			await touch(cdp, "touchStart", [{ x: 100, y: 500, id: 0 }]);
			await touch(cdp, "touchMove", [{ x: 100, y: 400, id: 0 }]);
			await touch(cdp, "touchEnd", []);
			expect(await itemCount()).toBe(1);
			await see("board", [200, 200], true);
		});
	});
});
