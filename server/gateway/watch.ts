/**
 * Looks at each session every few seconds. One clock for all of them: a timer for each would be
 * memory and work for each. Who came at one moment is looked at in another than who came later, so
 * that thousands are not all written to at once.
 */
import type { Cancel, Clock, Millis } from "../../shared/clock.ts";

/** How often each is looked at. */
export const lookEveryMs: Millis = 5_000;
/** Moments of a round. */
const slotCount = 20;

/** Who is looked at. */
export interface Watched {
	look(): void;
}

/** The sessions of a server, by the moment at which they are looked at. */
export class Watch {
	readonly #clock: Clock;
	readonly #slots = Array.from({ length: slotCount }, () => new Set<Watched>());
	#slotIndex = 0;
	#watchedCount = 0;
	#cancelTick: Cancel | null = null;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** From now on it is looked at, for the first time in `lookEveryMs`. Gives its slot. */
	add(watched: Watched): number {
		this.#slots[this.#slotIndex]?.add(watched);
		this.#watchedCount++;
		this.#cancelTick ??= this.#schedule();
		return this.#slotIndex;
	}

	/** It is looked at no more. */
	remove(watched: Watched, slotIndex: number): void {
		if (!this.#slots[slotIndex]?.delete(watched)) return;
		this.#watchedCount--;
		if (this.#watchedCount > 0) return;
		this.#cancelTick?.();
		this.#cancelTick = null;
	}

	#schedule(): Cancel {
		return this.#clock.after(lookEveryMs / slotCount, () => {
			this.#slotIndex = (this.#slotIndex + 1) % slotCount;
			this.#cancelTick = this.#schedule();
			for (const watched of this.#slots[this.#slotIndex] ?? []) watched.look();
		});
	}
}
