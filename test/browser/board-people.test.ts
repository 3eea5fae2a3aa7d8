import { describe, expect, test } from "vitest";
import { encodeInkPayload } from "../../shared/surfaces/ink/ink.ts";
import { t } from "../../web/ui/messages.ts";
import "../../web/ui/board-words/carry.ts";
import { holdTime } from "../fixtures/app/time.ts";
import { atTheBoard, hands, open, page } from "./board-page/at-the-board.ts";
import { desk, type Finger, phone } from "./board-page/hands.ts";

atTheBoard("people, fingers and pens at the board", () => {
	describe("two people", () => {
		test("ink is seen while it is drawn, and becomes the stroke without a trace", async () => {
			await open("?boards=2&late=60", { ...desk, isWhole: true });
			await hands.drag([100, 300], [400, 300], true);
			await hands.see("above", [700, 300], true);
			await hands.has(0, 1);
			await page.mouse.up();
			await hands.see("board", [700, 300], true);
			await hands.see("above", [700, 300], false);
			await hands.has(1, 1);
		});

		test("ink of somebody who fell silent is wiped away", async () => {
			await open();
			// While time stands still nothing is fetched that shows it.
			await page.locator("weft-board [aria-live=polite]").waitFor({ state: "attached" });
			await holdTime(page);
			const points = [100, 200, 300].map((x) => ({ x, y: 300, pressure: 0.5 }));
			const ink = encodeInkPayload({
				type: "points",
				kind: "pen",
				ink: 1,
				color: 0,
				width: 2,
				from: 0,
				points,
			});
			await page.evaluate(
				(bytes) => {
					for (const listen of window.clients[0]?.inkListeners ?? []) {
						listen({ clientId: 99, ink: Uint8Array.from(bytes) });
					}
				},
				[...ink],
			);
			await page.clock.runFor(200);
			await hands.see("above", [150, 300], true);
			await page.clock.runFor(6_000);
			await hands.see("above", [150, 300], true);
			await page.clock.runFor(8_000);
			await hands.see("above", [150, 300], false);
		});

		test("who listens hears in a sentence what the other did, while at the board", async () => {
			await open("?boards=2");
			const news = page.locator("weft-board").nth(1).locator("[aria-live=polite]");
			await news.waitFor({ state: "attached" });
			await page.locator(".weft-board__paper").nth(1).focus();
			await holdTime(page);
			await page.evaluate(() => {
				window.clients[0]?.setPresence({});
				const strokes = window.clients[0]?.doc.getArray("strokes");
				for (const y of [100, 200]) strokes?.push([{ points: [50, y, 90, y] }]);
			});
			await hands.has(2, 1);
			expect(await news.textContent()).toBe("");
			await page.clock.runFor(4_000);
			await expect.poll(() => news.textContent()).toBe("Ann: added 2 strokes.");
		});

		test("undo takes back one's own stroke and leaves the other's", async () => {
			await open("?boards=2");
			await hands.drag([100, 300], [400, 300]);
			await hands.drag([600, 400], [900, 400]);
			await hands.has(2);
			await page.locator("weft-board").first().getByRole("button", { name: "Undo" }).click();
			await hands.has(1, 1);
			await hands.see("board", [750, 400], true);
			await hands.see("board", [750, 300], false);
		});

		test("a drag is seen on its way, is one step of undo, and Escape takes it back", async () => {
			await open("?boards=2");
			await hands.drag([100, 300], [400, 300]);
			await page.keyboard.press("v");
			await hands.drag([250, 300], [250, 400], true);
			await hands.see("board", [750, 400], true);
			await hands.see("board", [750, 300], false);
			await page.keyboard.press("Escape");
			await page.mouse.up();
			await hands.see("board", [750, 300], true);
			await hands.drag([250, 300], [250, 400], true);
			await hands.see("board", [750, 400], true);
			await page.mouse.move(250, 500, { steps: 5 });
			await page.mouse.up();
			await hands.see("board", [250, 500], true);
			await page.locator("weft-board").first().getByRole("button", { name: "Undo" }).click();
			await hands.see("board", [250, 300], true);
			await hands.see("board", [250, 400], false);
			await hands.see("board", [750, 300], true);
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

	describe("words at a pointer", () => {
		const field = () => page.getByRole("textbox", { name: t("board.say") });
		const said = () => page.evaluate(() => window.clients[0]?.doc.getArray("chat").toJSON());

		test("are read there while they are typed, and then in the chat", async () => {
			await open("?boards=2");
			const read = page.locator("weft-board").nth(1).locator(".weft-board__cursor-saying");
			await holdTime(page);
			await page.mouse.move(250, 350);
			await page.keyboard.press("/");
			await field().waitFor();
			await page.keyboard.type("the red one");
			await page.clock.runFor(300);
			await expect.poll(() => read.textContent()).toBe("the red one");
			expect(await said()).toEqual([]);
			await page.keyboard.press("Enter");
			expect(await said()).toEqual([expect.objectContaining({ by: "g_Ann", body: "the red one" })]);
			await field().waitFor({ state: "detached" });
			await page.clock.runFor(6_000);
			expect(await read.textContent()).toBe("the red one");
			await page.clock.runFor(4_000);
			await expect.poll(() => read.textContent()).toBe("");
			// Letters were no tools there, and are again.
			expect(await page.evaluate(() => window.boards[0]?.easel?.tool)).toBe("pen");
			await page.keyboard.press("e");
			expect(await page.evaluate(() => window.boards[0]?.easel?.tool)).toBe("eraser");
		});

		test("are given up with Escape; without a pointer they stand in the middle", async () => {
			await open("?boards=2");
			const cursor = page.locator("weft-board").nth(1).locator(".weft-board__cursor");
			await page.locator(".weft-board__paper").first().focus();
			await page.keyboard.press("/");
			await field().waitFor();
			await page.keyboard.type("never");
			await expect.poll(() => cursor.textContent()).toBe("Annnever");
			await page.keyboard.press("Escape");
			await expect.poll(() => cursor.count()).toBe(0);
			expect(await said()).toEqual([]);
			const focused = () => page.evaluate(() => document.activeElement?.className);
			expect(await focused()).toContain("weft-board__paper");
		});
	});

	describe("fingers and pens", () => {
		test("one finger draws", async () => {
			await open("", phone);
			const touch = await hands.touch();
			await touch("touchStart", [{ x: 100, y: 300, id: 0 }]);
			for (let x = 110; x <= 250; x += 10) {
				await touch("touchMove", [{ x, y: 300, id: 0 }]);
			}
			await touch("touchEnd", []);
			await hands.has(1);
			await hands.see("board", [180, 300], true);
		});

		test("two fingers move and enlarge the paper, and leave no stroke", async () => {
			await open("", phone);
			const touch = await hands.touch();
			const at = (a: number, b: number): Finger[] => [
				{ x: a, y: 300, id: 0 },
				{ x: b, y: 300, id: 1 },
			];
			// Both in one message: on a busy machine two would be further apart than fingers are.
			await touch("touchStart", at(150, 250));
			for (let step = 1; step <= 10; step++) {
				await touch("touchMove", at(150 - step * 5, 250 + step * 5));
			}
			await touch("touchEnd", []);
			await hands.has(0);
			await expect.poll(() => hands.zoom()).toBeCloseTo(2, 1);
			await hands.see("ink", [150, 300], false);
		});

		test("a late second finger does not take a stroke away", async () => {
			await open("", phone);
			const touch = await hands.touch();
			await touch("touchStart", [{ x: 100, y: 300, id: 0 }]);
			await touch("touchMove", [{ x: 150, y: 300, id: 0 }]);
			const both = [
				{ x: 150, y: 300, id: 0 },
				{ x: 250, y: 500, id: 1 },
			];
			await touch("touchStart", both, 250);
			await touch("touchEnd", []);
			await hands.has(1);
			await expect.poll(() => hands.zoom()).toBe(1);
		});

		test("what the system interrupts stays drawn", async () => {
			await open("", phone);
			const touch = await hands.touch();
			await touch("touchStart", [{ x: 100, y: 300, id: 0 }]);
			await touch("touchMove", [{ x: 150, y: 300, id: 0 }]);
			await touch("touchCancel", []);
			await hands.has(1);
		});

		test("what is drawn while the page goes away stays drawn", async () => {
			await open("", { ...phone, isWhole: true });
			const touch = await hands.touch();
			await touch("touchStart", [{ x: 100, y: 300, id: 0 }]);
			await touch("touchMove", [{ x: 150, y: 300, id: 0 }]);
			await hands.has(0);
			await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide")));
			await hands.has(1);
			await touch("touchEnd", []);
			await hands.has(1);
		});

		test("a finger from the side of the screen draws, and the browser stays", async () => {
			await open("", phone);
			await page.evaluate(() => {
				addEventListener("touchstart", (event) => {
					document.title += ` ${event.defaultPrevented}`;
				});
				document.title = "stays:";
			});
			const touch = await hands.touch();
			for (const x of [5, 200, 385]) {
				await touch("touchStart", [{ x, y: 300, id: 0 }]);
				await touch("touchMove", [{ x, y: 360, id: 0 }]);
				await touch("touchEnd", []);
			}
			await expect.poll(() => page.title()).toBe("stays: true false true");
			await hands.has(3);
		});

		test("a hand that lies down before its pen leaves nothing", async () => {
			await open("", phone);
			const touch = await hands.touch();
			const pen = await hands.pen();
			await touch("touchStart", [{ x: 300, y: 600, id: 0 }]);
			await pen("mousePressed", 100, 0.5);
			for (let x = 110; x <= 200; x += 10) await pen("mouseMoved", x, 0.5);
			await pen("mouseReleased", 200, 0);
			await touch("touchEnd", []);
			await hands.has(1);
			await hands.see("board", [150, 300], true);
			await hands.see("board", [300, 600], false);
		});

		test("a pen presses, and then fingers move the paper", async () => {
			await open("", phone);
			const touch = await hands.touch();
			const pen = await hands.pen();
			await page.evaluate(() => {
				document.addEventListener("weft-toast", () => {
					document.body.dataset["told"] = "yes";
				});
			});
			const toldOf = () => page.evaluate(() => document.body.dataset["told"]);
			await pen("mousePressed", 100, 0.2);
			for (let x = 110; x <= 250; x += 10) await pen("mouseMoved", x, x / 250);
			expect(await toldOf()).toBeUndefined();
			await pen("mouseReleased", 250, 0);
			await expect.poll(toldOf).toBe("yes");
			const hasPressure = (index: number) =>
				page.evaluate((at) => {
					const item = window.clients[0]?.doc.getArray("strokes").get(at);
					const d = item instanceof window.Y.Map ? item.get("d") : null;
					return d instanceof Uint8Array && ((d[0] ?? 0) & 0x10) !== 0;
				}, index);
			await expect.poll(() => hasPressure(0)).toBe(true);
			await touch("touchStart", [{ x: 100, y: 500, id: 0 }]);
			await touch("touchMove", [{ x: 100, y: 400, id: 0 }]);
			await touch("touchEnd", []);
			await hands.has(1);
			await hands.see("board", [200, 200], true);
			await page.getByRole("button", { name: "Board menu" }).click();
			await page.getByRole("button", { name: "Pen pressure", pressed: true }).click();
			await pen("mousePressed", 100, 0.2);
			for (let x = 110; x <= 250; x += 10) await pen("mouseMoved", x, x / 250);
			await pen("mouseReleased", 250, 0);
			await hands.has(2);
			expect(await hasPressure(1)).toBe(false);
			await page.getByRole("button", { name: "Board menu" }).click();
			await page.getByRole("button", { name: "Draw with fingers again" }).click();
			await touch("touchStart", [{ x: 100, y: 500, id: 0 }]);
			await touch("touchEnd", []);
			await hands.has(3);
		});

		test("a pen that takes its tool is a pen, before it draws", async () => {
			await open("", phone);
			const button = page.getByRole("button", { name: "Eraser", exact: true });
			await button.dispatchEvent("pointerdown", { pointerType: "pen", bubbles: true });
			const touch = await hands.touch();
			await touch("touchStart", [{ x: 100, y: 500, id: 0 }]);
			await touch("touchMove", [{ x: 100, y: 400, id: 0 }]);
			await touch("touchEnd", []);
			await page.getByRole("button", { name: "Board menu" }).click();
			await page.getByRole("button", { name: "Draw with fingers again" }).waitFor();
			await hands.has(0);
		});
	});
});
