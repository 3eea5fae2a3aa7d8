/**
 * What LevelDB has on a disk: tables, which are safe, and a log, which is a row of files. When one
 * is full the next begins, and the old one is closed WITHOUT a sync. A power cut drops any number
 * of the last unsynced batches of every file; one that it tears is dropped too, by LevelDB's own
 * checksum.
 */
import type { Operation } from "../../../server/store/level-binding.ts";
import { below, type Random } from "../random.ts";

/** One file of the log. */
export interface LogFile {
	readonly batches: (readonly Operation[])[];
	bytes: number;
	/** So many of the first batches survive anything. */
	syncedCount: number;
}

/** See the head of this file. Keys are latin1. */
export class LogFiles {
	readonly #bytesMax: number;
	readonly #tables = new Map<string, Buffer>();
	#files: LogFile[] = [emptyFile()];

	/** `bytesMax` is what a file of the log may have before the next one begins. */
	constructor(bytesMax: number) {
		this.#bytesMax = bytesMax;
	}

	/** Adds a copy of a batch to the log, unsynced. */
	write(operations: readonly Operation[]): LogFile {
		let file = this.#files[this.#files.length - 1];
		if (file === undefined || file.bytes > this.#bytesMax) {
			file = emptyFile();
			this.#files.push(file);
		}
		file.batches.push(operations.map(copyOf));
		for (const one of operations) file.bytes += one.type === "put" ? one.value.length : 8;
		return file;
	}

	/** The power goes: unsynced ends of files are gone. */
	cutPower(random: Random): void {
		for (const file of this.#files) {
			const unsynced = file.batches.length - file.syncedCount;
			file.batches.length = file.syncedCount + below(random, unsynced + 1);
		}
	}

	/** What opening does: the log becomes tables. */
	recover(): void {
		for (const file of this.#files) for (const batch of file.batches) apply(this.#tables, batch);
		this.#files = [emptyFile()];
	}

	/** What tables and log amount to. */
	contents(): Map<string, Buffer> {
		const all = new Map(this.#tables);
		for (const file of this.#files) for (const batch of file.batches) apply(all, batch);
		return all;
	}

	/** Puts another value into the tables, or none. */
	replace(name: string, value: Buffer | null): void {
		if (value === null) this.#tables.delete(name);
		else this.#tables.set(name, value);
	}

	/** The same with so many batches of each file. */
	copy(countOf: (file: LogFile) => number): LogFiles {
		const copy = new LogFiles(this.#bytesMax);
		for (const [name, value] of this.#tables) copy.#tables.set(name, value);
		copy.#files = this.#files.map((file) => {
			return { ...file, batches: file.batches.slice(0, countOf(file)) };
		});
		return copy;
	}
}

function emptyFile(): LogFile {
	return { batches: [], bytes: 0, syncedCount: 0 };
}

/** How a key is called here. */
export function nameOf(key: Uint8Array): string {
	return Buffer.from(key).toString("latin1");
}

/** Changes `map` as a batch says; what it holds afterwards is shared with nobody. */
export function apply(map: Map<string, Buffer>, operations: readonly Operation[]): void {
	for (const one of operations) {
		if (one.type === "put") map.set(nameOf(one.key), Buffer.from(one.value));
		else map.delete(nameOf(one.key));
	}
}

function copyOf(one: Operation): Operation {
	const key = Buffer.from(one.key);
	return one.type === "put" ? { ...one, key, value: Buffer.from(one.value) } : { ...one, key };
}
