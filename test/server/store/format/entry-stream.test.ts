import { describe, expect, test } from "vitest";
import { seeded } from "../../../../scripts/converge/random.ts";
import { packEntries, unpackEntries } from "../../../../server/store/format/entry-stream.ts";
import type { Entry } from "../../../../server/store/level-binding.ts";
import { collect } from "../../../fixtures/stored.ts";

/** Two entries, and the bytes that the head of the file draws of them. */
const two: Entry[] = [
	{ key: Buffer.from("a"), value: Buffer.from("bcd") },
	{ key: Buffer.from("ef"), value: Buffer.alloc(0) },
];
const bytes = Buffer.from(
	["0000000100000003", "61", "626364", "0000000200000000", "6566", "ffffffff00000002"].join(""),
	"hex",
);

async function* each<Item>(...items: Item[]): AsyncGenerator<Item> {
	yield* items;
}

async function read(...chunks: Uint8Array[]): Promise<Entry[]> {
	return (await collect(unpackEntries(each(...chunks)))).flat();
}

test("entries become the bytes that are drawn", async () => {
	const parts = await collect(packEntries(each(two.slice(0, 1), two.slice(1))));
	expect(Buffer.concat(parts).toString("hex")).toBe(bytes.toString("hex"));
	expect(Buffer.concat(await collect(packEntries(each()))).toString("hex")).toBe(
		"ffffffff00000000",
	);
});

describe("bytes that come in pieces", () => {
	test("are the same entries, wherever they are cut", async () => {
		for (let at = 0; at <= bytes.length; at++) {
			expect(await read(bytes.subarray(0, at), bytes.subarray(at)), String(at)).toEqual(two);
		}
		expect(await read(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(two);
	});

	test("may hold a value that is larger than any piece", async () => {
		const random = seeded(1);
		const large = { key: Buffer.from("k"), value: Buffer.alloc(1_000_000, 7) };
		const all = [...two, large, ...two];
		const packed = Buffer.concat(await collect(packEntries(each(all))));
		const pieces: Uint8Array[] = [];
		for (let at = 0; at < packed.length; ) {
			const end = at + 1 + Math.floor(random() * 70_000);
			pieces.push(packed.subarray(at, end));
			at = end;
		}
		const entries = await read(...pieces);
		expect(entries.map(({ value }) => value.length)).toEqual([3, 0, 1_000_000, 3, 0]);
		expect(entries[2]?.value.equals(large.value)).toBe(true);
	});

	test("are refused where they end early, go on behind the end, or lack an entry", async () => {
		for (let at = 0; at < bytes.length; at++) {
			await expect(read(bytes.subarray(0, at)), String(at)).rejects.toThrow("cut off");
		}
		await expect(read(bytes, Buffer.of(0))).rejects.toThrow("follows");
		await expect(read(Buffer.concat([bytes, bytes]))).rejects.toThrow("follows");
		await expect(read(bytes.subarray(12))).rejects.toThrow("1 entries came, not 2");
		await expect(read(Buffer.from("HTTP/1.1 200 OK"))).rejects.toThrow("no entries");
	});
});
