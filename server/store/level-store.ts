/** Opens the store of a directory: the log and the records, which share one LevelDB. */
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Millis } from "../../shared/clock.ts";
import { threadedCompression } from "./compress.ts";
import { wholeStore } from "./format/keys.ts";
import { findLogDamage, type LogDamage } from "./format/log-check.ts";
import { GroupCommit, type SyncedWrite } from "./group-commit.ts";
import { Level, type LevelOptions, openError, StoreOpenError } from "./level.ts";
import { type Entry, openLeveldown } from "./level-binding.ts";
import { LevelLog, type LevelLogOptions } from "./level-log.ts";
import { LevelRecords } from "./level-records.ts";

/** Which store to open, and how. */
export interface LevelStoreOptions extends Pick<LevelOptions, "writable"> {
	/** Made where it is missing. */
	readonly directory: string;
	readonly clock: Clock;
	/** How long single batches are kept after compaction. */
	readonly historyMs: Millis;
	/** See `Spacing`: 0 where nothing is given. */
	readonly gatherMsMax?: Millis;
	/** True to open a store whose log is damaged, without what LevelDB then drops. */
	readonly acceptDamage: boolean;
}

/** Close both: the directory is free when both are closed. */
export interface LevelStore {
	readonly log: LevelLog;
	readonly records: LevelRecords;
	/** Every entry of the store as it is when the first are asked for, for a backup. */
	entries(): AsyncIterable<readonly Entry[]>;
}

/** Space for the small files that LevelDB writes when it opens a store. */
const openBytes = 256 * 1024;

/** Bytes of the probe's writes. */
const probeChunk = Buffer.alloc(64 * 1024, 0x57);

/**
 * Opens log and records of a directory.
 *
 * @throws StoreOpenError with a sentence, where another process uses it or it cannot be read
 */
export async function openLevelStore(options: LevelStoreOptions): Promise<LevelStore> {
	const { directory, acceptDamage, ...rest } = options;
	let damage: LogDamage | null;
	try {
		await mkdir(directory, { recursive: true, mode: 0o700 });
		damage = await findLogDamage(directory);
	} catch (error) {
		throw openError(directory, error);
	}
	if (damage !== null && !acceptDamage) throw damageError(directory, damage);
	const compression = threadedCompression;
	const openBinding = openLeveldown;
	return openStoreOn({ directory, ...rest, compression, openBinding, probeDisk });
}

/**
 * The same on any disk that a binding gives access to, without a look at the directory itself.
 *
 * @throws StoreOpenError as above
 */
export async function openStoreOn(
	options: LevelOptions &
		Pick<LevelLogOptions, "historyMs" | "compression"> &
		Pick<LevelStoreOptions, "gatherMsMax">,
): Promise<LevelStore> {
	const { clock, historyMs, compression, gatherMsMax = 0 } = options;
	const level = await Level.open(options);
	const write: SyncedWrite = (operations, undo) => level.write(operations, undo);
	const commits = new GroupCommit(write, { clock, gatherMsMax });
	let users = 2;
	const release = async () => {
		users--;
		if (users === 0) await level.close();
	};
	return {
		log: new LevelLog({ level, commits, clock, historyMs, compression, release }),
		records: new LevelRecords({ level, commits, release }),
		entries: () => level.read(wholeStore),
	};
}

/** Told before LevelDB opens the store: it would drop what is damaged without a word. */
function damageError(directory: string, { path, at }: LogDamage): StoreOpenError {
	return new StoreOpenError(
		"damaged",
		`The data in ${directory} is damaged (${path}, byte ${at}). Opening it would ` +
			"lose what was written last. Restore a backup; or start once with WEFT_DAMAGE=accept to go " +
			"on without it: those who still have the rooms open will bring back what is missing.",
	);
}

/**
 * Writes and removes a file; fails as long as the disk is full. It is as large as what LevelDB
 * needs to open the store: it copies its log into tables then. While this fails the old handle
 * stays open, so that rooms can still be read.
 */
async function probeDisk(directory: string): Promise<void> {
	const bytes = openBytes + (await logBytesIn(directory));
	const path = join(directory, "probe.tmp");
	try {
		const file = await open(path, "w");
		try {
			for (let at = 0; at < bytes; at += probeChunk.length) await file.write(probeChunk);
			await file.sync();
		} finally {
			await file.close();
		}
	} finally {
		await rm(path, { force: true });
	}
}

async function logBytesIn(directory: string): Promise<number> {
	let bytes = 0;
	for (const name of await readdir(directory)) {
		if (name.endsWith(".log")) bytes += (await stat(join(directory, name))).size;
	}
	return bytes;
}
