import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { curveBulge, denseLine } from "../../../../web/board/paint/dense-line.ts";

fc.configureGlobal({ seed: 20261121 });

function dense(points: number[], pressures: number[] | null = null): number[][] {
	return denseLine({ points, pressures, width: 5, isFinished: true });
}

describe("a dense line", () => {
	test("near points stay as they are", () => {
		expect(dense([0, 0, 3, 4, 6, 4])).toEqual([
			[0, 0, 0.5, 0],
			[3, 4, 0.5, 1],
			[6, 4, 0.5, 2],
		]);
	});

	test("a wide gap is filled, and pressure grows along it", () => {
		const line = dense([0, 0, 40, 0], [0, 1]);
		expect(line.length).toBe(7);
		expect(line.every(([, y]) => y === 0)).toBe(true);
		expect(line.map(([x]) => x)).toEqual([...line.map(([x]) => x ?? 0)].sort((a, b) => a - b));
		expect(line[3]?.[2]).toBeCloseTo(0.5, 1);
		expect(line.map(([, , , place]) => place)).toEqual([0, 1, 2, 3, 4, 5, 6].map((at) => at / 6));
	});

	test("a square stays square", () => {
		const line = dense([0, 0, 80, 0, 80, 80, 0, 80, 0, 0]);
		const isOnEdge = (value = -1) => Math.min(Math.abs(value), Math.abs(value - 80)) < 1e-6;
		expect(line.filter(([x, y]) => !isOnEdge(x) && !isOnEdge(y))).toEqual([]);
	});

	test("twelve points of a circle become round", () => {
		const points = Array.from({ length: 13 }, (_, index) => (index * Math.PI) / 6).flatMap(
			(angle) => [100 * Math.cos(angle), 100 * Math.sin(angle)],
		);
		const inner = dense(points).slice(10, -10);
		const away = inner.map(([x = 0, y = 0]) => Math.abs(Math.hypot(x, y) - 100));
		expect(Math.max(...away)).toBeLessThan(1);
	});

	test("no gap is left wide, and no curve leaves the box by more than its bulge", () => {
		const coordinate = fc.integer({ min: -300, max: 300 });
		const points = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(points, (drawn) => {
				const line = dense(drawn.flat());
				const xs = drawn.map(([x]) => x);
				for (const [index, [x = 0, y = 0]] of line.entries()) {
					expect(x).toBeGreaterThanOrEqual(Math.min(...xs) - curveBulge);
					expect(x).toBeLessThanOrEqual(Math.max(...xs) + curveBulge);
					const [lastX = x, lastY = y] = line[index - 1] ?? [];
					expect(Math.hypot(x - lastX, y - lastY)).toBeLessThan(20);
				}
			}),
		);
	});
});
