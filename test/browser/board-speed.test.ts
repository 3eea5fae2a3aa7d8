import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium } from "../fixtures/app/chromium.ts";
import { hasDrawings, quickDrawings } from "../shared/surfaces/drawings.ts";
import { type BoardSite, openBoardSite } from "./board-page/site.ts";

/** Drawings are laid out in a square, each in a field of so many units. */
const fieldUnits = 300;

/** So many recorded strokes as somebody's large board. */
function strokes(count: number): number[][] {
	const drawings = quickDrawings();
	const lines: number[][] = [];
	const side = Math.ceil(Math.sqrt((count * drawings.length) / drawings.flat().length));
	for (let field = 0; lines.length < count; field++) {
		const left = (field % side) * fieldUnits;
		const top = Math.floor(field / side) * fieldUnits;
		for (const points of drawings[field % drawings.length] ?? []) {
			lines.push(points.map((value, index) => value + (index % 2 === 0 ? left : top)));
		}
	}
	return lines.slice(0, count);
}

/** `WEFT_BOARD_STROKES=1000,50000` measures other boards. */
const counts = (process.env["WEFT_BOARD_STROKES"] ?? "10000").split(",").map(Number);

interface Figures {
	readonly frames: number;
	readonly perSecond: number;
	readonly worstMs: number;
	readonly over50ms: number;
}

describe.skipIf(!hasChromium || !hasDrawings)("a large board", () => {
	let site: BoardSite;

	beforeAll(async () => {
		site = await openBoardSite();
	});
	afterAll(() => site?.close());

	test.each(counts)("%i strokes: figures, not a promise", async (count) => {
		const page = await site.open("", { viewport: { width: 1440, height: 900 } });
		const lines = strokes(count);
		const loadMs = await page.evaluate((all) => window.load(all), lines);
		const gesture = (steps: { deltaX: number; deltaY: number; ctrlKey: boolean }[]) =>
			page.evaluate(async (wheels): Promise<Figures> => {
				const paper = document.querySelector(".weft-board__paper");
				const times: number[] = [];
				let last = await new Promise<number>(requestAnimationFrame);
				for (const wheel of wheels) {
					paper?.dispatchEvent(
						new WheelEvent("wheel", { ...wheel, clientX: 720, clientY: 450, cancelable: true }),
					);
					const now = await new Promise<number>(requestAnimationFrame);
					times.push(now - last);
					last = now;
				}
				const totalMs = times.reduce((sum, each) => sum + each, 0);
				return {
					frames: times.length,
					perSecond: Math.round((times.length * 1_000) / totalMs),
					worstMs: Math.round(Math.max(...times)),
					over50ms: times.filter((each) => each > 50).length,
				};
			}, steps);
		/** Every tile in sight is painted: for twenty frames none was added. */
		const rest = () =>
			page.evaluate(async () => {
				const bytes = () => window.boards[0]?.easel?.tileBytes ?? 0;
				for (let held = bytes(), calm = 0; calm < 20; held = bytes()) {
					await new Promise(requestAnimationFrame);
					calm = bytes() === held && held > 0 ? calm + 1 : 0;
				}
			});
		await rest();
		const overview = await gesture(
			Array.from({ length: 90 }, () => ({ deltaX: 6, deltaY: 2, ctrlKey: false })),
		);
		await page.keyboard.press("Control+0");
		await rest();
		const pan = await gesture(
			Array.from({ length: 120 }, () => ({ deltaX: 12, deltaY: 5, ctrlKey: false })),
		);
		const zoom = await gesture(
			Array.from({ length: 120 }, (_, index) => ({
				deltaX: 0,
				deltaY: index < 60 ? 3 : -3,
				ctrlKey: true,
			})),
		);
		const tileBytes = await page.evaluate(() => window.boards[0]?.easel?.tileBytes ?? 0);
		console.log(
			JSON.stringify({ count, loadMs, pan, zoom, overview, tileMiB: tileBytes / 2 ** 20 }),
		);
		expect(pan.frames).toBe(120);
		await page.context().close();
	});
});
