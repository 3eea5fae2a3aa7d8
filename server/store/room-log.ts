/** The interface of the room log. FORMAT.md draws what LevelDB holds. */
import type { Millis } from "../../shared/clock.ts";
import type { BlobId, PhotoId, RoomName, UserId } from "../../shared/ids.ts";
import type { AuditEntry } from "../../shared/room-access.ts";
import type { RoomRecord } from "./records.ts";

/** One update as a client sent it, byte for byte, and who sent it. */
export interface LoggedUpdate {
	readonly userId: UserId;
	/** A Yjs v1 update; never changed by anybody. */
	readonly bytes: Uint8Array;
	/** Yjs client ids that are `userId`'s from this update on; missing where it claimed none. */
	readonly claims?: readonly number[];
}

/** What reached a room in one turn of the event loop and was written as one record. */
export interface Batch {
	readonly atMs: Millis;
	/** In the order in which they were applied; at least one. */
	readonly updates: readonly LoggedUpdate[];
}

/** One update that stands for all earlier ones, as it is stored. */
export interface Snapshot {
	/** The update (Yjs v1), compressed: `RoomLog.updateOf` reads it. */
	readonly compressed: Uint8Array;
	/** Its length before that. */
	readonly sizeBytes: number;
	/** What the snapshot holds, as Yjs encodes it. */
	readonly stateVector: Uint8Array;
	/** What it deletes: a Yjs v1 update with no structs and only the delete set. */
	readonly deleteSet: Uint8Array;
}

/** All that is stored of a room's present: the snapshot, then the batches that followed it. */
export interface StoredRoom {
	/** Null until the first compaction. */
	readonly snapshot: Snapshot | null;
	/** Whose the client ids are that its batches claimed; missing where they claimed none. */
	readonly owners?: ReadonlyMap<number, UserId>;
	/** Oldest first. */
	readonly tail: readonly Batch[];
	/** How often the room has begun anew, and one; missing where it was never purged. */
	readonly epoch?: number;
}

/** What a room begins its next epoch with. */
export interface NextEpoch {
	/** What was cleaned, as it was loaded. */
	readonly from: StoredRoom;
	readonly snapshot: Snapshot;
	/** Whose the client ids are, those of the epochs before among them. */
	readonly owners: ReadonlyMap<number, UserId>;
	readonly atMs: Millis;
	readonly records: PurgedRecords;
}

/** What of the records becomes otherwise in the very same write. */
export interface PurgedRecords {
	readonly room: RoomRecord;
	readonly audit: readonly AuditEntry[];
	/** Photos that the room has no more. */
	readonly photos: readonly PhotoId[];
	/** Their blobs: see `Records.garbage`. */
	readonly blobs: readonly BlobId[];
}

/**
 * Makes one snapshot of a stored room by applying all of it. Must not block the event loop for
 * large rooms. Handed to `compact`, because the log knows no Yjs.
 */
export type Fold = (stored: StoredRoom) => Promise<Snapshot>;

/**
 * The durable, append-only list of each room's updates.
 *
 * Every engine passes test/contracts/room-log.ts. No method exposes sequence numbers: engines
 * without them exist. Byte arrays that are handed in belong to the log until the promise settles;
 * those that come back belong to the caller.
 */
export interface RoomLog {
	/**
	 * All that is stored of a room; an empty one for a name that was never written.
	 *
	 * @throws WeftError `room_damaged` where a checksum or the order of records is wrong
	 */
	load(room: RoomName): Promise<StoredRoom>;
	/**
	 * The update (Yjs v1) of a snapshot that was loaded.
	 *
	 * @throws WeftError `room_damaged` where it does not decompress to its size
	 */
	updateOf(snapshot: Snapshot): Promise<Uint8Array>;
	/**
	 * Adds one batch. Resolves when it is on disk (synced): only then may anybody see it.
	 * Calls of all rooms that wait together share one synced write.
	 *
	 * @throws WeftError `disk_full` or `store_failed`; then nothing of the batch is stored, and all
	 * further appends fail until `whenWritable` resolves. `room_damaged` where the room's last
	 * record cannot be read; other rooms are not concerned. `room_failed` where the room is in
	 * another epoch than the one named: what the batch speaks of is not there
	 */
	append(room: RoomName, batch: Batch, epoch?: number): Promise<void>;
	/** Resolves when appends may succeed again; at once where nothing is wrong. */
	whenWritable(): Promise<void>;
	/**
	 * Folds what is stored now into one snapshot and moves its batches into history, in one atomic
	 * write; batches appended meanwhile stay in the tail. A second call for the same room waits for
	 * the first. Does nothing where the tail is empty.
	 */
	compact(room: RoomName, fold: Fold): Promise<void>;
	/**
	 * Begins the next epoch of a room, in one atomic write: all of the one before goes, its history
	 * too, and its bytes leave the disk soon after. Nothing may be appended meanwhile.
	 *
	 * @throws as `append`; where it was the disk that failed, the room may turn out to be in its next
	 * epoch when writes succeed again
	 */
	purge(room: RoomName, next: NextEpoch): Promise<void>;
	/**
	 * Every batch still kept, oldest first, those in history included. Where older ones were let
	 * go, the first batch is one update by `anyone` that stands for all of them, so that applying
	 * the whole always gives the room. Batches in history have lost their claims: `load` tells them.
	 *
	 * @throws WeftError `room_damaged`
	 */
	history(room: RoomName): AsyncIterable<Batch>;
	/** Names of all rooms that have something stored, in no particular order. */
	rooms(): AsyncIterable<RoomName>;
	/** Bytes that the room takes on disk: present (snapshot and tail) and history. */
	sizeOf(room: RoomName): Promise<{ readonly liveBytes: number; readonly historyBytes: number }>;
	/** Waits for what is under way, then lets go of the disk. Safe to call twice. */
	close(): Promise<void>;
}
