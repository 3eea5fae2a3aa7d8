/** From runs to a table, to ratios and to a verdict over a baseline. */
import { describe, expect, test } from "vitest";
import { type Baseline, baselineOf, compare } from "../../../scripts/bench/baseline.ts";
import type { Answer } from "../../../scripts/bench/drive/order.ts";
import { standingOf } from "../../../scripts/bench/lines.ts";
import { benchPage } from "../../../scripts/bench/page.ts";
import { ratiosOf } from "../../../scripts/bench/ratios.ts";
import { Results, type Row } from "../../../scripts/bench/results.ts";
import { fanOut } from "../../../scripts/bench/scenarios/fan-out.ts";
import type { Scenario } from "../../../scripts/bench/scenarios/scenario.ts";
import { storm } from "../../../scripts/bench/scenarios/storm.ts";
import { tableOf } from "../../../scripts/bench/table.ts";
import { renderPage } from "../../../scripts/report/page.ts";

type Figures = Readonly<Record<string, number>>;

function answer(figures: Figures, more: Partial<Answer> & { refusal?: string } = {}): Answer {
	const { refusal = null, ...rest } = more;
	const finding = { figures, refusal };
	return { finding, clientShare: 0.2, othersShare: 0, complaints: [], ...rest };
}

/** Results of one size: a list of answers for each server. */
function resultsOf(
	scenario: Scenario,
	label: string,
	answers: Readonly<Record<string, readonly Answer[]>>,
): Results {
	const shape = scenario.shapes.find((one) => one.label === label);
	if (shape === undefined) throw new Error(`${scenario.name} has no size ${label}`);
	const results = new Results();
	for (const [contestant, list] of Object.entries(answers)) {
		for (const one of list) results.add({ scenario, shape, contestant, answer: one });
	}
	return results;
}

const calm = resultsOf(fanOut, "500 readers", {
	floor: [answer({ p50: 4, p99: 10, cpu: 6 })],
	reference: [answer({ p50: 5, p99: 12, cpu: 9 })],
	hocuspocus: [answer({ p50: 6, p99: 18, cpu: 20 })],
	weft: [3, 4.5, 5].map((p50) => answer({ p50, p99: 12, cpu: 9 })),
});
const names = ["floor", "reference", "hocuspocus", "weft"];
const text = (results: Results) => tableOf(results, { contestants: names, about: ["Pinned."] });

function rowOf(results: Results, key: string): Row {
	const row = results.rows().find(({ measure }) => measure.key === key);
	if (row === undefined) throw new Error(`no row ${key}`);
	return row;
}

describe("a table", () => {
	test("shows medians with the least and the most, ratios, and where Weft stands", () => {
		const line = text(calm)
			.split("\n")
			.find((one) => one.includes("p50 ms"));
		expect(line?.trim().split(/\s{2,}/)).toEqual([
			"p50 ms",
			"4.00",
			"5.00",
			"6.00",
			"4.50 [3.00 5.00]",
			"1.13 x",
			"0.900 x",
			"goal",
		]);
	});

	test("a row of which one run did not converge is refused, and says why", () => {
		const results = resultsOf(fanOut, "10 readers", {
			floor: [answer({ p50: 4, p99: 10, cpu: 6 })],
			weft: [
				answer({ p50: 1, p99: 1, cpu: 1 }),
				answer({ p50: 1, p99: 1, cpu: 1 }, { refusal: "reader 3 was shown 7 of 8 letters" }),
			],
		});
		expect(results.rows().map(({ cells }) => cells["weft"])).toEqual([null, null, null]);
		expect(ratiosOf(rowOf(results, "p50")).ofFloor).toBeNull();
		expect(text(results)).toContain(
			"REFUSED fan-out, 10 readers, weft: reader 3 was shown 7 of 8 letters",
		);
		expect(text(results)).not.toMatch(/1\.00/);
	});

	test("warns where the clients or others were busy", () => {
		const results = resultsOf(fanOut, "10 readers", {
			floor: [answer({ p50: 4 }, { clientShare: 0.95 })],
			weft: [answer({ p50: 4 }, { othersShare: 0.5 }), answer({ p50: 4 }, { othersShare: 0.05 })],
		});
		expect(results.warnings().map(({ contestant, say }) => `${contestant}: ${say}`)).toEqual([
			"floor: the clients may be what was measured: 95 % of their core",
			"weft: other processes used up to 50 % of a core on our two",
		]);
	});

	test("what is not known is a dash and has no ratio", () => {
		const results = resultsOf(fanOut, "10 readers", {
			floor: [answer({ p50: 4, p99: 5, cpu: Number.NaN })],
			weft: [answer({ p50: 4, p99: 5, cpu: Number.NaN })],
		});
		expect(text(results)).toMatch(/CPU us a delivery\s+-\s+-$/m);
	});

	test("makes a page", () => {
		const page = benchPage(calm, {
			contestants: names,
			notes: [{ label: "weft", value: "0.1.0" }],
			about: ["Pinned."],
			command: "npm run bench",
			startedAt: "today",
		});
		expect(page.verdict.say).toBe("2 of 3 promised figures are kept");
		expect(renderPage(page)).toContain("1.13 x");
	});
});

