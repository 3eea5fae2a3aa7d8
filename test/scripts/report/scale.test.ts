import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeScale, type ScaleOptions } from "../../../scripts/report/scale.ts";

fc.configureGlobal({ seed: 20261121 });

const plain: ScaleOptions = { measure: "number", isLog: false, isFromZero: false };

function labels(values: readonly number[], options: Partial<ScaleOptions> = {}): string[] {
	return makeScale(values, { ...plain, ...options }).ticks.map(({ label }) => label);
}

/** Rounding, and what is so near to zero that an axis takes it for zero. */
function slack(value: number): number {
	return Math.abs(value) * 1e-9 + 1e-90;
}

const anyOptions = fc.record({
	measure: fc.constantFrom("number" as const, "ms" as const),
	isLog: fc.boolean(),
	isFromZero: fc.boolean(),
	isTight: fc.boolean(),
});
const anyValues = fc.array(
	fc.oneof(fc.double(), fc.integer({ min: -50, max: 5_000 }), fc.double({ min: 0, max: 1e6 })),
	{ maxLength: 12 },
);

describe("an axis", () => {
	test("holds every value, and its ticks rise and differ", () => {
		fc.assert(
			fc.property(anyValues, anyOptions, (values, options) => {
				const scale = makeScale(values, options);
				for (const value of values.filter(Number.isFinite)) {
					expect(scale.at(value)).toBeGreaterThanOrEqual(0);
					expect(scale.at(value)).toBeLessThanOrEqual(1);
				}
				const ticks = scale.ticks.map(({ value }) => value);
				const places = ticks.map((value) => scale.at(value));
				expect(ticks).toEqual([...ticks].sort((a, b) => a - b));
				expect(places).toEqual([...places].sort((a, b) => a - b));
				expect(new Set(scale.ticks.map(({ label }) => label)).size).toBe(ticks.length);
				expect(ticks.length).toBeGreaterThan(1);
				expect(ticks.length).toBeLessThan(12);
			}),
			{ numRuns: 5_000 },
		);
	});

	test("keeps the order of values, and the ends are not beyond the outer ticks", () => {
		fc.assert(
			fc.property(anyValues, fc.boolean(), (values, isFromZero) => {
				const finite = values.filter(Number.isFinite).filter((value) => Math.abs(value) < 1e90);
				const scale = makeScale(finite, { ...plain, isFromZero });
				const [low, high] = [scale.ticks[0]?.value ?? 0, scale.ticks.at(-1)?.value ?? 0];
				for (const value of finite) {
					expect(value).toBeGreaterThanOrEqual(low - slack(low));
					expect(value).toBeLessThanOrEqual(high + slack(high));
				}
				const places = [...finite].sort((a, b) => a - b).map((value) => scale.at(value));
				expect(places).toEqual([...places].sort((a, b) => a - b));
			}),
		);
	});

	test("has round ticks", () => {
		expect(labels([3, 97])).toEqual(["0", "20", "40", "60", "80", "100"]);
		expect(labels([0.11, 0.19], { isFromZero: true })).toEqual(["0", "0.05", "0.1", "0.15", "0.2"]);
		expect(labels([1_000_001, 1_000_004])).toEqual([
			"1,000,001",
			"1,000,002",
			"1,000,003",
			"1,000,004",
		]);
	});

	test("counts time as people do", () => {
		const time = { measure: "ms", isFromZero: true } as const;
		expect(labels([73_900], time)).toEqual(["0 s", "20 s", "40 s", "60 s", "80 s"]);
		expect(labels([73_900], { ...time, isTight: true })).toEqual(["0 s", "20 s", "40 s", "60 s"]);
		expect(labels([9 * 3_600_000], time)).toEqual(["0 h", "2 h", "4 h", "6 h", "8 h", "10 h"]);
	});

	test("by powers of ten has a place for zero", () => {
		const scale = makeScale([0, 2, 900], { ...plain, measure: "ms", isLog: true });
		const said = scale.ticks.map(({ label }) => label);
		expect(said).toEqual(["0 ms", "1 ms", "10 ms", "100 ms", "1 s"]);
		expect(scale.at(0)).toBe(0);
		expect(scale.at(1)).toBeGreaterThan(0);
	});

	test("of nothing, or of one value, is still an axis", () => {
		expect(labels([])).toEqual(["0", "0.2", "0.4", "0.6", "0.8", "1"]);
		expect(makeScale([5], plain).at(5)).toBeCloseTo(0.5);
		expect(labels([Number.NaN, Number.POSITIVE_INFINITY])).toEqual(labels([]));
	});
});
