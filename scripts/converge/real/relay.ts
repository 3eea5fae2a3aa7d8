/** One direction of a connection through the proxy: bytes in order, as the weather lets them. */
import { once } from "node:events";
import type { Socket } from "node:net";
import type { Millis } from "../../../shared/clock.ts";
import { below, type Random } from "../random.ts";

/** How bytes travel in one direction. Zero and null mean: at once, as they come. */
export interface Weather {
	/** Every byte comes so much later. */
	latencyMs: Millis;
	/** Up to so much later still; never out of order within a connection. */
	jitterMs: Millis;
	/** Forwarded in pieces of one to so many bytes. */
	pieceBytesMax: number | null;
	/** Gathered for so long, then forwarded as one piece. */
	gatherMs: Millis;
	/** Forwarded no faster; who sends is held back once the buffers between are full. */
	bytesPerSecondMax: number | null;
}

/** Everything arrives at once. */
export const fairWeather: Readonly<Weather> = {
	latencyMs: 0,
	jitterMs: 0,
	pieceBytesMax: null,
	gatherMs: 0,
	bytesPerSecondMax: null,
};

/** What waits in a relay before it stops reading. The system's own buffers come on top. */
const queuedBytesMax = 64 * 1024;
/** A throttled direction moves so often. */
const throttleStepMs: Millis = 25;

/** What came at one moment. */
interface Chunk {
	readonly bytes: Buffer;
	readonly cameMs: Millis;
	/** Its share of the jitter, from 0 to 1. */
	readonly luck: number;
}

/** What a relay stands between. */
export interface RelayParts {
	readonly from: Socket;
	readonly to: Socket;
	/** May change at any time: call `hurry` then. */
	readonly weather: Readonly<Weather>;
	readonly random: Random;
}

/** See the head of this file. */
export class Relay {
	readonly #parts: RelayParts;
	#queue: Chunk[] = [];
	#queuedBytes = 0;
	#isBusy = false;
	#hasEnded = false;
	#isLost = false;
	/** Ends the wait that is under way. */
	#wake: () => void = () => undefined;

	/** Begins to read. */
	constructor(parts: RelayParts) {
		this.#parts = parts;
		const { from, to } = parts;
		from.on("data", (bytes: Buffer) => this.#take(bytes));
		from.on("end", () => {
			this.#hasEnded = true;
			this.#start();
		});
		// A reset travels the same way as the bytes, and is swallowed like them.
		from.on("error", () => {
			if (!this.#isLost) to.resetAndDestroy();
		});
		from.on("close", () => {
			if (!this.#hasEnded && !this.#isLost) to.resetAndDestroy();
		});
	}

	/** From now on nothing arrives, not even that the sender is gone. There is no way back. */
	lose(): void {
		this.#isLost = true;
		this.#queue = [];
		this.#queuedBytes = 0;
		this.#parts.from.resume();
		this.hurry();
	}

	/** The weather has changed: what waits is looked at again. */
	hurry(): void {
		this.#wake();
	}

	#take(bytes: Buffer): void {
		if (this.#isLost) return;
		const { from, random } = this.#parts;
		this.#queue.push({ bytes, cameMs: performance.now(), luck: random() });
		this.#queuedBytes += bytes.length;
		if (this.#queuedBytes > queuedBytesMax) from.pause();
		this.#start();
	}

	#start(): void {
		if (this.#isBusy) return;
		this.#isBusy = true;
		this.#forwardAll().then(
			() => {
				this.#isBusy = false;
			},
			// A socket that fails while it is written to tells so by its own event.
			() => {
				this.#parts.to.destroy();
			},
		);
	}

	async #forwardAll(): Promise<void> {
		const { from, to } = this.#parts;
		for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
			await this.#untilDue(first);
			const bytes = this.#next();
			if (bytes === null || to.destroyed) return;
			await this.#forward(bytes);
			this.#queuedBytes -= bytes.length;
			if (this.#queuedBytes <= queuedBytesMax) from.resume();
		}
		if (this.#hasEnded && !this.#isLost) to.end();
	}

	async #untilDue({ cameMs, luck }: Chunk): Promise<void> {
		for (;;) {
			const { latencyMs, jitterMs, gatherMs } = this.#parts.weather;
			const leftMs = cameMs + latencyMs + luck * jitterMs + gatherMs - performance.now();
			if (leftMs <= 0 || this.#isLost) return;
			await this.#sleep(leftMs);
		}
	}

	/** The next chunk, or all of them where they are gathered; null where they are lost. */
	#next(): Buffer | null {
		const count = this.#parts.weather.gatherMs > 0 ? this.#queue.length : 1;
		const chunks = this.#queue.splice(0, count);
		return chunks.length === 0 ? null : Buffer.concat(chunks.map(({ bytes }) => bytes));
	}

	async #forward(bytes: Buffer): Promise<void> {
		const { to, weather, random } = this.#parts;
		for (let at = 0; at < bytes.length && !to.destroyed && !this.#isLost; ) {
			const { pieceBytesMax, bytesPerSecondMax } = weather;
			let size = bytes.length - at;
			if (pieceBytesMax !== null) size = Math.min(size, 1 + below(random, pieceBytesMax));
			if (bytesPerSecondMax !== null) {
				size = Math.min(size, Math.max(1, Math.floor((bytesPerSecondMax * throttleStepMs) / 1000)));
			}
			if (!to.write(bytes.subarray(at, at + size))) await drained(to);
			at += size;
			if (bytesPerSecondMax !== null) await this.#sleep((size * 1000) / bytesPerSecondMax);
			else if (pieceBytesMax !== null) await new Promise((resolve) => setImmediate(resolve));
		}
	}

	#sleep(ms: Millis): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, ms);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}
}

/** Resolves when the socket takes more, or is gone. */
async function drained(socket: Socket): Promise<void> {
	const stop = new AbortController();
	const { signal } = stop;
	try {
		await Promise.race([once(socket, "drain", { signal }), once(socket, "close", { signal })]);
	} finally {
		stop.abort();
	}
}
