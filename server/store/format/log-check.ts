/**
 * Looks through LevelDB's own log files before LevelDB opens them.
 *
 * LevelDB drops the damaged rest of a log file without a word: of 1,000 records with one flipped
 * byte it opened with 862. A file that merely ends early is what a power cut leaves, and is fine.
 * The layout is LevelDB's doc/log_format.md:
 *
 *   block of 32,768 bytes: records, then up to six zeros
 *   record: crc: u32 | length: u16 | type: u8 (1 to 4) | data        numbers little-endian
 *
 * The CRC is a masked CRC-32C of type and data.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Where a log file is damaged although valid records follow. */
export interface LogDamage {
	readonly path: string;
	/** Offset of the first byte of the damaged record. */
	readonly at: number;
}

const blockBytes = 32_768;
const headBytes = 7;
const typeMax = 4;
const maskDelta = 0xa282ead8;

/** The first damaged log file of a store; null where all are well, or there are none. */
export async function findLogDamage(directory: string): Promise<LogDamage | null> {
	for (const name of (await readdir(directory)).sort()) {
		if (!name.endsWith(".log")) continue;
		const path = join(directory, name);
		const at = damageIn(await readFile(path));
		if (at !== null) return { path, at };
	}
	return null;
}

/** The offset of the first damaged record that others follow; null where all is well. */
export function damageIn(log: Buffer): number | null {
	for (let block = 0; block < log.length; block += blockBytes) {
		const end = Math.min(block + blockBytes, log.length);
		const bad = firstBad(log, block, end);
		if (bad !== null) return isFollowed(log, bad + 1, end) ? bad : null;
	}
	return null;
}

/** The offset of the first record of a block that is not whole; null where all are. */
function firstBad(log: Buffer, from: number, end: number): number | null {
	let at = from;
	while (at + headBytes <= end) {
		if (isZero(log, at)) return isRestZero(log, at, end) ? null : at;
		const next = recordEnd(log, at, end);
		if (next === null) return at;
		at = next;
	}
	return null;
}

/** True where a valid record begins behind `from`: then what is before it did not end the log. */
function isFollowed(log: Buffer, from: number, end: number): boolean {
	for (let at = from; at + headBytes <= end; at++) {
		if (!isZero(log, at) && recordEnd(log, at, end) !== null) return true;
	}
	for (let block = end; block < log.length; block += blockBytes) {
		const blockEnd = Math.min(block + blockBytes, log.length);
		if (!isZero(log, block) && recordEnd(log, block, blockEnd) !== null) return true;
	}
	return false;
}

/** Where the record at `at` ends; null where it is cut or its CRC is wrong. */
function recordEnd(log: Buffer, at: number, blockEnd: number): number | null {
	if (at + headBytes > blockEnd) return null;
	const end = at + headBytes + log.readUInt16LE(at + 4);
	const type = log.readUInt8(at + 6);
	if (end > blockEnd || type === 0 || type > typeMax) return null;
	return log.readUInt32LE(at) === masked(crc32c(log, at + 6, end)) ? end : null;
}

/** LevelDB may leave zeros where a file was made larger in advance. */
function isZero(log: Buffer, at: number): boolean {
	return at + headBytes <= log.length && log.readUIntLE(at, 6) === 0 && log[at + 6] === 0;
}

function isRestZero(log: Buffer, from: number, end: number): boolean {
	return log.subarray(from, end).every((byte) => byte === 0);
}

function masked(crc: number): number {
	return (((crc >>> 15) | (crc << 17)) + maskDelta) >>> 0;
}

/** CRC-32C (RFC 3720 appendix B.4) of `log` from `from` up to, but without, `to`. */
function crc32c(log: Buffer, from: number, to: number): number {
	let crc = 0xffffffff;
	for (let at = from; at < to; at++) {
		crc = (crc >>> 8) ^ (castagnoli[(crc ^ (log[at] ?? 0)) & 255] ?? 0);
	}
	return (crc ^ 0xffffffff) >>> 0;
}

const castagnoli = Uint32Array.from({ length: 256 }, (_, byte) => {
	let crc = byte;
	for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
	return crc;
});
