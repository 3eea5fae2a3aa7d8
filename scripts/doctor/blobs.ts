/** Holds the files of photos against the records that name them. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { BlobSize } from "../../server/blobs/blob-store.ts";
import type { PhotoRecord } from "../../server/store/records.ts";
import type { BlobId, RoomName } from "../../shared/ids.ts";
import type { Finding } from "./finding.ts";

/** A file that must be there. */
export interface WantedFile {
	/** Below the folder of blobs: `ab/cdef….thumb`. */
	readonly path: string;
	readonly room: RoomName;
	/** What its bytes hash to; null where no record tells. */
	readonly hash: BlobId | null;
	/** How many there are; null where no record tells. */
	readonly bytes: number | null;
}

/** What was seen of the files. */
export interface SeenBlobs {
	readonly fileCount: number;
	readonly findings: readonly Finding[];
	/** Paths below the folder of blobs. */
	readonly orphans: readonly string[];
}

/** Where a file of a blob lies below the folder of blobs. See `disk-blobs.ts`. */
function blobPath(blob: BlobId, size: BlobSize): string {
	return join(blob.slice(0, 2), size === "full" ? blob.slice(2) : `${blob.slice(2)}.${size}`);
}

/** Every file that the records of photos name, each once. */
export function wantedFiles(
	photos: readonly { readonly room: RoomName; readonly record: PhotoRecord }[],
): Map<string, WantedFile> {
	const wanted = new Map<string, WantedFile>();
	for (const { room, record } of photos) {
		const { blob, bytes, original } = record;
		const add = (size: BlobSize, hash: BlobId | null, sizeBytes: number | null) => {
			const path = blobPath(blob, size);
			if (!wanted.has(path)) wanted.set(path, { path, room, hash, bytes: sizeBytes });
		};
		add("full", blob, bytes);
		add("thumb", null, null);
		if (original !== undefined) add("original", null, original.bytes);
	}
	return wanted;
}

/** Looks for each file that must be there, and for those that need not. */
export async function examineBlobs(
	directory: string,
	wanted: ReadonlyMap<string, WantedFile>,
	looked: (fileCount: number) => void,
): Promise<SeenBlobs> {
	const findings: Finding[] = [];
	const orphans: string[] = [];
	const there = new Set<string>();
	let fileCount = 0;
	for await (const path of filesBelow(directory)) {
		looked(++fileCount);
		there.add(path);
		const file = wanted.get(path);
		if (file !== undefined) {
			const detail = await whatIsWrong(join(directory, path), file);
			if (detail !== null) findings.push({ code: "photo_changed", about: tellFile(file), detail });
		} else if (ours.test(path)) {
			orphans.push(path);
			findings.push({ code: "blob_orphaned", about: `blobs/${path}` });
		} else findings.push({ code: "file_unknown", about: `blobs/${path}` });
	}
	for (const file of wanted.values()) {
		if (!there.has(file.path)) findings.push({ code: "photo_missing", about: tellFile(file) });
	}
	return { fileCount, findings, orphans };
}

/** Removes files that no record names. */
export async function removeOrphans(directory: string, paths: readonly string[]): Promise<void> {
	for (const path of paths) await rm(join(directory, path), { force: true });
}

/** Names that `DiskBlobs` gives. */
const ours = /^[0-9a-f]{2}[/\\][0-9a-f]{62}(\.thumb|\.original)?$/;

function tellFile({ path, room }: WantedFile): string {
	return `blobs/${path} of ${room}`;
}

/** Files below a folder, but for what is just being received; none where there is no folder. */
async function* filesBelow(directory: string): AsyncGenerator<string, void, undefined> {
	for (const entry of await entriesOf(directory)) {
		if (entry.name === "tmp") continue;
		if (!entry.isDirectory()) yield entry.name;
		else {
			for (const file of await entriesOf(join(directory, entry.name))) {
				yield join(entry.name, file.name);
			}
		}
	}
}

async function entriesOf(directory: string) {
	try {
		return await readdir(directory, { withFileTypes: true });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
		throw error;
	}
}

/** What of a file is not as its record says; null where all is. */
async function whatIsWrong(path: string, { hash, bytes }: WantedFile): Promise<string | null> {
	const { size } = await stat(path);
	if (size === 0) return "it is empty";
	if (bytes !== null && size !== bytes) return `${size} bytes, not ${bytes}`;
	if (hash !== null && (await hashOf(path)) !== hash) return "its SHA-256 is another one";
	return null;
}

async function hashOf(path: string): Promise<string> {
	const hash = createHash("sha256");
	for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
	return hash.digest("hex");
}
