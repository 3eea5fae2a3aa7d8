/** The other side of hash-worker.ts: hashes what it is sent, one after another. A thread. */
import { setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { type HashJob, hash } from "./hash-job.ts";

const port = parentPort;
if (port === null) throw new Error("this file runs in a worker thread only");

/** Where all cores are busy, edits go first. Only Linux gives a thread a priority of its own. */
if (process.platform === "linux") setPriority(10);

port.on("message", (job: HashJob) => port.postMessage(hash(job)));
