import { expect, test } from "vitest";
import { leftOf, lit, trailMs } from "../../../../web/board/laser/trails.ts";

const points = [0, 400, 800].map((bornMs) => ({ x: bornMs, y: 0, bornMs }));
const bornAt = (nowMs: number, isCalm = false) =>
	lit(points, nowMs, isCalm).map(({ bornMs }) => bornMs);

test("each point is gone a second after it lit up, the oldest first", () => {
	expect(bornAt(900)).toEqual([0, 400, 800]);
	expect(bornAt(trailMs)).toEqual([400, 800]);
	expect(bornAt(trailMs + 500)).toEqual([800]);
	expect(bornAt(trailMs + 800)).toEqual([]);
});

test("who wants no motion sees the trail whole, until its last point is gone", () => {
	expect(bornAt(trailMs + 500, true)).toEqual([0, 400, 800]);
	expect(bornAt(trailMs + 800, true)).toEqual([]);
	expect(lit([], 0, true)).toEqual([]);
});

test("a point is as bright as at first for a while, and then fades to nothing", () => {
	expect(leftOf(-20)).toBe(1);
	expect(leftOf(trailMs * 0.3)).toBe(1);
	const fading = [0.4, 0.6, 0.8, 0.95].map((share) => leftOf(trailMs * share));
	expect(fading).toEqual([...fading].sort((a, b) => b - a));
	expect(leftOf(trailMs)).toBe(0);
	expect(leftOf(trailMs * 5)).toBe(0);
});
