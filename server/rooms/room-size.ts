import type { StoredRoom } from "../store/room-log.ts";

/**
 * How large a room is, at most: the sum of what was written since it was last measured. Measuring
 * costs a pass over the doc, so it is done only where the sum would be too large.
 */
export class RoomSize {
	readonly #bytesMax: number;
	#bytes: number;

	constructor(bytesMax: number, stored: StoredRoom) {
		this.#bytesMax = bytesMax;
		const updates = stored.tail.flatMap((batch) => batch.updates);
		const tailBytes = updates.reduce((sum, { bytes }) => sum + bytes.length, 0);
		this.#bytes = (stored.snapshot?.sizeBytes ?? 0) + tailBytes;
	}

	/** True where so many bytes may come; `measure` gives the size of the whole room now. */
	hasSpaceFor(bytes: number, measure: () => number): boolean {
		if (this.#bytes + bytes > this.#bytesMax) this.#bytes = measure();
		return this.#bytes + bytes <= this.#bytesMax;
	}

	/** So many bytes were written. */
	add(bytes: number): void {
		this.#bytes += bytes;
	}
}
