/**
 * What delay and loss do to one direction of a TCP connection: a model, in whose time nobody waits.
 *
 * TCP repeats what is lost, and gives nothing out of order. So loss is seen as lateness: of the
 * segment that was lost, and of all behind it. A segment of at most 1,448 bytes is lost by chance,
 * with a seed. It is repeated
 *
 * - when the sender learns that a later one arrived (RFC 8985, RACK: a round trip after that one
 *   left, and a quarter for reordering), or
 * - where none follows, after a round trip and 200 ms more, as Linux does (`TCP_RTO_MIN`); each
 *   further loss of the same doubles that wait.
 *
 * A connection begins with ten segments a round trip (RFC 6928), and twice as many in each that
 * used all it had; after a loss it has 0.7 of that. The handshake takes a round trip; the loss of
 * one of its packets is counted as 250 ms, after which Chromium tries again beside it.
 *
 * Left out: TLS, queues and limits of rate, acknowledgements that are lost (later ones stand for
 * them), and windows that shrink while nothing is sent.
 */
import type { Millis } from "../../../shared/clock.ts";
import type { Random } from "../../converge/random.ts";
import type { Slowness } from "./slowness.ts";

const segmentBytesMax = 1_448;
const windowFirst = 10;
const windowLeft = 0.7;
const timeoutMs: Millis = 200;
const reorderShare = 0.25;
/** `TransportConnectJob` starts a second one then. */
const secondTryMs: Millis = 250;

interface Segment {
	bytes: Buffer;
	/** When it arrives; sooner than the one before it counts as with that. */
	dueMs: Millis;
	/** It was lost, and its sender does not know yet. */
	isMissed: boolean;
}

/** One direction. */
export class TcpDirection {
	readonly #slowness: Slowness;
	readonly #random: Random;
	readonly #segments: Segment[] = [];
	#window = windowFirst;
	#roundMs: Millis;
	#usedCount = 0;
	#hasLost = false;

	/** `startMs`: when the first byte may leave. */
	constructor(slowness: Slowness, random: Random, startMs: Millis) {
		this.#slowness = slowness;
		this.#random = random;
		this.#roundMs = startMs;
	}

	/** Sends bytes at a moment; moments never go back. */
	send(bytes: Buffer, nowMs: Millis): void {
		for (let at = 0; at < bytes.length; at += segmentBytesMax) {
			this.#sendSegment(bytes.subarray(at, at + segmentBytesMax), nowMs);
		}
	}

	/** What has arrived by then and was not taken before; null where nothing has. */
	take(nowMs: Millis): Buffer | null {
		const count = this.#segments.findIndex(({ dueMs }) => dueMs > nowMs);
		const taken = this.#segments.splice(0, count === -1 ? this.#segments.length : count);
		return taken.length === 0 ? null : Buffer.concat(taken.map(({ bytes }) => bytes));
	}

	/** When the next bytes arrive, as far as is known now: what is sent later may hasten them. */
	get nextMs(): Millis | null {
		return this.#segments[0]?.dueMs ?? null;
	}

	#sendSegment(bytes: Buffer, nowMs: Millis): void {
		const { roundTripMs } = this.#slowness;
		const leavesMs = this.#leave(nowMs);
		const arrivesMs = leavesMs + roundTripMs / 2;
		const toldMs = arrivesMs + roundTripMs * (1 + reorderShare);
		for (const missed of this.#segments) {
			if (!missed.isMissed) continue;
			missed.dueMs = Math.min(missed.dueMs, toldMs);
			missed.isMissed = false;
		}
		let lateMs = 0;
		let waitMs = roundTripMs + timeoutMs;
		const isMissed = this.#isLost();
		for (let isLost = isMissed; isLost; isLost = this.#isLost(), waitMs *= 2) lateMs += waitMs;
		this.#hasLost ||= isMissed;
		this.#segments.push({ bytes, dueMs: arrivesMs + lateMs, isMissed });
	}

	/** When a segment may leave that is there now. */
	#leave(nowMs: Millis): Millis {
		const { roundTripMs } = this.#slowness;
		if (nowMs >= this.#roundMs + roundTripMs || this.#usedCount >= this.#window) {
			const isFull = this.#usedCount >= this.#window;
			if (this.#hasLost) this.#window = Math.max(windowFirst, this.#window * windowLeft);
			else if (isFull) this.#window *= 2;
			this.#hasLost = false;
			this.#usedCount = 0;
			this.#roundMs = Math.max(nowMs, this.#roundMs + (isFull ? roundTripMs : 0));
		}
		this.#usedCount += 1;
		return Math.max(nowMs, this.#roundMs);
	}

	#isLost(): boolean {
		return this.#random() * 100 < this.#slowness.lossPercent;
	}
}

/** When a connection that is asked for now stands. */
export function connectedMs(slowness: Slowness, random: Random, nowMs: Millis): Millis {
	const isLost = () => random() * 100 < slowness.lossPercent;
	const lateMs = isLost() || isLost() ? secondTryMs : 0;
	return nowMs + slowness.roundTripMs + lateMs;
}

/**
 * How late small messages come from one person to another through a server that takes no time, each
 * over a line of their own: what no app can be faster than. From the shortest to the longest.
 */
export function lateByLineAlone(
	slowness: Slowness,
	random: Random,
	{ count, everyMs }: { readonly count: number; readonly everyMs: Millis },
): Millis[] {
	const up = new TcpDirection(slowness, random, 0);
	const down = new TcpDirection(slowness, random, 0);
	const sentMs: Millis[] = [];
	const lateMs: Millis[] = [];
	const letter = Buffer.alloc(1);
	const endMs = count * everyMs + 60_000;
	for (let nowMs = 0; lateMs.length < count && nowMs < endMs; nowMs += 1) {
		if (sentMs.length < count && nowMs >= sentMs.length * everyMs) {
			sentMs.push(nowMs);
			up.send(letter, nowMs);
		}
		const passed = up.take(nowMs);
		if (passed !== null) down.send(passed, nowMs);
		for (let left = down.take(nowMs)?.length ?? 0; left > 0; left--) {
			lateMs.push(nowMs - (sentMs[lateMs.length] ?? 0));
		}
	}
	return lateMs.toSorted((a, b) => a - b);
}
