/** The other side of fold-worker.ts: folds what it is sent, one after another. Runs in a thread. */
import { setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { uint32 } from "lib0/random";
import { toWeftError } from "../../shared/errors.ts";
import { cleanStored } from "./clean/clean.ts";
import { foldStored } from "./fold.ts";
import { type FoldAnswer, type FoldJob, movedBackWith, unpackStored } from "./fold-message.ts";

const port = parentPort;
if (port === null) throw new Error("this file runs in a worker thread only");

/**
 * Where all cores are busy, edits go first: of timers due beside a large fold on one core, one in
 * ten was 2.2 ms late and is 0.15 ms late, while the fold takes as long. Only Linux gives a thread
 * a priority of its own; elsewhere this would slow down the whole server.
 */
const niceness = 10;
if (process.platform === "linux") setPriority(niceness);

port.on("message", (job: FoldJob) => {
	const answer = answerTo(job);
	port.postMessage(answer, movedBackWith(answer));
});

function answerTo(job: FoldJob): FoldAnswer {
	try {
		const stored = unpackStored(job);
		const made = job.owners === null ? foldStored(stored) : cleanStored(stored, uint32);
		return { isFolded: true, made };
	} catch (error) {
		const failure = toWeftError(error, "room_damaged");
		return { isFolded: false, code: failure.code, detail: failure.message };
	}
}
