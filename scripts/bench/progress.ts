/** How far the benchmark is, and how long it still takes. */
import type { Results } from "./results.ts";
import type { PlannedRun } from "./runs.ts";

/**
 * Seconds that `rest` will take, most likely: what a run of the same took, else one of another
 * server, else what its scenario says of itself.
 */
export function secondsFor(rest: readonly PlannedRun[], results: Results): number {
	let seconds = 0;
	for (const run of rest) {
		const sameSize = results.runs.filter(
			({ scenario, shape }) => scenario === run.scenario && shape === run.shape,
		);
		const same = sameSize.filter(({ contestant }) => contestant === run.contestant);
		const known = same.length > 0 ? same : sameSize;
		seconds += known.length > 0 ? meanOf(known) : run.scenario.runSeconds;
	}
	return seconds;
}

function meanOf(runs: readonly { readonly seconds: number }[]): number {
	return runs.reduce((sum, { seconds }) => sum + seconds, 0) / runs.length;
}

/** One line about the run that begins. */
export function sayRun(run: PlannedRun, rest: readonly PlannedRun[], results: Results): string {
	const { scenario, shape, contestant, repeat } = run;
	const number = results.runs.length + 1;
	const count = results.runs.length + rest.length;
	const left = durationOf(secondsFor(rest, results));
	const what = `${scenario.name}, ${shape.label}: ${contestant}, repeat ${repeat}`;
	return `${number} of ${count}, about ${left} left  ${what}`;
}

/** `40 s`, `12 min`, `1 h 5 min`. */
export function durationOf(seconds: number): string {
	if (seconds < 90) return `${Math.ceil(seconds)} s`;
	const minutes = Math.round(seconds / 60);
	return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
