/** Makes the sizes of photos in a process of its own, so that pictures never delay an edit. */
import { type ChildProcess, fork } from "node:child_process";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import type { Cancel, Clock } from "../../shared/clock.ts";
import { isFailureCode, WeftError } from "../../shared/errors.ts";
import { parseBlobId } from "../../shared/ids.ts";
import { fullEdgeMax, type ImageJob, type MadeImage, type Original } from "./image-job.ts";
import { type ImageLimits, imageLimits } from "./photo-limits.ts";

/** Whoever can turn an uploaded file into its two sizes. */
export interface ImageMaker {
	/**
	 * Reads `job.source`, writes `job.full` and `job.thumb`, and perhaps `job.original`.
	 *
	 * @throws WeftError `photo_unsupported`, `photo_heic`, `photo_broken`, `photo_too_many_pixels`,
	 * `photo_timeout`; `photos_busy` where too many wait; `stopping` after `close`
	 */
	make(job: ImageJob): Promise<MadeImage>;
	/** Ends the process; what waits fails with `stopping`. Safe to call twice. */
	close(): Promise<void>;
}

/** What `ImageProcess` needs. */
export interface ImageProcessOptions {
	readonly clock: Clock;
	readonly limits?: Partial<ImageLimits>;
	/** The compiled image-child.js; found beside this file, or in dist where this is a source. */
	readonly childPath?: string;
}

interface Waiting {
	readonly job: ImageJob;
	readonly resolve: (made: MadeImage) => void;
	readonly reject: (error: WeftError) => void;
}

/** The one at work: the process is told the job as soon as it is ready. */
interface AtWork extends Waiting {
	readonly cancelTimeout: Cancel;
}

/** An `ImageMaker` with one child process: on demand, one job at a time, replaced when it fails. */
export class ImageProcess implements ImageMaker {
	readonly #clock: Clock;
	readonly #limits: ImageLimits;
	readonly #childPath: string;
	readonly #waiting: Waiting[] = [];
	#atWork: AtWork | null = null;
	#child: ChildProcess | null = null;
	#isReady = false;
	#isClosed = false;
	#cancelIdle: Cancel | null = null;

	constructor(options: ImageProcessOptions) {
		this.#clock = options.clock;
		this.#limits = { ...imageLimits, ...options.limits };
		this.#childPath = options.childPath ?? defaultChildPath();
	}

	/** The process's id, or null while there is none; for tests and metrics. */
	get processId(): number | null {
		return this.#child?.pid ?? null;
	}

