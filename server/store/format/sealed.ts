/** The frame around every stored value: format, flags and CRC (FORMAT.md section 2). */
import { crc32 } from "node:zlib";
import { WeftError } from "../../../shared/errors.ts";

const formatNumber = 1;
const headBytes = 2;
const crcBytes = 4;

/** Frames what `parts` hold together, for storing under `key`. The parts are copied. */
export function seal(key: Buffer, parts: readonly Uint8Array[], flags = 0): Buffer {
	let size = 0;
	for (const bytes of parts) size += bytes.length;
	const write = (value: Buffer, start: number) => {
		let at = start;
		for (const bytes of parts) {
			value.set(bytes, at);
			at += bytes.length;
		}
	};
	return sealWritten(key, { bodyBytes: size, flags, write });
}

/** A body that is written in place. */
export interface WrittenBody {
	readonly bodyBytes: number;
	readonly flags: number;
	/** Writes the body into the value at `start`. */
	readonly write: (value: Buffer, start: number) => void;
}

/** Frames a body that is written straight into the value. */
export function sealWritten(key: Buffer, { bodyBytes, flags, write }: WrittenBody): Buffer {
	const value = Buffer.allocUnsafe(headBytes + bodyBytes + crcBytes);
	value[0] = formatNumber;
	value[1] = flags;
	write(value, headBytes);
	value.writeUInt32BE(checksum(key, value), headBytes + bodyBytes);
	return value;
}

/**
 * Checks a stored value and returns its body: a view, not a copy. The flags, of which only
 * `knownFlags` may be set, are those of `flagsOf`.
 *
 * @throws WeftError `room_damaged`
 */
export function unseal(key: Buffer, value: Buffer, knownFlags = 0): Buffer {
	if (value.length < headBytes + crcBytes) throw damaged(key, "a value is cut short");
	if (value.readUInt32BE(value.length - crcBytes) !== checksum(key, value)) {
		throw damaged(key, "a checksum is wrong");
	}
	if (value[0] !== formatNumber || (flagsOf(value) & ~knownFlags) !== 0) {
		throw damaged(key, `format ${value[0]}, flags ${value[1]} are unknown here`);
	}
	return value.subarray(headBytes, value.length - crcBytes);
}

/** Whether a value is as it was framed for this key, whatever is in it. */
export function isIntact(key: Buffer, value: Buffer): boolean {
	if (value.length < headBytes + crcBytes) return false;
	return value.readUInt32BE(value.length - crcBytes) === checksum(key, value);
}

/** The flags of a value. */
export function flagsOf(value: Buffer): number {
	return value[1] ?? 0;
}

/** The failure of a value or key that cannot be what was written. */
export function damaged(key: Uint8Array, what: string): WeftError {
	return new WeftError("room_damaged", `${what}, key ${Buffer.from(key).toString("hex")}`);
}

/** Over the key too: a value that turns up under another key is wrong there. */
function checksum(key: Buffer, value: Buffer): number {
	return crc32(value.subarray(0, value.length - crcBytes), crc32(key));
}
