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

/** What an outbox is handed. */
export interface OutboxParts {
	readonly wire: Wire;
	readonly clock: Clock;
	/** The bound. What crosses it is still sent. */
	readonly bytesMax: number;
	/** Even what must be sent is more than may wait. Close with 1013. */
	readonly overflowed: () => void;
	/** It was behind, and is no more: what the room left out may be sent. */
	readonly caughtUp: () => void;
	/** Awareness was left out and may be sent again, all of it. */
	readonly awarenessWanted: () => void;
}

/** Frames to one client. */
export class Outbox {
	readonly #parts: OutboxParts;
	/** When who is behind must have read all; null for who is not. */
	#dueMs: Millis | null = null;
	/** Sent to who is behind. */
	#noticeBytes = 0;
	#lacksAwareness = false;

	constructor(parts: OutboxParts) {
		this.#parts = parts;
	}

	/** True while more waits than may: only what is small and must arrive may be sent. */
	get isBehind(): boolean {
		return this.#dueMs !== null;
	}

	/** True where who is behind has had time enough. */
	get isOverdue(): boolean {
		return this.#dueMs !== null && this.#parts.clock.elapsed() > this.#dueMs;
	}

	/** Sends frames in this order, together. */
	send(frames: readonly Uint8Array[]): void {
		const { wire, clock, bytesMax } = this.#parts;
		wire.send(frames);
		if (this.#dueMs !== null) this.#countNotices(frames);
		else if (wire.waitingBytes > bytesMax) {
			this.#dueMs = clock.elapsed() + drainMsMin + wire.waitingBytes / drainBytesPerMsMin;
		}
	}

	/** Sends awareness, or leaves it out while much waits. */
	sendAwareness(frame: Uint8Array): void {
		if (!this.sendFleeting(frame)) this.#lacksAwareness = true;
	}

	/** Sends what nobody misses where it is late; false where it was left out, for much waits. */
	sendFleeting(frame: Uint8Array): boolean {
		const { wire, bytesMax } = this.#parts;
		if (this.isBehind || wire.waitingBytes > bytesMax * fleetingPart) return false;
		this.send([frame]);
		return true;
	}

	/** All that waited went out. */
	drained(): void {
		const { caughtUp, awarenessWanted } = this.#parts;
		const [wasBehind, lackedAwareness] = [this.isBehind, this.#lacksAwareness];
		this.#dueMs = null;
		this.#noticeBytes = 0;
		this.#lacksAwareness = false;
		if (wasBehind) caughtUp();
		if (lackedAwareness) awarenessWanted();
	}

	#countNotices(frames: readonly Uint8Array[]): void {
		for (const { length } of frames) this.#noticeBytes += length;
		if (this.#noticeBytes > this.#parts.bytesMax * noticePart) this.#parts.overflowed();
	}
}
