/**
 * The image process: one job at a time, everything dangerous about pictures happens here.
 *
 * Started by image.ts over an IPC channel. It says `ready`, then answers each job with what was
 * made or with a failure's code. It ends itself when its parent is gone, when it holds too much
 * memory during a job, or when much is left after one.
 */
import { type FailureCode, toWeftError, WeftError } from "../../shared/errors.ts";
import type { ChildMessage, ImageJob } from "./image-job.ts";
import { makeSizes, prepareSharp } from "./make-sizes.ts";
import { imageLimits } from "./photo-limits.ts";

/** How often it is looked at what a running job takes. */
const watchMs = 50;

function tell(message: ChildMessage, then?: () => void): void {
	process.send?.(message, undefined, undefined, then);
}

function heldBytes(): number {
	return process.memoryUsage.rss();
}

/** Milliseconds that all threads of this process have computed; waiting is not counted. */
function computedMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** Ends the process when a job takes too much; libvips works on another thread meanwhile. */
function endIfTooMuch(startMs: number): void {
	if (heldBytes() > imageLimits.processBytesMax) end("photo_too_many_pixels", "memory");
	if (computedMs() - startMs > imageLimits.jobCpuMsMax) end("photo_timeout", "computing");
}

function end(code: FailureCode, detail: string): void {
	tell({ says: "failed", code, detail, isLast: true }, () => process.exit(3));
}

async function work(job: ImageJob): Promise<void> {
	const startMs = computedMs();
	const watch = setInterval(() => endIfTooMuch(startMs), watchMs);
	const result = await makeSizes(job).catch((error: unknown) => toWeftError(error, "photo_broken"));
	clearInterval(watch);
	const isLast = heldBytes() > imageLimits.restBytesMax;
	const answer: ChildMessage =
		result instanceof WeftError
			? { says: "failed", code: result.code, detail: result.message, isLast }
			: { says: "made", made: result, isLast };
	tell(answer, isLast ? () => process.exit(0) : undefined);
}

prepareSharp();
process.on("disconnect", () => process.exit(0));
// A Ctrl+C in a terminal reaches the whole group; the parent drains and then ends this process.
process.on("SIGINT", () => undefined);
process.on("message", (job: ImageJob) => void work(job));
tell({ says: "ready" });
