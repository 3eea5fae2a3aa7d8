import { expect, test } from "vitest";
import { foldStored } from "../../../../server/fold/fold.ts";
import { promptCompression as compression } from "../../../../server/store/compress.ts";
import {
	compactionOf,
	expiryOf,
	segmentBytesMax,
} from "../../../../server/store/format/compaction.ts";
import { parseRoomKey, part, roomKey } from "../../../../server/store/format/keys.ts";
import { decodeSegment } from "../../../../server/store/format/log-codec.ts";
import {
	type Numbered,
	openSegment,
	type RoomParts,
	readParts,
} from "../../../../server/store/format/stored-room.ts";
import type { Operation } from "../../../../server/store/level-binding.ts";
import type { Batch } from "../../../../server/store/room-log.ts";
import { anyone } from "../../../../shared/ids.ts";
import { batchOf, foldHere, roomNamed, Writer } from "../../../fixtures/stored.ts";

const room = roomNamed("garden");
const folded = { snapshot: foldStored({ snapshot: null, tail: [] }), owners: new Map() };

function partsOf(batches: readonly Batch[]): RoomParts {
	const records = batches.map((value, index) => ({
		sequence: index + 1,
		key: roomKey(room, part.record, index + 1),
		value,
	}));
	return { epoch: 1, snapshot: null, summary: null, records, base: null, segments: [] };
}

/** What the put keys of a batch are parts of, and their sequences. */
function puts(operations: readonly Operation[]): string[] {
	const name = (which: number) => Object.entries(part).find(([, byte]) => byte === which)?.[0];
	return operations
		.filter((one) => one.type === "put")
		.map((one) => parseRoomKey(Buffer.from(one.key)))
		.map((key) => `${name(key?.part ?? 0)} ${key?.sequence}`);
}

async function applied(operations: readonly Operation[]): Promise<RoomParts> {
	const entries = operations
		.flatMap((one) => (one.type === "put" ? [one] : []))
		.map((one) => ({ key: Buffer.from(one.key), value: Buffer.from(one.value) }));
	async function* chunks() {
		yield entries;
	}
	return readParts(chunks());
}

test("a compaction puts snapshot, summary, segment, and deletes what they stand for", async () => {
	const parts = partsOf([batchOf([0, 0]), batchOf([0, 0])]);
	const first = await compactionOf(room, parts, { ...folded, isFirst: true, compression });
	expect(puts(first)).toEqual(["segment 2", "snapshot 2", "summary 2"]);
	expect(first.filter((one) => one.type === "del")).toHaveLength(2);
	const { snapshot, summary } = await applied(first);
	const key = roomKey(room, part.record, 3);
	const next = { ...parts, snapshot, summary, records: [{ sequence: 3, key, value: batchOf([]) }] };
	const second = await compactionOf(room, next, { ...folded, isFirst: true, compression });
	expect(puts(second)).toEqual(["segment 3", "base 2", "snapshot 3", "summary 3"]);
	expect(second.filter((one) => one.type === "del")).toHaveLength(3);
	const third = await compactionOf(room, next, { ...folded, isFirst: false, compression });
	expect(puts(third)).toEqual(["segment 3", "snapshot 3", "summary 3"]);
});

test("records that are many or large make several segments, none larger than may be", async () => {
	const large = new Uint8Array(segmentBytesMax * 0.4).fill(1);
	const sizes = [
		large,
		large,
		large,
		new Uint8Array(segmentBytesMax * 2),
		large,
		new Uint8Array(1),
	];
	const batches = sizes.map((bytes) => ({ atMs: 1, updates: [{ userId: anyone, bytes }] }));
	const parts = partsOf(batches);
	const operations = await compactionOf(room, parts, { ...folded, isFirst: true, compression });
	expect(puts(operations)).toEqual([
		"segment 2",
		"segment 3",
		"segment 4",
		"segment 6",
		"snapshot 6",
		"summary 6",
	]);
	const { segments } = await applied(operations);
	const opened = (
		await Promise.all(segments.map((segment) => openSegment(segment, compression)))
	).flat();
	const sameBytes = opened.map((batch, index) =>
		Buffer.from(batch.updates[0]?.bytes ?? []).equals(sizes[index] ?? Buffer.of(0)),
	);
	expect(sameBytes).toEqual(sizes.map(() => true));
});

test("a tail of 200,000 records is one batch", async () => {
	const batch = batchOf([0, 0]);
	const parts = partsOf(Array.from({ length: 200_000 }, () => batch));
	const operations = await compactionOf(room, parts, { ...folded, isFirst: true, compression });
	expect(operations.filter((one) => one.type === "del")).toHaveLength(200_000);
	expect(puts(operations).slice(-2)).toEqual(["snapshot 200000", "summary 200000"]);
});

test("expiry folds old segments into the base, and drops all where none is left", async () => {
	const ann = new Writer(1);
	const segments: Numbered<ReturnType<typeof decodeSegment>>[] = [];
	for (const sequence of [1, 2, 3]) {
		const parts = partsOf([ann.type(`${sequence} `, sequence * 100)]);
		const [put] = await compactionOf(room, parts, { ...folded, isFirst: true, compression });
		if (put?.type !== "put") throw new Error("a segment comes first");
		const value = decodeSegment(Buffer.from(put.key), Buffer.from(put.value));
		const key = roomKey(room, part.segment, sequence);
		segments.push({ sequence, key, value: { ...value, firstSequence: sequence } });
	}
	const old = { parts: { ...partsOf([]), segments }, hasMore: true };
	const some = await expiryOf(room, { old, keepFromMs: 250, fold: foldHere, compression });
	expect(puts(some)).toEqual(["base 2"]);
	expect(some.filter((one) => one.type === "del")).toHaveLength(2);
	expect((await applied(some)).base?.value.atMs).toBe(200);
	expect(await expiryOf(room, { old, keepFromMs: 100, fold: foldHere, compression })).toEqual([]);
	const last = { ...old, hasMore: false };
	const all = await expiryOf(room, { old: last, keepFromMs: 301, fold: foldHere, compression });
	expect(puts(all)).toEqual([]);
	expect(all).toHaveLength(3);
});
