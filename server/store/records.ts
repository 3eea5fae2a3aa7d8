/** The interface of the records: small facts about rooms and photos, found by name. */
import type { Millis } from "../../shared/clock.ts";
import type { BlobId, PhotoId, RoomName, UserId } from "../../shared/ids.ts";
import type { RoomPreview } from "../../shared/preview.ts";
import type { RoomKind } from "../../shared/protocol.ts";

/** What the list of rooms shows. Written at the room's first edit, refreshed when it rests. */
export interface RoomRecord {
	readonly name: RoomName;
	readonly kind: RoomKind;
	readonly madeAtMs: Millis;
	readonly madeBy: { readonly id: UserId; readonly name: string };
	readonly changedAtMs: Millis;
	readonly preview: RoomPreview;
}

/** What the server knows of an uploaded photo. Never changes once written. */
export interface PhotoRecord {
	readonly id: PhotoId;
	/** SHA-256 of the bytes as they were uploaded; makes the upload idempotent. */
	readonly source: BlobId;
	/** What the server made of them: upright, without EXIF. */
	readonly blob: BlobId;
	/** Media type of the blob. */
	readonly type: string;
	/** Pixels of the blob, upright. */
	readonly width: number;
	readonly height: number;
	readonly bytes: number;
	/** What was sent, where who shared it wanted it kept too: without EXIF as well. */
	readonly original?: { readonly type: string; readonly bytes: number };
	readonly receivedAtMs: Millis;
	readonly by: UserId;
}

/**
 * Records by name. Every engine passes test/contracts/records.ts. Writes are on disk when their
 * promise resolves; they fail with `disk_full` or `store_failed` and then change nothing.
 */
export interface Records {
	room(name: RoomName): Promise<RoomRecord | null>;
	putRoom(record: RoomRecord): Promise<void>;
	/** All rooms, in no particular order. */
	rooms(): AsyncIterable<RoomRecord>;
	photo(room: RoomName, id: PhotoId): Promise<PhotoRecord | null>;
	putPhoto(room: RoomName, record: PhotoRecord): Promise<void>;
	/** All photos of a room, in no particular order. */
	photos(room: RoomName): AsyncIterable<PhotoRecord>;
	close(): Promise<void>;
}
