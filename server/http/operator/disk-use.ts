/** How full the disk is, and with what: files are counted now and then, one after another. */
import { readdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Millis } from "../../../shared/clock.ts";
import type { DiskFigures } from "../../../shared/operator.ts";

/** Where the bytes lie. */
export interface DiskUseParts {
	readonly storeDir: string;
	readonly photoDir: string;
	readonly clock: Clock;
	/** Told of folders that cannot be read. */
	readonly report: (error: unknown) => void;
}

/** A look at each of 100,000 photos takes seconds: so often is enough. */
const countEveryMs: Millis = 60_000;

/** See the head of this file. */
export class DiskUse {
	readonly #parts: DiskUseParts;
	#photoBytes: number | null = null;
	#countedMs: Millis = Number.NEGATIVE_INFINITY;
	#counting: Promise<void> | null = null;

	constructor(parts: DiskUseParts) {
		this.#parts = parts;
	}

	/** As it is now; photos as they were counted last. */
	async read(): Promise<DiskFigures> {
		const { storeDir, photoDir, clock } = this.#parts;
		if (this.#counting === null && clock.elapsed() - this.#countedMs >= countEveryMs) {
			this.#counting = this.#count(photoDir).finally(() => {
				this.#counting = null;
			});
		}
		const [{ bavail, blocks, bsize }, storeBytes] = await Promise.all([
			statfs(storeDir),
			bytesBelow(storeDir),
		]);
		const disk = { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
		return { ...disk, storeBytes, photoBytes: this.#photoBytes };
	}

	/** Resolves when no count is under way. */
	async settled(): Promise<void> {
		await this.#counting;
	}

	async #count(photoDir: string): Promise<void> {
		this.#countedMs = this.#parts.clock.elapsed();
		try {
			this.#photoBytes = await bytesBelow(photoDir);
		} catch (error) {
			this.#parts.report(error);
		}
	}
}

/** One file at a time: the log needs the threads that look at files. */
async function bytesBelow(directory: string): Promise<number> {
	let bytes = 0;
	for (const entry of await readdir(directory, { withFileTypes: true })) {
		const path = join(directory, entry.name);
		if (entry.isDirectory()) bytes += await bytesBelow(path);
		else if (entry.isFile()) bytes += await sizeOf(path);
	}
	return bytes;
}

/** LevelDB removes files all the time. */
async function sizeOf(path: string): Promise<number> {
	try {
		return (await stat(path)).size;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
		throw error;
	}
}
