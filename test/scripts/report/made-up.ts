/** A run of the harness as it might be, made from a seed: for looking at a report. */

import { below, seeded } from "../../../scripts/converge/random.ts";
import type {
	ConvergeReport,
	RunFault,
	RunTimeline,
} from "../../../scripts/converge/report/converge-report.ts";

const people = ["Ann", "Ben", "Cem", "Dee", "Eva"];
const faultNames = ["cut", "lag", "kill", "halfOpen", "slowDisk", "fullDisk", "powerCut", "repeat"];
const momentary = ["kill", "powerCut", "repeat"];
const hittingAll = ["kill", "powerCut", "slowDisk", "fullDisk"];

/** A report of `count` seeds, of which those in `failedSeeds` failed. */
export function makeReport(count: number, failedSeeds: readonly number[]): ConvergeReport {
	const random = seeded(count);
	const seeds = [...new Set([...failedSeeds, 1, 2, 3, 4])].filter((seed) => seed <= count);
	return {
		title: `${count} seeds against Weft`,
		command: `npm run converge -- --seeds ${count} --ops 200 --people 5 --report out`,
		startedAt: "2026-11-21T11:02:03.004Z",
		systems: [{ name: "Weft", version: "0.1.0", mode: "sim" }],
		verdict: `${count} seeds, 200 ops, 5 people: ${sayFailed(failedSeeds.length)}`,
		isEqual: failedSeeds.length === 0,
		seeds: { from: 1, count },
		failedSeeds,
		rows: makeRows(count, failedSeeds.length),
		latency: {
			saved: Array.from({ length: 8_000 }, () => latencyMs(random, 4)),
			shown: Array.from({ length: 8_000 }, () => latencyMs(random, 40)),
		},
		timelines: seeds.map((seed) => makeTimeline(seed, failedSeeds.includes(seed))),
		seconds: 42.3,
		seedsPerMinute: 283.7,
		figures: [
			{ label: "words followed", value: "8,000", note: "0 lost" },
			{ label: "simulated", value: "7.4 h" },
			{ label: "faults", value: "2,391", note: "of 13 kinds" },
		],
	};
}

function sayFailed(count: number): string {
	return count === 0 ? "equal" : `${count} not equal`;
}

function latencyMs(random: () => number, usualMs: number): number {
	const isSlow = random() < 0.03;
	return usualMs * (0.4 + random() + random()) * (isSlow ? 20 + 400 * random() * random() : 1);
}

function makeRows(count: number, failed: number): ConvergeReport["rows"] {
	const row = (check: string) => {
		return { check, asked: count, passed: count, failed: 0, notTestable: null };
	};
	const rows = ["equal copies", "nothing pending", "nothing invented", "whole words"].map(row);
	const lost = { ...row("nothing lost"), passed: count - failed, failed };
	const rights = {
		...row("rights hold"),
		asked: 0,
		passed: 0,
		notTestable: "this server has no rights yet",
	};
	return [...rows, lost, row("dead people leave in 30 s"), row("all in step in 60 s"), rights];
}

function makeTimeline(seed: number, isFailed: boolean): RunTimeline {
	const random = seeded(seed);
	const endMs = 40_000 + below(random, 50_000);
	const faults = Array.from({ length: 6 + below(random, 9) }, () => makeFault(random, endMs));
	const deeds = Array.from({ length: 200 }, () => random() * endMs * 0.8).sort((a, b) => a - b);
	return {
		seed,
		endMs,
		faults,
		people: people.map((name) => ({ name, points: pointsOf(name, deeds, { faults, endMs }) })),
		findings: isFailed
			? [
					{ check: "nothing lost", say: "⟨b:17⟩ was saved and is gone", atMs: endMs * 0.93 },
					{
						check: "equal copies",
						say: 'Eva and Ann have different text: "a" against ""',
						atMs: null,
					},
				]
			: [],
		repeat: `npm run converge -- --seed ${seed} --tell`,
		story: isFailed ? deeds.map((ms) => `${Math.round(ms)} ms: somebody types ⟨b:17⟩`) : [],
	};
}

function makeFault(random: () => number, endMs: number): RunFault {
	const name = faultNames[below(random, faultNames.length)] ?? "cut";
	const atMs = random() * endMs * 0.8;
	return {
		name,
		person: hittingAll.includes(name) ? null : (people[below(random, people.length)] ?? null),
		atMs,
		untilMs: momentary.includes(name) ? null : atMs + 400 + random() * 8_000,
	};
}

interface Run {
	readonly faults: readonly RunFault[];
	readonly endMs: number;
}

/** Words arrive at once, or when the fault that keeps them away has ended. */
function pointsOf(name: string, deeds: readonly number[], { faults, endMs }: Run) {
	const mine = faults.filter(({ person }) => person === name || person === null);
	const arrivals = deeds.map((ms) => {
		const away = mine.find(({ atMs, untilMs }) => untilMs !== null && ms > atMs && ms < untilMs);
		return Math.min(away?.untilMs ?? ms + 40, endMs);
	});
	const points = arrivals.sort((a, b) => a - b).map((ms, index) => ({ ms, words: index + 1 }));
	return [{ ms: 0, words: 0 }, ...points];
}
