/**
 * What is on its way to one client, bounded: a slow reader costs nobody but itself.
 */
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";

/** Live frames that may wait for one client. */
const waitingBytesMax = 4 * 1024 * 1024;
/** While more than this waits, awareness is not sent: it would be old when it arrives. */
const awarenessWaitingBytesMax = 64 * 1024;
/** A frame from this size on is somebody's first sync: it may exceed the bound above. */
const bulkFrameBytesMin = 64 * 1024;

/** What the outbox tells its session. */
export interface OutboxEvents {
	/** More waits than may. Close with 1013. */
	readonly overflowed: () => void;
	/** Awareness was left out and may be sent again, all of it. */
	readonly awarenessWanted: () => void;
}

/** Frames to one socket. */
export class Outbox {
	readonly #socket: WebSocket;
	readonly #stream: Duplex;
	readonly #events: OutboxEvents;
	/** Bytes of first syncs on their way. */
	#bulkBytes = 0;
	#lacksAwareness = false;

	constructor(socket: WebSocket, stream: Duplex, events: OutboxEvents) {
		this.#socket = socket;
		this.#stream = stream;
		this.#events = events;
		stream.on("drain", () => this.#drained());
	}

	/** Bytes that wait to be written. */
	get waitingBytes(): number {
		return this.#socket.bufferedAmount;
	}

	/** Sends frames in this order, with one write to the network. */
	send(frames: readonly Uint8Array[]): void {
		if (this.#socket.readyState !== this.#socket.OPEN) return;
		this.#stream.cork();
		for (const frame of frames) {
			if (frame.length >= bulkFrameBytesMin) this.#bulkBytes += frame.length;
			this.#socket.send(frame);
		}
		this.#stream.uncork();
		if (this.waitingBytes > waitingBytesMax + this.#bulkBytes) this.#events.overflowed();
	}

	/** Sends awareness, or leaves it out while much waits. */
	sendAwareness(frame: Uint8Array): void {
		if (this.waitingBytes > awarenessWaitingBytesMax) this.#lacksAwareness = true;
		else this.send([frame]);
	}

	#drained(): void {
		this.#bulkBytes = 0;
		if (!this.#lacksAwareness) return;
		this.#lacksAwareness = false;
		this.#events.awarenessWanted();
	}
}
