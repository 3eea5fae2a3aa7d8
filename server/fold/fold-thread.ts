/** The other side of fold-worker.ts: folds what it is sent, one after another. Runs in a thread. */
import { setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { uint32 } from "lib0/random";
import { toWeftError } from "../../shared/errors.ts";
import { cleanStored } from "./clean/clean.ts";
import { findCleared } from "./cleared/cleared.ts";
import { foldStored } from "./fold.ts";
import {
	type FoldAnswer,
	type Made,
	movedBackWith,
	type ThreadJob,
	unpackPast,
	unpackStored,
} from "./fold-message.ts";

const port = parentPort;
if (port === null) throw new Error("this file runs in a worker thread only");

/**
 * Where all cores are busy, edits go first: of timers due beside a large fold on one core, one in
 * ten was 2.2 ms late and is 0.15 ms late, while the fold takes as long. Only Linux gives a thread
 * a priority of its own; elsewhere this would slow down the whole server.
 */
const niceness = 10;
if (process.platform === "linux") setPriority(niceness);

port.on("message", (job: ThreadJob) => {
	const answer = answerTo(job);
	port.postMessage(answer, movedBackWith(answer));
});

function answerTo(job: ThreadJob): FoldAnswer {
	try {
		return { isFolded: true, made: make(job) };
	} catch (error) {
		const failure = toWeftError(error, "room_damaged");
		return { isFolded: false, code: failure.code, detail: failure.message };
	}
}

function make(job: ThreadJob): Made {
	if (!("snapshot" in job)) return findCleared(unpackPast(job));
	const stored = unpackStored(job);
	return job.owners === null ? foldStored(stored) : cleanStored(stored, uint32);
}
