/** Writes the entries of one store into a new one. */
import { family } from "../../server/store/format/keys.ts";
import { isIntact } from "../../server/store/format/sealed.ts";
import { type Entry, type Operation, openLeveldown } from "../../server/store/level-binding.ts";
import { addEntry, type Catalogue, emptyCatalogue } from "../doctor/records.ts";

/** What was copied. */
export interface CopiedEntries extends Catalogue {
	/** Entries whose checksum is wrong: copied as they are. */
	readonly damagedCount: number;
}

/**
 * What tells of the disk on which it lies: whether that takes writes, and what of purged rooms is
 * still to go there. In the copy nothing is.
 */
const ofOneDisk: readonly (number | undefined)[] = [family.probe, family.erasure, family.garbage];

/** Bytes of values written at once. */
const batchBytes = 1024 * 1024;

/** Copies everything into a store that does not exist yet; `copied` is told how far it is. */
export async function copyEntries(
	chunks: AsyncIterable<readonly Entry[]>,
	directory: string,
	copied: (entryCount: number) => void,
): Promise<CopiedEntries> {
	const catalogue = emptyCatalogue();
	let damagedCount = 0;
	const target = openLeveldown(directory);
	await target.open();
	try {
		for await (const operations of inBatches(chunks)) {
			for (const { key, value } of operations) {
				addEntry(catalogue, { key, value });
				if (!isIntact(key, value)) damagedCount++;
			}
			// What is written last is synced by who asked for the copy, all files at once.
			await target.write(operations, { sync: false });
			copied(catalogue.entryCount);
		}
	} finally {
		await target.close();
	}
	return { ...catalogue, damagedCount };
}

type Put = Extract<Operation, { type: "put" }> & Entry;

async function* inBatches(
	chunks: AsyncIterable<readonly Entry[]>,
): AsyncGenerator<Put[], void, undefined> {
	let batch: Put[] = [];
	let bytes = 0;
	for await (const entries of chunks) {
		for (const { key, value } of entries) {
			if (ofOneDisk.includes(key[0])) continue;
			batch.push({ type: "put", key, value });
			bytes += key.length + value.length;
		}
		if (bytes < batchBytes) continue;
		yield batch;
		batch = [];
		bytes = 0;
	}
	if (batch.length > 0) yield batch;
}
