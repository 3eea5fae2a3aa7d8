import { expect, test } from "vitest";
import { lastRecordAt } from "../../../scripts/converge/real/damage.ts";

const block = 32_768;

/** A record of LevelDB's log; its CRC is not looked at. */
function record(type: number, length: number): Buffer {
	const bytes = Buffer.alloc(7 + length, 0xaa);
	bytes.writeUInt16LE(length, 4);
	bytes.writeUInt8(type, 6);
	return bytes;
}

test("the last record of a log is where its last whole one begins", () => {
	const log = Buffer.concat([record(1, 100), record(1, 50), record(1, 30)]);
	expect(lastRecordAt(log)).toBe(107 + 57);
});

test("a record over two blocks begins with its first part", () => {
	const first = record(1, block - 207);
	const log = Buffer.concat([first, record(2, 193), record(4, 60)]);
	expect(first.length + 200).toBe(block);
	expect(lastRecordAt(log)).toBe(first.length);
});

test("what is left of a block is passed over", () => {
	const log = Buffer.concat([record(1, block - 10), Buffer.alloc(3), record(1, 20)]);
	expect(lastRecordAt(log)).toBe(block);
});

test("an empty log has nothing to damage", () => {
	expect(lastRecordAt(Buffer.alloc(0))).toBe(0);
});
