import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";
import { below, type Random } from "../random.ts";

/** Something on its way: what happens when it arrives. */
interface Parcel {
	readonly bytes: number;
	readonly arrive: () => void;
}

/** One frame of so many is late by up to `spikeMsMax`, and all behind it. */
const spikeOneIn = 40;
const spikeMsMax: Millis = 400;

/**
 * One direction of a connection: in order, late, and as it should be unless a fault says otherwise.
 * Two connections overtake each other.
 */
export class Pipe {
	readonly #clock: Clock;
	readonly #random: Random;
	#queue: Parcel[] = [];
	#timer: Cancel | null = null;
	#lastMs: Millis = 0;
	#holdUntilMs: Millis = 0;
	#loseFromMs: Millis = 0;
	#loseUntilMs: Millis = 0;
	#loseTurnMs: Millis = 0;
	#repeatUntilMs: Millis = 0;
	#isHanging = false;
	#isPaused = false;
	/** From now on everything comes later by up to so much. */
	lagMs: Millis = 0;
	/** What is on its way. */
	bytes = 0;

	constructor(clock: Clock, random: Random) {
		this.#clock = clock;
		this.#random = random;
	}

	/** True where nothing arrives any more. */
	get isHanging(): boolean {
		return this.#isHanging;
	}

	/** True while what is sent vanishes. */
	get isLosing(): boolean {
		const nowMs = this.#clock.elapsed();
		const turnIndex = Math.floor((nowMs - this.#loseFromMs) / this.#loseTurnMs);
		return nowMs < this.#loseUntilMs && turnIndex % 2 === 0;
	}

	/** True while everything arrives twice. */
	get isRepeating(): boolean {
		return this.#clock.elapsed() < this.#repeatUntilMs;
	}

	/** Sends something that has so many bytes. */
	send(bytes: number, arrive: () => void): void {
		if (this.isLosing) return;
		for (let left = this.isRepeating ? 2 : 1; left > 0; left--) {
			this.bytes += bytes;
			this.#queue.push({ bytes, arrive });
		}
		this.#schedule();
	}

	/** The sender has nothing more to say: comes behind all else, and is not lost. */
	end(arrive: () => void): void {
		this.#queue.push({ bytes: 0, arrive });
		this.#schedule();
	}

	/** Nothing arrives any more, and nobody is told. */
	hang(): void {
		this.#isHanging = true;
	}

	/** For so long what is sent vanishes: all of it, or in every other of turns that long. */
	lose(ms: Millis, turnMs: Millis = ms): void {
		this.#loseFromMs = this.#clock.elapsed();
		this.#loseUntilMs = this.#loseFromMs + ms;
		this.#loseTurnMs = turnMs;
	}

	/** What is sent from now on arrives twice, for so long. */
	repeat(ms: Millis): void {
		this.#repeatUntilMs = this.#clock.elapsed() + ms;
	}

	/** Nothing arrives for so long, and then all at once. */
	hold(ms: Millis): void {
		this.#holdUntilMs = this.#clock.elapsed() + ms;
	}

	/** The receiver stops reading, or goes on. */
	pause(isPaused: boolean): void {
		this.#isPaused = isPaused;
		this.#schedule();
	}

	/** What is on its way never arrives. */
	drop(): void {
		this.#timer?.();
		this.#timer = null;
		this.#queue = [];
		this.bytes = 0;
	}

	#schedule(): void {
		if (this.#timer !== null || this.#isHanging || this.#isPaused) return;
		if (this.#queue.length === 0) return;
		const nowMs = this.#clock.elapsed();
		const atMs = Math.max(this.#lastMs, this.#holdUntilMs, nowMs + this.#delay());
		this.#lastMs = atMs;
		this.#timer = this.#clock.after(atMs - nowMs, () => this.#arrive());
	}

	#delay(): Millis {
		const random = this.#random;
		const isSpike = below(random, spikeOneIn) === 0;
		const lagMs = this.lagMs === 0 ? 0 : below(random, this.lagMs);
		return 1 + below(random, 20) + lagMs + (isSpike ? below(random, spikeMsMax) : 0);
	}

	/** One parcel; after a hold all that was sent meanwhile. */
	#arrive(): void {
		this.#timer = null;
		const isBurst = this.#clock.elapsed() === this.#holdUntilMs;
		do {
			const parcel = this.#queue.shift();
			if (parcel === undefined) break;
			this.bytes -= parcel.bytes;
			parcel.arrive();
		} while (isBurst && !this.#isPaused);
		this.#schedule();
	}
}
