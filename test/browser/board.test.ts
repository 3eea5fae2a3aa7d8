import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import { axeFaults } from "../fixtures/axe.ts";
import { atTheBoard, complaints, hands, open, page } from "./board-page/at-the-board.ts";
import { desk, phone } from "./board-page/hands.ts";

/** How often the finished board was painted since the last call, so many frames from now. */
function paintsIn(frames: number): Promise<number> {
	return page.evaluate(async (count) => {
		const board = document.querySelector<HTMLCanvasElement>(".weft-board__canvas--board");
		const context = board?.getContext("2d") as CanvasRenderingContext2D & { paints?: number };
		if (context.paints === undefined) {
			const draw = context.drawImage;
			const noted = (...how: unknown[]) => {
				context.paints = (context.paints ?? 0) + 1;
				Reflect.apply(draw, context, how);
			};
			Object.assign(context, { drawImage: noted });
		}
		for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame);
		const { paints = 0 } = context;
		context.paints = 0;
		return paints;
	}, frames);
}

/** Nothing is painted any more that was changed before. */
async function atRest(): Promise<void> {
	await expect.poll(() => paintsIn(10)).toBe(0);
}

atTheBoard("one person at the board", () => {
	test("a drawn line is seen under the hand, and is one item when the pen is lifted", async () => {
		await open("", { ...desk, isWhole: true });
		await hands.drag([200, 300], [500, 300], true);
		await hands.see("ink", [350, 300], true);
		await hands.has(0);
		await page.mouse.up();
		await hands.has(1);
		await hands.see("board", [350, 300], true);
		await hands.see("ink", [350, 300], false);
		// An empty canvas would cost each frame as much as a full one.
		await expect.poll(() => page.locator(".weft-board__canvas:visible").count()).toBe(1);
		await expect.poll(() => page.locator(".weft-board__empty").count()).toBe(0);
	});

	test("a tap is a dot", async () => {
		await open();
		await page.mouse.click(300, 300);
		await hands.has(1);
		await hands.see("board", [300, 300], true);
	});

	test("a line that takes long enters the doc while it is drawn, as one item", async () => {
		await open();
		await hands.drag([200, 300], [400, 300], true);
		await hands.has(1);
		await page.mouse.move(400, 500, { steps: 10 });
		await page.mouse.up();
		await hands.has(1);
		await hands.see("board", [400, 450], true);
		await hands.undo();
		await hands.has(0);
	});

	test("colour and width are those of the buttons", async () => {
		await open();
		await page.getByRole("button", { name: "Red", exact: true }).click();
		await page.getByRole("button", { name: "Very bold" }).click();
		await hands.drag([200, 300], [500, 300]);
		await expect.poll(() => hands.pixel("board", 350, 306)).toBe("213,52,44");
	});

	test("the eraser takes every line it touches, and they come back in one step", async () => {
		await open();
		for (const y of [200, 300, 400]) await hands.drag([200, y], [500, y]);
		await page.keyboard.press("e");
		await hands.drag([350, 180], [350, 330]);
		await hands.has(1);
		await hands.see("board", [300, 300], false);
		await hands.undo();
		await hands.has(3);
		await hands.see("board", [300, 300], true);
	});

	test("a line is chosen, dragged, nudged and deleted", async () => {
		await open();
		await hands.drag([200, 300], [500, 300]);
		await page.keyboard.press("v");
		await hands.drag([350, 300], [350, 400]);
		await hands.see("board", [300, 400], true);
		await hands.see("board", [300, 300], false);
		await page.keyboard.press("Shift+ArrowDown");
		await hands.see("board", [300, 410], true);
		await page.getByRole("button", { name: "Board menu" }).focus();
		await page.keyboard.press("Shift+ArrowDown");
		await page.keyboard.press("Delete");
		await hands.see("board", [300, 410], true);
		await page.locator(".weft-board__paper").focus();
		await page.keyboard.press("Delete");
		await hands.has(0);
		await hands.undo();
		await hands.undo();
		await hands.undo();
		await hands.see("board", [300, 300], true);
	});

	test("a cleared board says so, and comes back also after other things were drawn", async () => {
		await open();
		await hands.drag([200, 300], [500, 300]);
		await page.evaluate(() => {
			document.addEventListener("weft-toast", (event) => {
				Object.assign(window, { toast: (event as CustomEvent).detail });
			});
		});
		await page.getByRole("button", { name: "Board menu" }).click();
		await page.getByRole("button", { name: "Clear the board" }).click();
		await hands.has(0);
		await hands.drag([200, 400], [500, 400]);
		await page.evaluate(() => {
			(window as unknown as { toast: { action: { run: () => void } } }).toast.action.run();
		});
		await hands.has(2);
		await hands.see("board", [300, 300], true);
	});

	test("after a clearing was taken back, undo goes on with the step before it", async () => {
		await open();
		await hands.drag([200, 300], [500, 300]);
		await page.evaluate(() => {
			document.addEventListener("weft-toast", (event) => {
				(event as CustomEvent<{ action: { run: () => void } }>).detail.action.run();
			});
		});
		await page.getByRole("button", { name: "Board menu" }).click();
		await page.getByRole("button", { name: "Clear the board" }).click();
		await hands.has(1);
		await page.keyboard.press("Control+z");
		await hands.has(0);
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
		await hands.drag([300, 300], [310, 300]);
		await page.mouse.move(300, 300);
		await page.keyboard.down("Control");
		await page.mouse.wheel(0, -100);
		await page.keyboard.up("Control");
		await expect.poll(() => hands.zoom()).toBeCloseTo(1.33, 2);
		await hands.see("board", [305, 300], true);
		await page.mouse.wheel(0, 2_000);
		await hands.see("board", [305, 300], false);
		await page.keyboard.press("Shift+Digit1");
		await hands.see("board", [500, 350], true);
	});

	test.each([1, 1.5])(
		"at %f pixels a pixel a small pan moves the picture as it is",
		async (deviceScaleFactor) => {
			await open("", { ...desk, deviceScaleFactor });
			await hands.drag([300, 300], [500, 420]);
			await atRest();
			const left = () => page.evaluate(() => window.boards[0]?.easel?.stage.camera.x ?? 0);
			// Wheels count device pixels.
			await page.mouse.wheel(37 * deviceScaleFactor, 21 * deviceScaleFactor);
			await expect.poll(left).toBeCloseTo(37);
			expect(await paintsIn(2)).toBe(0);
			const moved = await page.screenshot();
			await page.evaluate(() => window.boards[0]?.easel?.readTheme());
			expect(await paintsIn(2)).toBeGreaterThan(0);
			expect(moved.equals(await page.screenshot())).toBe(true);
			await page.mouse.wheel(100 * deviceScaleFactor, 0);
			await expect.poll(left).toBeCloseTo(137);
			await hands.see("board", [263, 339], true);
			expect(await paintsIn(1)).toBeGreaterThan(0);
		},
	);

	test("what moves above the board does not paint the board", async () => {
		await open();
		await hands.drag([300, 300], [500, 300]);
		await page.keyboard.press("v");
		await hands.drag([600, 400], [610, 410], true);
		await atRest();
		await page.mouse.move(800, 600, { steps: 5 });
		await hands.see("above", [700, 400], true);
		expect(await paintsIn(2)).toBe(0);
	});

	test("after a zoom the picture is exact again", async () => {
		await open();
		await hands.drag([300, 300], [300, 500]);
		/** Pixels of ink in one row, and those at its edges that are neither ink nor paper. */
		const row = () =>
			page.evaluate(() => {
				const canvas = document.querySelector<HTMLCanvasElement>(".weft-board__canvas--board");
				const top = 350 - (canvas?.getBoundingClientRect().top ?? 0);
				const data = canvas?.getContext("2d")?.getImageData(0, top, canvas.width, 1).data ?? [];
				const reds = Array.from(data).filter((_, at) => at % 4 === 0 && data[at + 3] !== 0);
				const ink = reds.filter((red) => red <= 70).length;
				return { ink, soft: reds.filter((red) => red > 70 && red < 200).length };
			});
		await hands.see("board", [300, 350], true);
		const { ink } = await row();
		await page.keyboard.press("Control+=");
		await page.keyboard.press("Control+=");
		await expect.poll(async () => (await row()).ink).toBeGreaterThan(ink);
		await expect.poll(async () => (await row()).soft).toBeLessThanOrEqual(2);
	});

	test.each(["no-preference", "reduce"] as const)(
		"the theme changes paper and ink together (motion: %s)",
		async (reducedMotion) => {
			await open();
			await page.emulateMedia({ reducedMotion });
			await hands.drag([200, 300], [500, 300]);
			await expect.poll(() => hands.pixel("board", 350, 300)).toBe("29,28,26");
			await page.evaluate(() => {
				document.documentElement.dataset["theme"] = "dark";
			});
			await expect.poll(() => hands.pixel("board", 350, 300)).toBe("236,234,230");
		},
	);

	test("strokes of other clients are drawn as they are", async () => {
		await open();
		await page.evaluate(() => {
			const points = [
				[200, 300],
				[500, 300],
			];
			window.clients[0]?.doc.getArray("strokes").push([{ points, color: "#ff0000", width: 8 }]);
		});
		await expect.poll(() => hands.pixel("board", 350, 300)).toBe("255,0,0");
	});

	test("a photo that is dropped is on the board, where it can be dragged", async () => {
		await open();
		await page.evaluate(async () => {
			const bytes = await (await fetch("/api/picture")).blob();
			const files = new DataTransfer();
			files.items.add(new File([bytes], "blue.png", { type: "image/png" }));
			const at = { clientX: 500, clientY: 350, bubbles: true, cancelable: true };
			const [board] = window.boards;
			const drag = (type: string) =>
				board?.dispatchEvent(new DragEvent(type, { ...at, dataTransfer: files }));
			while (board?.querySelector(".weft-board__drop") === null) {
				drag("dragover");
				await new Promise(requestAnimationFrame);
			}
			drag("drop");
		});
		await hands.has(1);
		await expect.poll(() => hands.pixel("board", 500, 350)).toBe("0,0,255");
		await page.keyboard.press("v");
		await hands.drag([500, 350], [250, 350]);
		await expect.poll(() => hands.pixel("board", 250, 350)).toBe("0,0,255");
		await hands.see("board", [500, 350], false);
	});

	test("a photo is pasted, or picked by a key among those of the room", async () => {
		await open();
		await page.locator(".weft-board__paper").focus();
		await page.evaluate(async () => {
			const bytes = await (await fetch("/api/picture")).blob();
			const files = new DataTransfer();
			files.items.add(new File([bytes], "blue.png", { type: "image/png" }));
			const all = { clipboardData: files, bubbles: true, cancelable: true };
			// What takes it comes when nothing else waits.
			const paste = () =>
				document.activeElement?.dispatchEvent(new ClipboardEvent("paste", all)) === false;
			while (!paste()) await new Promise(requestAnimationFrame);
		});
		await hands.has(1);
		await expect.poll(() => hands.pixel("board", 500, 350)).toBe("0,0,255");
		const dialog = page.locator(".weft-pick-photo");
		for (const [index, key] of ["9", "Control+u"].entries()) {
			await page.keyboard.press("Escape");
			await page.keyboard.press(key);
			await dialog
				.getByRole("button")
				.filter({ has: page.locator("img") })
				.first()
				.click();
			await hands.has(index + 2);
		}
		await page.keyboard.press("9");
		await dialog.waitFor();
		await page.keyboard.press("Escape");
		await dialog.waitFor({ state: "detached" });
		expect(await hands.itemCount()).toBe(3);
	});

	test("half a desk has room for every tool, also while something is selected", async () => {
		await open("", { viewport: { width: 720, height: 800 } });
		await hands.drag([200, 300], [500, 300]);
		await page.keyboard.press("v");
		await hands.drag([100, 200], [600, 400]);
		const last = page.getByRole("button", { name: "Board menu" });
		await page.getByRole("button", { name: "Delete", exact: true }).waitFor();
		const [bar, menu] = [page.locator(".weft-board__bar"), last];
		const edge = async (one: Locator) => {
			const box = await one.boundingBox();
			return (box?.x ?? 0) + (box?.width ?? 0);
		};
		await expect.poll(async () => (await edge(bar)) - (await edge(menu))).toBeGreaterThan(0);
	});

	test("the board is told in words", async () => {
		await open();
		await hands.drag([200, 300], [500, 300]);
		const outline = page.getByRole("region", { name: "What is on the board" });
		await expect.poll(() => outline.textContent()).toContain("1 stroke");
		await expect.poll(() => outline.textContent()).toContain("Ink stroke by you");
		await hands.drag([200, 400], [500, 400]);
		await expect.poll(() => outline.textContent()).toContain("2 strokes");
	});

	test.each([
		["a desk, light", desk],
		["a phone, dark, with its panel open", { ...phone, colorScheme: "dark" } as const],
	])("axe finds nothing to mend on %s", async (_name, options) => {
		await open("", { ...options, reducedMotion: "reduce" });
		if (options !== desk) await page.getByRole("button", { name: "Colour and width" }).click();
		expect(await axeFaults(page, "weft-board")).toEqual([]);
	});

	test("where the worker cannot be loaded, the page paints all that is there", async () => {
		await open("", { ...desk, brokenWorker: true });
		await hands.drag([200, 300], [500, 300]);
		await hands.see("board", [350, 300], true);
		await expect
			.poll(() => page.evaluate(() => window.boards[0]?.easel?.tileBytes ?? 0))
			.toBeGreaterThan(2 ** 20);
		const heard: string[] = [];
		const listen = () => heard.push(...complaints()) && heard.join();
		await expect.poll(listen).toContain("painted without its worker");
	});

	test("without OffscreenCanvas the page paints the same itself", async () => {
		await open("", { ...desk, withoutWorker: true });
		await hands.drag([200, 300], [500, 300]);
		await hands.see("board", [350, 300], true);
		await page.keyboard.press("Control+=");
		await page.keyboard.press("Shift+Digit1");
		await expect
			.poll(() => page.evaluate(() => window.boards[0]?.easel?.tileBytes ?? 0))
			.toBeGreaterThan(2 ** 20);
	});
});
