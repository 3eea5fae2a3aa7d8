/** What is run after what, and what is left to run. */
import { expect, test } from "vitest";
import { boardHand } from "../../../scripts/bench/board/hand.ts";
import { contestantNames } from "../../../scripts/bench/contestants.ts";
import { usualSlowness } from "../../../scripts/bench/felt/slowness.ts";
import { durationOf, sayRun, secondsFor } from "../../../scripts/bench/progress.ts";
import { Results } from "../../../scripts/bench/results.ts";
import { type PlannedRun, playAll, whoPlays } from "../../../scripts/bench/runs.ts";
import { fanOut } from "../../../scripts/bench/scenarios/fan-out.ts";
import { kill } from "../../../scripts/bench/scenarios/kill.ts";
import type { Scenario } from "../../../scripts/bench/scenarios/scenario.ts";
import { answer } from "./made-up-results.ts";

/** Plays without servers; gives what was said before each run. */
async function playMadeUp(scenario: Scenario, stopping = new AbortController(), stopAt = 0) {
	const said: { run: PlannedRun; leftCount: number }[] = [];
	const results = new Results();
	const plan = {
		scenarios: [scenario],
		contestants: ["floor", "reference", "weft"],
		isQuick: true,
		repeats: 3,
		against: null,
		seed: 1,
		slowness: usualSlowness,
		dataDir: null,
		cores: null,
		folder: "/nowhere",
		signal: stopping.signal,
		say: (run: PlannedRun, rest: readonly PlannedRun[]) => {
			said.push({ run, leftCount: rest.length });
		},
		play: async () => {
			if (said.length === stopAt) stopping.abort();
			return answer({ p50: 1 });
		},
	};
	await playAll(plan, results);
	return { said, results };
}

test("servers take turns, and another begins each time", async () => {
	const { said } = await playMadeUp({ ...fanOut, quickShapes: fanOut.quickShapes.slice(0, 1) });
	expect(said.map(({ run }) => `${run.repeat} ${run.contestant}`)).toEqual([
		...["1 floor", "1 reference", "1 weft"],
		...["2 reference", "2 weft", "2 floor"],
		...["3 weft", "3 floor", "3 reference"],
	]);
	expect(said.map(({ leftCount }) => leftCount)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
});

test("who keeps nothing is not killed, and one repeat can be enough", async () => {
	const { said } = await playMadeUp({ ...kill, repeatsMax: 1 });
	expect(new Set(said.map(({ run }) => run.contestant))).toEqual(new Set(["reference", "weft"]));
	expect(said.every(({ run }) => run.repeat === 1)).toBe(true);
});

test("boards of other people are asked where a board is, and nowhere else", () => {
	expect(whoPlays(contestantNames, boardHand)).toEqual(["excalidraw", "tldraw", "weft"]);
	const servers = ["floor", "reference", "hocuspocus", "weft"];
	expect(whoPlays(contestantNames, fanOut)).toEqual(servers);
	expect(whoPlays(contestantNames, kill)).toEqual(servers.slice(1));
});

test("what was under way when it was stopped does not count", async () => {
	const { said, results } = await playMadeUp(fanOut, new AbortController(), 3);
	expect(said).toHaveLength(3);
	expect(results.runs).toHaveLength(2);
});

test("the time that is left is that of the same runs before", () => {
	const results = new Results();
	const [small, large] = fanOut.shapes;
	if (small === undefined || large === undefined) throw new Error("fan-out has two sizes");
	const run = (contestant: string, shape = small) => {
		return { scenario: fanOut, shape, contestant, repeat: 2 };
	};
	for (const [contestant, seconds] of [
		["floor", 4],
		["floor", 6],
		["weft", 20],
	] as const) {
		results.add({ ...run(contestant), answer: answer({}), seconds });
	}
	expect(secondsFor([run("floor")], results)).toBe(5);
	expect(secondsFor([run("hocuspocus")], results)).toBe(10);
	expect(secondsFor([run("floor", large)], results)).toBe(fanOut.runSeconds);
	expect(sayRun(run("floor"), [run("floor"), run("weft")], results)).toBe(
		"4 of 5, about 25 s left  fan-out, 10 readers: floor, repeat 2",
	);
	expect([89, 1_000, 3_900].map(durationOf)).toEqual(["89 s", "17 min", "1 h 5 min"]);
});
