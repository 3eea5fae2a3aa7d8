import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeOwners, encodeOwners } from "../../../../server/store/format/claims-codec.ts";
import {
	decodeRecord,
	decodeSegment,
	decodeStoredUpdate,
	decodeSummary,
	encodeRecord,
	encodeSegment,
	encodeStoredUpdate,
	encodeSummary,
	joinRecords,
	recordBytes,
	splitRecords,
} from "../../../../server/store/format/log-codec.ts";
import { seal } from "../../../../server/store/format/sealed.ts";
import type { Batch } from "../../../../server/store/room-log.ts";
import { anyone, type UserId } from "../../../../shared/ids.ts";

fc.configureGlobal({ seed: 20261121 });

/** Bytes written by hand from FORMAT.md section 2; the CRCs come from Python's zlib. */
const golden = {
	recordKey: "520161 20 00000001 0000000000000001",
	record: `01 00
		0000000003e8 00000001
		06 616e796f6e65 00000002 0000
		f618c53a`,
	lateRecordKey: "5202c3a4 20 00000001 0000000100000005",
	lateRecord: `01 00
		800000000000 00000002
		03 675f31 00000001 ff
		06 616e796f6e65 00000000
		9e45d23a`,
	snapshotKey: "520161 10 00000001 0000000000000007",
	snapshot: "01 00 0000000003e8 00000002 63600000 5e89a0ed",
	baseKey: "520161 30 00000001 0000000000000005",
	base: "01 00 0000000003e7 00000002 63600000 83ece3b0",
	summaryKey: "520161 11 00000001 0000000000000007",
	summary: "01 00 00000003 00000001 6360600000 3853e31f",
	claimingKey: "520161 20 00000001 0000000000000002",
	claiming: `01 01
		0000000003e8 00000002
		03 675f31 00000002 0000
		03 675f32 00000001 ff
		00000000 0000000000000007
		00000001 0000000100000001
		00000001 0000000000000009
		8158e78a`,
	ownedSummaryKey: "520161 11 00000001 0000000000000007",
	ownedSummary: "01 01 0000001b 00000001 00000018 6360600000 fde234e9",
	owners: `
		03 675f31 00000002 0000000000000007 0000000100000001
		03 675f32 00000001 0000000000000009`,
	segmentKey: "520161 31 00000001 0000000000000007",
	segment: "01 00 0000000000000006 0000000003e8 0000000003e9 00000036 aabb 4f51dafc",
};

const record: Batch = {
	atMs: 1_000,
	updates: [{ userId: anyone, bytes: Uint8Array.of(0, 0) }],
};
const lateRecord: Batch = {
	atMs: 2 ** 47,
	updates: [
		{ userId: "g_1" as UserId, bytes: Uint8Array.of(255) },
		{ userId: anyone, bytes: new Uint8Array(0) },
	],
};
const claiming: Batch = {
	atMs: 1_000,
	updates: [
		{ userId: "g_1" as UserId, bytes: Uint8Array.of(0, 0), claims: [7] },
		{ userId: "g_2" as UserId, bytes: Uint8Array.of(255), claims: [2 ** 32 + 1, 9] },
	],
};
const snapshot = { atMs: 1_000, sizeBytes: 2, compressed: bytesOf("63600000") };
const base = { atMs: 999, sizeBytes: 2, compressed: bytesOf("63600000") };
const summary = { sizeBytes: 3, vectorBytes: 1, ownersBytes: 0, compressed: bytesOf("6360600000") };
const segment = {
	firstSequence: 6,
	firstMs: 1_000,
	lastMs: 1_001,
	sizeBytes: 0x36,
	compressed: bytesOf("aabb"),
};

