/**
 * Hashes passwords in a thread of its own, one at a time: the thread pool of Node is what the log
 * writes with, and a crowd that signs in must not make those wait who write.
 */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { WeftError } from "../../../shared/errors.ts";
import { type HashJob, hash } from "./hash-job.ts";

/** Something that hashes until it is closed. */
export interface Hasher {
	/**
	 * @throws WeftError `server_full` where too many wait, `stopping` after `close`, `internal`
	 * where the thread ended
	 */
	hash(job: HashJob): Promise<Uint8Array>;
	/** Ends the thread; what waits fails with `stopping`. Safe to call twice. */
	close(): Promise<void>;
}

/** Passwords that may wait, some ten seconds of work. */
export const hashesWaitingMax = 64;

/**
 * Makes one. Where only sources are there (tests before the first build: a thread of Node 20 loads
 * no TypeScript), it hashes in this thread.
 */
export function createHasher(): Hasher {
	const file = threadFile();
	if (existsSync(file)) return new ThreadedHasher(file);
	return { hash: async (job) => hash(job), close: () => Promise.resolve() };
}

/** The compiled thread: beside this file, or in dist where this is a source. */
function threadFile(): string {
	const isSource = import.meta.url.endsWith(".ts");
	const path = isSource ? "../../../dist/server/auth/password/hash-thread.js" : "./hash-thread.js";
	return fileURLToPath(new URL(path, import.meta.url));
}

interface Waiting {
	readonly job: HashJob;
	resolve(hashed: Uint8Array): void;
	reject(error: unknown): void;
}

class ThreadedHasher implements Hasher {
	readonly #file: string;
	#worker: Worker | null = null;
	#current: Waiting | null = null;
	#waiting: Waiting[] = [];
	#isClosed = false;

	constructor(file: string) {
		this.#file = file;
	}

	hash(job: HashJob): Promise<Uint8Array> {
		if (this.#isClosed) return Promise.reject(new WeftError("stopping"));
		if (this.#waiting.length >= hashesWaitingMax) {
			return Promise.reject(new WeftError("server_full", "too many passwords wait"));
		}
		return new Promise((resolve, reject) => {
			this.#waiting.push({ job, resolve, reject });
			this.#next();
		});
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		const worker = this.#worker;
		this.#worker = null;
		const failed = [this.#current, ...this.#waiting];
		this.#current = null;
		this.#waiting = [];
		for (const one of failed) one?.reject(new WeftError("stopping"));
		await worker?.terminate();
	}

	#next(): void {
		if (this.#current !== null) return;
		this.#current = this.#waiting.shift() ?? null;
		if (this.#current === null) {
			this.#worker?.unref(); // Nothing is lost where the process ends now.
			return;
		}
		this.#worker ??= this.#start();
		this.#worker.ref();
		this.#worker.postMessage(this.#current.job);
	}

	#start(): Worker {
		const worker = new Worker(this.#file, { name: "weft-hash" });
		worker.on("message", (hashed: Uint8Array) => {
			this.#settle((one) => one.resolve(hashed));
		});
		worker.on("error", (error) => this.#ended(worker, error));
		worker.on("exit", () => this.#ended(worker, new Error("the thread for passwords ended")));
		return worker;
	}

	/** The thread is gone: its job fails, the next one starts another. */
	#ended(worker: Worker, cause: Error): void {
		if (this.#worker !== worker) return;
		this.#worker = null;
		this.#settle((one) => one.reject(new WeftError("internal", cause.message, { cause })));
	}

	#settle(how: (one: Waiting) => void): void {
		const one = this.#current;
		this.#current = null;
		if (one !== null) how(one);
		this.#next();
	}
}
