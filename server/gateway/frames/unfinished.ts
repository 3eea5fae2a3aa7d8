/**
 * Frames of which not all has come yet, over all sockets. Each may be as large as a room, so that a
 * few clients that stop in the middle of one would hold all memory. Where they hold too much
 * together, the slowest of those that hold most gives its own up. So it is where whole frames fill
 * it that wait in their rooms: those are in, and leave no place for others that are as large.
 */
import { totalmem } from "node:os";
import type { Clock, Millis } from "../../../shared/clock.ts";
import { frameBytesMax } from "../../../shared/limits.ts";

/** What frames on their way may hold of the memory that there is; two of the largest at least. */
const memoryPart = 1 / 8;

/** From this part of the bound on clients are told why they must go, which takes them a moment. */
const politePart = 3 / 4;

/** Whoever holds less is let be: a keystroke may come in two parts. One of a thousand parts. */
const littlePart = 1 / 1_000;

/** Whole frames are added up anew behind so many parts of the bound that came of others. */
const lookPart = 1 / 1_000;

/** One socket, as far as its frame on the way goes. */
export interface Sending {
	/** It is told to come back later, and read no further. Comes to `forget` within seconds. */
	giveUp(): void;
	/** Cuts it at once. */
	terminate(): void;
}

/** One frame on its way. */
interface Frame {
	/** Came so far. */
	bytes: number;
	/** When its beginning came. */
	startedMs: Millis;
	/** Its socket was told to go. */
	isGivenUp: boolean;
}

/** See the head of this file. */
export class Unfinished {
	readonly #clock: Clock;
	readonly #bytesMax: number;
	readonly #wholeBytes: () => number;
	readonly #frames = new Map<Sending, Frame>();
	#bytes = 0;
	/** Of sockets that were told to go. */
	#givenUpBytes = 0;
	/** Of whole frames, as they were added up last, and what came since. */
	#whole = 0;
	#unlookedBytes = Number.POSITIVE_INFINITY;

	/** `wholeBytes` adds up what came whole and waits. */
	constructor(clock: Clock, wholeBytes: () => number, bytesMax: number = unfinishedBytesMax()) {
		this.#clock = clock;
		this.#wholeBytes = wholeBytes;
		this.#bytesMax = bytesMax;
	}

	/** What all frames on their way hold. */
	get bytes(): number {
		return this.#bytes;
	}

	/** Something came: so much is held now of a frame that is not whole; 0 where all were. */
	note(sending: Sending, bytes: number): void {
		const frame = this.#frames.get(sending);
		if (frame?.isGivenUp) return;
		if (bytes === 0) {
			this.forget(sending);
			return;
		}
		const nowMs = this.#clock.elapsed();
		const moreBytes = bytes - (frame?.bytes ?? 0);
		this.#bytes += moreBytes;
		this.#lookAtWhole(Math.max(moreBytes, 1));
		if (frame === undefined || bytes < frame.bytes) {
			this.#frames.set(sending, { bytes, startedMs: nowMs, isGivenUp: false });
		} else frame.bytes = bytes;
		if (this.#bytes + this.#whole > this.#bytesMax * politePart) this.#makeSpace(nowMs);
	}

	/** The socket holds nothing any more. Safe to call twice. */
	forget(sending: Sending): void {
		const frame = this.#frames.get(sending);
		if (frame === undefined) return;
		this.#frames.delete(sending);
		this.#bytes -= frame.bytes;
		if (frame.isGivenUp) this.#givenUpBytes -= frame.bytes;
	}

	/** Not at each note: there may be thousands of rooms. */
	#lookAtWhole(moreBytes: number): void {
		this.#unlookedBytes += moreBytes;
		if (this.#unlookedBytes < this.#bytesMax * lookPart) return;
		this.#unlookedBytes = 0;
		this.#whole = this.#wholeBytes();
	}

	#makeSpace(nowMs: Millis): void {
		const spaceBytes = this.#bytesMax * politePart - this.#whole;
		while (this.#bytes - this.#givenUpBytes > spaceBytes) {
			const slowest = this.#slowest(nowMs);
			if (slowest === null) break;
			const [sending, frame] = slowest;
			frame.isGivenUp = true;
			this.#givenUpBytes += frame.bytes;
			sending.giveUp();
		}
		if (this.#bytes + this.#whole <= this.#bytesMax) return;
		for (const [sending, { isGivenUp }] of this.#frames) {
			if (!isGivenUp) continue;
			this.forget(sending);
			sending.terminate();
		}
	}

	/** Who holds less than half of what one does on average is never the one: it makes no space. */
	#slowest(nowMs: Millis): [Sending, Frame] | null {
		const frames = Array.from(this.#frames).filter(([, { isGivenUp }]) => !isGivenUp);
		const averageBytes = (this.#bytes - this.#givenUpBytes) / frames.length;
		const littleBytes = Math.max(averageBytes / 2, this.#bytesMax * littlePart);
		let slowest: [Sending, Frame] | null = null;
		let lowest = Number.POSITIVE_INFINITY;
		for (const entry of frames) {
			const { bytes, startedMs } = entry[1];
			const rate = bytes / (nowMs - startedMs + 1);
			if (bytes < littleBytes || rate >= lowest) continue;
			slowest = entry;
			lowest = rate;
		}
		return slowest;
	}
}

/** What may be held on this machine, or of what its container may have. */
export function unfinishedBytesMax(
	machineBytes: number = totalmem(),
	containerBytes: number = process.constrainedMemory(),
): number {
	const memoryBytes = containerBytes > 0 ? Math.min(machineBytes, containerBytes) : machineBytes;
	return Math.max(2 * frameBytesMax, memoryBytes * memoryPart);
}
