/** A thread of the crew: see crew.ts. */
import { parentPort } from "node:worker_threads";
import { makePlan } from "../plan.ts";
import { streamsOf } from "../random.ts";
import { playRun } from "../run.ts";
import { SimTestbed } from "../sim/testbed.ts";
import type { Job, Played } from "./crew.ts";
import { silenceYjs } from "./quiet.ts";
import { tallyOf } from "./tally.ts";

silenceYjs();
parentPort?.on("message", async ({ seed, corpus, withEvents }: Job) => {
	const plan = makePlan({ seed, ...corpus }, streamsOf(seed));
	const outcome = await playRun(plan, new SimTestbed(seed, {}, plan));
	const tally = tallyOf(outcome);
	// Thousands of stories that nobody reads would cost more than the runs.
	const isTold = withEvents || outcome.findings.length > 0;
	const kept = isTold ? outcome : { ...outcome, events: [] };
	parentPort?.postMessage({ seed, outcome: kept, tally } satisfies Played);
});
