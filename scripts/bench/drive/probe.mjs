/**
 * Loaded into every server before its own code: says how long its event loop stood still, and
 * collects its garbage, when it is asked to with SIGUSR2. Does nothing until then. Runs as it
 * stands; the answer is a file in the folder that `BENCH_PROBE` names, see probe.ts.
 */
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";

const folder = process.env.BENCH_PROBE ?? "";
const nanosPerMs = 1_000_000;
/** The usual one, and that of Weft's own figure. */
const resolutionMs = 10;

let askedCount = 0;
let delay = null;

process.on("SIGUSR2", () => {
	const lagMs = delay === null ? null : delay.percentile(99) / nanosPerMs;
	// A second time for what the first one made free.
	globalThis.gc?.();
	globalThis.gc?.();
	const path = join(folder, `${process.pid}-${askedCount++}.json`);
	const { heapUsed, external } = process.memoryUsage();
	writeFileSync(`${path}.draft`, JSON.stringify({ lagMs, heldBytes: heapUsed + external }));
	renameSync(`${path}.draft`, path);
	// The collection is ours, and no lag of the server.
	delay?.disable();
	delay = monitorEventLoopDelay({ resolution: resolutionMs });
	setImmediate(() => delay.enable());
});
