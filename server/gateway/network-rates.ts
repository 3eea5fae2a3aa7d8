/** How often each network may do something: a token bucket for each that did it lately. */
import type { Clock } from "../../shared/clock.ts";
import type { Rate } from "../config.ts";
import { putNewest } from "../newest.ts";
import { networkOf } from "./address.ts";
import { RateLimit } from "./rate-limit.ts";

/** Most networks remembered; the one that rests longest goes first, and may begin anew. */
const rememberedMax = 10_000;

/** See the head of this file. */
export class NetworkRates {
	readonly #rate: Rate;
	readonly #clock: Clock;
	readonly #limits = new Map<string, RateLimit>();

	constructor(rate: Rate, clock: Clock) {
		this.#rate = rate;
		this.#clock = clock;
	}

	/** Takes one of what the network of an address has left, or more; false where it has fewer. */
	take(address: string, count = 1): boolean {
		const network = networkOf(address);
		const limit = this.#limits.get(network) ?? new RateLimit(this.#rate, this.#clock);
		putNewest(this.#limits, network, limit, rememberedMax);
		return limit.take(count);
	}
}
