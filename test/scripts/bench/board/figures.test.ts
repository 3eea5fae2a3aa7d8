/** What frames, pictures and messages of a board come to, and what was promised of them. */
import { describe, expect, test } from "vitest";
import { paceOf, quantileOf, worstAfter } from "../../../../scripts/bench/board/frames.ts";
import { boardHand } from "../../../../scripts/bench/board/hand.ts";
import {
	type Clip,
	compare,
	drawPlainly,
	type Ink,
	inkBetween,
} from "../../../../scripts/bench/board/picture.ts";
import {
	middleAt,
	type Strokes,
	strokeAt,
	writeStrokes,
} from "../../../../scripts/bench/board/strokes.ts";
import { weftSizes } from "../../../../scripts/bench/board/wire.ts";
import { promiseOf, standingOf } from "../../../../scripts/bench/lines.ts";
import { Results } from "../../../../scripts/bench/results.ts";
import { answer } from "../made-up-results.ts";

describe("frames", () => {
	/** A frame each 16 ms; one takes 100. */
	const atMs = [0, 16, 32, 132, 148, 164];

	test("are counted while the hand moves; the longest also of what it puts off", () => {
		const pace = paceOf({ atMs, beganMs: 0, endedMs: 32 });
		expect(pace).toEqual({ count: 2, perSecond: 62.5, worstMs: 100, p99Ms: 16 });
		expect(paceOf({ atMs, beganMs: 0, endedMs: 33 })).toMatchObject({ count: 3, p99Ms: 100 });
	});

	test("after a moment: the one under way then, and those that begin within the time", () => {
		expect(worstAfter(atMs, [140], 500)).toBe(16);
		expect(worstAfter(atMs, [40], 5)).toBe(100);
		expect(worstAfter(atMs, [10], 10)).toBe(16);
		expect(worstAfter(atMs, [], 500)).toBeNaN();
	});

	test("99 of 100", () => {
		expect(quantileOf([...Array(99).fill(1), 50], 0.99)).toBe(1);
		expect(quantileOf([...Array(98).fill(1), 50, 50], 0.99)).toBe(50);
		expect(quantileOf([], 0.99)).toBeNaN();
	});
});

describe("a picture", () => {
	const clip: Clip = { x: 400, y: 200, width: 240, height: 200 };
	const strokes = writeStrokes(60);
	const at = (zoom: number, shown: Strokes = strokes) =>
		drawPlainly(shown, middleAt(strokes, zoom), clip);

	/** All strokes but every seventh. */
	const without = (): Strokes => {
		const points = strokes.points.slice();
		for (let index = 0; index < strokes.count; index += 7)
			strokeAt({ ...strokes, points }, index).fill(-9_999);
		return { ...strokes, points };
	};
	const changed = ({ values, ...size }: Ink, change: (at: number) => number): Ink => {
		return { ...size, values: values.map((_, index) => change(index)) };
	};

	test.each([0.5, 1, 4])("at zoom %f is like itself", (zoom) => {
		expect(compare(at(zoom), at(zoom), 2)).toEqual({ wrongShare: 0, sharpness: 1 });
	});

	test("is found to lack strokes, and to have what nobody drew", () => {
		expect(compare(at(1), at(1, without()), 2).wrongShare).toBeGreaterThan(0.04);
		expect(compare(at(1, without()), at(1), 2).wrongShare).toBeGreaterThan(0.04);
		expect(
			compare(
				at(1),
				changed(at(1), () => 0),
				2,
			).wrongShare,
		).toBe(1);
	});

	test("may lie a pixel beside its place, and no more than it is told", () => {
		const { values, width } = at(1);
		const moved = (by: number) => changed(at(1), (index) => values[index - by * width] ?? 0);
		expect(compare(at(1), moved(1), 2).wrongShare).toBeLessThan(0.005);
		expect(compare(at(1), moved(6), 2).wrongShare).toBeGreaterThan(0.1);
	});

	test("enlarged from half the size is a blur", () => {
		const { values, width } = at(1);
		const blurred = changed(at(1), (index) => {
			const around = [-1, 0, 1, 2].flatMap((x) => [-1, 0, 1, 2].map((y) => index + x + y * width));
			return Math.round(around.reduce((sum, one) => sum + (values[one] ?? 0), 0) / around.length);
		});
		expect(compare(at(1), blurred, 2).sharpness).toBeLessThan(0.6);
	});

	test("grid and tools are no ink: they were there before", () => {
		const part = { x: 0, y: 0, width: 3, height: 1 };
		const ink = inkBetween(Uint8Array.of(255, 200, 250), Uint8Array.of(255, 200, 30), part);
		expect(Array.from(ink.values)).toEqual([0, 0, 220]);
	});
});

test("a stroke of 60 points is under 190 bytes on the wire, a move at most 32", () => {
	const { stroke, move } = weftSizes(writeStrokes(100));
	expect(stroke).toBeLessThanOrEqual(190);
	expect(move).toBeLessThanOrEqual(32);
	expect(move).toBeGreaterThan(10);
});

describe("what was promised of the board", () => {
	const resultsOf = (weft: Readonly<Record<number, number>>, best: number) => {
		const results = new Results();
		for (const shape of boardHand.shapes) {
			const add = (contestant: string, panCpu: number) =>
				results.add({
					scenario: boardHand,
					shape,
					contestant,
					answer: answer({ panCpu }),
					seconds: 1,
				});
			const own = weft[shape.count];
			if (own === undefined) continue;
			add("weft", own);
			add("tldraw", best * 2);
			add("excalidraw", best);
		}
		return (count: number) => {
			const row = results
				.rows()
				.find(({ shape, measure }) => shape.count === count && measure.key === "panCpu");
			if (row === undefined) throw new Error("no such row");
			return row;
		};
	};

	test("is held against the better of the other boards", () => {
		const row = resultsOf({ 10000: 4.4 }, 10)(10_000);
		expect(promiseOf(row)).toEqual({ pass: "≤ 0.500 best", goal: "≤ 0.400 best" });
		expect(standingOf(row)).toBe("pass");
		expect(standingOf(resultsOf({ 10000: 5.1 }, 10)(10_000))).toBe("short");
		expect(standingOf(resultsOf({ 10000: 3.9 }, 10)(10_000))).toBe("goal");
	});

	test("a large board is held against a small one", () => {
		expect(standingOf(resultsOf({ 1000: 4, 50000: 6.5 }, 9)(50_000))).toBe("short");
		expect(standingOf(resultsOf({ 1000: 4, 50000: 6 }, 9)(50_000))).toBe("pass");
		expect(standingOf(resultsOf({ 1000: 4, 50000: 5 }, 9)(50_000))).toBe("goal");
	});
});
