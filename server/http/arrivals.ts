/**
 * Photos on their way in: so many at once, and so many of one person. Where all places are taken,
 * one that hardly moves gives its own up: who sends a byte now and then keeps nobody out.
 */
import type { Clock, Millis } from "../../shared/clock.ts";
import { WeftError } from "../../shared/errors.ts";
import type { UserId } from "../../shared/ids.ts";
import type { PhotoLimits } from "../blobs/photo-limits.ts";

/** One photo on its way. */
export interface Arrival {
	readonly by: UserId;
	readonly startedMs: Millis;
	/** Came so far. */
	bytes: number;
	/** All of it came: what takes its time now is ours. */
	isWhole: boolean;
	/** Ends it before its time. */
	readonly cut: AbortController;
}

/** After this long it is seen how fast one comes, … */
const judgedAfterMs: Millis = 10_000;
/** … and one that is slower has no place to keep: the largest would take five minutes. */
const bytesPerSecondMin = 64 * 1024;

/** See the head of this file. */
export class Arrivals {
	readonly #limits: Pick<PhotoLimits, "uploadsMax" | "userUploadsMax">;
	readonly #clock: Clock;
	readonly #all = new Set<Arrival>();

	constructor(limits: Pick<PhotoLimits, "uploadsMax" | "userUploadsMax">, clock: Clock) {
		this.#limits = limits;
		this.#clock = clock;
	}

	/** A photo begins to come. @throws WeftError `photos_busy` */
	enter(by: UserId): Arrival {
		const { uploadsMax, userUploadsMax } = this.#limits;
		const ownCount = [...this.#all].filter((arrival) => arrival.by === by).length;
		if (ownCount >= userUploadsMax) throw new WeftError("photos_busy");
		if (this.#all.size >= uploadsMax) this.#cutSlowest();
		if (this.#all.size >= uploadsMax) throw new WeftError("photos_busy");
		const startedMs = this.#clock.elapsed();
		const arrival = { by, startedMs, bytes: 0, isWhole: false, cut: new AbortController() };
		this.#all.add(arrival);
		return arrival;
	}

	/** It is stored, or failed. Safe to call twice. */
	leave(arrival: Arrival): void {
		this.#all.delete(arrival);
	}

	#cutSlowest(): void {
		let slowest: Arrival | null = null;
		let lowest = bytesPerSecondMin / 1000;
		for (const arrival of this.#all) {
			const tookMs = this.#clock.elapsed() - arrival.startedMs;
			const rate = arrival.bytes / tookMs;
			if (arrival.isWhole || tookMs < judgedAfterMs || rate >= lowest) continue;
			slowest = arrival;
			lowest = rate;
		}
		if (slowest === null) return;
		this.leave(slowest);
		slowest.cut.abort(new WeftError("photos_busy", "came too slowly"));
	}
}
