/** What a round eraser sweeps over, compared with looking at every place of a stroke. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { stretchesOf } from "../../../../shared/surfaces/arrange/gaps.ts";
import { crumbsOf, type Stroke, sweptGaps } from "../../../../web/board/erase/swept.ts";
import { denseLine } from "../../../../web/board/paint/dense-line.ts";

fc.configureGlobal({ seed: 20261122 });

const coordinate = fc.integer({ min: 0, max: 60 });
const point = fc.record({ x: coordinate, y: coordinate });

function strokeOf(points: readonly { x: number; y: number }[]): Stroke {
	const flat = points.flatMap(({ x, y }) => [x, y]);
	return denseLine({ points: flat, pressures: null, width: 2, isFinished: true });
}

function distance(x: number, y: number, from: { x: number; y: number }, to: typeof from): number {
	const [alongX, alongY] = [to.x - from.x, to.y - from.y];
	const square = alongX ** 2 + alongY ** 2;
	const share = square === 0 ? 0 : ((x - from.x) * alongX + (y - from.y) * alongY) / square;
	const near = Math.min(1, Math.max(0, share));
	return Math.hypot(x - from.x - alongX * near, y - from.y - alongY * near);
}

test("is exactly what lies within its reach", () => {
	const strokes = fc.array(point, { minLength: 2, maxLength: 8 });
	fc.assert(
		fc.property(
			strokes,
			point,
			point,
			fc.integer({ min: 1, max: 20 }),
			(points, from, to, reach) => {
				const stroke = strokeOf(points);
				const gaps = [...stretchesOf(sweptGaps(stroke, [from, to], reach))];
				for (let index = 1; index < stroke.length; index++) {
					const [x = 0, y = 0, , start = 0] = stroke[index - 1] ?? [];
					const [endX = 0, endY = 0, , end = 0] = stroke[index] ?? [];
					for (let share = 0.1; share < 1; share += 0.2) {
						const far = distance(x + (endX - x) * share, y + (endY - y) * share, from, to);
						if (Math.abs(far - reach) < 1e-6) continue; // At the very edge either is right.
						const place = start + (end - start) * share;
						const isGap = gaps.some(([low, high]) => place > low - 1e-9 && place < high + 1e-9);
						expect(isGap).toBe(far < reach);
					}
				}
			},
		),
		{ numRuns: 300 },
	);
});

test("a dot goes as a whole or not at all", () => {
	const dot = strokeOf([{ x: 10, y: 10 }]);
	const at = (x: number) =>
		[
			{ x, y: 10 },
			{ x, y: 10 },
		] as const;
	expect(sweptGaps(dot, at(13), 4)).not.toEqual([]);
	expect(sweptGaps(dot, at(15), 4)).toEqual([]);
});

test("what is left and shorter than a crumb is told, wherever it is", () => {
	const stroke = strokeOf([
		{ x: 0, y: 0 },
		{ x: 50, y: 0 },
		{ x: 50, y: 100 },
	]);
	expect(crumbsOf(stroke, [0.02, 0.5, 1.01, 1.98], 3)).toEqual([0, 0.02, 1.98, 2]);
	expect(crumbsOf(stroke, [0.2, 0.5], 3)).toEqual([]);
});
