/** The interface of the records: small facts about rooms, photos and people, found by name. */
import type { Millis } from "../../shared/clock.ts";
import type { BlobId, LinkId, PhotoId, RoomName, UserId } from "../../shared/ids.ts";
import type { RoomPreview } from "../../shared/preview.ts";
import type { RoomKind, RoomRules } from "../../shared/roles.ts";
import type { AuditEntry, Entry, Named, RoomLink, RoomMember } from "../../shared/room-access.ts";

/** What the list of rooms shows. Written at the room's first edit, refreshed when it rests. */
export interface RoomRecord {
	readonly name: RoomName;
	readonly kind: RoomKind;
	readonly madeAtMs: Millis;
	readonly madeBy: { readonly id: UserId; readonly name: string };
	readonly changedAtMs: Millis;
	readonly preview: RoomPreview;
}

/** Who may come into a room and what they are there. Most rooms of stock clients have none. */
export interface AccessRecord {
	readonly room: RoomName;
	readonly owner: Named | null;
	readonly entry: Entry;
	/** Everybody about whom something was decided. */
	readonly members: readonly RoomMember[];
	/** Those that were not revoked. */
	readonly links: readonly RoomLink[];
	readonly least: RoomRules["least"];
	/** Everybody else reads; null where nobody presents. */
	readonly presenter: Named | null;
	/** Whether the others may talk while somebody presents. */
	readonly isTalkOpen: boolean;
	/** Null where it is not in the bin. */
	readonly binnedAtMs: Millis | null;
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

/** A password as it is kept: what scrypt (RFC 7914) made of it, and how. */
export interface PasswordHash {
	/** Both as base64url. */
	readonly salt: string;
	readonly hash: string;
	/** scrypt's N, r and p. */
	readonly cost: number;
	readonly blockSize: number;
	readonly lanes: number;
}

/** That somebody is signed in on one device. */
export interface LoginRecord {
	/** SHA-256 of what stands in the cookie, as base64url: who reads the store signs in nowhere. */
	readonly tokenHash: string;
	readonly untilMs: Millis;
}

/** Somebody who signs in. */
export interface AccountRecord {
	readonly id: UserId;
	/** As it is shown. */
	readonly name: string;
	readonly color: string;
	/** Null for one that was removed: its id and those in `was` are never anybody else's. */
	readonly password: PasswordHash | null;
	readonly isAdmin: boolean;
	readonly madeAtMs: Millis;
	/** The oldest first. */
	readonly logins: readonly LoginRecord[];
	/** The guests who became this person: what those wrote is theirs. */
	readonly was: readonly UserId[];
	/** The invitation by which they came; null where the operator or nobody had to let them in. */
	readonly invitation: string | null;
}

/**
 * Records by name. Every engine passes test/contracts/records.ts. Writes are on disk when their
 * promise resolves; they fail with `disk_full` or `store_failed` and then change nothing. Only if
 * the process is killed before the disk takes bytes again, a refused one may be there afterwards.
 */
export interface Records {
	room(name: RoomName): Promise<RoomRecord | null>;
	putRoom(record: RoomRecord): Promise<void>;
	/** All rooms, in no particular order. */
	rooms(): AsyncIterable<RoomRecord>;
	access(room: RoomName): Promise<AccessRecord | null>;
	putAccess(record: AccessRecord): Promise<void>;
	/** Of all rooms about which something was decided, in no particular order. */
	accesses(): AsyncIterable<AccessRecord>;
	/** The room into which a link led once; its access says whether it still does. */
	linkedRoom(id: LinkId): Promise<RoomName | null>;
	putLink(id: LinkId, room: RoomName): Promise<void>;
	/** What was done in a room that asks who may do it, the oldest first. */
	audit(room: RoomName): Promise<readonly AuditEntry[]>;
	putAudit(room: RoomName, entries: readonly AuditEntry[]): Promise<void>;
	photo(room: RoomName, id: PhotoId): Promise<PhotoRecord | null>;
	putPhoto(room: RoomName, record: PhotoRecord): Promise<void>;
	/** All photos of a room, in no particular order. */
	photos(room: RoomName): AsyncIterable<PhotoRecord>;
	/** All photos of all rooms, likewise. */
	allPhotos(): AsyncIterable<PhotoRecord>;
	/** Blobs that a purged room showed, and whose files may have to go: other rooms may show them. */
	garbage(): AsyncIterable<BlobId>;
	/** The files of those blobs are gone, or needed. */
	dropGarbage(blobs: readonly BlobId[]): Promise<void>;
	putAccount(record: AccountRecord): Promise<void>;
	/** All accounts, also those that were removed, in no particular order. */
	accounts(): AsyncIterable<AccountRecord>;
	close(): Promise<void>;
}
