/** Ratios of an earlier run, and what counts as worse. */
import { describe, expect, test } from "vitest";
import {
	type Baseline,
	baselineOf,
	compare,
	comparisonLines,
} from "../../../scripts/bench/baseline.ts";
import { fanOut } from "../../../scripts/bench/scenarios/fan-out.ts";
import { storm } from "../../../scripts/bench/scenarios/storm.ts";
import { answer, resultsOf } from "./made-up-results.ts";

const made = "weft of today";

/** Three repeats with these p99 of Weft; the floor's is 10 each time, the best peer's 12. */
function withP99(...p99s: readonly number[]) {
	const repeats = (figures: Readonly<Record<string, number>>) => p99s.map(() => answer(figures));
	return resultsOf(fanOut, "500 readers", {
		floor: repeats({ p50: 4, p99: 10, cpu: 6 }),
		reference: repeats({ p50: 5, p99: 12, cpu: 9 }),
		hocuspocus: repeats({ p50: 6, p99: 18, cpu: 20 }),
		weft: p99s.map((p99) => answer({ p50: 4.5, p99, cpu: 9 })),
	}).rows();
}

const steady = baselineOf(withP99(12, 12, 12), made);
const noisy = baselineOf(withP99(9, 12, 15), made);
const nothing = { comparedCount: 6, worse: [], unsure: [], betterCount: 0 };

describe("a baseline", () => {
	test("finds nothing in the run that it was made of", () => {
		expect(compare(withP99(12, 12, 12), steady)).toEqual(nothing);
		expect(compare(withP99(9, 12, 15), noisy)).toEqual(nothing);
	});

	test("lets 15 % pass, and says what is worse than that", () => {
		const p99 = (value: number) => withP99(value, value, value);
		expect(compare(p99(12 / 0.86), steady)).toEqual(nothing);
		expect(compare(p99(12 / 0.84), steady).worse).toEqual([
			"fan-out, 500 readers, p99, of the floor: 1.43 x, and was 1.20 x",
			"fan-out, 500 readers, p99, of the best peer: 1.19 x, and was 1.00 x",
		]);
	});

	test("what differs from repeat to repeat is noise until it is worse than ever before", () => {
		const unsure = compare(withP99(14, 16, 20), noisy);
		expect(unsure.worse).toEqual([]);
		expect(unsure.unsure).toEqual([
			"fan-out, 500 readers, p99, of the floor: 1.60 x [1.40 2.00], and was 1.20 x [0.90 1.50]",
			"fan-out, 500 readers, p99, of the best peer: 1.33 x [1.17 1.67], and was 1.00 x [0.75 1.25]",
		]);
		expect(compare(withP99(18, 24, 30), noisy).worse).toHaveLength(2);
		expect(compare(withP99(12, 24, 30), steady).unsure).toHaveLength(2);
	});

	test("the repeats of one moment are held against each other", () => {
		const rows = resultsOf(fanOut, "500 readers", {
			floor: [10, 20, 40].map((p99) => answer({ p50: 4, p99, cpu: 6 })),
			weft: [12, 24, 48].map((p99) => answer({ p50: 4.5, p99, cpu: 9 })),
		}).rows();
		const stored = baselineOf(rows, made).rows["fan-out, 500 readers, p99"];
		expect(stored?.floor).toEqual({ min: 1.2, median: 1.2, max: 1.2 });
		expect(stored?.best).toBeNull();
	});

	test("more is better where more is better", () => {
		const stormOf = (rate: number) =>
			resultsOf(storm, "50 people", {
				reference: [answer({ rate: 1000 })],
				weft: [answer({ rate })],
			}).rows();
		const stored = baselineOf(stormOf(4000), made);
		expect(compare(stormOf(8000), stored)).toMatchObject({ worse: [], betterCount: 1 });
		expect(compare(stormOf(3500), stored).worse).toEqual([]);
		expect(compare(stormOf(3300), stored).worse).toHaveLength(1);
	});

	test("a refused row is worse, and one that is gone", () => {
		const refused = resultsOf(fanOut, "500 readers", {
			floor: [answer({ p50: 4, p99: 10, cpu: 6 })],
			weft: [answer({}, { refusal: "no" })],
		}).rows();
		expect(compare(refused, steady).worse).toHaveLength(6);
		const otherSize = refused.map((row) => ({ ...row, shape: { ...row.shape, label: "other" } }));
		expect(compare(otherSize, steady).worse).toHaveLength(6);
	});

	test("keeps what this run did not measure, and does not ask for it", () => {
		const other = { floor: { min: 1, median: 1, max: 1 }, best: null };
		const earlier: Baseline = { about: "", made, rows: { "idle, 3 sockets, core": other } };
		const both = baselineOf(withP99(12, 12, 12), made, earlier);
		expect(both.rows["idle, 3 sockets, core"]).toEqual(other);
		expect(compare(withP99(12, 12, 12), both)).toEqual(nothing);
	});

	test("is summed up in words, the last line first of all", () => {
		const lines = comparisonLines(compare(withP99(20, 20, 20), steady), steady);
		expect(lines[0]).toBe("the baseline was made with weft of today");
		expect(lines.filter((line) => line.startsWith("WORSE"))).toHaveLength(2);
		expect(lines.at(-1)).toBe(
			"6 ratios compared with the baseline, 2 worse by more than 15 %, 0 too noisy to tell, " +
				"0 better by as much",
		);
		const empty = compare([], steady);
		expect(comparisonLines(empty, steady).at(-1)).toMatch("no ratio of what was run");
	});
});
