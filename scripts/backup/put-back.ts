/** Puts a backup in the place of a data folder's content. */
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { probeKey } from "../../server/store/format/keys.ts";
import { isIntact } from "../../server/store/format/sealed.ts";
import { StoreOpenError } from "../../server/store/level.ts";
import { copyOne, filesIn, syncAll, syncOne } from "./files.ts";
import { type HeldFolder, holdFolder } from "./held-folder.ts";
import { type Label, readLabel } from "./label.ts";
import { BackupError, type Options } from "./options.ts";
import { openStopped } from "./stopped-store.ts";

/** What was put back. */
export interface PutBack extends Label {
	/** Entries that are damaged. */
	readonly damagedCount: number;
	/** Where what was there before is now; null where there was nothing. */
	readonly aside: string | null;
}

/** Told how far it is, as a line for people. */
type Progress = (line: string) => void;

/** What of a data folder a backup replaces. The store comes last: without it nothing is there. */
const parts = ["blobs", "secret", "store"];

/**
 * Copies a backup beside the data, looks at it, and only then puts it in their place.
 *
 * @throws BackupError; nothing was changed then, but where it names the folder of what was
 */
export async function putBack(options: Options, progress: Progress): Promise<PutBack> {
	const { folder, dataDir } = options;
	const label = await readLabel(folder);
	const held = await hold(options);
	const draft = join(dataDir, "restore.part");
	try {
		await rm(draft, { recursive: true, force: true });
		await mkdir(draft, { recursive: true, mode: 0o700 });
		const damagedCount = await fill(draft, { folder, label, progress });
		await held.close();
		// Where there was no store to hold, a server may have begun to use the folder.
		await (await hold(options)).close();
		return { ...label, damagedCount, aside: await putInPlace(draft, dataDir, progress) };
	} finally {
		await held.close();
		await rm(draft, { recursive: true, force: true });
	}
}

/** @throws BackupError where a server uses the folder, or its content may not be replaced */
async function hold({ dataDir, isReplacing }: Options): Promise<HeldFolder> {
	const held = await holdFolder(dataDir);
	if (!held.isUsed || isReplacing) return held;
	await held.close();
	throw new BackupError(
		`${dataDir} is not empty. With --replace, what is there is moved aside first.`,
	);
}

interface Filling {
	readonly folder: string;
	readonly label: Label;
	readonly progress: Progress;
}

/** Copies a backup; gives how many of its entries are damaged. @throws BackupError if some lack */
async function fill(draft: string, { folder, label, progress }: Filling): Promise<number> {
	const files = (await filesIn(folder)).filter((path) => path !== "backup.json");
	let fileCount = 0;
	for (const path of files) {
		progress(`file ${++fileCount} of ${files.length}`);
		await copyOne(join(folder, path), join(draft, path));
	}
	progress("looking at every entry");
	const { count, damagedCount } = await countEntries(join(draft, "store"), folder);
	if (count !== label.entryCount) {
		throw new BackupError(
			`${folder} is damaged: of ${label.entryCount} entries it holds ${count}. ` +
				`npm run doctor -- ${folder} tells more.`,
		);
	}
	await syncAll(draft);
	return damagedCount;
}

async function countEntries(directory: string, folder: string) {
	if (!existsSync(join(directory, "CURRENT"))) {
		throw new BackupError(`${folder} is damaged: there is no store in it.`);
	}
	const store = await openStopped(directory).catch((error: unknown) => {
		if (!(error instanceof StoreOpenError) || error.reason !== "damaged") throw error;
		throw new BackupError(`${folder} is damaged: npm run doctor -- ${folder} tells more.`);
	});
	let count = 0;
	let damagedCount = 0;
	try {
		for await (const entries of store.entries()) {
			for (const { key, value } of entries) {
				if (key.equals(probeKey)) continue;
				count++;
				if (!isIntact(key, value)) damagedCount++;
			}
		}
	} finally {
		await store.close();
	}
	return { count, damagedCount };
}

/**
 * Moves aside what is there, and the backup into its place. Gives the folder in which the former
 * parts are; null where there were none.
 */
async function putInPlace(
	draft: string,
	dataDir: string,
	progress: Progress,
): Promise<string | null> {
	const names = await readdir(dataDir);
	const isFirst = !parts.some((part) => names.includes(part));
	const aside = isFirst ? null : join(dataDir, nameOfAside(names));
	try {
		if (aside !== null) {
			await mkdir(aside, { mode: 0o700 });
			await moveParts(parts.toReversed(), dataDir, aside);
		}
		progress("putting it in place");
		await moveParts(parts, draft, dataDir);
		await syncOne(dataDir);
	} catch (error) {
		const words = `Not all was put back: ${(error as Error).message}.`;
		const where = aside === null ? "" : ` What was there before is in ${aside}.`;
		throw new BackupError(words + where, { cause: error });
	}
	return aside;
}

function nameOfAside(names: readonly string[]): string {
	let number = 1;
	while (names.includes(`before-restore-${number}`)) number++;
	return `before-restore-${number}`;
}

/** Those parts that are there. */
async function moveParts(names: readonly string[], from: string, to: string): Promise<void> {
	for (const part of names) {
		if (existsSync(join(from, part))) await rename(join(from, part), join(to, part));
	}
}
