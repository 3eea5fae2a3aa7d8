/**
 * What is on its way to one client, bounded: a slow reader costs nobody but itself.
 *
 * A client is *behind* from the moment when more than the bound waits for it until all of that has
 * gone out. Meanwhile its room sends it no updates, and answers nothing; what it must be told all
 * the same (that its writes are saved, that somebody left) is small, and bounded too.
 */
import type { Clock, Millis } from "../../shared/clock.ts";
import type { Wire } from "./wire.ts";

/** While more than this part of the bound waits, awareness and ink are left out: they age. */
const fleetingPart = 1 / 64;
/** Part of the bound that notices may add for who is behind; one of 12 bytes takes about 300. */
const noticePart = 1 / 16;

/** Who is behind must have read all that waits after so long, … */
const drainMsMin: Millis = 30_000;
/** … and the time that it takes at this speed, a poor phone's: a first sync may be 64 MiB. */
const drainBytesPerMsMin = 64;

/** What is the same for all outboxes. */
export interface OutboxRules {
	readonly clock: Clock;
	/** The bound. What crosses it is still sent. */
	readonly outboxBytesMax: number;
}

/** What an outbox tells its session. */
export interface OutboxEvents {
	/** Even what must be sent is more than may wait. Close with 1013. */
	overflowed(): void;
	/** It was behind, and is no more: what the room left out may be sent. */
	caughtUp(): void;
	/** Awareness was left out and may be sent again, all of it. */
	awarenessWanted(): void;
}

/** Frames to one client. */
export class Outbox {
	readonly #wire: Wire;
	readonly #events: OutboxEvents;
	readonly #rules: OutboxRules;
	/** When who is behind must have read all; null for who is not. */
	#dueMs: Millis | null = null;
	/** Sent to who is behind. */
	#noticeBytes = 0;
	#lacksAwareness = false;

	constructor(wire: Wire, events: OutboxEvents, rules: OutboxRules) {
		this.#wire = wire;
		this.#events = events;
		this.#rules = rules;
	}

	/** True while more waits than may: only what is small and must arrive may be sent. */
	get isBehind(): boolean {
		return this.#dueMs !== null;
	}

	/** True where who is behind has had time enough. */
	get isOverdue(): boolean {
		return this.#dueMs !== null && this.#rules.clock.elapsed() > this.#dueMs;
	}

	/** Sends frames in this order, together. */
	send(frames: readonly Uint8Array[]): void {
		this.#wire.send(frames);
		const { waitingBytes } = this.#wire;
		if (this.#dueMs !== null) this.#countNotices(frames);
		else if (waitingBytes > this.#rules.outboxBytesMax) {
			this.#dueMs = this.#rules.clock.elapsed() + drainMsMin + waitingBytes / drainBytesPerMsMin;
		}
	}

	/** Sends awareness, or leaves it out while much waits. */
	sendAwareness(frame: Uint8Array): void {
		if (!this.sendFleeting(frame)) this.#lacksAwareness = true;
	}

	/** Sends what nobody misses where it is late; false where it was left out, for much waits. */
	sendFleeting(frame: Uint8Array): boolean {
		const fleetingBytesMax = this.#rules.outboxBytesMax * fleetingPart;
		if (this.isBehind || this.#wire.waitingBytes > fleetingBytesMax) return false;
		this.send([frame]);
		return true;
	}

	/** All that waited went out. */
	drained(): void {
		const [wasBehind, lackedAwareness] = [this.isBehind, this.#lacksAwareness];
		this.#dueMs = null;
		this.#noticeBytes = 0;
		this.#lacksAwareness = false;
		if (wasBehind) this.#events.caughtUp();
		if (lackedAwareness) this.#events.awarenessWanted();
	}

	#countNotices(frames: readonly Uint8Array[]): void {
		for (const { length } of frames) this.#noticeBytes += length;
		const noticeBytesMax = this.#rules.outboxBytesMax * noticePart;
		if (this.#noticeBytes > noticeBytesMax) this.#events.overflowed();
	}
}
