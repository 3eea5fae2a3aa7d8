/** What compaction and expiry change, as one batch each (FORMAT.md section 4). No disk in here. */
import type { Millis } from "../../../shared/clock.ts";
import type { RoomName, UserId } from "../../../shared/ids.ts";
import type { Compression } from "../compress.ts";
import type { Operation } from "../level-binding.ts";
import type { Batch, Fold, Snapshot } from "../room-log.ts";
import { encodeOwners } from "./claims-codec.ts";
import { type Part, part, roomKey } from "./keys.ts";
import {
	encodeSegment,
	encodeStoredUpdate,
	encodeSummary,
	joinRecords,
	recordBytes,
	type StoredUpdate,
} from "./log-codec.ts";
import {
	bareSnapshot,
	type Numbered,
	type OldHistory,
	openSegment,
	type RoomParts,
} from "./stored-room.ts";

/**
 * Most bytes of records in one segment, before they are compressed. Reading one costs its size in
 * memory; compressing one holds a thread of libuv's pool for about 32 ms.
 */
export const segmentBytesMax = 2 * 1024 * 1024;

/** A room, and its epoch. */
export interface EpochPlace {
	readonly room: RoomName;
	readonly epoch: number;
}

/** A room's state as it is stored: one snapshot with its summary. */
export interface StoredState {
	readonly snapshot: Snapshot;
	/** Whose the client ids are that were claimed. */
	readonly owners: ReadonlyMap<number, UserId>;
	readonly atMs: Millis;
	/** The last record that the snapshot stands for. */
	readonly sequence: number;
	readonly compression: Compression;
}

/** What a compaction makes of a room's present. */
export interface Compaction extends Omit<StoredState, "atMs" | "sequence"> {
	/** True where the room has no history yet. */
	readonly isFirst: boolean;
}

/** What expiry makes of a room's history. */
export interface Expiry {
	readonly old: OldHistory;
	readonly keepFromMs: Millis;
	readonly fold: Fold;
	readonly compression: Compression;
}

/**
 * Replaces snapshot and records by a snapshot; the records become segments. Where these are the
 * first ones, the snapshot that stood so far becomes the base of the history. `present` has at
 * least one record.
 */
export async function compactionOf(
	room: RoomName,
	present: RoomParts,
	compaction: Compaction,
): Promise<Operation[]> {
	const last = present.records[present.records.length - 1];
	if (last === undefined) throw new RangeError("nothing to compact");
	const { isFirst, compression } = compaction;
	const at = { room, epoch: present.epoch };
	const operations = await segmentsOf(at, present.records, compression);
	const former = present.snapshot;
	if (former !== null && isFirst) operations.push(baseOf(at, former.sequence, former.value));
	for (const one of deletions([former, present.summary, ...present.records])) operations.push(one);
	const { atMs } = last.value;
	operations.push(...(await snapshotOf(at, { ...compaction, atMs, sequence: last.sequence })));
	return operations;
}

/**
 * Begins the next epoch of a room, of which `keys` are all keys: they go, and a snapshot takes
 * their place that stands for no record.
 */
export async function epochOf(
	at: EpochPlace,
	keys: readonly Buffer[],
	first: Omit<StoredState, "sequence">,
): Promise<Operation[]> {
	const operations: Operation[] = keys.map((key) => ({ type: "del", key }));
	operations.push(...(await snapshotOf(at, { ...first, sequence: 0 })));
	return operations;
}

/**
 * Folds old segments into the base; where no younger one is left, base and segments go. Comes back
 * with nothing where none is old.
 */
