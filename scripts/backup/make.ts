/** Makes a backup: entries at one moment, then the files that they name. */
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { wantedFiles } from "../doctor/blobs.ts";
import { type CopiedEntries, copyEntries } from "./copy-entries.ts";
import { copyOne, syncAll, syncOne } from "./files.ts";
import { type Label, writeLabel } from "./label.ts";
import { BackupError, type Options } from "./options.ts";
import { openSource } from "./source.ts";

/** What was made. */
export interface Backup extends Label {
	/** True where a server ran meanwhile. */
	readonly isServed: boolean;
	/** Entries that are damaged. */
	readonly damagedCount: number;
	/** Files of photos, and the secret, that were not there. */
	readonly missing: readonly string[];
}

/** Told how far it is, as a line for people. */
type Progress = (line: string) => void;

/**
 * Copies a data folder into a folder that does not exist or is empty. That appears at the end,
 * whole; where this fails, nothing is left.
 *
 * @throws BackupError
 */
export async function makeBackup(options: Options, progress: Progress): Promise<Backup> {
	const { folder } = options;
	await mustBeFree(folder);
	const draft = `${folder}.part`;
	await mkdir(dirname(folder), { recursive: true });
	await mkdir(draft, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== "EEXIST") throw error;
		throw new BackupError(`${draft} is there: another backup is being made, or one was cut off.`);
	});
	try {
		const backup = await fill(draft, options, progress);
		progress("writing to disk");
		await syncAll(draft);
		await rename(draft, folder);
		await syncOne(dirname(folder));
		return backup;
	} catch (error) {
		await rm(draft, { recursive: true, force: true });
		throw error;
	}
}

async function mustBeFree(folder: string): Promise<void> {
	const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return [];
		throw new BackupError(`${folder} cannot be written: ${error.message}`);
	});
	if (names.length > 0) throw new BackupError(`${folder} is not empty. Name a new folder.`);
}

async function fill(draft: string, { dataDir }: Options, progress: Progress): Promise<Backup> {
	const madeAtMs = Date.now();
	const source = await openSource(dataDir);
	try {
		const copied = await copyEntries(source.entries, join(draft, "store"), (count) =>
			progress(`entry ${count}`),
		);
		// Blobs after the records that name them: whatever a record names was there before it.
		const missing = await copyPhotos(dataDir, draft, { copied, progress });
		if (!(await copyOne(join(dataDir, "secret"), join(draft, "secret")))) missing.push("secret");
		const label = {
			madeAtMs,
			roomCount: copied.rooms.size,
			photoCount: copied.photos.length,
			entryCount: copied.entryCount,
		};
		await writeFile(join(draft, "backup.json"), writeLabel(label));
		const { damagedCount } = copied;
		return { ...label, isServed: source.isServed, damagedCount, missing };
	} finally {
		await source.close();
	}
}

interface PhotoCopy {
	readonly copied: CopiedEntries;
	readonly progress: Progress;
}

/** Gives the files that were not there. */
async function copyPhotos(
	dataDir: string,
	draft: string,
	{ copied, progress }: PhotoCopy,
): Promise<string[]> {
	const missing: string[] = [];
	const wanted = wantedFiles(copied.photos);
	let count = 0;
	for (const path of wanted.keys()) {
		progress(`file ${++count} of ${wanted.size} of photos`);
		const file = join("blobs", path);
		if (!(await copyOne(join(dataDir, file), join(draft, file)))) missing.push(file);
	}
	return missing;
}
