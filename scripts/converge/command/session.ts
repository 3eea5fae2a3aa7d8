/** What one command does: which runs are played, one kind after another. */
import { playSeeds } from "../crew/crew.ts";
import { makePlan } from "../plan.ts";
import { streamsOf } from "../random.ts";
import { versionOfCheckout } from "../systems/weft.ts";
import type { Options } from "./options.ts";
import type { Progress } from "./progress.ts";
import type { Results } from "./results.ts";

/** Runs whose events are kept for a report, beside those that fail. */
const runsTold = 20;

/** Plays the seeds that were asked for in the simulation, in all threads. */
export async function playSimulated(
	options: Options,
	results: Results,
	progress: Progress,
): Promise<void> {
	const { ops, people, faults, threads, firstSeed, seedCount, minutes } = options;
	const corpus = { ops, people, faults };
	const part = results.begin("simulated");
	results.systems.push({ name: "weft", version: versionOfCheckout(), mode: "sim" });
	const startedMs = performance.now();
	const endMs = minutes === null ? Number.POSITIVE_INFINITY : startedMs + minutes * 60_000;
	await playSeeds({
		corpus,
		threads: Math.min(threads, seedCount ?? threads),
		seeds: countFrom(firstSeed, seedCount),
		withEvents: options.reportDir === null ? 0 : runsTold,
		played: ({ seed, outcome, tally }) => {
			const plan = makePlan({ seed, ...corpus }, streamsOf(seed));
			results.add(part, outcome, tally, { mode: "sim", seed, plan });
			part.seconds = (performance.now() - startedMs) / 1000;
			const of = seedCount === null ? "" : ` of ${seedCount}`;
			progress.show(`simulated: ${part.runCount}${of} seeds, ${part.failedCount} not equal`);
			return performance.now() < endMs;
		},
	});
	progress.clear();
}

function* countFrom(first: number, count: number | null): Iterable<number> {
	for (let index = 0; count === null || index < count; index++) yield first + index;
}
