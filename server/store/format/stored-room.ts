/** Reads a room's present and history from stored entries, and checks FORMAT.md section 3. */
import type { Millis } from "../../../shared/clock.ts";
import { anyone, type RoomName } from "../../../shared/ids.ts";
import { roomBytesMax } from "../../../shared/limits.ts";
import type { Compression } from "../compress.ts";
import type { Entry } from "../level-binding.ts";
import type { Batch, Snapshot, StoredRoom } from "../room-log.ts";
import { decodeOwners } from "./claims-codec.ts";
import { firstEpoch, parseRoomKey, part, type RoomKey } from "./keys.ts";
import {
	decodeRecord,
	decodeSegment,
	decodeStoredUpdate,
	decodeSummary,
	type StoredSegment,
	type StoredSummary,
	type StoredUpdate,
	splitRecords,
} from "./log-codec.ts";
import { damaged } from "./sealed.ts";

/** One stored value with the sequence in its key. */
export interface Numbered<Value> {
	readonly sequence: number;
	/** The key under which it is stored. */
	readonly key: Buffer;
	readonly value: Value;
}

/** All that is stored of a room, history included where it was read too. */
export interface RoomParts {
	/** Of all keys; `firstEpoch` where there are none. */
	epoch: number;
	snapshot: Numbered<StoredUpdate> | null;
	summary: Numbered<StoredSummary> | null;
	readonly records: Numbered<Batch>[];
	base: Numbered<StoredUpdate> | null;
	readonly segments: Numbered<StoredSegment>[];
}

/** Most bytes that a value may decompress to: the largest room with all that deletes can add. */
const valueBytesMax = 2 * roomBytesMax;

/** A Yjs state vector and an update that hold nothing. */
const emptyVector = Uint8Array.of(0);
const emptyUpdate = Uint8Array.of(0, 0);

/**
 * Reads the entries of one room, in the order of their keys.
 *
 * @throws WeftError `room_damaged`
 */
export async function readParts(chunks: AsyncIterable<readonly Entry[]>): Promise<RoomParts> {
	const parts = noParts();
	for await (const entries of chunks) for (const entry of entries) addEntry(parts, entry);
	checkPresent(parts);
	return parts;
}

/** What of a room's history is old. */
export interface OldHistory {
	/** The base and the oldest segments: the last of them may be young. */
	readonly parts: RoomParts;
	/** True where there are segments behind these. */
	readonly hasMore: boolean;
}

/**
 * Reads base and segments, oldest first, until one of them ended at `keepFromMs` or later, or
 * their records come to more than `bytesMax`.
 *
 * @throws WeftError `room_damaged`
 */
export async function readOldHistory(
	chunks: AsyncIterable<readonly Entry[]>,
	{ keepFromMs, bytesMax }: { readonly keepFromMs: Millis; readonly bytesMax: number },
): Promise<OldHistory> {
	const parts = noParts();
	let bytes = 0;
	for await (const entries of chunks) {
		for (const entry of entries) {
			if (bytes > bytesMax) return { parts, hasMore: true };
			addEntry(parts, entry);
			const segment = parts.segments.at(-1);
			if (segment === undefined) continue;
			bytes += segment.value.sizeBytes;
			if (segment.value.lastMs >= keepFromMs) return { parts, hasMore: true };
		}
	}
	return { parts, hasMore: false };
}

function noParts(): RoomParts {
	const nothing = { snapshot: null, summary: null, base: null };
	return { epoch: firstEpoch, ...nothing, records: [], segments: [] };
}

/**
 * The epoch of a room and the number of the last record that was ever written in it, from the last
 * entry of the present.
 *
 * @throws WeftError `room_damaged`
 */
export function lastOf(entry: Entry): Pick<RoomKey, "epoch" | "sequence"> {
	const at = keyOf(entry.key);
	if (at.part === part.record) decodeRecord(entry.key, entry.value);
	else decodeSummary(entry.key, entry.value);
	return at;
}

/** What the log hands out of a room's present. */
export async function toStoredRoom(
	parts: RoomParts,
	compression: Compression,
): Promise<StoredRoom> {
	const { snapshot, summary, epoch } = parts;
	const tail = parts.records.map((record) => record.value);
	if (snapshot === null || summary === null) return { snapshot: null, tail };
	const purged = epoch > firstEpoch ? { epoch } : {};
	return { ...(await withSummary(snapshot.value, summary, compression)), tail, ...purged };
}

/** A base or snapshot as what a fold begins with: nobody asks what it holds. */
export function bareSnapshot(stored: StoredUpdate): Snapshot {
	return {
		compressed: stored.compressed,
		sizeBytes: stored.sizeBytes,
		stateVector: emptyVector,
		deleteSet: emptyUpdate,
	};
}

/**
 * Every batch of a room that is kept, oldest first, from the entries of all its parts. Of history
 * one segment at a time is in memory.
 *
 * @throws WeftError `room_damaged`, perhaps behind batches that can be read
 */
export async function* batchesOf(
	room: RoomName,
	chunks: AsyncIterable<readonly Entry[]>,
	compression: Compression,
): AsyncGenerator<Batch, void, undefined> {
	const parts = noParts();
	let last: number | null = null;
	for await (const segment of segmentsIn(chunks, parts)) {
		if (last === null && parts.base !== null) yield await asBatch(parts.base, compression);
		checkFollows(segment, last ?? parts.base?.sequence ?? 0);
		last = segment.sequence;
		yield* await openSegment(segment, compression);
	}
	checkPresent(parts);
	checkEnd(room, parts, last);
	if (last === null && parts.snapshot !== null) yield await asBatch(parts.snapshot, compression);
	for (const record of parts.records) yield record.value;
}

