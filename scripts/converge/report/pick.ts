/** Which of many runs are shown. */
import type { ConvergeReport } from "./converge-report.ts";

/** Failing runs that are shown, and runs without a finding that are shown as samples. */
const failedMax = 8;
const samplesMax = 3;
/** Some runs that failed; and of the others the first, the wildest and the longest. */
export function pickRuns({ timelines }: ConvergeReport) {
	const failed = timelines.filter(({ findings }) => findings.length > 0).slice(0, failedMax);
	const equal = timelines.filter(({ findings }) => findings.length === 0);
	const wildest = maxBy(equal, ({ faults }) => faults.length);
	const longest = maxBy(equal, ({ endMs }) => endMs);
	const picked = [equal[0], wildest, longest, ...equal].filter((run) => run !== undefined);
	return { failed, samples: [...new Set(picked)].slice(0, samplesMax) };
}

function maxBy<Item>(items: readonly Item[], sizeOf: (item: Item) => number): Item | undefined {
	return items.reduce<Item | undefined>((most, item) => {
		return most === undefined || sizeOf(item) > sizeOf(most) ? item : most;
	}, undefined);
}
