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

/** A room's past, packed by a `PastPacker`. */
export interface ClearedJob {
	readonly chunks: readonly Chunk[];
	readonly owners: ReadonlyMap<number, UserId>;
	/** Each update names one by its place here. */
	readonly users: readonly UserId[];
}

/** Updates, each behind its length (u32), its user (u32) and its time (f64), little-endian. */
interface Chunk {
	readonly bytes: Uint8Array;
	/** Bytes of it that are used. */
	readonly end: number;
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
	if ("chunks" in job) return job.chunks.flatMap(({ bytes }) => wholeBufferOf(bytes));
	return [job.updates, job.snapshot?.compressed].flatMap((bytes) => wholeBufferOf(bytes));
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

const headBytes = 16;
/** Copied in a fraction of a millisecond. */
const chunkBytesMin = 256 * 1024;

/** Packs a room's past while it is read: all of it at once would hold the event loop. */
export class PastPacker {
	readonly #chunks: { readonly bytes: Uint8Array; end: number }[] = [];
	readonly #places = new Map<UserId, number>();

	/** Adds what was written next. */
	add({ atMs, updates }: Batch): void {
		for (const { userId, bytes } of updates) {
			const place = this.#places.get(userId) ?? this.#places.size;
			this.#places.set(userId, place);
			const chunk = this.#chunkFor(headBytes + bytes.length);
			const view = new DataView(chunk.bytes.buffer, chunk.end);
			view.setUint32(0, bytes.length, true);
			view.setUint32(4, place, true);
			view.setFloat64(8, atMs, true);
			chunk.bytes.set(bytes, chunk.end + headBytes);
			chunk.end += headBytes + bytes.length;
		}
	}

	/** What the thread is sent; nothing is added any more. */
	job(owners: ReadonlyMap<number, UserId>): ClearedJob {
		return { chunks: this.#chunks, owners, users: [...this.#places.keys()] };
	}

	#chunkFor(size: number) {
		const last = this.#chunks.at(-1);
		if (last !== undefined && last.end + size <= last.bytes.length) return last;
		const next = { bytes: new Uint8Array(Math.max(chunkBytesMin, size)), end: 0 };
		this.#chunks.push(next);
		return next;
	}
}

/** Unpacks what a `PastPacker` packed, each update as a batch. */
export function unpackPast({ chunks, owners, users }: ClearedJob): Past {
	const batches: Batch[] = [];
	for (const { bytes: chunk, end } of chunks) {
		const view = new DataView(chunk.buffer, chunk.byteOffset, end);
		for (let at = 0; at < end; ) {
			const from = at + headBytes;
			const userId = users[view.getUint32(at + 4, true)] ?? anyone;
			const bytes = chunk.subarray(from, from + view.getUint32(at, true));
			batches.push({ atMs: view.getFloat64(at + 8, true), updates: [{ userId, bytes }] });
			at = from + bytes.length;
		}
	}
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
