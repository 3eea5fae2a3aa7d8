/** The keys of the store, as FORMAT.md section 1 draws them. */
import {
	type BlobId,
	type LinkId,
	type PhotoId,
	parseRoomName,
	type RoomName,
	type UserId,
} from "../../../shared/ids.ts";

/** First byte of a key: what it belongs to. */
export const family = {
	/** A: an account. */
	account: 0x41,
	/** D: who may come in at a room's door. */
	access: 0x44,
	/** E: a purged room whose old bytes are still to go. */
	erasure: 0x45,
	/** F: the format of the store. */
	format: 0x46,
	/** G: a blob whose files are still to go. */
	garbage: 0x47,
	/** I: a room's record. */
	info: 0x49,
	/** L: a link into a room. */
	link: 0x4c,
	/** P: a photo's record. */
	photo: 0x50,
	/** R: a room's doc. */
	room: 0x52,
	/** T: a room's audit trail. */
	audit: 0x54,
	/** W: the probe. */
	probe: 0x57,
} as const;

/** What of a room's doc a key holds. */
export const part = {
	snapshot: 0x10,
	summary: 0x11,
	record: 0x20,
	base: 0x30,
	segment: 0x31,
	/** Reserved: moments that a person named. */
	version: 0x40,
} as const;

/** One of the parts. */
export type Part = (typeof part)[keyof typeof part];

/** The epoch of a room that was never purged. */
export const firstEpoch = 1;

/** A stretch of keys: from `gte` up to, but without, `lt`. */
export interface KeyRange {
	readonly gte: Buffer;
	readonly lt: Buffer;
}

/** What the key of a part says. */
export interface RoomKey {
	readonly part: number;
	readonly epoch: number;
	readonly sequence: number;
}

/** Bytes behind the name in the key of a part: part, epoch, sequence. */
const tailBytes = 13;
const twoTo32 = 2 ** 32;

/** Every key of a store. */
export const wholeStore: KeyRange = { gte: Buffer.of(0), lt: Buffer.of(0xff) };

/** The key under which the format of the store is kept. */
export const formatKey = Buffer.of(family.format);

/** The key that is written to see whether the disk takes writes. */
export const probeKey = Buffer.of(family.probe);

/** The key of one part of a room. */
export function roomKey(
	room: RoomName,
	which: Part,
	sequence: number,
	epoch: number = firstEpoch,
): Buffer {
	const head = named(family.room, room);
	const key = Buffer.allocUnsafe(head.length + tailBytes);
	head.copy(key);
	key[head.length] = which;
	key.writeUInt32BE(epoch, head.length + 1);
	writeU64(key, sequence, head.length + 5);
	return key;
}

/** Reads what stands behind the name; null where the key has another length. */
export function parseRoomKey(key: Buffer): RoomKey | null {
	const at = 2 + (key[1] ?? 0);
	if (key.length !== at + tailBytes) return null;
	return {
		part: key.readUInt8(at),
		epoch: key.readUInt32BE(at + 1),
		sequence: readU64(key, at + 5),
	};
}

/** The name in a key of a room or photo; null where it is not one. */
export function nameIn(key: Buffer): RoomName | null {
	const nameBytes = key[1] ?? 0;
	if (key.length < 2 + nameBytes) return null;
	return parseRoomName(key.toString("utf8", 2, 2 + nameBytes));
}

/** All keys of a room from one part up to and with another. */
export function partsOf(room: RoomName, first: Part, last: Part): KeyRange {
	const head = named(family.room, room);
	return {
		gte: Buffer.concat([head, Buffer.of(first)]),
		lt: Buffer.concat([head, Buffer.of(last + 1)]),
	};
}

/** Every key of a room's doc. */
export function everythingOf(room: RoomName): KeyRange {
	return within(named(family.room, room));
}

/** Every key of every room's doc. */
export const allRooms: KeyRange = within(Buffer.of(family.room));

/** Every key of every room's record. */
export const allInfos: KeyRange = within(Buffer.of(family.info));

/** The key of a room's record. */
export function infoKey(room: RoomName): Buffer {
	return named(family.info, room);
}

/** The key of who may come into a room. */
export function accessKey(room: RoomName): Buffer {
	return named(family.access, room);
}

/** The keys of who may come into which room. */
export const allAccesses: KeyRange = within(Buffer.of(family.access));

/** The key of a room's audit trail. */
export function auditKey(room: RoomName): Buffer {
	return named(family.audit, room);
}

/** The key of a link. */
export function linkKey(id: LinkId): Buffer {
	return Buffer.concat([Buffer.of(family.link), Buffer.from(id, "latin1")]);
}

/** The key of a photo's record. */
export function photoKey(room: RoomName, photo: PhotoId): Buffer {
	return Buffer.concat([named(family.photo, room), Buffer.from(photo, "latin1")]);
}

/** The keys of all photos of a room. */
export function photosOf(room: RoomName): KeyRange {
	return within(named(family.photo, room));
}

/** The keys of all photos of all rooms. */
export const allPhotos: KeyRange = within(Buffer.of(family.photo));

/** The key that says that a purged room's old bytes are still to go. */
export function erasureKey(room: RoomName): Buffer {
	return named(family.erasure, room);
}

/** All of them. */
export const allErasures: KeyRange = within(Buffer.of(family.erasure));

/** The key that says that the files of a blob are still to go. */
export function garbageKey(blob: BlobId): Buffer {
	return Buffer.concat([Buffer.of(family.garbage), Buffer.from(blob, "latin1")]);
}

/** All of them. */
export const allGarbage: KeyRange = within(Buffer.of(family.garbage));

/** The key of an account. */
export function accountKey(id: UserId): Buffer {
	return Buffer.concat([Buffer.of(family.account), Buffer.from(id, "latin1")]);
}

/** The keys of all accounts. */
export const allAccounts: KeyRange = within(Buffer.of(family.account));

/** Writes a whole number below 2^53 as eight bytes. */
export function writeU64(into: Buffer, value: number, at: number): void {
	into.writeUInt32BE(Math.floor(value / twoTo32), at);
	into.writeUInt32BE(value % twoTo32, at + 4);
}

/** Reads what `writeU64` wrote; greater numbers come out rounded, and fit nowhere. */
export function readU64(from: Buffer, at: number): number {
	return from.readUInt32BE(at) * twoTo32 + from.readUInt32BE(at + 4);
}

/** A first byte and a name with its length before it, so that no name begins another's keys. */
function named(first: number, room: RoomName): Buffer {
	const nameBytes = Buffer.byteLength(room, "utf8");
	if (nameBytes === 0 || nameBytes > 255) throw new RangeError("a room's name has 1 to 255 bytes");
	const head = Buffer.allocUnsafe(2 + nameBytes);
	head[0] = first;
	head[1] = nameBytes;
	head.write(room, 2, "utf8");
	return head;
}

/** All keys that begin with these bytes; the first byte is below ff, so there is a next one. */
function within(head: Buffer): KeyRange {
	const lt = Buffer.from(head);
	for (let at = lt.length - 1; at >= 0; at--) {
		const byte = lt.readUInt8(at);
		if (byte < 0xff) {
			lt.writeUInt8(byte + 1, at);
			return { gte: head, lt: lt.subarray(0, at + 1) };
		}
	}
	throw new RangeError("nothing follows these bytes");
}
