/** Looks through all that is stored of one room: present, summary and history. */
import * as Y from "yjs";
import { applyQuietly } from "../../server/fold/apply-quietly.ts";
import { decompressSnapshot, foldStored } from "../../server/fold/fold.ts";
import { type Compression, threadedCompression } from "../../server/store/compress.ts";
import { type KeyRange, part, partsOf } from "../../server/store/format/keys.ts";
import {
	batchesOf,
	type RoomParts,
	readParts,
	toStoredRoom,
} from "../../server/store/format/stored-room.ts";
import type { Entry } from "../../server/store/level-binding.ts";
import type { LoggedUpdate, StoredRoom } from "../../server/store/room-log.ts";
import type { RoomName } from "../../shared/ids.ts";
import type { Finding } from "./finding.ts";

/** Reads the entries of a stretch of keys. */
export type ReadRange = (range: KeyRange) => AsyncIterable<readonly Entry[]>;

/** Updates of history that are applied at once: one by one they take several times as long. */
const updatesAtOnce = 500;

/** What was seen of one room. */
export interface SeenRoom {
	/** Updates in its tail and history. */
	readonly updateCount: number;
	readonly findings: readonly Finding[];
}

/**
 * Decodes everything of a room and applies it: checksums, order and sizes (FORMAT.md section 3),
 * every update, the summary against its snapshot, the history against the present.
 */
export async function examineRoom(room: RoomName, read: ReadRange): Promise<SeenRoom> {
	const findings: Finding[] = [];
	const found = (code: Finding["code"], detail: string) => {
		findings.push({ code, about: room, detail });
	};
	let present: Y.Doc | null = null;
	let updateCount = 0;
	try {
		const parts = await readParts(read(partsOf(room, part.snapshot, part.record)));
		const stored = await toStoredRoom(parts, threadedCompression);
		if (!isSummaryRight(stored)) found("summary_wrong", "they hold different things");
		present = docOf(stored);
		updateCount += countUpdates(parts);
	} catch (error) {
		found("room_damaged", wordsOf(error));
	}
	try {
		const history = await replay(room, read, threadedCompression);
		updateCount = Math.max(updateCount, history.updateCount);
		if (present !== null && !isSame(present, history.doc)) {
			found("history_damaged", "it ends in something else than the present");
		}
	} catch (error) {
		// A damaged tail is part of both; it is told once.
		if (present !== null) found("history_damaged", wordsOf(error));
	}
	return { updateCount, findings };
}

function countUpdates({ records }: RoomParts): number {
	return records.reduce((sum, { value }) => sum + value.updates.length, 0);
}

/** The doc of what is stored; throws where an update cannot be read or lacks its predecessor. */
function docOf(stored: StoredRoom): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, decompressSnapshot(foldStored(stored)));
	return doc;
}

/** Joiners of a cold room are answered from the summary: it must say what the snapshot holds. */
function isSummaryRight({ snapshot }: StoredRoom): boolean {
	if (snapshot === null) return true;
	const doc = docOf({ snapshot, tail: [] });
	const known = Y.encodeStateVector(Y.decodeStateVector(snapshot.stateVector));
	const deleted = Y.decodeUpdate(snapshot.deleteSet).ds;
	const seen = Y.snapshot(doc);
	return (
		Buffer.from(known).equals(Y.encodeStateVector(doc)) &&
		Y.equalSnapshots(Y.createSnapshot(deleted, seen.sv), seen)
	);
}

/** All that was ever written, one after the other. */
async function replay(room: RoomName, read: ReadRange, compression: Compression) {
	const doc = new Y.Doc();
	let waiting: LoggedUpdate[] = [];
	let updateCount = 0;
	const apply = () => {
		applyQuietly(doc, () => {
			for (const { bytes } of waiting) Y.applyUpdate(doc, bytes);
		});
		updateCount += waiting.length;
		waiting = [];
	};
	const chunks = read(partsOf(room, part.snapshot, part.segment));
	for await (const { updates } of batchesOf(room, chunks, compression)) {
		waiting.push(...updates);
		if (waiting.length >= updatesAtOnce) apply();
	}
	apply();
	return { doc, updateCount };
}

/** The same content, and the same deletes. */
function isSame(one: Y.Doc, other: Y.Doc): boolean {
	return Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other));
}

/** What an error says, without the sentence of its code. */
export function wordsOf(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return /\((?<detail>.*)\)$/s.exec(text)?.groups?.["detail"] ?? text;
}
