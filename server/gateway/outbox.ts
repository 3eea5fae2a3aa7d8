/** What is on its way to one client, bounded: a slow reader costs nobody but itself. */
import { frameBytesMax } from "../../shared/limits.ts";
import type { Wire } from "./wire.ts";

/** Live frames that may wait for one client. */
const waitingBytesMax = 4 * 1024 * 1024;
/** While more than this waits, awareness is not sent: it would be old when it arrives. */
const awarenessWaitingBytesMax = 64 * 1024;
/** A frame from this size on is somebody's first sync: it may exceed the bound above. */
const bulkFrameBytesMin = 64 * 1024;

/** Most that this may add: the largest room once. Who asks again before it has read that is cut. */
const bulkBytesMax = frameBytesMax;

/** What the outbox tells its session. */
export interface OutboxEvents {
	/** More waits than may. Close with 1013. */
	readonly overflowed: () => void;
	/** Awareness was left out and may be sent again, all of it. */
	readonly awarenessWanted: () => void;
}

/** Frames to one client. */
export class Outbox {
	readonly #wire: Wire;
	readonly #events: OutboxEvents;
	/** Bytes of first syncs on their way. */
	#bulkBytes = 0;
	#lacksAwareness = false;

	constructor(wire: Wire, events: OutboxEvents) {
		this.#wire = wire;
		this.#events = events;
	}

	/** Sends frames in this order, together. */
	send(frames: readonly Uint8Array[]): void {
		for (const { length } of frames) if (length >= bulkFrameBytesMin) this.#bulkBytes += length;
		this.#bulkBytes = Math.min(this.#bulkBytes, bulkBytesMax);
		this.#wire.send(frames);
		if (this.#wire.waitingBytes > waitingBytesMax + this.#bulkBytes) this.#events.overflowed();
	}

	/** Sends awareness, or leaves it out while much waits. */
	sendAwareness(frame: Uint8Array): void {
		if (this.#wire.waitingBytes > awarenessWaitingBytesMax) this.#lacksAwareness = true;
		else this.send([frame]);
	}

	/** All that waited went out. */
	drained(): void {
		this.#bulkBytes = 0;
		if (!this.#lacksAwareness) return;
		this.#lacksAwareness = false;
		this.#events.awarenessWanted();
	}
}
