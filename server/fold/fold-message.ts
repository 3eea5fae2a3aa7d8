/**
 * What goes to the thread that folds, and what comes back.
 *
 * The updates travel as one array, and large arrays are moved, not copied: cloning a tail of 20,000
 * small arrays would hold the event loop for longer than many a fold.
 */
import type { FailureCode } from "../../shared/errors.ts";
import { anyone, type UserId } from "../../shared/ids.ts";
import type { Batch, LoggedUpdate, Snapshot, StoredRoom } from "../store/room-log.ts";
import type { Cleaned } from "./clean/clean.ts";
import type { Cleared, Past } from "./cleared/cleared.ts";

/** A stored room, packed. */
export interface FoldJob {
	readonly snapshot: { readonly compressed: Uint8Array; readonly sizeBytes: number } | null;
	/** Every update of the tail behind its length (four bytes, little-endian). */
	readonly updates: Uint8Array;
	/** Whose its client ids are, where the room is to be cleaned; null where it is to be folded. */
	readonly owners: ReadonlyMap<number, UserId> | null;
}

/** A room's past, packed: its updates, who wrote each of them, and when. */
export interface ClearedJob {
	/** As `FoldJob.updates`. */
	readonly updates: Uint8Array;
	readonly owners: ReadonlyMap<number, UserId>;
	readonly users: readonly UserId[];
	/** Of each update its user's place in `users`, and its time. */
	readonly userIndexes: Uint32Array;
	readonly times: Float64Array;
}

/** What the thread is sent. */
export type ThreadJob = FoldJob | ClearedJob;

/** What comes of a job. */
export type Made = Snapshot | Cleaned | readonly Cleared[];

/** What became of a job: what was asked for, or why not. */
export type FoldAnswer =
	| { readonly isFolded: true; readonly made: Made }
	| { readonly isFolded: false; readonly code: FailureCode; readonly detail: string };

const lengthBytes = 4;

/** What of a job moves to the thread: copying it twice would hold the event loop twice as long. */
export function movedWith(job: ThreadJob): ArrayBuffer[] {
	const snapshot = "snapshot" in job ? job.snapshot?.compressed : undefined;
	return [job.updates, snapshot].flatMap((bytes) => wholeBufferOf(bytes));
}

/** What of an answer moves back. */
export function movedBackWith(answer: FoldAnswer): ArrayBuffer[] {
	if (!answer.isFolded || "length" in answer.made) return [];
	const { made } = answer;
	return wholeBufferOf(("snapshot" in made ? made.snapshot : made).compressed);
}

/** The buffer below an array, where nothing else is in it. */
function wholeBufferOf(bytes: Uint8Array | undefined): ArrayBuffer[] {
	if (!(bytes?.buffer instanceof ArrayBuffer) || bytes.buffer.byteLength !== bytes.length)
		return [];
	return [bytes.buffer];
}

/** Packs a stored room. Nothing of it but the owners is shared with what comes back. */
export function packStored(
	{ snapshot, tail }: StoredRoom,
	owners: FoldJob["owners"] = null,
): FoldJob {
	const updates = packUpdates(tail);
	if (snapshot === null) return { snapshot: null, updates, owners };
	const { compressed, sizeBytes } = snapshot;
	return { snapshot: { compressed: new Uint8Array(compressed), sizeBytes }, updates, owners };
}

/** Unpacks what `packStored` packed, as one batch: a fold asks neither who wrote nor when. */
export function unpackStored({ snapshot, updates, owners }: FoldJob): StoredRoom {
	const unpacked = unpackUpdates(updates).map((bytes): LoggedUpdate => ({ userId: anyone, bytes }));
	const nothing = new Uint8Array(0);
	return {
		snapshot: snapshot && { ...snapshot, stateVector: nothing, deleteSet: nothing },
		tail: unpacked.length === 0 ? [] : [{ atMs: 0, updates: unpacked }],
		...(owners !== null && { owners }),
	};
}

/** Packs a room's past. Nothing of it but the owners is shared with what comes back. */
export function packPast({ batches, owners }: Past): ClearedJob {
	const count = batches.reduce((sum, { updates }) => sum + updates.length, 0);
	const places = new Map<UserId, number>();
	const userIndexes = new Uint32Array(count);
	const times = new Float64Array(count);
	let index = 0;
	for (const { atMs, updates } of batches) {
		for (const { userId } of updates) {
			const place = places.get(userId) ?? places.size;
			places.set(userId, place);
			userIndexes[index] = place;
			times[index++] = atMs;
		}
	}
	const users = [...places.keys()];
	return { updates: packUpdates(batches), owners, users, userIndexes, times };
}

/** Unpacks what `packPast` packed, each update as a batch. */
export function unpackPast({ updates, owners, users, userIndexes, times }: ClearedJob): Past {
	const batches = unpackUpdates(updates).map((bytes, index): Batch => {
		const userId = users[userIndexes[index] ?? 0] ?? anyone;
		return { atMs: times[index] ?? 0, updates: [{ userId, bytes }] };
	});
	return { batches, owners };
}

function packUpdates(batches: readonly Batch[]): Uint8Array {
	let size = 0;
	for (const { updates } of batches) {
		for (const { bytes } of updates) size += lengthBytes + bytes.length;
	}
	const packed = new Uint8Array(size);
	const view = new DataView(packed.buffer);
	let at = 0;
	for (const { updates } of batches) {
		for (const { bytes } of updates) {
			view.setUint32(at, bytes.length, true);
			packed.set(bytes, at + lengthBytes);
			at += lengthBytes + bytes.length;
		}
	}
	return packed;
}

function unpackUpdates(packed: Uint8Array): Uint8Array[] {
	const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
	const updates: Uint8Array[] = [];
	for (let at = 0; at < packed.length; ) {
		const end = at + lengthBytes + view.getUint32(at, true);
		updates.push(packed.subarray(at + lengthBytes, end));
		at = end;
	}
	return updates;
}