describe("values are the bytes that FORMAT.md draws", () => {
	test("a record", () => {
		const key = hex(golden.recordKey);
		expect(encodeRecord(key, record)).toEqual(hex(golden.record));
		expect(decodeRecord(key, hex(golden.record))).toEqual(record);
	});

	test("a record of two updates, late in time and number", () => {
		const key = hex(golden.lateRecordKey);
		expect(encodeRecord(key, lateRecord)).toEqual(hex(golden.lateRecord));
		expect(decodeRecord(key, hex(golden.lateRecord))).toEqual(lateRecord);
	});

	test("a snapshot and a base", () => {
		const snapshotKey = hex(golden.snapshotKey);
		expect(encodeStoredUpdate(snapshotKey, snapshot)).toEqual(hex(golden.snapshot));
		expect(decodeStoredUpdate(snapshotKey, hex(golden.snapshot))).toEqual(snapshot);
		const baseKey = hex(golden.baseKey);
		expect(encodeStoredUpdate(baseKey, base)).toEqual(hex(golden.base));
		expect(decodeStoredUpdate(baseKey, hex(golden.base))).toEqual(base);
	});

	test("a summary", () => {
		const key = hex(golden.summaryKey);
		expect(encodeSummary(key, summary)).toEqual(hex(golden.summary));
		expect(decodeSummary(key, hex(golden.summary))).toEqual(summary);
	});

	test("a record with claims", () => {
		const key = hex(golden.claimingKey);
		expect(encodeRecord(key, claiming)).toEqual(hex(golden.claiming));
		expect(decodeRecord(key, hex(golden.claiming))).toEqual(claiming);
	});

	test("a summary with owners, and the owners in it", () => {
		const key = hex(golden.ownedSummaryKey);
		const owned = { ...summary, sizeBytes: 0x1b, ownersBytes: 0x18 };
		expect(encodeSummary(key, owned)).toEqual(hex(golden.ownedSummary));
		expect(decodeSummary(key, hex(golden.ownedSummary))).toEqual(owned);
		const [one, two] = ["g_1", "g_2"] as UserId[];
		const owners = new Map([
			[7, one],
			[9, two],
			[2 ** 32 + 1, one],
		]) as ReadonlyMap<number, UserId>;
		expect(encodeOwners(owners)).toEqual(hex(golden.owners));
		expect(decodeOwners(key, hex(golden.owners))).toEqual(owners);
	});

	test("a segment", () => {
		const key = hex(golden.segmentKey);
		expect(encodeSegment(key, segment)).toEqual(hex(golden.segment));
		expect(decodeSegment(key, hex(golden.segment))).toEqual(segment);
	});

	test("joined records", () => {
		const joined = joinRecords([record, lateRecord]);
		const expected = hex(`
			00000017 0000000003e8 00000001 06 616e796f6e65 00000002 0000
			0000001e 800000000000 00000002 03 675f31 00000001 ff 06 616e796f6e65 00000000`);
		expect(joined).toEqual(expected);
		expect(splitRecords(hex(golden.segmentKey), expected)).toEqual([record, lateRecord]);
		expect(splitRecords(hex(golden.segmentKey), joinRecords([claiming]))).toEqual([
			{ ...claiming, updates: claiming.updates.map(({ userId, bytes }) => ({ userId, bytes })) },
		]);
		expect(recordBytes(record)).toBe(0x17);
		expect(recordBytes(lateRecord)).toBe(0x1e);
	});
});

test("every flipped bit of a value is noticed, and a value under another key too", () => {
	const key = hex(golden.recordKey);
	const value = hex(golden.record);
	for (let bit = 0; bit < value.length * 8; bit++) {
		const flipped = Buffer.from(value);
		flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
		expect(() => decodeRecord(key, flipped), `bit ${bit}`).toThrow(damagedRoom);
	}
	expect(() => decodeRecord(hex(golden.lateRecordKey), value)).toThrow(damagedRoom);
	for (let size = 0; size < value.length; size++) {
		expect(() => decodeRecord(key, value.subarray(0, size))).toThrow(damagedRoom);
	}
});

