/** The data folder into which a backup is put: whose it is, and that no server begins to use it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { formatKey, probeKey } from "../../server/store/format/keys.ts";
import { StoreOpenError } from "../../server/store/level.ts";
import { filesIn } from "./files.ts";
import { BackupError } from "./options.ts";
import { openStopped, type StoppedStore } from "./stopped-store.ts";

/** Close it before anything in it is moved. */
export interface HeldFolder {
	/** Whether anybody's content is in it. */
	readonly isUsed: boolean;
	close(): Promise<void>;
}

/**
 * Holds a data folder, where it has a store that can be opened without a loss.
 *
 * @throws BackupError where a server uses it
 */
export async function holdFolder(dataDir: string): Promise<HeldFolder> {
	const directory = join(dataDir, "store");
	const hasBlobs = (await filesIn(join(dataDir, "blobs"))).length > 0;
	const isStored = existsSync(join(directory, "CURRENT"));
	const store = isStored ? await openOrNull(dataDir) : null;
	if (store === null) {
		const isUsed = hasBlobs || (await filesIn(directory)).length > 0;
		return { isUsed, close: () => Promise.resolve() };
	}
	return { isUsed: hasBlobs || (await hasEntries(store)), close: () => store.close() };
}

/** Null for a store that is damaged or strange: it may be somebody's, and is not to be touched. */
async function openOrNull(dataDir: string): Promise<StoppedStore | null> {
	try {
		return await openStopped(join(dataDir, "store"));
	} catch (error) {
		if (!(error instanceof StoreOpenError)) throw error;
		if (error.reason !== "in_use") return null;
		throw new BackupError(`A server uses ${dataDir}: stop it first.`);
	}
}

async function hasEntries(store: StoppedStore): Promise<boolean> {
	for await (const entries of store.entries()) {
		if (entries.some(({ key }) => !key.equals(formatKey) && !key.equals(probeKey))) return true;
	}
	return false;
}
