/** Opens the store of a directory: the log and the records, which share one LevelDB. */
import { mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Millis } from "../../shared/clock.ts";
import { GroupCommit } from "./group-commit.ts";
import { Level } from "./level.ts";
import { type OpenBinding, openLeveldown } from "./level-binding.ts";
import { LevelLog } from "./level-log.ts";
import { LevelRecords } from "./level-records.ts";

/** Which store to open, and how. */
export interface LevelStoreOptions {
	/** Made where it is missing. */
	readonly directory: string;
	readonly clock: Clock;
	/** How long single batches are kept after compaction. */
	readonly historyMs: Millis;
	/** Another disk; leveldown where it is missing. */
	readonly openBinding?: OpenBinding;
	/** How to find out whether the disk takes bytes; writes a file where it is missing. */
	readonly probeDisk?: (directory: string) => Promise<void>;
}

/** Close both: the directory is free when both are closed. */
export interface LevelStore {
	readonly log: LevelLog;
	readonly records: LevelRecords;
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
	await mkdir(options.directory, { recursive: true, mode: 0o700 });
	const { clock, historyMs } = options;
	const level = await Level.open({
		directory: options.directory,
		clock,
		openBinding: options.openBinding ?? openLeveldown,
		probeDisk: options.probeDisk ?? probeDisk,
	});
	const commits = new GroupCommit((operations, undo) => level.write(operations, undo));
	let users = 2;
	const release = async () => {
		users--;
		if (users === 0) await level.close();
	};
	return {
		log: new LevelLog({ level, commits, clock, historyMs, release }),
		records: new LevelRecords({ level, commits, release }),
	};
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
