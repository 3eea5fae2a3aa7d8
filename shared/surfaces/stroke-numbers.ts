/** The numbers that a stroke's bytes are made of: `uint` and `int` of stroke-codec.ts. */
import { WeftError } from "../errors.ts";

/** Appends a whole number of either sign. */
export function writeInt(bytes: number[], value: number): void {
	writeUint(bytes, value < 0 ? -2 * value - 1 : 2 * value);
}

/** Appends a whole number from 0 on, below 2^31. */
export function writeUint(bytes: number[], value: number): void {
	let rest = value;
	while (rest > 127) {
		bytes.push((rest & 127) | 128);
		rest >>>= 7;
	}
	bytes.push(rest);
}

/** Walks through bytes; every read is bounded, and throws `bad` where it is not in order. */
export class NumberReader {
	readonly #bytes: Uint8Array;
	/** Where the next one begins. */
	at: number;

	constructor(bytes: Uint8Array, at: number) {
		this.#bytes = bytes;
		this.at = at;
	}

	/** The next byte. */
	byte(): number {
		const byte = this.#bytes[this.at];
		if (byte === undefined) throw bad("cut short");
		this.at++;
		return byte;
	}

	/** At most five bytes, below 2^31. */
	uint(): number {
		let value = 0;
		for (let shift = 0; shift < 28; shift += 7) {
			const byte = this.byte();
			value |= (byte & 127) << shift;
			if (byte < 128) return value;
		}
		const last = this.byte();
		if (last > 7) throw bad("a number too big");
		return value + last * 2 ** 28;
	}

	/** A number of either sign. */
	int(): number {
		const value = this.uint();
		return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
	}
}

/** The error of bytes that are no item. */
export function bad(detail: string): WeftError {
	return new WeftError("bad_item", detail);
}
