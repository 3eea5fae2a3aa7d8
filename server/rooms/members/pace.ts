/**
 * How long a room gathers after it has told everybody. A socket write costs the same for one letter
 * and for a hundred, so a room of many is told less often, and more at once, while much is written
 * there. Who writes into a quiet room waits for nothing.
 */
import type { Clock, Millis } from "../../../shared/clock.ts";

/** The bound on the delay: nobody sees it, and everybody is told a hundred times a second. */
export const gatherMsMax: Millis = 10;

/** A busy room spends a tenth of its time on telling: one part, and so many on everything else. */
const restPerTelling = 9;

/** Shorter waits are none: a timer cannot tell them, and a room of few is told at once. */
const gatherMsMin: Millis = 1;

/** Of one room. */
export class Pace {
	readonly #clock: Clock;
	/** Until then the next batch gathers. */
	#restUntilMs: Millis = Number.NEGATIVE_INFINITY;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** Tells everybody, and notes how long that takes. */
	tell(tell: () => void): void {
		const startedMs = this.#clock.elapsed();
		tell();
		const nowMs = this.#clock.elapsed();
		this.#restUntilMs = nowMs + gatherMs(nowMs - startedMs);
	}

	/** How long the next batch still gathers, where the last one was told a moment ago; else 0. */
	restMs(): Millis {
		return Math.max(0, this.#restUntilMs - this.#clock.elapsed());
	}
}

/** How long the next batch gathers, where telling everybody of the last one took so long. */
export function gatherMs(tellingMs: Millis): Millis {
	const ms = Math.min(tellingMs * restPerTelling, gatherMsMax);
	return ms < gatherMsMin ? 0 : ms;
}
