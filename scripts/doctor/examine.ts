/** Looks through a data folder whose store is open, and changes nothing in it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type KeyRange, wholeStore } from "../../server/store/format/keys.ts";
import type { Entry } from "../../server/store/level-binding.ts";
import { examineBlobs, wantedFiles } from "./blobs.ts";
import type { Finding } from "./finding.ts";
import { addEntry, type Catalogue, emptyCatalogue } from "./records.ts";
import { examineRoom, wordsOf } from "./rooms.ts";

/** What is looked through. */
export interface Patient {
	/** The data folder. */
	readonly dataDir: string;
	readonly read: (range: KeyRange) => AsyncIterable<readonly Entry[]>;
	/** Told how far it is, as a line for people. */
	readonly progress: (line: string) => void;
}

/** What was found, and how much was looked at. */
export interface Diagnosis {
	readonly findings: readonly Finding[];
	/** Files of blobs that may be removed: none while a photo's record cannot be read. */
	readonly orphans: readonly string[];
	readonly roomCount: number;
	readonly updateCount: number;
	readonly photoCount: number;
	readonly entryCount: number;
}

/** Everything of the folder: entries, rooms, files. */
export async function examine(patient: Patient): Promise<Diagnosis> {
	const { dataDir, read, progress } = patient;
	const catalogue = await catalogueOf(patient);
	const findings = [...catalogue.findings, ...(await examineSecret(dataDir))];
	let updateCount = 0;
	let seenCount = 0;
	for (const room of catalogue.rooms) {
		progress(`room ${++seenCount} of ${catalogue.rooms.size}: ${room}`);
		const seen = await examineRoom(room, read);
		updateCount += seen.updateCount;
		findings.push(...seen.findings);
		if (!catalogue.listed.has(room)) findings.push({ code: "room_unlisted", about: room });
	}
	for (const about of catalogue.purging) findings.push({ code: "purge_unfinished", about });
	const wanted = wantedFiles(catalogue.photos);
	const blobs = await examineBlobs(join(dataDir, "blobs"), wanted, (count) =>
		progress(`file ${count} of ${wanted.size} of photos`),
	);
	findings.push(...blobs.findings);
	return {
		findings,
		orphans: isSureOfPhotos(catalogue) ? blobs.orphans : [],
		roomCount: catalogue.rooms.size,
		updateCount,
		photoCount: catalogue.photos.length,
		entryCount: catalogue.entryCount,
	};
}

async function catalogueOf({ read, progress }: Patient): Promise<Catalogue> {
	const catalogue = emptyCatalogue();
	try {
		for await (const entries of read(wholeStore)) {
			for (const entry of entries) addEntry(catalogue, entry);
			progress(`entry ${catalogue.entryCount}`);
		}
	} catch (error) {
		const about = `behind entry ${catalogue.entryCount}`;
		catalogue.findings.push({ code: "store_unreadable", about, detail: wordsOf(error) });
	}
	return catalogue;
}

/** A record that cannot be read may be the one that names a file. */
function isSureOfPhotos({ findings }: Catalogue): boolean {
	return findings.length === 0;
}

async function examineSecret(dataDir: string): Promise<Finding[]> {
	const path = join(dataDir, "secret");
	const text = await readFile(path, "utf8").catch(() => "");
	return /^[0-9a-f]{64,}\s*$/i.test(text) ? [] : [{ code: "secret_missing", about: path }];
}
