import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import {
	compressHere,
	decompressHere,
	promptCompression,
	threadedCompression,
} from "../../../server/store/compress.ts";

const sizes = [0, 1, 100, 16 * 1024, 16 * 1024 + 1, 70_000, 300_000];

/** Words of a few letters, in no order. */
function text(sizeBytes: number): Uint8Array {
	return Uint8Array.from({ length: sizeBytes }, (_, at) => 97 + ((at * at + (at >> 3)) % 26));
}

test.each(sizes)("%i bytes come back, whichever way they went", async (sizeBytes) => {
	const bytes = text(sizeBytes);
	for (const { compress } of [threadedCompression, promptCompression]) {
		const compressed = await compress(bytes);
		for (const { decompress } of [threadedCompression, promptCompression]) {
			expect(Buffer.from(await decompress(compressed, sizeBytes)).equals(bytes)).toBe(true);
		}
	}
});

test("few bytes are deflated, many go through brotli behind its mark", () => {
	const few = text(1_000);
	expect(compressHere(few)).toEqual(deflateRawSync(few));
	const many = text(100_000);
	expect(compressHere(many)[0]).toBe(0x06);
	expect(compressHere(many).length).toBeLessThan(deflateRawSync(many).length);
});

test("without threads no real time passes", async () => {
	let turnCount = 0;
	const counting = setImmediate(() => turnCount++);
	const compressed = await promptCompression.compress(text(300_000));
	await promptCompression.decompress(compressed, 300_000);
	clearImmediate(counting);
	expect(turnCount).toBe(0);
});

test("what an older Weft deflated is read", async () => {
	const bytes = text(300_000);
	const deflated = deflateRawSync(bytes);
	expect(
		Buffer.from(await threadedCompression.decompress(deflated, bytes.length)).equals(bytes),
	).toBe(true);
	expect(Buffer.from(decompressHere(deflated, bytes.length)).equals(bytes)).toBe(true);
});

test("no deflate stream begins with the mark of brotli", () => {
	for (const level of [0, 1, 6, 9]) {
		for (const size of [0, 1, 50, 5_000, 100_000]) {
			expect(deflateRawSync(text(size), { level })[0]).not.toBe(0x06);
		}
	}
	expect(() => decompressHere(Uint8Array.of(0x04 | 0x02, 0, 0, 0), 10)).toThrow();
});

test("more than was said is not unfolded; less, and what is cut short, is an error", async () => {
	const { decompress } = threadedCompression;
	const bomb = compressHere(new Uint8Array(50_000_000));
	expect(() => decompressHere(bomb, 1_000)).toThrow(RangeError);
	await expect(decompress(bomb, 1_000_000)).rejects.toThrow(RangeError);
	const few = compressHere(text(100_000));
	expect(() => decompressHere(few, 100_001)).toThrow(RangeError);
	await expect(decompress(few, 100_001)).rejects.toThrow(RangeError);
	const cut = compressHere(text(100_000)).subarray(0, -5);
	expect(() => decompressHere(cut, 100_000)).toThrow();
	await expect(decompress(cut, 100_000)).rejects.toThrow();
});
