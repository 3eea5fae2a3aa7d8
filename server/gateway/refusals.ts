import type { Clock, Millis } from "../../shared/clock.ts";
import { putNewest } from "../newest.ts";

/** The second refusal waits this long, each further one twice as long. */
const firstDelayMs: Millis = 1_000;
const delayMsMax: Millis = 30_000;
/** Forgotten after a rest of this length. */
const memoryMs: Millis = 60_000;
/** Most clients remembered; the oldest is forgotten first. */
const clientsMax = 10_000;

interface Refusal {
	readonly count: number;
	readonly atMs: Millis;
}

/**
 * Remembers who was told not to come back. y-websocket 1 and 2 come back regardless, so the same
 * refusal to the same client waits longer each time before the upgrade is answered.
 */
export class Refusals {
	readonly #clock: Clock;
	readonly #refusals = new Map<string, Refusal>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** How long to wait before this client is answered. */
	delayOf(client: string): Millis {
		const refusal = this.#held(client);
		if (refusal === null || refusal.count < 2) return 0;
		return Math.min(delayMsMax, firstDelayMs * 2 ** (refusal.count - 2));
	}

	/** The client was refused once more. */
	note(client: string): void {
		const count = (this.#held(client)?.count ?? 0) + 1;
		putNewest(this.#refusals, client, { count, atMs: this.#clock.elapsed() }, clientsMax);
	}

	#held(client: string): Refusal | null {
		const refusal = this.#refusals.get(client);
		if (refusal === undefined) return null;
		if (this.#clock.elapsed() - refusal.atMs > memoryMs + delayMsMax) return null;
		return refusal;
	}
}
