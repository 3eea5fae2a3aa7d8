/**
 * Entries of a store on their way to another process: how a running server hands out its backup.
 *
 *   entry: key length: u32 | value length: u32 | key | value        numbers big-endian
 *   end:   ff ff ff ff     | count of entries: u32
 *
 * Without its end a stream was cut.
 */
import type { Entry } from "../level-binding.ts";

const headBytes = 8;
const endMark = 0xffffffff;

/** Longest key and value that are read: longer than any that Weft writes. */
const keyBytesMax = 1024;
const valueBytesMax = 256 * 1024 * 1024;

/** Entries as bytes, and at the end how many there were. */
export async function* packEntries(
	chunks: AsyncIterable<readonly Entry[]>,
): AsyncGenerator<Uint8Array, void, undefined> {
	let count = 0;
	for await (const entries of chunks) {
		count += entries.length;
		yield Buffer.concat(
			entries.flatMap(({ key, value }) => [head(key.length, value.length), key, value]),
		);
	}
	yield head(endMark, count);
}

/**
 * Reads what `packEntries` wrote.
 *
 * @throws Error where the stream was cut, or is something else
 */
export async function* unpackEntries(
	chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly Entry[], void, undefined> {
	let count = 0;
	let seen: Seen = { entries: [], endCount: null, rest: Buffer.alloc(0), neededBytes: headBytes };
	let waiting: Uint8Array[] = [];
	let waitingBytes = 0;
	for await (const chunk of chunks) {
		waiting.push(chunk);
		waitingBytes += chunk.length;
		// A large value comes in many chunks, which are joined once.
		if (waitingBytes < seen.neededBytes) continue;
		seen = readEntries(Buffer.concat(waiting));
		waiting = [seen.rest];
		waitingBytes = seen.rest.length;
		count += seen.entries.length;
		if (seen.entries.length > 0) yield seen.entries;
	}
	if (seen.endCount === null) throw new Error("the entries were cut off");
	if (seen.endCount !== count) throw new Error(`${count} entries came, not ${seen.endCount}`);
}

/** What was found at the beginning of some bytes. */
interface Seen {
	readonly entries: readonly Entry[];
	/** How many there should have been; null before the end. */
	readonly endCount: number | null;
	/** The beginning of what is to come. */
	readonly rest: Buffer;
	/** As many bytes must there be before anything more can be read. */
	readonly neededBytes: number;
}

function readEntries(bytes: Buffer): Seen {
	const entries: Entry[] = [];
	let at = 0;
	let neededBytes = headBytes;
	while (bytes.length - at >= headBytes) {
		const keyBytes = bytes.readUInt32BE(at);
		const valueBytes = bytes.readUInt32BE(at + 4);
		if (keyBytes === endMark) {
			if (at + headBytes < bytes.length) throw new Error("something follows the entries");
			return {
				entries,
				endCount: valueBytes,
				rest: bytes.subarray(at),
				neededBytes: headBytes + 1,
			};
		}
		if (keyBytes > keyBytesMax || valueBytes > valueBytesMax) throw new Error("no entries came");
		neededBytes = headBytes + keyBytes + valueBytes;
		if (bytes.length - at < neededBytes) break;
		const valueAt = at + headBytes + keyBytes;
		const key = bytes.subarray(at + headBytes, valueAt);
		entries.push({ key, value: bytes.subarray(valueAt, at + neededBytes) });
		at += neededBytes;
		neededBytes = headBytes;
	}
	return { entries, endCount: null, rest: bytes.subarray(at), neededBytes };
}

function head(first: number, second: number): Buffer {
	const bytes = Buffer.allocUnsafe(headBytes);
	bytes.writeUInt32BE(first, 0);
	bytes.writeUInt32BE(second, 4);
	return bytes;
}
