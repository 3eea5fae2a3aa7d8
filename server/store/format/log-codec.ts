/** The values of a room's doc as bytes and back, as FORMAT.md section 2 draws them. */
import type { Millis } from "../../../shared/clock.ts";
import type { UserId } from "../../../shared/ids.ts";
import type { Batch, LoggedUpdate } from "../room-log.ts";
import { claimsBytes, readClaims, writeClaims } from "./claims-codec.ts";
import { readU64, writeU64 } from "./keys.ts";
import { damaged, flagsOf, seal, sealWritten, unseal } from "./sealed.ts";

/** A snapshot or base as it is stored. */
export interface StoredUpdate {
	/** When the last record folded into it was written. */
	readonly atMs: Millis;
	/** Size before it was compressed. */
	readonly sizeBytes: number;
	/** A Yjs v1 update, compressed. */
	readonly compressed: Uint8Array;
}

/** What stands beside a snapshot, still compressed. */
export interface StoredSummary {
	readonly sizeBytes: number;
	readonly vectorBytes: number;
	/** 0 where nobody owns a client id. */
	readonly ownersBytes: number;
	/** State vector, then delete set, then owners, compressed together. */
	readonly compressed: Uint8Array;
}

/** Many old records in one value. */
export interface StoredSegment {
	readonly firstSequence: number;
	readonly firstMs: Millis;
	readonly lastMs: Millis;
	readonly sizeBytes: number;
	/** Bodies of records, each behind its length, compressed together. */
	readonly compressed: Uint8Array;
}

const timeBytes = 6;
const timeMax = 2 ** 48 - 1;
/** Flag of a record: claims stand behind its updates. */
const hasClaims = 1;
/** Flag of a summary: owners stand behind its delete set. */
const hasOwners = 1;

/** A batch as the value of a record. */
export function encodeRecord(key: Buffer, batch: Batch): Buffer {
	const bytes = claimsBytes(batch);
	return sealWritten(key, {
		bodyBytes: recordBytes(batch) + bytes,
		flags: bytes === 0 ? 0 : hasClaims,
		write: (value, start) => writeClaims(value, writeBody(value, start, batch), batch),
	});
}

/**
 * Reads a record. The updates are views of `value`.
 *
 * @throws WeftError `room_damaged`
 */
export function decodeRecord(key: Buffer, value: Buffer): Batch {
	const body = unseal(key, value, hasClaims);
	const { batch, end } = readBatch(key, body);
	const isWhole = end === body.length;
	if (isWhole !== ((flagsOf(value) & hasClaims) === 0))
		throw damaged(key, "a record's end is wrong");
	return isWhole ? batch : readClaims(key, body.subarray(end), batch);
}

/** A snapshot or base as a value. */
export function encodeStoredUpdate(key: Buffer, update: StoredUpdate): Buffer {
	const head = Buffer.allocUnsafe(timeBytes + 4);
	writeTime(head, update.atMs, 0);
	head.writeUInt32BE(update.sizeBytes, timeBytes);
	return seal(key, [head, update.compressed]);
}

/**
 * Reads a snapshot or base. The compressed bytes are a view of `value`.
 *
 * @throws WeftError `room_damaged`
 */
export function decodeStoredUpdate(key: Buffer, value: Buffer): StoredUpdate {
	const body = unseal(key, value);
	if (body.length < timeBytes + 4) throw damaged(key, "a snapshot is cut short");
	return {
		atMs: body.readUIntBE(0, timeBytes),
		sizeBytes: body.readUInt32BE(timeBytes),
		compressed: plain(body.subarray(timeBytes + 4)),
	};
}

/** A summary as a value. */
export function encodeSummary(key: Buffer, summary: StoredSummary): Buffer {
	const isOwned = summary.ownersBytes > 0;
	const head = Buffer.allocUnsafe(isOwned ? 12 : 8);
	head.writeUInt32BE(summary.sizeBytes, 0);
	head.writeUInt32BE(summary.vectorBytes, 4);
	if (isOwned) head.writeUInt32BE(summary.ownersBytes, 8);
	return seal(key, [head, summary.compressed], isOwned ? hasOwners : 0);
}

/**
 * Reads a summary. The compressed bytes are a view of `value`.
 *
 * @throws WeftError `room_damaged`
 */
export function decodeSummary(key: Buffer, value: Buffer): StoredSummary {
	const body = unseal(key, value, hasOwners);
	const headBytes = (flagsOf(value) & hasOwners) === 0 ? 8 : 12;
	if (body.length < headBytes) throw damaged(key, "a summary is cut short");
	const sizeBytes = body.readUInt32BE(0);
	const vectorBytes = body.readUInt32BE(4);
	const ownersBytes = headBytes === 8 ? 0 : body.readUInt32BE(8);
	if (vectorBytes + ownersBytes > sizeBytes) throw damaged(key, "a summary's sizes do not fit");
	return { sizeBytes, vectorBytes, ownersBytes, compressed: plain(body.subarray(headBytes)) };
}

