/**
 * What goes to the thread that folds, and what comes back.
 *
 * The updates travel as one array, and large arrays are moved, not copied: cloning a tail of 20,000
 * small arrays would hold the event loop for longer than many a fold.
 */
import type { FailureCode } from "../../shared/errors.ts";
import { anyone, type UserId } from "../../shared/ids.ts";
import type { LoggedUpdate, Snapshot, StoredRoom } from "../store/room-log.ts";
import type { Cleaned } from "./clean/clean.ts";

/** A stored room, packed. */
export interface FoldJob {
	readonly snapshot: { readonly compressed: Uint8Array; readonly sizeBytes: number } | null;
	/** Every update of the tail behind its length (four bytes, little-endian). */
	readonly updates: Uint8Array;
	/** Whose its client ids are, where the room is to be cleaned; null where it is to be folded. */
	readonly owners: ReadonlyMap<number, UserId> | null;
}

/** What became of a job: what was asked for, or why not. */
export type FoldAnswer =
	| { readonly isFolded: true; readonly made: Snapshot | Cleaned }
	| { readonly isFolded: false; readonly code: FailureCode; readonly detail: string };

const lengthBytes = 4;

/** What of a job moves to the thread: copying it twice would hold the event loop twice as long. */
export function movedWith({ snapshot, updates }: FoldJob): ArrayBuffer[] {
	return [updates, snapshot?.compressed].flatMap((bytes) => wholeBufferOf(bytes));
}

/** What of an answer moves back. */
export function movedBackWith(answer: FoldAnswer): ArrayBuffer[] {
	if (!answer.isFolded) return [];
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
	let size = 0;
	for (const batch of tail) {
		for (const { bytes } of batch.updates) size += lengthBytes + bytes.length;
	}
	const updates = new Uint8Array(size);
	const view = new DataView(updates.buffer);
	let at = 0;
	for (const batch of tail) {
		for (const { bytes } of batch.updates) {
			view.setUint32(at, bytes.length, true);
			updates.set(bytes, at + lengthBytes);
			at += lengthBytes + bytes.length;
		}
	}
	if (snapshot === null) return { snapshot: null, updates, owners };
	const { compressed, sizeBytes } = snapshot;
	return { snapshot: { compressed: new Uint8Array(compressed), sizeBytes }, updates, owners };
}

/** Unpacks what `packStored` packed, as one batch: a fold asks neither who wrote nor when. */
export function unpackStored({ snapshot, updates, owners }: FoldJob): StoredRoom {
	const view = new DataView(updates.buffer, updates.byteOffset, updates.length);
	const unpacked: LoggedUpdate[] = [];
	for (let at = 0; at < updates.length; ) {
		const end = at + lengthBytes + view.getUint32(at, true);
		unpacked.push({ userId: anyone, bytes: updates.subarray(at + lengthBytes, end) });
		at = end;
	}
	const nothing = new Uint8Array(0);
	return {
		snapshot: snapshot && { ...snapshot, stateVector: nothing, deleteSet: nothing },
		tail: unpacked.length === 0 ? [] : [{ atMs: 0, updates: unpacked }],
		...(owners !== null && { owners }),
	};
}
