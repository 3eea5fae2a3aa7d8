/** Puts a backup in the place of a data folder's content. */
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { nodeClock } from "../../server/node-clock.ts";
import { formatKey, probeKey, wholeStore } from "../../server/store/format/keys.ts";
import { isIntact } from "../../server/store/format/sealed.ts";
import { Level, StoreOpenError } from "../../server/store/level.ts";
import { openLeveldown } from "../../server/store/level-binding.ts";
import { copyOne, filesIn, syncAll, syncOne } from "./files.ts";
import { type Label, readLabel } from "./label.ts";
import { BackupError, type Options } from "./options.ts";

/** What was put back. */
export interface PutBack extends Label {
	/** Entries that are damaged. */
	readonly damagedCount: number;
	/** Where what was there before is now; null where there was nothing. */
	readonly aside: string | null;
}

/** What of a data folder a backup replaces. The store comes last: without it nothing is there. */
const parts = ["blobs", "secret", "store"];

/**
 * Copies a backup beside the data, looks at it, and only then puts it in their place.
 *
 * @throws BackupError; then nothing was changed
 */
export async function putBack(
	{ folder, dataDir, isReplacing }: Options,
	progress: (line: string) => void,
): Promise<PutBack> {
	const label = await readLabel(folder);
	const isUsed = await hasContent(dataDir);
	if (isUsed && !isReplacing) {
		throw new BackupError(
			`${dataDir} is not empty. With --replace, what is there is moved aside first.`,
		);
	}
	const draft = join(dataDir, "restore.part");
	await rm(draft, { recursive: true, force: true });
	await mkdir(draft, { recursive: true, mode: 0o700 });
	const damagedCount = await copyInto(draft, folder, progress).catch(async (error: unknown) => {
		await rm(draft, { recursive: true, force: true });
		throw error;
	});
	const aside = await moveAside(dataDir);
	for (const part of parts) {
		if (existsSync(join(draft, part))) await rename(join(draft, part), join(dataDir, part));
	}
	await rm(draft, { recursive: true });
	await syncOne(dataDir);
	return { ...label, damagedCount, aside: isUsed ? aside : null };
}

/**
 * Whether anybody's content is in a data folder.
 *
 * @throws BackupError where a server uses it
 */
async function hasContent(dataDir: string): Promise<boolean> {
	const isStored = await hasEntries(dataDir);
	return isStored || (await filesIn(join(dataDir, "blobs"))).length > 0;
}

async function hasEntries(dataDir: string): Promise<boolean> {
	const directory = join(dataDir, "store");
	if (!existsSync(join(directory, "CURRENT"))) return (await filesIn(directory)).length > 0;
	try {
		return (await countEntries(directory)).count > 0;
	} catch (error) {
		if (!(error instanceof StoreOpenError)) throw error;
		// What cannot be opened may be somebody's all the same; only a server's must not be touched.
		if (error.reason !== "in_use") return true;
		throw new BackupError(`A server uses ${dataDir}: stop it first.`);
	}
}

async function copyInto(
	draft: string,
	folder: string,
	progress: (line: string) => void,
): Promise<number> {
	const files = (await filesIn(folder)).filter((path) => path !== "backup.json");
	let count = 0;
	for (const path of files) {
		progress(`file ${++count} of ${files.length}`);
		await copyOne(join(folder, path), join(draft, path));
	}
	progress("looking at every entry");
	const { damagedCount } = await countEntries(join(draft, "store"));
	await syncAll(draft);
	return damagedCount;
}

async function countEntries(directory: string) {
	const level = await Level.open({
		directory,
		clock: nodeClock,
		openBinding: openLeveldown,
		probeDisk: () => Promise.resolve(),
	});
	let count = 0;
	let damagedCount = 0;
	try {
		for await (const entries of level.read(wholeStore)) {
			for (const { key, value } of entries) {
				if (key.equals(formatKey) || key.equals(probeKey)) continue;
				count++;
				if (!isIntact(key, value)) damagedCount++;
			}
		}
	} finally {
		await level.close();
	}
	return { count, damagedCount };
}

/** Gives the folder in which the former parts are. */
async function moveAside(dataDir: string): Promise<string> {
	const names = await readdir(dataDir);
	let number = 1;
	while (names.includes(`before-restore-${number}`)) number++;
	const aside = join(dataDir, `before-restore-${number}`);
	const former = parts.filter((part) => names.includes(part));
	if (former.length > 0) await mkdir(aside, { mode: 0o700 });
	for (const part of former) await rename(join(dataDir, part), join(aside, part));
	return aside;
}
