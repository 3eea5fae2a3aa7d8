/** What one command does: which runs are played, one kind after another. */
import { playSeeds } from "../crew/crew.ts";
import { tallyOf } from "../crew/tally.ts";
import { makePlan } from "../plan.ts";
import { streamsOf } from "../random.ts";
import { killCycles } from "../real/kill-cycles.ts";
import { playReal } from "../real/play.ts";
import type { System } from "../systems/system.ts";
import { versionOfCheckout } from "../systems/weft.ts";
import { corpusOf, type Options, planOf } from "./options.ts";
import { withPeople } from "./people.ts";
import type { Progress } from "./progress.ts";
import type { Results } from "./results.ts";

/** Where runs are counted, and where somebody watches. */
export interface Desk {
	readonly results: Results;
	readonly progress: Progress;
}

/** Runs whose events are kept for a report, beside those that fail. */
const runsTold = 20;

/** Plays the seeds that were asked for in the simulation, in all threads. */
export async function playSimulated(options: Options, { results, progress }: Desk): Promise<void> {
	const { threads, firstSeed, seedCount, minutes } = options;
	const part = results.begin("simulated");
	results.systems.push({ name: "weft", version: versionOfCheckout(), mode: "sim" });
	const startedMs = performance.now();
	const endMs = minutes === null ? Number.POSITIVE_INFINITY : startedMs + minutes * 60_000;
	await playSeeds({
		corpus: corpusOf(options, "sim"),
		threads: Math.min(threads, seedCount ?? threads),
		seeds: countFrom(firstSeed, seedCount),
		withEvents: options.reportDir === null ? 0 : runsTold,
		played: ({ seed, outcome, tally }) => {
			const plan = planOf(options, "sim", seed);
			results.add(part, outcome, tally, { mode: "sim", seed, plan });
			part.seconds = (performance.now() - startedMs) / 1000;
			const of = seedCount === null ? "" : ` of ${seedCount}`;
			progress.show(`simulated: ${part.runCount}${of} seeds, ${part.failedCount} not equal`);
			return performance.now() < endMs;
		},
	});
	progress.clear();
}

/** Plays seeds in which nothing fails but the power, until it went often enough. */
export async function playPowerCuts(options: Options, { results, progress }: Desk): Promise<void> {
	const { cutCount, threads, firstSeed } = options;
	const part = results.begin("power cuts");
	const startedMs = performance.now();
	const corpus = { ...corpusOf(options, "sim"), faults: ["powerCut"], faultShare: 0.3 } as const;
	await playSeeds({
		corpus,
		threads,
		seeds: countFrom(firstSeed, null),
		withEvents: 0,
		played: ({ seed, outcome, tally }) => {
			const plan = makePlan({ seed, ...corpus }, streamsOf(seed));
			results.add(part, outcome, tally, { mode: "sim", seed, plan });
			part.seconds = (performance.now() - startedMs) / 1000;
			progress.show(`power cuts: ${part.faultCount} of ${cutCount}, ${part.failedCount} not equal`);
			return part.faultCount < cutCount;
		},
	});
	progress.clear();
}

/** Plays the seeds against server processes, one after another: their times are real. */
export async function playForReal(
	options: Options,
	system: System,
	{ results, progress }: Desk,
): Promise<void> {
	const { firstSeed, runCount, reportDir } = options;
	const part = results.begin(`real, ${system.name}`);
	results.systems.push({ name: system.name, version: system.version, mode: "real" });
	const startedMs = performance.now();
	await withPeople(options, async (people) => {
		for (const seed of countFrom(firstSeed, runCount)) {
			progress.show(`real, ${system.name}: ${part.runCount} of ${runCount} runs`);
			const plan = planOf(options, "real", seed);
			const outcome = await playReal(plan, system, {
				...people,
				...(reportDir === null ? {} : { reportDirectory: reportDir }),
			});
			results.add(part, outcome, tallyOf(outcome), { mode: "real", seed, plan });
			part.seconds = (performance.now() - startedMs) / 1000;
		}
	});
	progress.clear();
}

/** Kills a server under load again and again, in several directories at once. */
export async function playKills(
	options: Options,
	system: System,
	{ results, progress }: Desk,
): Promise<void> {
	const { killCount, firstSeed, threads } = options;
	const part = results.begin(`kill -9, ${system.name}`);
	const startedMs = performance.now();
	// A start waits for the disk most of the time: two servers a processor.
	const crewCount = Math.min(killCount, 2 * threads);
	const cycled = () => {
		part.runCount++;
		part.faultCount++;
		part.seconds = (performance.now() - startedMs) / 1000;
		progress.show(`kill -9, ${system.name}: ${part.runCount} of ${killCount}`);
		return part.failedCount === 0;
	};
	await Promise.all(
		Array.from({ length: crewCount }, async (_, crew) => {
			const count = Math.floor((killCount + crew) / crewCount);
			const seed = firstSeed + crew;
			const outcome = await killCycles(count, { system, seed, cycled });
			part.opCount += outcome.typedCount;
			results.addKills(part, seed, outcome);
		}),
	);
	progress.clear();
}

function* countFrom(first: number, count: number | null): Iterable<number> {
	for (let index = 0; count === null || index < count; index++) yield first + index;
}
