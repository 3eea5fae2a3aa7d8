/**
 * Awareness frames of one moment for many readers. Nobody is sent their own state, so where
 * everybody moves no two frames are equal: each state is encoded once, and a frame is cut from all.
 *
 *     | awareness | length | count | state | state | ... |     what everybody else is sent
 *     | awareness | length | count | state |       | ... |     what the author of one is sent
 */
import * as encoding from "lib0/encoding";
import { type AwarenessEntry, encodeAwarenessEntry } from "../../../shared/awareness.ts";
import { messageType } from "../../../shared/protocol.ts";

/** Frames of some states, which are at least one. */
export class AwarenessFrames {
	/** One behind the other. */
	readonly #states: Buffer;
	/** Where each begins, and the last one ends. */
	readonly #starts: readonly number[];

	constructor(entries: readonly AwarenessEntry[]) {
		const states = entries.map(encodeAwarenessEntry);
		let start = 0;
		this.#starts = [0, ...states.map(({ length }) => (start += length))];
		this.#states = Buffer.concat(states);
	}

	/** A frame of all of them. */
	all(): Uint8Array {
		return frameOf(this.#count, [this.#states]);
	}

	/** A frame of all but one; null where there is no other. */
	allBut(index: number): Uint8Array | null {
		if (this.#count === 1) return null;
		const before = this.#states.subarray(0, this.#starts[index]);
		const after = this.#states.subarray(this.#starts[index + 1]);
		return frameOf(this.#count - 1, [before, after]);
	}

	get #count(): number {
		return this.#starts.length - 1;
	}
}

function frameOf(count: number, parts: readonly Uint8Array[]): Uint8Array {
	const counted = encoding.encode((encoder) => encoding.writeVarUint(encoder, count));
	const length = parts.reduce((sum, part) => sum + part.length, counted.length);
	const head = encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, messageType.awareness);
		encoding.writeVarUint(encoder, length);
	});
	return Buffer.concat([head, counted, ...parts]);
}
