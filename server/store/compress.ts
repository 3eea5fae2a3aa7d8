/**
 * How stored bytes are made small: raw deflate (RFC 1951) where they are few, brotli (RFC 7932)
 * where they are many. FORMAT.md section 2 tells how the two are told apart.
 */
import { promisify } from "node:util";
import {
	brotliCompress,
	brotliCompressSync,
	brotliDecompress,
	brotliDecompressSync,
	constants,
	deflateRawSync,
	inflateRaw,
	inflateRawSync,
} from "node:zlib";

const brotliThreaded = promisify(brotliCompress);
const unbrotliThreaded = promisify(brotliDecompress);
const inflateThreaded = promisify(inflateRaw);

/** Starting brotli costs what deflating so much does, and saves little on it. */
const deflateBytesMax = 16 * 1024;
/** Decompressing to so much takes under 0.3 ms. */
const decompressHereBytesMax = 64 * 1024;

/** Stands before brotli. No deflate begins so: its lowest bits name no kind of block. */
const brotliMark = 0x06;

/**
 * The paper, 311,038 bytes, becomes 98 kB in 12 ms, by deflate 106 kB in 14 ms; 40,000 keystrokes,
 * 2.0 MB, become 269 kB in 32 ms, by deflate 357 kB in 36 ms. Quality 9 takes ten times as long for
 * nothing. Reading takes equally long.
 */
function brotliOptions(bytes: Uint8Array) {
	const { BROTLI_PARAM_QUALITY: quality, BROTLI_PARAM_SIZE_HINT: sizeHint } = constants;
	return { params: { [quality]: 5, [sizeHint]: bytes.length } };
}

/** Where the work is done. What comes back does not depend on it. */
export interface Compression {
	/** The compressed bytes. */
	compress(bytes: Uint8Array): Promise<Uint8Array>;
	/**
	 * Decompresses what must come to exactly `sizeBytes`.
	 *
	 * @throws RangeError or zlib's error where the bytes are damaged or come to more or less
	 */
	decompress(bytes: Uint8Array, sizeBytes: number): Promise<Uint8Array>;
}

/**
 * Here where it is little work and in another thread where it would hold the event loop: a hop
 * there and back costs more than the work on a few kilobytes.
 */
export const threadedCompression: Compression = {
	async compress(bytes) {
		if (bytes.length <= deflateBytesMax) return deflateRawSync(bytes);
		return marked(await brotliThreaded(bytes, brotliOptions(bytes)));
	},
	async decompress(bytes, sizeBytes) {
		if (sizeBytes <= decompressHereBytesMax) return decompressHere(bytes, sizeBytes);
		const isBrotli = bytes[0] === brotliMark;
		const unfolding = isBrotli
			? unbrotliThreaded(bytes.subarray(1), boundsOf(sizeBytes))
			: inflateThreaded(bytes, boundsOf(sizeBytes));
		return exactly(await unfolding, sizeBytes);
	},
};

/** All of it here: where time is simulated, a thread would answer too late, and never equally. */
export const promptCompression: Compression = {
	compress: async (bytes) => compressHere(bytes),
	decompress: async (bytes, sizeBytes) => decompressHere(bytes, sizeBytes),
};

/** See `Compression`; at once, however long it takes. */
export function compressHere(bytes: Uint8Array): Uint8Array {
	if (bytes.length <= deflateBytesMax) return deflateRawSync(bytes);
	return marked(brotliCompressSync(bytes, brotliOptions(bytes)));
}

/** See `Compression`; at once, however long it takes. */
export function decompressHere(bytes: Uint8Array, sizeBytes: number): Uint8Array {
	const whole =
		bytes[0] === brotliMark
			? brotliDecompressSync(bytes.subarray(1), boundsOf(sizeBytes))
			: inflateRawSync(bytes, boundsOf(sizeBytes));
	return exactly(whole, sizeBytes);
}

/** A plain Uint8Array over the same bytes. */
function exactly({ buffer, byteOffset, length }: Buffer, sizeBytes: number): Uint8Array {
	if (length !== sizeBytes) throw new RangeError(`${length} bytes, not ${sizeBytes}`);
	return new Uint8Array(buffer, byteOffset, length);
}

function boundsOf(sizeBytes: number) {
	return { maxOutputLength: Math.max(1, sizeBytes) };
}

function marked(brotli: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(1 + brotli.length);
	bytes[0] = brotliMark;
	bytes.set(brotli, 1);
	return bytes;
}