test("bodies that lie about their sizes are damaged, whatever their CRC says", () => {
	const key = hex(golden.recordKey);
	const bodies = [
		"",
		"0000000003e8",
		"0000000003e8 00000000",
		"0000000003e8 00000001",
		"0000000003e8 00000001 06 616e796f6e65 00000003 0000",
		"0000000003e8 00000001 06 616e796f6e65 00000001 0000",
		"0000000003e8 ffffffff 06 616e796f6e65 00000002 0000",
		"0000000003e8 00000001 ff 616e796f6e65 00000002 0000",
		"0000000003e8 00000001 06 616e796f6e65 ffffffff 0000",
	];
	for (const body of bodies) {
		expect(() => decodeRecord(key, seal(key, [hex(body)])), body).toThrow(damagedRoom);
	}
	const noClaims = "0000000003e8 00000001 06 616e796f6e65 00000002 0000";
	for (const claims of ["", "00000000 00000000000000", "00000001 0000000000000007"]) {
		const value = seal(key, [hex(noClaims), hex(claims)], 1);
		expect(() => decodeRecord(key, value), claims).toThrow(damagedRoom);
	}
	expect(() => decodeSummary(key, seal(key, [hex("00000001 00000002")]))).toThrow(damagedRoom);
	const ownedHead = hex("00000003 00000002 00000002");
	expect(() => decodeSummary(key, seal(key, [ownedHead], 1))).toThrow(damagedRoom);
	for (const owners of ["03", "03 675f31 000000", "03 675f31 00000001 00000000000000"]) {
		expect(() => decodeOwners(key, hex(owners)), owners).toThrow(damagedRoom);
	}
	expect(() => decodeSegment(key, seal(key, [hex("00")]))).toThrow(damagedRoom);
	expect(() => decodeStoredUpdate(key, seal(key, [hex("00")]))).toThrow(damagedRoom);
	expect(() => splitRecords(key, hex("000000"))).toThrow(damagedRoom);
	expect(() => splitRecords(key, hex("00000017 00"))).toThrow(damagedRoom);
});

test("a value of a later format is not taken for one of this", () => {
	const key = hex(golden.recordKey);
	const later = resealed(key, (value) => value.writeUInt8(2, 0));
	expect(() => decodeRecord(key, later)).toThrow(/format 2/);
	const flagged = resealed(key, (value) => value.writeUInt8(2, 1));
	expect(() => decodeRecord(key, flagged)).toThrow(/flags 2/);
});

test("any batch comes back as it was", () => {
	const updates = fc.record({
		userId: fc.stringMatching(/^g_[A-Za-z0-9_-]{1,64}$/).map((id) => id as UserId),
		bytes: fc.uint8Array({ maxLength: 40 }),
	});
	const claims = fc.array(fc.maxSafeNat(), { minLength: 1, maxLength: 3 });
	const batches = fc.record({
		atMs: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
		updates: fc.array(updates, { minLength: 1, maxLength: 8 }),
	});
	const key = hex(golden.recordKey);
	fc.assert(
		fc.property(fc.array(batches, { maxLength: 5 }), claims, (many, ids) => {
			for (const batch of many) {
				expect(decodeRecord(key, encodeRecord(key, batch))).toEqual(batch);
				const [first, ...rest] = batch.updates;
				if (first === undefined) continue;
				const owned = { ...batch, updates: [...rest, { ...first, claims: ids }] };
				expect(decodeRecord(key, encodeRecord(key, owned))).toEqual(owned);
			}
			expect(splitRecords(key, joinRecords(many))).toEqual(many);
		}),
	);
});

test("times that no clock should show are kept within their six bytes", () => {
	const key = hex(golden.recordKey);
	const timeOf = (atMs: number) => decodeRecord(key, encodeRecord(key, { ...record, atMs })).atMs;
	expect([-1, 0.5, Number.NaN, 2 ** 60].map(timeOf)).toEqual([0, 0, 0, 2 ** 48 - 1]);
});

const damagedRoom = expect.objectContaining({ code: "room_damaged" });

function hex(text: string): Buffer {
	return Buffer.from(text.replaceAll(/\s/g, ""), "hex");
}

function bytesOf(text: string): Uint8Array {
	return Uint8Array.from(hex(text));
}

/** The golden record with a changed head and a right CRC. */
function resealed(key: Buffer, change: (value: Buffer) => void): Buffer {
	const other = hex(golden.record);
	change(other);
	const body = other.subarray(2, -4);
	const sealed = seal(key, [body]);
	other.copy(sealed, 0, 0, 2);
	sealed.writeUInt32BE(crcOf(key, sealed), sealed.length - 4);
	return sealed;
}

/** CRC-32 bit by bit, as ISO 3309 has it. */
function crcOf(key: Buffer, value: Buffer): number {
	let crc = 0xffffffff;
	for (const byte of [...key, ...value.subarray(0, -4)]) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return (crc ^ 0xffffffff) >>> 0;
}
