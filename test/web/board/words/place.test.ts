import { describe, expect, test } from "vitest";
import { contains, freeViewOf, homeCamera, overlaps } from "../../../../web/board/camera.ts";
import { boxAt, boxBeside, cameraFor } from "../../../../web/board/words/place.ts";

const size = { width: 1_000, height: 700 };
const phone = { width: 390, height: 320 };

const spot = (x: number, y: number, more: object = {}) => ({
	...{ from: { x, y }, to: { x, y }, camera: homeCamera, size },
	...more,
});

describe("where words are put down", () => {
	test("a note lies around the point, a text begins at it", () => {
		expect(boxAt("note", 1, spot(300, 200))).toEqual({
			minX: 200,
			minY: 100,
			maxX: 400,
			maxY: 300,
		});
		expect(boxAt("text", 1, spot(300, 200))).toEqual({
			minX: 300,
			minY: 187,
			maxX: 780,
			maxY: 213,
		});
	});

	test("a text's lines end where the view does, and are never too narrow", () => {
		expect(boxAt("text", 1, spot(700, 200)).maxX).toBe(976);
		expect(boxAt("text", 1, spot(990, 200)).maxX).toBe(990 + 160);
	});

	test("a drag says how wide the lines are, in either direction", () => {
		for (const [from, to] of [
			[100, 350],
			[350, 100],
		] as const) {
			const box = boxAt("text", 1, spot(0, 0, { from: { x: from, y: 50 }, to: { x: to, y: 90 } }));
			expect([box.minX, box.maxX]).toEqual([100, 350]);
		}
	});

	test("the next note stands beside this one, behind those that stand there", () => {
		const card = { minX: 0, minY: 0, maxX: 200, maxY: 260 };
		const taken = { minX: 220, minY: 50, maxX: 420, maxY: 250 };
		expect(boxBeside(card, () => false)).toEqual({ minX: 224, minY: 0, maxX: 424, maxY: 200 });
		expect(boxBeside(card, (box) => overlaps(box, taken)).minX).toBe(448);
	});
});

describe("where one looks while typing", () => {
	const caret = { minX: 300, minY: 300, maxX: 316, maxY: 326 };

	test("a caret that is seen moves nothing", () => {
		expect(cameraFor(caret, { camera: homeCamera, size }, 0.5)).toBe(homeCamera);
	});

	test.each([
		{ minX: -500, minY: -900, maxX: -484, maxY: -874 },
		{ minX: 5_000, minY: 4_000, maxX: 5_016, maxY: 4_026 },
		{ minX: 380, minY: 310, maxX: 396, maxY: 336 },
	])("a caret elsewhere comes into view above a phone's keyboard: %o", (box) => {
		const camera = cameraFor(box, { camera: homeCamera, size: phone }, 0.8);
		expect(camera.zoom).toBe(1);
		expect(contains(freeViewOf(camera, phone), box)).toBe(true);
	});

	test("letters that are too small to read are enlarged", () => {
		const camera = cameraFor(caret, { camera: { x: -2_000, y: -2_000, zoom: 0.1 }, size }, 0.5);
		expect(camera.zoom).toBe(0.5);
		expect(contains(freeViewOf(camera, size), caret)).toBe(true);
	});
});
