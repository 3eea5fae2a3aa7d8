/** Reads a room's present and history from stored entries, and checks FORMAT.md section 3. */
import type { RoomName } from "../../../shared/ids.ts";
import { roomBytesMax } from "../../../shared/limits.ts";
import { decompress } from "../compress.ts";
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
	const parts: RoomParts = { snapshot: null, summary: null, records: [], base: null, segments: [] };
	for await (const entries of chunks) for (const entry of entries) addEntry(parts, entry);
	checkPresent(parts);
	return parts;
}

/**
 * The number of the last record that was ever written, from the last entry of the present.
 *
 * @throws WeftError `room_damaged`
 */
export function lastSequence(entry: Entry): number {
	const at = keyOf(entry.key);
	if (at.part === part.record) decodeRecord(entry.key, entry.value);
	else decodeSummary(entry.key, entry.value);
	return at.sequence;
}

/** What the log hands out of a room's present. */
export async function toStoredRoom(parts: RoomParts): Promise<StoredRoom> {
	const { snapshot, summary } = parts;
	const tail = parts.records.map((record) => record.value);
	if (snapshot === null || summary === null) return { snapshot: null, tail };
	return { ...(await withSummary(snapshot.value, summary)), tail };
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
 * Checks that base and segments reach the snapshot without a gap.
 *
 * @throws WeftError `room_damaged`
 */
export function checkHistory(parts: RoomParts, room: RoomName): void {
	let next = (parts.base?.sequence ?? 0) + 1;
	if (parts.segments.length === 0) {
		if (parts.base !== null) throw damaged(parts.base.key, "a base stands alone");
		return;
	}
	for (const segment of parts.segments) {
		if (segment.value.firstSequence !== next) {
			throw damaged(segment.key, `a segment begins at ${segment.value.firstSequence}, not ${next}`);
		}
		if (segment.sequence < next) throw damaged(segment.key, "a segment ends before it begins");
		next = segment.sequence + 1;
	}
	if (parts.snapshot?.sequence !== next - 1) {
		throw damaged(Buffer.from(room), `the history ends at ${next - 1}, not at the snapshot`);
	}
}

/**
 * The batches of a segment.
 *
 * @throws WeftError `room_damaged`
 */
export async function openSegment(segment: Numbered<StoredSegment>): Promise<Batch[]> {
	const { value, key } = segment;
	const joined = await decompressExactly(key, value.compressed, value.sizeBytes);
	const batches = splitRecords(key, Buffer.from(joined.buffer, joined.byteOffset, joined.length));
	if (batches.length !== segment.sequence - value.firstSequence + 1) {
		throw damaged(key, `a segment holds ${batches.length} records`);
	}
	return batches;
}

/**
 * Decompresses a part of the value of `key`.
 *
 * @throws WeftError `room_damaged` where it does not decompress to exactly that size
 */
export async function decompressExactly(
	key: Buffer,
	compressed: Uint8Array,
	sizeBytes: number,
): Promise<Uint8Array> {
	if (sizeBytes > valueBytesMax) throw damaged(key, `a value of ${sizeBytes} bytes`);
	let bytes: Uint8Array;
	try {
		bytes = await decompress(compressed, sizeBytes);
	} catch (error) {
		throw damaged(key, `a value does not decompress: ${String(error)}`);
	}
	if (bytes.length !== sizeBytes) throw damaged(key, "a value decompresses to another size");
	return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

async function withSummary(
	snapshot: StoredUpdate,
	summary: Numbered<StoredSummary>,
): Promise<Omit<StoredRoom, "tail">> {
	const { value, key } = summary;
	const bytes = await decompressExactly(key, value.compressed, value.sizeBytes);
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
	const { part: which, sequence } = keyOf(key);
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

function checkPresent(parts: RoomParts): void {
	const { snapshot, summary } = parts;
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
	if (at.epoch !== firstEpoch) throw damaged(key, `epoch ${at.epoch} is unknown here`);
	return at;
}
