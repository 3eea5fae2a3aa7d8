/** Makes the report of a session from everything that was counted in it. */
import type { Part, Results } from "../command/results.ts";
import type { CheckRow, ConvergeReport, SystemUnderTest } from "./converge-report.ts";

/** What the results do not know. */
export interface SessionFacts {
	readonly command: string;
	readonly startedAt: Date;
	readonly verdict: string;
	readonly firstSeed: number;
	readonly systems: readonly SystemUnderTest[];
}

/** The report of a session. */
export function reportOf(results: Results, facts: SessionFacts): ConvergeReport {
	const { parts, failures, timelines, latency, isEqual } = results;
	const runCount = parts.reduce((sum, part) => sum + part.runCount, 0);
	const runs = runCount === 1 ? "1 run" : `${runCount} runs`;
	const seconds = parts.reduce((sum, part) => sum + part.seconds, 0);
	const [first] = parts;
	return {
		title: `${runs} against ${facts.systems.map(({ name }) => name).join(", ")}`,
		command: facts.command,
		startedAt: facts.startedAt.toISOString(),
		systems: facts.systems,
		verdict: facts.verdict,
		isEqual,
		seeds: { from: facts.firstSeed, count: first?.runCount ?? 0 },
		failedSeeds: failures.map(({ seed }) => seed).sort((a, b) => a - b),
		rows: rowsOf(results),
		latency,
		timelines,
		seconds,
		seedsPerMinute:
			first === undefined ? 0 : (first.runCount * 60) / Math.max(first.seconds, 0.001),
		figures: parts.flatMap(figuresOf),
	};
}

function rowsOf({ checkNames, asked, failed, notTestable }: Results): CheckRow[] {
	return [...checkNames].map((check) => {
		const failedCount = failed.get(check) ?? 0;
		const askedCount = Math.max(asked.get(check) ?? 0, failedCount);
		return {
			check,
			asked: askedCount,
			passed: askedCount - failedCount,
			failed: failedCount,
			// What one half of the runs was asked counts; the other half is told on the terminal.
			notTestable: asked.has(check) ? null : (notTestable.get(check)?.reason ?? null),
		};
	});
}

function figuresOf({ name, runCount, opCount, faultCount, playedMs }: Part) {
	const minutes = playedMs / 60_000;
	const time = minutes < 60 ? `${minutes.toFixed(1)} min` : `${(minutes / 60).toFixed(1)} h`;
	return [
		{ label: `${name}: runs`, value: String(runCount) },
		{ label: `${name}: deeds`, value: opCount.toLocaleString("en-US") },
		{ label: `${name}: faults`, value: faultCount.toLocaleString("en-US") },
		{ label: `${name}: time in the runs`, value: time },
	];
}
