/** Repeats, ratios and histograms: what a table is made of. */
import { describe, expect, test } from "vitest";
import { Histogram } from "../../../scripts/bench/drive/histogram.ts";
import { duesOf, pace } from "../../../scripts/bench/drive/pacer.ts";
import { ratioOf, spreadOf, threeDigits } from "../../../scripts/bench/statistics.ts";
import { streamsOf } from "../../../scripts/converge/random.ts";

describe("repeats", () => {
	test("their middle is the median, between the least and the most", () => {
		expect(spreadOf([9, 1, 4])).toEqual({ min: 1, median: 4, max: 9 });
		expect(spreadOf([1, 2, 4, 10])).toEqual({ min: 1, median: 3, max: 10 });
	});

	test("what could not be known is left out", () => {
		expect(spreadOf([Number.NaN, 3])).toEqual({ min: 3, median: 3, max: 3 });
		expect(spreadOf([Number.NaN])).toBeNull();
		expect(spreadOf([])).toBeNull();
	});
});

describe("ratios", () => {
	test("are over the other's figure", () => {
		expect(ratioOf(3, 2)).toBe(1.5);
	});

	test("below the noise all figures are the same", () => {
		expect(ratioOf(0, 0, 1)).toBe(1);
		expect(ratioOf(0.2, 0.001, 0.5)).toBe(1);
		expect(ratioOf(40, 0, 1)).toBe(40);
	});

	test("there is none over nothing", () => {
		expect(ratioOf(1, 0)).toBeNull();
		expect(ratioOf(Number.NaN, 2)).toBeNull();
		expect(ratioOf(2, Number.NaN, 1)).toBeNull();
	});

	test("figures keep three digits", () => {
		expect([0, 0.12345, 1.2345, 12.345, 123.45, 12345.6].map(threeDigits)).toEqual([
			"0",
			"0.123",
			"1.23",
			"12.3",
			"123",
			"12,346",
		]);
		expect(threeDigits(Number.NaN)).toBe("-");
	});
});

describe("a histogram", () => {
	test("knows its quantiles to within three per cent", () => {
		const random = streamsOf(1)("times");
		const values = Array.from({ length: 20_000 }, () => 0.01 + 500 * random() ** 4);
		const histogram = new Histogram();
		for (const value of values) histogram.record(value);
		const ascending = values.toSorted((a, b) => a - b);
		for (const share of [0.01, 0.5, 0.9, 0.99, 0.999]) {
			const exact = ascending[Math.ceil(share * values.length) - 1] ?? 0;
			expect(histogram.quantile(share) / exact).toBeGreaterThan(0.97);
			expect(histogram.quantile(share) / exact).toBeLessThan(1.03);
		}
		expect(histogram.quantile(1)).toBe(ascending.at(-1));
		expect(histogram.count).toBe(20_000);
		const early = values.filter((value) => value <= 200).length;
		expect(Math.abs(histogram.countTo(200) - early) / early).toBeLessThan(0.02);
	});

	test("has no quantile where nothing was recorded", () => {
		expect(new Histogram().quantile(0.5)).toBeNaN();
	});
});

describe("a pace", () => {
	test("is due evenly", () => {
		expect(Array.from(duesOf({ rate: 4, seconds: 1 }))).toEqual([0, 250, 500, 750]);
	});

	test("is due at random with the same mean, and the same for the same seed", () => {
		const plan = () => duesOf({ rate: 1000, seconds: 20, random: streamsOf(3)("pace") });
		const dues = plan();
		expect(dues.length).toBe(20_000);
		expect((dues.at(-1) ?? 0) / 20_000).toBeGreaterThan(0.97);
		expect((dues.at(-1) ?? 0) / 20_000).toBeLessThan(1.03);
		expect(plan()).toEqual(dues);
		expect(dues.every((due, index) => index === 0 || due >= (dues[index - 1] ?? 0))).toBe(true);
	});

	test("tells when a thing was due, also where it comes late to it", async () => {
		const dues: number[] = [];
		let stillUntilMs = 0;
		const startMs = performance.now();
		await pace({ rate: 100, seconds: 0.1 }, (index, dueMs) => {
			dues.push(dueMs - startMs);
			// Who sends the third stands still over the other seven.
			if (index === 2) stillUntilMs = performance.now() + 80;
			while (performance.now() < stillUntilMs);
		});
		const first = dues[0] ?? Number.NaN;
		for (const [index, dueMs] of dues.entries()) expect(dueMs).toBeCloseTo(first + index * 10, 6);
	});
});
