import type { Clock, Millis } from "../../shared/clock.ts";
import type { Rate } from "../config.ts";

/** A token bucket: `burst` at once, then `perSecond`. */
export class RateLimit {
	readonly #rate: Rate;
	readonly #clock: Clock;
	#tokens: number;
	#filledMs: Millis;

	constructor(rate: Rate, clock: Clock) {
		this.#rate = rate;
		this.#clock = clock;
		this.#tokens = rate.burst;
		this.#filledMs = clock.elapsed();
	}

	/** Takes one token, or more; false where fewer were left, and then takes none. */
	take(count = 1): boolean {
		this.#fill();
		if (this.#tokens < count) return false;
		this.#tokens -= count;
		return true;
	}

	/** Takes one token for what is done in any case: where none was left it is owed. */
	owe(): void {
		this.#fill();
		this.#tokens--;
	}

	/** True while tokens are owed. */
	get isOwing(): boolean {
		this.#fill();
		return this.#tokens < 0;
	}

	#fill(): void {
		const now = this.#clock.elapsed();
		const gained = ((now - this.#filledMs) / 1000) * this.#rate.perSecond;
		this.#tokens = Math.min(this.#rate.burst, this.#tokens + gained);
		this.#filledMs = now;
	}
}
