/** Plays many seeds at once in the simulation: a thread for each processor, a seed at a time. */
import { Worker } from "node:worker_threads";
import type { PlanOptions } from "../plan.ts";
import type { Outcome } from "../run.ts";
import type { Tally } from "./tally.ts";

/** What every seed of a corpus has in common. */
export type Corpus = Omit<PlanOptions, "seed">;

/** One seed, played. */
export interface Played {
	readonly seed: number;
	/** With its events where something was found, or where they were asked for. */
	readonly outcome: Outcome;
	readonly tally: Tally;
}

/** What the crew is told to do. */
export interface CrewOptions {
	readonly corpus: Corpus;
	/** Seeds in the order in which they are begun. */
	readonly seeds: Iterable<number>;
	readonly threads: number;
	/** So many of the first seeds come with their events. */
	readonly withEvents: number;
	/** Told each seed that was played. False ends the work: seeds begun are still played. */
	readonly played: (played: Played) => boolean;
}

/** What a worker is sent; it answers with `Played`, or with an error that is not the server's. */
export interface Job {
	readonly seed: number;
	readonly corpus: Corpus;
	readonly withEvents: boolean;
}

/** Plays all seeds. @throws Error where the harness itself failed */
export async function playSeeds(options: CrewOptions): Promise<void> {
	const { corpus, seeds, threads, played } = options;
	const queue = seeds[Symbol.iterator]();
	let isGoingOn = true;
	let begunCount = 0;
	const next = (): Job | null => {
		const { done, value } = isGoingOn ? queue.next() : { done: true, value: 0 };
		return done ? null : { seed: value, corpus, withEvents: begunCount++ < options.withEvents };
	};
	const workOff = (worker: Worker) =>
		new Promise<void>((resolve, reject) => {
			const hand = () => {
				const job = next();
				if (job === null) resolve();
				else worker.postMessage(job);
			};
			worker.on("error", reject);
			worker.on("message", (answer: Played) => {
				if (!played(answer)) isGoingOn = false;
				hand();
			});
			hand();
		});
	const workers = Array.from(
		{ length: threads },
		() => new Worker(new URL("worker.js", import.meta.url)),
	);
	try {
		await Promise.all(workers.map(workOff));
	} finally {
		await Promise.all(workers.map((worker) => worker.terminate()));
	}
}
