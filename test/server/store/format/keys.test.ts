import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	accessKey,
	accountKey,
	allInfos,
	allRooms,
	auditKey,
	everythingOf,
	formatKey,
	infoKey,
	type KeyRange,
	linkKey,
	nameIn,
	parseRoomKey,
	part,
	partsOf,
	photoKey,
	photosOf,
	probeKey,
	roomKey,
} from "../../../../server/store/format/keys.ts";
import {
	type LinkId,
	type PhotoId,
	parseRoomName,
	type RoomName,
	type UserId,
} from "../../../../shared/ids.ts";
import { roomNamed } from "../../../fixtures/stored.ts";

fc.configureGlobal({ seed: 20261121 });

const a = roomNamed("a");
const sequences = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const roomNames = fc
	.string({ unit: "binary", minLength: 1, maxLength: 40 })
	.map(parseRoomName)
	.filter((name): name is RoomName => name !== null);

/** The bytes are written by hand from FORMAT.md section 1. */
describe("keys are the bytes that FORMAT.md draws", () => {
	test.each([
		["a record", roomKey(a, part.record, 1), "520161 20 00000001 0000000000000001"],
		["a late record", roomKey(a, part.record, 2 ** 32 + 5), "520161 20 00000001 0000000100000005"],
		["a snapshot", roomKey(a, part.snapshot, 258), "520161 10 00000001 0000000000000102"],
		["a summary", roomKey(a, part.summary, 0), "520161 11 00000001 0000000000000000"],
		["a base", roomKey(a, part.base, 7), "520161 30 00000001 0000000000000007"],
		["a segment", roomKey(a, part.segment, 7), "520161 31 00000001 0000000000000007"],
		["an account", accountKey("u_7" as UserId), "41 755f37"],
		["a room's door", accessKey(roomNamed("ä")), "44 02 c3a4"],
		["a room's trail", auditKey(a), "54 01 61"],
		["a link", linkKey("AB_-" as LinkId), "4c 41425f2d"],
		["a name in UTF-8", infoKey(roomNamed("ä")), "49 02 c3a4"],
		["a photo", photoKey(a, "AAAAAAA_" as PhotoId), "50 01 61 414141414141415f"],
		["the format", formatKey, "46"],
		["the probe", probeKey, "57"],
	])("%s", (_, key, hex) => {
		expect(key.toString("hex")).toBe(hex.replaceAll(" ", ""));
	});
});

test("what a key of a room says can be read back", () => {
	fc.assert(
		fc.property(roomNames, sequences, (room, sequence) => {
			const key = roomKey(room, part.record, sequence);
			expect(parseRoomKey(key)).toEqual({ part: part.record, epoch: 1, sequence });
			expect(nameIn(key)).toBe(room);
		}),
	);
});

test("a key that is too short or too long says nothing", () => {
	const key = roomKey(a, part.record, 1);
	expect(parseRoomKey(key.subarray(0, -1))).toBeNull();
	expect(parseRoomKey(Buffer.concat([key, Buffer.of(0)]))).toBeNull();
	expect(parseRoomKey(Buffer.of(0x52))).toBeNull();
	expect(nameIn(Buffer.of(0x52, 5, 0x61))).toBeNull();
});

test("the order of keys is the order of sequence numbers", () => {
	fc.assert(
		fc.property(sequences, sequences, (left, right) => {
			const order = Buffer.compare(roomKey(a, part.record, left), roomKey(a, part.record, right));
			expect(order).toBe(Math.sign(left - right));
		}),
	);
});

test("no key of one room lies in a range of another, whatever the names", () => {
	fc.assert(
		fc.property(roomNames, roomNames, sequences, (one, other, sequence) => {
			fc.pre(one !== other);
			const keys = [roomKey(other, part.record, sequence), roomKey(other, part.segment, sequence)];
			const ranges = [everythingOf(one), partsOf(one, part.snapshot, part.segment)];
			for (const range of ranges) for (const key of keys) expect(isIn(key, range)).toBe(false);
			expect(isIn(photoKey(other, "AAAAAAAA" as PhotoId), photosOf(one))).toBe(false);
		}),
		{ numRuns: 2_000 },
	);
});

test("ranges hold exactly what they are of", () => {
	const record = roomKey(a, part.record, 2 ** 40);
	const segment = roomKey(a, part.segment, 1);
	expect(isIn(record, partsOf(a, part.snapshot, part.record))).toBe(true);
	expect(isIn(segment, partsOf(a, part.snapshot, part.record))).toBe(false);
	expect(isIn(segment, partsOf(a, part.base, part.segment))).toBe(true);
	expect(isIn(segment, everythingOf(a))).toBe(true);
	expect(isIn(record, allRooms)).toBe(true);
	expect(isIn(infoKey(a), allRooms)).toBe(false);
	expect(isIn(infoKey(roomNamed("x".repeat(128))), allInfos)).toBe(true);
	expect(isIn(photoKey(a, "zzzzzzzz" as PhotoId), photosOf(a))).toBe(true);
});

function isIn(key: Buffer, range: KeyRange): boolean {
	return Buffer.compare(range.gte, key) <= 0 && Buffer.compare(key, range.lt) < 0;
}
