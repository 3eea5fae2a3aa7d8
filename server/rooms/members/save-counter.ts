/**
 * Counts what one session's writes became, so that "saved" is never said too early.
 *
 * The n-th step 2 or update frame of a session has the number n. Saved speaks of whole prefixes:
 * a frame that was not taken stops the count until a later step 2 is on disk, because a step 2
 * holds everything that the server missed when it was made (shared/PROTOCOL.md, "Counting").
 */
export class SaveCounter {
	#receivedCount = 0;
	#savedCount = 0;
	/** Number of the last frame that was not taken; 0 where none stands open. */
	#gapIndex = 0;

	/** The frames known to be on disk, from the first on without a gap. */
	get savedCount(): number {
		return this.#savedCount;
	}

	/** True while a frame is missing that only a new step 2 can bring. */
	get hasGap(): boolean {
		return this.#gapIndex > 0;
	}

	/** A frame came in; its number. */
	receive(): number {
		return ++this.#receivedCount;
	}

	/** The frame could not be taken: a predecessor is missing, or the room is read-only. */
	skip(frameIndex: number): void {
		this.#gapIndex = frameIndex;
	}

	/** What the frame brought is on disk. Call it in the order of the numbers. */
	settle(frameIndex: number, isStep2: boolean): void {
		if (isStep2 && frameIndex > this.#gapIndex) this.#gapIndex = 0;
		if (!this.hasGap) this.#savedCount = frameIndex;
	}
}
