/**
 * How long a room gathers after it has told everybody. A socket write costs the same for one letter
 * and for a hundred, so a room of many is told less often, and more at once, while much is written
 * there. Who writes into a quiet room waits for nothing.
 */
import { type Clock, type Millis, wait } from "../../../shared/clock.ts";

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

	/**
	 * Waits while the next batch gathers, where the last one was told a moment ago. Asked only once
	 * there is a next one: no timer is set for what never comes.
	 */
	async gather(): Promise<void> {
		const ms = this.#restUntilMs - this.#clock.elapsed();
		if (ms > 0) await wait(this.#clock, ms);
	}
}

/** How long the next batch gathers, where telling everybody of the last one took so long. */
export function gatherMs(tellingMs: Millis): Millis {
	const ms = Math.min(tellingMs * restPerTelling, gatherMsMax);
	return ms < gatherMsMin ? 0 : ms;
}
