/** The strokes, where one looks at them, and the ways of the hand. */
import { describe, expect, test } from "vitest";
import {
	excalidrawElement,
	tldrawShape,
	weftStroke,
} from "../../../../scripts/bench/board/convert.ts";
import {
	inkPlaces,
	middleAt,
	overview,
	pointsEach,
	strokeAt,
	view,
	writeStrokes,
	zoomMin,
} from "../../../../scripts/bench/board/strokes.ts";
import { gestures, wayOf } from "../../../../scripts/bench/board/ways.ts";
import { decodeStroke, encodeStroke } from "../../../../shared/surfaces/stroke-codec.ts";

const strokes = writeStrokes(600);
const line = strokeAt(strokes, 7);

describe("the strokes", () => {
	test("are the same each time, and lie on their paper", () => {
		expect(writeStrokes(600).points).toEqual(strokes.points);
		const { points, width, height } = strokes;
		const [xs, ys] = [0, 1].map((axis) => points.filter((_, index) => index % 2 === axis));
		expect(Math.min(...(xs ?? []), ...(ys ?? []))).toBeGreaterThan(-60);
		expect(Math.max(...(xs ?? []))).toBeLessThan(width + 60);
		expect(Math.max(...(ys ?? []))).toBeLessThan(height + 60);
	});

	test("stand closer, not wider, from 10,000 on: all boards can show them", () => {
		const [many, more] = [writeStrokes(10_000), writeStrokes(20_000)];
		expect(more.width).toBe(many.width);
		const { x, y, zoom } = overview(more);
		expect(zoom).toBeGreaterThanOrEqual(zoomMin);
		expect(x).toBeLessThan(0);
		expect(y).toBeLessThan(0);
		expect(x + view.width / zoom).toBeGreaterThan(more.width);
		expect(y + view.height / zoom).toBeGreaterThan(more.height);
	});

	test("few are not enlarged beyond 100 %", () => {
		expect(overview(writeStrokes(4)).zoom).toBe(1);
	});

	test("places that must be ink are points of strokes, away from the tools", () => {
		const camera = overview(strokes);
		const places = inkPlaces(strokes, camera, 20);
		expect(places).toHaveLength(20);
		const middles = new Set(
			Array.from({ length: strokes.count }, (_, index) => {
				const stroke = strokeAt(strokes, index);
				const [x = 0, y = 0] = [stroke[pointsEach], stroke[pointsEach + 1]];
				return [(x - camera.x) * camera.zoom, (y - camera.y) * camera.zoom].map(Math.round).join();
			}),
		);
		for (const place of places) expect(middles).toContain(place.join());
	});
});

describe("the same stroke", () => {
	test("loses nothing in Weft's bytes", () => {
		const read = decodeStroke(encodeStroke(weftStroke(line)));
		expect(Array.from(read?.points ?? [])).toEqual(Array.from(line));
	});

	test("is a freedraw element of Excalidraw, with points from its own first one", () => {
		const { x, y, width, height, points, strokeWidth } = excalidrawElement(line, "s7", 2.5);
		expect(points).toHaveLength(pointsEach);
		expect(points[0]).toEqual([0, 0]);
		const back = points.flatMap(([px = 0, py = 0]) => [px + x, py + y]);
		expect(back).toEqual(Array.from(line));
		const xs = Array.from(line).filter((_, index) => index % 2 === 0);
		expect(width).toBe(Math.max(...xs) - Math.min(...xs));
		expect(height).toBeGreaterThan(0);
		expect(strokeWidth * 4.25).toBeCloseTo(2.5);
	});

	test("is a draw shape of tldraw, its points told to its own encoder", () => {
		const told: { x: number; y: number; z: number }[] = [];
		const { x, y, props } = tldrawShape(line, 2.5, (points) => {
			told.push(...points);
			return "path";
		});
		expect(props.segments).toEqual([{ type: "free", path: "path" }]);
		expect(told.flatMap((point) => [point.x + x, point.y + y])).toEqual(Array.from(line));
		expect(props.scale * 3).toBeCloseTo(2.5);
	});
});

describe("the hand", () => {
	test.each(gestures)("%s begins and ends at one place", (gesture) => {
		const { start, cameras } = wayOf(gesture, strokes, 4);
		for (const camera of [cameras[0], cameras.at(-1)]) {
			expect(camera?.x).toBeCloseTo(start.x, 6);
			expect(camera?.y).toBeCloseTo(start.y, 6);
			expect(camera?.zoom).toBeCloseTo(start.zoom, 9);
		}
	});

	test("zooms out as far as all boards can, around the middle", () => {
		const { cameras, isZoom } = wayOf("zoom", strokes, 4);
		expect(isZoom).toBe(true);
		const farthest = cameras.reduce((one, other) => (other.zoom < one.zoom ? other : one));
		expect(farthest.zoom).toBeCloseTo(zoomMin, 9);
		expect(farthest).toEqual(middleAt(strokes, farthest.zoom));
	});

	test("pans at one zoom, and with all in view keeps the middle in view", () => {
		expect(new Set(wayOf("pan", strokes, 4).cameras.map(({ zoom }) => zoom))).toEqual(new Set([1]));
		const { start, cameras } = wayOf("overview", strokes, 4);
		for (const { x } of cameras) expect(Math.abs(x - start.x) * start.zoom).toBeLessThan(41);
	});
});
