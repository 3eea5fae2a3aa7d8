/** Takes from a picture's file what is not the picture: where and with what it was taken. */
import type { ImageFormat } from "./sniff.ts";

/** A file without what was beside its picture. */
export interface Stripped {
	readonly type: "image/jpeg" | "image/png";
	readonly data: Buffer;
}

/**
 * The same picture to the last bit, with its colour profile and which side is up (1 to 8, as EXIF
 * counts). Null where we do not know how: then there is no original, rather than one that tells.
 */
export function stripPicture(
	source: Buffer,
	format: ImageFormat,
	orientation: number,
): Stripped | null {
	if (format === "jpeg") {
		const data = stripJpeg(source, orientation);
		return data === null ? null : { type: "image/jpeg", data };
	}
	// A PNG can say which side is up too, next to its place; hardly any does.
	if (format !== "png" || orientation !== 1) return null;
	const data = stripPng(source);
	return data === null ? null : { type: "image/png", data };
}

const jpegStart = Buffer.from([0xff, 0xd8]);
const jpegEnd = Buffer.from([0xff, 0xd9]);
const app0 = 0xe0;
const startOfScan = 0xda;

function stripJpeg(source: Buffer, orientation: number): Buffer | null {
	const segments = readSegments(source);
	if (segments === null) return null;
	const kept = segments.filter(isOfPicture);
	// Where EXIF stands: after JFIF, before all else.
	const headCount = kept.findIndex(({ marker }) => marker !== app0);
	const head = kept.slice(0, headCount).map(({ bytes }) => bytes);
	const rest = kept.slice(headCount).map(({ bytes }) => bytes);
	const turn = orientation === 1 ? [] : [orientationSegment(orientation)];
	return Buffer.concat([jpegStart, ...head, ...turn, ...rest, jpegEnd]);
}

interface Segment {
	readonly marker: number;
	/** From its marker on; of a scan also the data after it. */
	readonly bytes: Buffer;
}

/**
 * ITU-T T.81 annex B: segments of `FF marker length:2 payload`, the scans' data after theirs. What
 * follows the end (a second picture, a film) is left out. Null where the end is missing.
 */
function readSegments(source: Buffer): Segment[] | null {
	const segments: Segment[] = [];
	let offset = jpegStart.length;
	while (offset + 2 <= source.length && source[offset] === 0xff) {
		const marker = source[offset + 1] ?? 0;
		if (marker === jpegEnd[1]) return segments.length > 0 ? segments : null;
		if (marker === 0xff) {
			offset++; // Bytes that fill may stand before any marker.
			continue;
		}
		if (offset + 4 > source.length) break;
		const end = offset + 2 + source.readUInt16BE(offset + 2);
		const next = marker === startOfScan ? endOfScan(source, end) : end;
		segments.push({ marker, bytes: source.subarray(offset, next) });
		offset = next;
	}
	return null;
}

/** Of APP0 to APP15 and comments only those that say which colours the numbers are. */
function isOfPicture({ marker, bytes }: Segment): boolean {
	const name = bytes.toString("latin1", 4, 16);
	if (marker === app0) return name.startsWith("JFIF\0");
	if (marker === 0xe2) return name.startsWith("ICC_PROFILE\0");
	if (marker === 0xee) return name.startsWith("Adobe");
	return marker !== 0xfe && (marker < app0 || marker > 0xef);
}

/** The next marker that is neither a stuffed FF nor a restart. */
function endOfScan(source: Buffer, from: number): number {
	let offset = source.indexOf(0xff, from);
	while (offset !== -1) {
		const next = source[offset + 1] ?? 0;
		if (next !== 0 && (next < 0xd0 || next > 0xd7)) return offset;
		offset = source.indexOf(0xff, offset + 2);
	}
	return source.length;
}

/**
 * The shortest EXIF that says which side is up (CIPA DC-008 section 4.5):
 *
 * ```
 * FF E1 00 22 "Exif" 00 00 | "MM" 00 2A 00 00 00 08 | 00 01 |
 * 01 12 00 03 00 00 00 01 00 0n 00 00 | 00 00 00 00
 * ```
 */
function orientationSegment(orientation: number): Buffer {
	const hex = "ffe100224578696600004d4d002a00000008000101120003000000010000000000000000";
	const segment = Buffer.from(hex, "hex");
	segment.writeUInt16BE(orientation, 28);
	return segment;
}

const pngSignatureBytes = 8;

/** W3C PNG, section 11: what draws, what says which colours, what moves. */
const pngChunks = new Set([
	...["IHDR", "PLTE", "IDAT", "IEND", "tRNS"],
	...["cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "pHYs"],
	...["acTL", "fcTL", "fdAT"],
]);

/** Chunks of `length:4 name:4 payload crc:4`, up to IEND. */
function stripPng(source: Buffer): Buffer | null {
	const parts: Buffer[] = [source.subarray(0, pngSignatureBytes)];
	let offset = pngSignatureBytes;
	while (offset + 12 <= source.length) {
		const chunkEnd = offset + 12 + source.readUInt32BE(offset);
		const name = source.toString("latin1", offset + 4, offset + 8);
		if (pngChunks.has(name)) parts.push(source.subarray(offset, chunkEnd));
		if (name === "IEND") return Buffer.concat(parts);
		offset = chunkEnd;
	}
	return null; // It ends before its end.
}