export async function expiryOf(room: RoomName, expiry: Expiry): Promise<Operation[]> {
	const { parts, hasMore } = expiry.old;
	const { base, segments } = parts;
	if (!hasMore) return deletions([base, ...segments]);
	const expired = segments.filter(({ value }) => value.lastMs < expiry.keepFromMs);
	const last = expired[expired.length - 1];
	if (last === undefined) return [];
	const tail: Batch[] = [];
	for (const segment of expired)
		for (const one of await openSegment(segment, expiry.compression)) tail.push(one);
	const snapshot = base === null ? null : bareSnapshot(base.value);
	const { compressed, sizeBytes } = await expiry.fold({ snapshot, tail });
	const newBase = { atMs: last.value.lastMs, sizeBytes, compressed };
	const at = { room, epoch: expiry.old.parts.epoch };
	return [...deletions([base, ...expired]), baseOf(at, last.sequence, newBase)];
}

/** About how many bytes these parts of a room take. */
export function bytesOf(parts: RoomParts): number {
	let bytes = 0;
	for (const record of parts.records) bytes += record.key.length + recordBytes(record.value);
	for (const one of [parts.snapshot, parts.summary, parts.base, ...parts.segments]) {
		bytes += one?.value.compressed.length ?? 0;
	}
	return bytes;
}

/** A snapshot and its summary. */
async function snapshotOf(at: EpochPlace, state: StoredState): Promise<Operation[]> {
	const { snapshot, atMs, sequence } = state;
	const { sizeBytes, compressed } = snapshot;
	const key = keyAt(at, part.snapshot, sequence);
	const value = encodeStoredUpdate(key, { atMs, sizeBytes, compressed });
	const summary = await summaryOf(keyAt(at, part.summary, sequence), state);
	return [{ type: "put", key, value }, summary];
}

function keyAt({ room, epoch }: EpochPlace, which: Part, sequence: number): Buffer {
	return roomKey(room, which, sequence, epoch);
}

async function segmentsOf(
	at: EpochPlace,
	records: readonly Numbered<Batch>[],
	compression: Compression,
): Promise<Operation[]> {
	const operations: Operation[] = [];
	let group: Numbered<Batch>[] = [];
	let groupBytes = 0;
	for (const record of records) {
		const bytes = recordBytes(record.value);
		if (group.length > 0 && groupBytes + bytes > segmentBytesMax) {
			operations.push(await segmentOf(at, group, compression));
			group = [];
			groupBytes = 0;
		}
		group.push(record);
		groupBytes += bytes;
	}
	operations.push(await segmentOf(at, group, compression));
	return operations;
}

async function segmentOf(
	at: EpochPlace,
	group: readonly Numbered<Batch>[],
	compression: Compression,
): Promise<Operation> {
	const first = group[0];
	const last = group[group.length - 1];
	if (first === undefined || last === undefined) throw new RangeError("a segment has records");
	const joined = joinRecords(group.map((record) => record.value));
	const key = keyAt(at, part.segment, last.sequence);
	const value = encodeSegment(key, {
		firstSequence: first.sequence,
		firstMs: first.value.atMs,
		lastMs: last.value.atMs,
		sizeBytes: joined.length,
		compressed: await compression.compress(joined),
	});
	return { type: "put", key, value };
}

async function summaryOf(
	key: Buffer,
	{ snapshot, owners, compression }: Pick<StoredState, "snapshot" | "owners" | "compression">,
): Promise<Operation> {
	const { stateVector, deleteSet } = snapshot;
	const ownersBody = encodeOwners(owners);
	const body = Buffer.concat([stateVector, deleteSet, ownersBody]);
	const value = encodeSummary(key, {
		sizeBytes: body.length,
		vectorBytes: stateVector.length,
		ownersBytes: ownersBody.length,
		compressed: await compression.compress(body),
	});
	return { type: "put", key, value };
}

function baseOf(at: EpochPlace, sequence: number, base: StoredUpdate): Operation {
	const key = keyAt(at, part.base, sequence);
	return { type: "put", key, value: encodeStoredUpdate(key, base) };
}

function deletions(doomed: readonly ({ readonly key: Buffer } | null)[]): Operation[] {
	return doomed.flatMap((one) => (one === null ? [] : [{ type: "del", key: one.key } as const]));
}
