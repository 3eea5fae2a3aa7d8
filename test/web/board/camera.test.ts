import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	type Camera,
	contains,
	fitTo,
	freeViewOf,
	panBy,
	pinch,
	toBoard,
	toScreen,
	viewOf,
	zoomAt,
	zoomMax,
	zoomMin,
} from "../../../web/board/camera.ts";
import { cameraWith } from "../../../web/board/people/keep-seen.ts";

fc.configureGlobal({ seed: 20261121 });

const camera: Camera = { x: 100, y: -50, zoom: 2 };
const size = { width: 800, height: 600 };
const coordinate = fc.integer({ min: -5_000, max: 5_000 });

describe("the camera", () => {
	test("there and back is the same point", () => {
		fc.assert(
			fc.property(coordinate, coordinate, (x, y) => {
				const back = toScreen(camera, toBoard(camera, { x, y }));
				expect(back.x).toBeCloseTo(x, 6);
				expect(back.y).toBeCloseTo(y, 6);
			}),
		);
	});

	test("zooming keeps what is under the pointer", () => {
		const zoom = fc.double({ min: zoomMin, max: zoomMax, noNaN: true });
		fc.assert(
			fc.property(coordinate, coordinate, zoom, (x, y, level) => {
				const before = toBoard(camera, { x, y });
				const after = toBoard(zoomAt(camera, { x, y }, level), { x, y });
				expect(after.x).toBeCloseTo(before.x, 6);
				expect(after.y).toBeCloseTo(before.y, 6);
			}),
		);
	});

	test("what a wider view showed is brought into a narrower one with little", () => {
		const box = { minX: 110, minY: 0, maxX: 402, maxY: 200 };
		expect(cameraWith(box, camera, size)).toBe(camera);
		const narrow = { width: 600, height: 600 };
		const beside = cameraWith(box, camera, narrow);
		expect(beside).toEqual({ x: 110, y: -50, zoom: 2 });
		const phone = { width: 300, height: 600 };
		const out = cameraWith(box, camera, phone);
		expect(out.zoom).toBeLessThan(2);
		expect(contains(viewOf(out, phone), box)).toBe(true);
	});

	test("the zoom has two ends", () => {
		expect(zoomAt(camera, { x: 0, y: 0 }, 1e9).zoom).toBe(zoomMax);
		expect(zoomAt(camera, { x: 0, y: 0 }, 0).zoom).toBe(zoomMin);
	});

	test("panning moves the paper with the hand", () => {
		expect(panBy(camera, { x: 20, y: -10 })).toEqual({ x: 90, y: -45, zoom: 2 });
	});

	test("two fingers hold the paper: both points stay under them", () => {
		const from: [{ x: number; y: number }, { x: number; y: number }] = [
			{ x: 100, y: 100 },
			{ x: 200, y: 100 },
		];
		const to: typeof from = [
			{ x: 150, y: 160 },
			{ x: 350, y: 160 },
		];
		const after = pinch(camera, from, to);
		expect(after.zoom).toBe(4);
		for (const finger of [0, 1] as const) {
			const held = toBoard(camera, from[finger]);
			expect(toScreen(after, held).x).toBeCloseTo(to[finger].x, 6);
			expect(toScreen(after, held).y).toBeCloseTo(to[finger].y, 6);
		}
	});

	test("what one comes to is shown clear of the tools at the top and the bottom", () => {
		const tall = { minX: 0, minY: 0, maxX: 200, maxY: 590 };
		expect(contains(freeViewOf({ x: 0, y: 0, zoom: 1 }, size), tall)).toBe(false);
		const camera = fitTo(tall, size);
		expect(toScreen(camera, { x: 0, y: 0 }).y).toBeGreaterThan(70);
		expect(toScreen(camera, { x: 0, y: 590 }).y).toBeLessThan(size.height - 70);
	});

	test("on a phone that lies on its side the tools hide nothing either", () => {
		const lying = { width: 844, height: 334 };
		const tall = { minX: 0, minY: 0, maxX: 900, maxY: 1_000 };
		const camera = fitTo(tall, lying);
		expect(toScreen(camera, { x: 0, y: 0 }).y).toBeGreaterThan(62);
		expect(toScreen(camera, { x: 0, y: 1_000 }).y).toBeLessThan(lying.height - 62);
	});

	test("fitting shows all of a box and does not blow up a small one", () => {
		const large = { minX: -10_000, minY: 0, maxX: 10_000, maxY: 500 };
		const view = viewOf(fitTo(large, size), size);
		expect(view.minX).toBeLessThan(large.minX);
		expect(view.maxX).toBeGreaterThan(large.maxX);
		expect(fitTo({ minX: 0, minY: 0, maxX: 1, maxY: 1 }, size)).toEqual({
			x: 0.5 - 400,
			y: 0.5 - 300,
			zoom: 1,
		});
	});
});