describe("what was promised", () => {
	test("is held against floor and best peer of the same run", () => {
		const stormOf = (weft: number) =>
			resultsOf(storm, "50 people", {
				floor: [answer({ rate: 3000 })],
				reference: [answer({ rate: 1500 })],
				hocuspocus: [answer({ rate: 8000 })],
				weft: [answer({ rate: weft })],
			});
		const standing = (weft: number) => standingOf(rowOf(stormOf(weft), "rate"));
		expect(standing(33_000)).toBe("goal");
		expect(standing(31_000)).toBe("pass");
		expect(standing(15_900)).toBe("short");
		expect(standing(14_900)).toBe("short");
	});

	test("cannot be told where a peer is missing", () => {
		const alone = resultsOf(storm, "50 people", { weft: [answer({ rate: 1 })] });
		expect(standingOf(rowOf(alone, "rate"))).toBeNull();
	});
});

describe("a baseline", () => {
	const baseline = baselineOf(calm.rows(), null);

	/** The same run with another p99 of Weft. */
	function withP99(p99: number): Results {
		return resultsOf(fanOut, "500 readers", {
			floor: [answer({ p50: 4, p99: 10, cpu: 6 })],
			reference: [answer({ p50: 5, p99: 12, cpu: 9 })],
			weft: [answer({ p50: 4.5, p99, cpu: 9 })],
		});
	}

	test("finds nothing in the run that it was made of", () => {
		expect(compare(calm.rows(), baseline)).toEqual({ comparedCount: 6, worse: [] });
	});

	test("lets 15 % pass, and says what is worse than that", () => {
		expect(compare(withP99(12 / 0.86).rows(), baseline).worse).toEqual([]);
		expect(compare(withP99(12 / 0.84).rows(), baseline).worse).toEqual([
			"fan-out, 500 readers, p99: 1.43 x the floor, and was 1.20 x",
			"fan-out, 500 readers, p99: 1.19 x the best peer, and was 1.00 x",
		]);
	});

	test("more is better where more is better", () => {
		const stormOf = (rate: number) =>
			resultsOf(storm, "50 people", {
				reference: [answer({ rate: 1000 })],
				weft: [answer({ rate })],
			}).rows();
		const stored = baselineOf(stormOf(4000), null);
		expect(compare(stormOf(8000), stored).worse).toEqual([]);
		expect(compare(stormOf(3300), stored).worse).toHaveLength(1);
	});

	test("a refused row is worse", () => {
		const refused = resultsOf(fanOut, "500 readers", {
			floor: [answer({ p50: 4, p99: 10, cpu: 6 })],
			weft: [answer({}, { refusal: "no" })],
		});
		expect(compare(refused.rows(), baseline).worse).toHaveLength(6);
	});

	test("keeps what this run did not measure", () => {
		const earlier: Baseline = { about: "", rows: { other: { floor: 1, best: null } } };
		expect(baselineOf(calm.rows(), earlier).rows["other"]).toEqual({ floor: 1, best: null });
	});
});
