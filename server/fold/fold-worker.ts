/**
 * Folds in a thread, so that the event loop is not held: the paper's fold takes half a second.
 *
 * One thread, started at the first fold, used for all, and ended when it has been idle.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { uint32 } from "lib0/random";
import type { Cancel, Clock, Millis } from "../../shared/clock.ts";
import { WeftError } from "../../shared/errors.ts";
import { ownersOf } from "../store/owners.ts";
import type { Batch, Fold, Snapshot } from "../store/room-log.ts";
import { type Clean, type Cleaned, cleanStored } from "./clean/clean.ts";
import { type Cleared, type FindCleared, findCleared } from "./cleared/cleared.ts";
import { foldStored } from "./fold.ts";
import {
	type FoldAnswer,
	type Made,
	movedWith,
	PastPacker,
	packStored,
	type ThreadJob,
} from "./fold-message.ts";

/** Something that folds until it is closed. */
export interface FoldWorker {
	/**
	 * @throws WeftError `room_damaged`, `server_full` where too many folds wait, `stopping` after
	 * `close`, `internal` where the thread ended or took too long
	 */
	readonly fold: Fold;
	/** Throws as `fold`. */
	readonly clean: Clean;
	/** Throws as `fold`. */
	readonly findCleared: FindCleared;
	/** True where folds run in a thread of their own. */
	readonly isThreaded: boolean;
	/** Ends the thread; folds that wait or run fail with `stopping`. Safe to call twice. */
	close(): Promise<void>;
}

/** Folds that may wait: each holds all that is stored of its room. Who is refused tries later. */
export const foldsWaitingMax = 32;

/** How long the thread is kept without work; starting one takes about 100 ms and 15 MB. */
const idleMsMax: Millis = 30_000;

/** Longest fold: the largest room takes a few seconds. */
const foldMsMax: Millis = 120_000;

interface Job {
	/** What the thread is sent: packed when its turn has come. */
	readonly pack: () => ThreadJob;
	resolve(made: Made): void;
	reject(error: unknown): void;
}

/**
 * Makes a folder of rooms. Where only sources are there (tests before the first build: a thread of
 * Node 20 loads no TypeScript), it folds in this thread, and `isThreaded` says so.
 */
export function createFoldWorker(clock: Clock): FoldWorker {
	const file = threadFile();
	if (existsSync(file)) {
		const threaded = new ThreadedFold(clock, file);
		return {
			fold: async (stored) => (await threaded.make(() => packStored(stored))) as Snapshot,
			clean: async (stored) =>
				(await threaded.make(() => packStored(stored, ownersOf(stored)))) as Cleaned,
			findCleared: async (history, owners) => {
				const packer = new PastPacker();
				for await (const batch of history) packer.add(batch);
				return (await threaded.make(() => packer.job(owners))) as readonly Cleared[];
			},
			isThreaded: true,
			close: () => threaded.close(),
		};
	}
	return {
		fold: async (stored) => foldStored(stored),
		clean: async (stored) => cleanStored(stored, uint32),
		findCleared: async (history, owners) => {
			const batches: Batch[] = [];
			for await (const batch of history) batches.push(batch);
			return findCleared({ batches, owners });
		},
		isThreaded: false,
		close: () => Promise.resolve(),
	};
}

/** The compiled thread: beside this file, or in dist where this is a source. */
function threadFile(): string {
	const isSource = import.meta.url.endsWith(".ts");
	const path = isSource ? "../../dist/server/fold/fold-thread.js" : "./fold-thread.js";
	return fileURLToPath(new URL(path, import.meta.url));
}

class ThreadedFold {
	readonly #clock: Clock;
	readonly #file: string;
	#worker: Worker | null = null;
	#current: Job | null = null;
	readonly #waiting: Job[] = [];
	#cancelTimer: Cancel = () => undefined;
	#isClosed = false;

	constructor(clock: Clock, file: string) {
		this.#clock = clock;
		this.#file = file;
	}

	make(pack: Job["pack"]): Promise<Made> {
		if (this.#isClosed) return Promise.reject(new WeftError("stopping"));
		if (this.#waiting.length >= foldsWaitingMax) {
			return Promise.reject(new WeftError("server_full", "too many folds wait"));
		}
		return new Promise((resolve, reject) => {
			this.#waiting.push({ pack, resolve, reject });
			this.#next();
		});
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		for (const job of this.#waiting.splice(0)) job.reject(new WeftError("stopping"));
		await this.#endThread(new WeftError("stopping"));
	}

	#next(): void {
		if (this.#current !== null) return;
		this.#cancelTimer();
		const job = this.#waiting.shift();
		if (job === undefined) {
			this.#worker?.unref();
			this.#timer(idleMsMax, "idle");
			return;
		}
		this.#current = job;
		this.#worker ??= this.#start();
		this.#worker.ref();
		this.#timer(foldMsMax, "a fold took too long");
		const packed = job.pack();
		this.#worker.postMessage(packed, movedWith(packed));
	}

	#timer(ms: Millis, why: string): void {
		this.#cancelTimer = this.#clock.after(ms, () => {
			void this.#endThread(new WeftError("internal", why));
		});
	}

	#start(): Worker {
		const worker = new Worker(this.#file, { name: "weft-fold" });
		worker.on("message", (answer: FoldAnswer) => {
			// What a thread that was given up had to say belongs to no job any more.
			if (worker === this.#worker) this.#answered(answer);
		});
		worker.on("error", (error) => this.#ended(worker, error));
		worker.on("exit", () => this.#ended(worker, new Error("the fold's thread ended")));
		return worker;
	}

	#answered(answer: FoldAnswer): void {
		const job = this.#current;
		this.#current = null;
		if (answer.isFolded) job?.resolve(answer.made);
		else job?.reject(new WeftError(answer.code, answer.detail));
		this.#next();
	}

	/** The thread of this worker is gone: its job fails, the next one starts another. */
	#ended(worker: Worker, cause: Error): void {
		if (this.#worker !== worker) return;
		this.#worker = null;
		this.#fail(new WeftError("internal", cause.message, { cause }));
	}

	async #endThread(error: WeftError): Promise<void> {
		this.#cancelTimer();
		const worker = this.#worker;
		this.#worker = null;
		this.#fail(error);
		await worker?.terminate();
	}

	#fail(error: WeftError): void {
		const job = this.#current;
		this.#current = null;
		job?.reject(error);
		if (this.#waiting.length > 0) this.#next();
	}
}