/** A segment as a value. */
export function encodeSegment(key: Buffer, segment: StoredSegment): Buffer {
	const head = Buffer.allocUnsafe(24);
	writeU64(head, segment.firstSequence, 0);
	writeTime(head, segment.firstMs, 8);
	writeTime(head, segment.lastMs, 14);
	head.writeUInt32BE(segment.sizeBytes, 20);
	return seal(key, [head, segment.compressed]);
}

/**
 * Reads a segment. The compressed bytes are a view of `value`.
 *
 * @throws WeftError `room_damaged`
 */
export function decodeSegment(key: Buffer, value: Buffer): StoredSegment {
	const body = unseal(key, value);
	if (body.length < 24) throw damaged(key, "a segment is cut short");
	return {
		firstSequence: readU64(body, 0),
		firstMs: body.readUIntBE(8, timeBytes),
		lastMs: body.readUIntBE(14, timeBytes),
		sizeBytes: body.readUInt32BE(20),
		compressed: plain(body.subarray(24)),
	};
}

/**
 * What a segment holds before it is compressed: bodies of records, each behind its length. Claims
 * are left out: the summary has them.
 */
export function joinRecords(batches: readonly Batch[]): Buffer {
	let size = 0;
	for (const batch of batches) size += 4 + recordBytes(batch);
	const joined = Buffer.allocUnsafe(size);
	let at = 0;
	for (const batch of batches) {
		const end = writeBody(joined, at + 4, batch);
		joined.writeUInt32BE(end - at - 4, at);
		at = end;
	}
	return joined;
}

/**
 * Reads what `joinRecords` joined. The updates are views of `joined`.
 *
 * @throws WeftError `room_damaged`
 */
export function splitRecords(key: Buffer, joined: Buffer): Batch[] {
	const batches: Batch[] = [];
	for (let at = 0; at < joined.length; ) {
		const end = joined.length < at + 4 ? Number.NaN : at + 4 + joined.readUInt32BE(at);
		if (!(end <= joined.length)) throw damaged(key, "a segment's records do not fit");
		const record = readBatch(key, joined.subarray(at + 4, end));
		if (at + 4 + record.end !== end) throw damaged(key, "a record's end is wrong");
		batches.push(record.batch);
		at = end;
	}
	return batches;
}

/** The size of a batch as `encodeRecord` writes it, without its frame and its claims. */
export function recordBytes(batch: Batch): number {
	let bytes = timeBytes + 4;
	for (const update of batch.updates) bytes += updateBytes(update);
	return bytes;
}

function updateBytes({ userId, bytes }: LoggedUpdate): number {
	return 1 + userId.length + 4 + bytes.length;
}

/** Writes the body of a record; returns where it ends. */
function writeBody(into: Buffer, start: number, batch: Batch): number {
	writeTime(into, batch.atMs, start);
	let at = into.writeUInt32BE(batch.updates.length, start + timeBytes);
	for (const { userId, bytes } of batch.updates) {
		if (userId.length > 255) throw new RangeError("a user's id has at most 255 bytes");
		at = into.writeUInt8(userId.length, at);
		at += into.write(userId, at, "latin1");
		at = into.writeUInt32BE(bytes.length, at);
		into.set(bytes, at);
		at += bytes.length;
	}
	return at;
}

/** Reads a record's time and updates, and tells where they end. */
function readBatch(key: Buffer, body: Buffer): { batch: Batch; end: number } {
	if (body.length < timeBytes + 4) throw damaged(key, "a record is cut short");
	const count = body.readUInt32BE(timeBytes);
	const updates: LoggedUpdate[] = [];
	let at = timeBytes + 4;
	for (let updateIndex = 0; updateIndex < count; updateIndex++) {
		const bytesAt = at + 1 + (body[at] ?? 0) + 4;
		if (bytesAt > body.length) throw damaged(key, "a record's updates do not fit");
		const end = bytesAt + body.readUInt32BE(bytesAt - 4);
		if (end > body.length) throw damaged(key, "a record's updates do not fit");
		const userId = body.toString("latin1", at + 1, bytesAt - 4) as UserId;
		updates.push({ userId, bytes: plain(body.subarray(bytesAt, end)) });
		at = end;
	}
	if (count === 0) throw damaged(key, "a record's count is wrong");
	return { batch: { atMs: body.readUIntBE(0, timeBytes), updates }, end: at };
}

/** Times are whole and fit six bytes, whatever a clock says. */
function writeTime(into: Buffer, atMs: Millis, at: number): void {
	const whole = Math.trunc(atMs);
	into.writeUIntBE(whole > 0 ? Math.min(whole, timeMax) : 0, at, timeBytes);
}

/** A Uint8Array over the same bytes: nothing outside the store should meet a Buffer. */
function plain(bytes: Buffer): Uint8Array {
	return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
