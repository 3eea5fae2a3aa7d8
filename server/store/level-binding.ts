/**
 * LevelDB as promises: the only module that knows leveldown. Tests put other disks in its place.
 *
 * leveldown stores a plain Uint8Array as its text, "9,8,7", without an error. So every key and
 * value becomes a Buffer over the same bytes here, and nowhere else.
 */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import leveldown from "leveldown";

/** One change of a batch. */
export type Operation =
	| { readonly type: "put"; readonly key: Uint8Array; readonly value: Uint8Array }
	| { readonly type: "del"; readonly key: Uint8Array };

/** One stored pair; both belong to the caller. */
export interface Entry {
	readonly key: Buffer;
	readonly value: Buffer;
}

/** Which entries to read, and in which order. */
export interface ReadOptions {
	readonly gte: Uint8Array;
	/** Not read any more. */
	readonly lt: Uint8Array;
	/** True for the last key first. */
	readonly reverse?: boolean;
	/** Most entries; all where it is missing. */
	readonly limit?: number;
}

/** A read under way; it sees the store as it was when the read began. */
export interface Cursor {
	/** The next entries; none at the end. Never called twice at once, nor after `end`. */
	next(): Promise<readonly Entry[]>;
	/** Lets go of the read. Called once. */
	end(): Promise<void>;
}

/** What the store needs of a disk. Errors are those of the disk, not yet failures with a code. */
export interface Binding {
	open(): Promise<void>;
	/** Nothing is under way any more when it is called. */
	close(): Promise<void>;
	/** The values in the order of the keys; null where there is none. */
	getMany(keys: readonly Uint8Array[]): Promise<readonly (Buffer | null)[]>;
	read(options: ReadOptions): Cursor;
	/** All of it or nothing; with `sync`, on disk when the promise resolves. */
	write(operations: readonly Operation[], options: { readonly sync: boolean }): Promise<void>;
	/** Gives bytes of deleted entries back to the disk. */
	compactRange(gte: Uint8Array, lt: Uint8Array): Promise<void>;
}

/** Makes the binding of a directory; nothing is opened yet. */
export type OpenBinding = (directory: string) => Binding;

/**
 * Which process has a directory open, in brackets; nothing where that cannot be told. Linux tells
 * (proc_locks(5)), but for processes of other containers.
 */
export function whoHas(directory: string): string {
	try {
		const { ino } = statSync(join(directory, "LOCK"));
		const locks = readFileSync("/proc/locks", "latin1");
		const found = new RegExp(`^\\d+: POSIX .* WRITE (\\d+) \\S+:${ino} `, "m").exec(locks);
		return Number(found?.[1]) > 0 ? ` (process ${found?.[1]})` : "";
	} catch {
		return ""; // Nobody tells.
	}
}

/** Bytes read ahead of who iterates: a few hundred records, and little enough to forget. */
const readAheadBytes = 64 * 1024;

/** Changes handed to LevelDB before other work gets a turn: about a millisecond. */
const operationsPerTurnMax = 1_000;
/** Bytes handed over before that: as long. A larger value goes alone. */
const bytesPerTurnMax = 1024 * 1024;

/** The binding of leveldown. */
export function openLeveldown(directory: string): Binding {
	const db = leveldown(directory);
	return {
		open: () => settled((done) => db.open({ createIfMissing: true }, done)),
		close: () => settled((done) => db.close(done)),
		async getMany(keys) {
			const values = await new Promise<readonly (Buffer | undefined)[]>((resolve, reject) => {
				db.getMany(keys.map(asBuffer), (error, found) => {
					if (error || !found) reject(error ?? new Error("nothing came back"));
					else resolve(found);
				});
			});
			return values.map((value) => value ?? null);
		},
		read: (options) => cursorOf(db, options),
		async write(operations, options) {
			const batch = db.batch();
			let count = 0;
			let bytes = 0;
			for (const operation of operations) {
				const size = operation.type === "del" ? 0 : operation.value.length;
				if (count === operationsPerTurnMax || (count > 0 && bytes + size > bytesPerTurnMax)) {
					await new Promise((resolve) => setImmediate(resolve));
					count = 0;
					bytes = 0;
				}
				count++;
				bytes += size;
				if (operation.type === "del") batch.del(asBuffer(operation.key));
				else batch.put(asBuffer(operation.key), asBuffer(operation.value));
			}
			await settled((done) => batch.write({ sync: options.sync }, done));
		},
		compactRange: (gte, lt) =>
			settled((done) => db.compactRange(asBuffer(gte), asBuffer(lt), done)),
	};
}

function cursorOf(db: ReturnType<typeof leveldown>, options: ReadOptions): Cursor {
	const iterator = db.iterator({
		gte: asBuffer(options.gte),
		lt: asBuffer(options.lt),
		reverse: options.reverse ?? false,
		limit: options.limit ?? -1,
		highWaterMark: readAheadBytes,
		fillCache: false,
	});
	return {
		next: () =>
			new Promise((resolve, reject) => {
				iterator.next((error, key, value) => {
					if (error) reject(error);
					else if (key === undefined || value === undefined) resolve([]);
					else resolve([{ key, value }, ...takeCache(iterator)]);
				});
			}),
		end: () => settled((done) => iterator.end(done)),
	};
}

/**
 * Takes what leveldown has read ahead. Through `next` each entry would cost a turn of
 * process.nextTick: 340,000 a second instead of 700,000.
 */
function takeCache(iterator: ReturnType<ReturnType<typeof leveldown>["iterator"]>): Entry[] {
	const cache = iterator.cache;
	const entries: Entry[] = [];
	while (cache && cache.length > 0) {
		const key = cache.pop();
		const value = cache.pop();
		if (key && value) entries.push({ key, value });
	}
	return entries;
}

/** A Buffer over the same bytes. */
function asBuffer(bytes: Uint8Array): Buffer {
	return Buffer.isBuffer(bytes)
		? bytes
		: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function settled(run: (done: (error?: Error | null) => void) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		run((error) => {
			if (error) reject(error);
			else resolve();
		});
	});
}
