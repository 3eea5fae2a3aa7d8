/** From runs to a table, to ratios and to a verdict over a baseline. */
import { describe, expect, test } from "vitest";
import { standingOf } from "../../../scripts/bench/lines.ts";
import { benchPage } from "../../../scripts/bench/page.ts";
import { ratiosOf } from "../../../scripts/bench/ratios.ts";
import type { Results } from "../../../scripts/bench/results.ts";
import { fanOut } from "../../../scripts/bench/scenarios/fan-out.ts";
import { kill } from "../../../scripts/bench/scenarios/kill.ts";
import { storm } from "../../../scripts/bench/scenarios/storm.ts";
import { tableOf } from "../../../scripts/bench/table.ts";
import { renderPage } from "../../../scripts/report/page.ts";
import { answer, resultsOf, rowOf } from "./made-up-results.ts";

const calm = resultsOf(fanOut, "500 readers", {
	floor: [answer({ p50: 4, p99: 10, cpu: 6 })],
	reference: [answer({ p50: 5, p99: 12, cpu: 9 })],
	hocuspocus: [answer({ p50: 6, p99: 18, cpu: 20 })],
	weft: [3, 4.5, 5].map((p50) => answer({ p50, p99: 12, cpu: 9 })),
});
const names = ["floor", "reference", "hocuspocus", "weft"];
const text = (results: Results) => tableOf(results, { contestants: names, about: ["Pinned."] });

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
			"≤ floor + 2",
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
	test("never to happen is judged by the worst repeat", () => {
		const results = resultsOf(kill, "killed after 50 ms", {
			reference: [answer({ lost: 0 })],
			weft: [0, 0, 1].map((lost) => answer({ lost, shown: 40, gone: lost })),
		});
		const row = rowOf(results, "lost");
		expect(row.cells["weft"]).toMatchObject({ min: 0, median: 1, max: 1 });
		expect(standingOf(row)).toBe("short");
	});

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