	make(job: ImageJob): Promise<MadeImage> {
		if (this.#isClosed) return Promise.reject(new WeftError("stopping"));
		if (this.#waiting.length >= this.#limits.queueMax) {
			return Promise.reject(new WeftError("photos_busy"));
		}
		return new Promise((resolve, reject) => {
			this.#waiting.push({ job, resolve, reject });
			this.#next();
		});
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		for (const waiting of this.#waiting.splice(0)) waiting.reject(new WeftError("stopping"));
		this.#settle(new WeftError("stopping"));
		const child = this.#child;
		this.#drop();
		if (child !== null && child.exitCode === null && child.signalCode === null) {
			await new Promise((resolve) => child.once("exit", resolve));
		}
	}

	#next(): void {
		if (this.#atWork !== null) return;
		const waiting = this.#waiting.shift();
		if (waiting === undefined) {
			this.#cancelIdle ??= this.#clock.after(this.#limits.idleMs, () => this.#drop());
			return;
		}
		this.#cancelIdle?.();
		this.#cancelIdle = null;
		const cancelTimeout = this.#clock.after(this.#limits.jobMsMax, () => {
			this.#drop();
			this.#settle(new WeftError("photo_timeout"));
		});
		this.#atWork = { ...waiting, cancelTimeout };
		if (this.#child === null) this.#start();
		else if (this.#isReady) this.#child.send(waiting.job, () => undefined);
	}

	#start(): void {
		const child = startChild(this.#childPath, this.#limits.heapMegabytesMax);
		this.#child = child;
		this.#isReady = false;
		child.on("message", (message) => {
			if (child === this.#child) this.#hear(message);
		});
		child.on("error", (error) => this.#lost(child, error.message));
		child.on("exit", (code, signal) => this.#lost(child, `ended with ${signal ?? code}`));
	}

	/** What the process says is checked: a picture may have got the better of it. */
	#hear(message: unknown): void {
		const said = readMessage(message);
		if (said === "ready") {
			this.#isReady = true;
			if (this.#atWork !== null) this.#child?.send(this.#atWork.job, () => undefined);
			return;
		}
		// It is ending: the next job must not go to it, or would look as if it had ended it.
		if (isLastWord(message)) this.#drop();
		this.#settle(said);
	}

	/** A picture that ends the process is damaged; a process that never got ready is our fault. */
	#lost(child: ChildProcess, detail: string): void {
		if (child !== this.#child) return;
		const wasReady = this.#isReady;
		this.#drop();
		this.#settle(new WeftError(wasReady ? "photo_broken" : "internal", `image process ${detail}`));
	}

	#settle(result: MadeImage | WeftError): void {
		const atWork = this.#atWork;
		if (atWork === null) return;
		this.#atWork = null;
		atWork.cancelTimeout();
		if (result instanceof WeftError) atWork.reject(result);
		else atWork.resolve(result);
		if (!this.#isClosed) this.#next();
	}

	#drop(): void {
		this.#cancelIdle?.();
		this.#cancelIdle = null;
		this.#child?.kill("SIGKILL");
		this.#child = null;
		this.#isReady = false;
	}
}

function defaultChildPath(): string {
	const isSource = import.meta.url.endsWith(".ts");
	const path = isSource ? "../../dist/server/blobs/image-child.js" : "./image-child.js";
	return fileURLToPath(new URL(path, import.meta.url));
}

/**
 * The last three are glibc's (mallopt(3)): pictures then lie in memory of their own that goes back
 * when they are done. After ten photos the process holds 110 MB instead of 320.
 */
const childEnvironment = {
	UV_THREADPOOL_SIZE: "2",
	VIPS_CONCURRENCY: "1",
	MALLOC_ARENA_MAX: "2",
	MALLOC_MMAP_THRESHOLD_: "131072",
	MALLOC_TRIM_THRESHOLD_: "131072",
};

/**
 * Starts the process with nothing of our environment and, before it has a second thread (Linux
 * keeps a priority a thread), a low priority, so that the log goes first. The lowest one would
 * starve photos on a busy machine.
 */
function startChild(path: string, heapMegabytesMax: number): ChildProcess {
	const child = fork(path, [], {
		env: childEnvironment,
		execArgv: [`--max-old-space-size=${heapMegabytesMax}`],
		stdio: ["ignore", "ignore", "ignore", "ipc"],
	});
	if (child.pid !== undefined) lowerPriority(child.pid);
	child.unref();
	child.channel?.unref();
	return child;
}

function lowerPriority(processId: number): void {
	try {
		setPriority(processId, constants.priority.PRIORITY_BELOW_NORMAL);
	} catch (error) {
		// Gone already: its exit event tells. Anything else is worth a word, not a failed photo.
		process.emitWarning(`image process keeps its priority: ${String(error)}`);
	}
}

function readMessage(message: unknown): "ready" | MadeImage | WeftError {
	const said = (message ?? {}) as Partial<Record<"says" | "made" | "code" | "detail", unknown>>;
	if (said.says === "ready") return "ready";
	if (said.says === "made" && isMadeImage(said.made)) return said.made;
	const code = isFailureCode(said.code) ? said.code : "internal";
	return new WeftError(code, String(said.detail).slice(0, 200));
}

function isLastWord(message: unknown): boolean {
	return (message as { isLast?: unknown } | null)?.isLast === true;
}

function isMadeImage(value: unknown): value is MadeImage {
	const made = (value ?? {}) as Partial<Record<keyof MadeImage, unknown>>;
	const isEdge = (edge: unknown) =>
		Number.isInteger(edge) && Number(edge) > 0 && Number(edge) <= fullEdgeMax;
	return (
		parseBlobId(String(made.blob)) !== null &&
		/^image\/(jpeg|png|webp)$/.test(String(made.type)) &&
		Number.isInteger(made.bytes) &&
		isEdge(made.width) &&
		isEdge(made.height) &&
		(made.original === undefined || isOriginal(made.original))
	);
}

function isOriginal(value: unknown): value is Original {
	const { type, bytes } = (value ?? {}) as Partial<Record<keyof Original, unknown>>;
	return /^image\/(jpeg|png)$/.test(String(type)) && Number.isInteger(bytes);
}