/** Segments one by one, in the order of their keys; all else goes into `parts`. */
async function* segmentsIn(
	chunks: AsyncIterable<readonly Entry[]>,
	parts: RoomParts,
): AsyncGenerator<Numbered<StoredSegment>, void, undefined> {
	for await (const entries of chunks) {
		for (const entry of entries) {
			addEntry(parts, entry);
			const segment = parts.segments.pop();
			if (segment !== undefined) yield segment;
		}
	}
}

function checkFollows({ key, sequence, value }: Numbered<StoredSegment>, before: number): void {
	if (value.firstSequence !== before + 1) {
		throw damaged(key, `a segment begins at ${value.firstSequence}, not ${before + 1}`);
	}
	if (sequence <= before) throw damaged(key, "a segment ends before it begins");
}

/** `last` is that of the last segment; null where there is none. */
function checkEnd(room: RoomName, { base, snapshot }: RoomParts, last: number | null): void {
	if (last === null && base !== null) throw damaged(base.key, "a base stands alone");
	if (last !== null && snapshot?.sequence !== last) {
		throw damaged(Buffer.from(room), `the history ends at ${last}, not at the snapshot`);
	}
}

/** A base or snapshot as one update by nobody in particular. */
async function asBatch(
	{ key, value }: Numbered<StoredUpdate>,
	compression: Compression,
): Promise<Batch> {
	const bytes = await decompressValue(key, value, compression);
	return { atMs: value.atMs, updates: [{ userId: anyone, bytes }] };
}

/**
 * The batches of a segment.
 *
 * @throws WeftError `room_damaged`
 */
export async function openSegment(
	segment: Numbered<StoredSegment>,
	compression: Compression,
): Promise<Batch[]> {
	const { value, key } = segment;
	const joined = await decompressValue(key, value, compression);
	const batches = splitRecords(key, Buffer.from(joined.buffer, joined.byteOffset, joined.length));
	if (batches.length !== segment.sequence - value.firstSequence + 1) {
		throw damaged(key, `a segment holds ${batches.length} records`);
	}
	return batches;
}

/**
 * Decompresses the value of `key`.
 *
 * @throws WeftError `room_damaged` where it does not decompress to exactly its size
 */
async function decompressValue(
	key: Buffer,
	{ compressed, sizeBytes }: { readonly compressed: Uint8Array; readonly sizeBytes: number },
	compression: Compression,
): Promise<Uint8Array> {
	if (sizeBytes > valueBytesMax) throw damaged(key, `a value of ${sizeBytes} bytes`);
	try {
		return await compression.decompress(compressed, sizeBytes);
	} catch (error) {
		throw damaged(key, `a value does not decompress: ${String(error)}`);
	}
}

async function withSummary(
	snapshot: StoredUpdate,
	summary: Numbered<StoredSummary>,
	compression: Compression,
): Promise<Omit<StoredRoom, "tail">> {
	const { value, key } = summary;
	const bytes = await decompressValue(key, value, compression);
	const ownersAt = value.sizeBytes - value.ownersBytes;
	const whole = {
		compressed: snapshot.compressed,
		sizeBytes: snapshot.sizeBytes,
		stateVector: bytes.subarray(0, value.vectorBytes),
		deleteSet: bytes.subarray(value.vectorBytes, ownersAt),
	};
	if (value.ownersBytes === 0) return { snapshot: whole };
	const owners = Buffer.from(bytes.buffer, bytes.byteOffset + ownersAt, value.ownersBytes);
	return { snapshot: whole, owners: decodeOwners(key, owners) };
}

function addEntry(parts: RoomParts, { key, value }: Entry): void {
	const { part: which, sequence, epoch } = keyOf(key);
	if (isEmpty(parts)) parts.epoch = epoch;
	else if (parts.epoch !== epoch) throw damaged(key, `epoch ${epoch}, not ${parts.epoch}`);
	switch (which) {
		case part.snapshot:
			if (parts.snapshot !== null) throw damaged(key, "there are two snapshots");
			parts.snapshot = { sequence, key, value: decodeStoredUpdate(key, value) };
			break;
		case part.summary:
			if (parts.summary !== null) throw damaged(key, "there are two summaries");
			parts.summary = { sequence, key, value: decodeSummary(key, value) };
			break;
		case part.record:
			parts.records.push({ sequence, key, value: decodeRecord(key, value) });
			break;
		case part.base:
			if (parts.base !== null) throw damaged(key, "there are two bases");
			parts.base = { sequence, key, value: decodeStoredUpdate(key, value) };
			break;
		case part.segment:
			parts.segments.push({ sequence, key, value: decodeSegment(key, value) });
			break;
		default:
			throw damaged(key, "an unknown part");
	}
}

function isEmpty({ snapshot, summary, records, base, segments }: RoomParts): boolean {
	const isBare = snapshot === null && summary === null && base === null;
	return isBare && records.length + segments.length === 0;
}

function checkPresent(parts: RoomParts): void {
	const { snapshot, summary } = parts;
	if (snapshot === null && parts.epoch > firstEpoch && parts.records.length > 0) {
		throw damaged(parts.records[0]?.key ?? Buffer.alloc(0), "a purged room without its beginning");
	}
	if (snapshot?.sequence !== summary?.sequence) {
		const key = snapshot?.key ?? summary?.key ?? Buffer.alloc(0);
		throw damaged(key, "snapshot and summary do not belong together");
	}
	let next = (snapshot?.sequence ?? 0) + 1;
	for (const record of parts.records) {
		if (record.sequence !== next) {
			throw damaged(record.key, `record ${next} is missing, or this one is left over`);
		}
		next++;
	}
}

function keyOf(key: Buffer): RoomKey {
	const at = parseRoomKey(key);
	if (at === null) throw damaged(key, "a key has the wrong length");
	return at;
}
