/** The frame around every stored value: format, flags and CRC (FORMAT.md section 2). */
import { crc32 } from "node:zlib";
import { WeftError } from "../../../shared/errors.ts";

const formatNumber = 1;
const headBytes = 2;
const crcBytes = 4;

/** Frames what `parts` hold together, for storing under `key`. The parts are copied. */
export function seal(key: Buffer, parts: readonly Uint8Array[]): Buffer {
	let size = 0;
	for (const bytes of parts) size += bytes.length;
	return sealWritten(key, size, (value, start) => {
		let at = start;
		for (const bytes of parts) {
			value.set(bytes, at);
			at += bytes.length;
		}
	});
}

/** Frames a body of `bodyBytes` that `write` writes into the value at `start`. */
export function sealWritten(
	key: Buffer,
	bodyBytes: number,
	write: (value: Buffer, start: number) => void,
): Buffer {
	const value = Buffer.allocUnsafe(headBytes + bodyBytes + crcBytes);
	value[0] = formatNumber;
	value[1] = 0;
	write(value, headBytes);
	value.writeUInt32BE(checksum(key, value), headBytes + bodyBytes);
	return value;
}

/**
 * Checks a stored value and returns its body: a view, not a copy.
 *
 * @throws WeftError `room_damaged`
 */
export function unseal(key: Buffer, value: Buffer): Buffer {
	if (value.length < headBytes + crcBytes) throw damaged(key, "a value is cut short");
	if (value.readUInt32BE(value.length - crcBytes) !== checksum(key, value)) {
		throw damaged(key, "a checksum is wrong");
	}
	if (value[0] !== formatNumber || value[1] !== 0) {
		throw damaged(key, `format ${value[0]}, flags ${value[1]} are unknown here`);
	}
	return value.subarray(headBytes, value.length - crcBytes);
}

/** The failure of a value or key that cannot be what was written. */
export function damaged(key: Uint8Array, what: string): WeftError {
	return new WeftError("room_damaged", `${what}, key ${Buffer.from(key).toString("hex")}`);
}

/** Over the key too: a value that turns up under another key is wrong there. */
function checksum(key: Buffer, value: Buffer): number {
	return crc32(value.subarray(0, value.length - crcBytes), crc32(key));
}
