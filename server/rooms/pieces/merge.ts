/**
 * Something long on its way into a room's doc, and what others write there meanwhile. Short updates
 * of others go into a doc of what is stored, are judged by that alone, written down and told, and
 * only then brought into the doc of the long one: so nobody is told of half a thing, and what the
 * log holds makes that doc. What hangs on the long one waits, and what its sender sends behind it.
 */
import type { Millis } from "../../../shared/clock.ts";
import type { LoggedUpdate } from "../../store/room-log.ts";
import type { Batch } from "../batch.ts";
import { fateOf } from "../fates.ts";
import type { Holdings } from "../inspect.ts";
import type { Steps } from "../scheduler.ts";
import { type ReadUpdate, readUpdate, type StructId } from "../update-reader.ts";
import { isShort, shortStructsMax } from "./pieces.ts";
import { readBytesMax } from "./taking.ts";

/** Who writes beside a merge waits for so long first: nearly all are over by then. */
const patienceMsMin: Millis = 100;

/** How much of a stored room becomes a doc in a millisecond, at least. */
const storedBytesPerMs = 8 * 1024;

/** An update and its sender. */
interface Sent {
	readonly member: unknown;
	readonly bytes: Uint8Array;
}

/** One long update, until it is in the doc. */
export class Merge<Write extends Sent> {
	readonly #batch: Batch;
	readonly #dueMs: Millis;
	readonly #senders: Set<unknown>;
	#waiting: Write[] = [];
	#waitingBytes = 0;

	/** It began now; of the room so much is stored. */
	constructor(batch: Batch, member: unknown, stored: { nowMs: Millis; sizeBytes: number }) {
		this.#batch = batch;
		this.#senders = new Set([member]);
		// What a second doc costs is lost at most twice, whenever the merge ends.
		const buildMs = stored.sizeBytes / storedBytesPerMs;
		this.#dueMs = stored.nowMs + Math.max(patienceMsMin, buildMs);
	}

	/** Bytes of all that waits for it. */
	get waitingBytes(): number {
		return this.#waitingBytes;
	}

	/** True for whose updates wait for it. */
	isOf(member: unknown): boolean {
		return this.#senders.has(member);
	}

	/** True once it takes so long that others do not wait. */
	isLong(nowMs: Millis): boolean {
		return nowMs >= this.#dueMs;
	}

	/** Of what came those that need not wait, given what is stored; the others do. */
	*choose(came: readonly Write[], stored: Holdings): Steps<readonly Write[]> {
		const quick: Write[] = [];
		for (const write of came) {
			if (!this.isOf(write.member) && (yield* this.#isQuick(write.bytes, stored))) {
				quick.push(write);
				continue;
			}
			this.#senders.add(write.member);
			this.#waiting.push(write);
			this.#waitingBytes += write.bytes.length;
		}
		return quick;
	}

	/** What others wrote is on disk. */
	bring(updates: readonly LoggedUpdate[]): void {
		this.#batch.bring(updates);
	}

	/** It is over: what waited for it, in order. */
	end(): Write[] {
		return this.#waiting.splice(0);
	}

	*#isQuick(bytes: Uint8Array, stored: Holdings): Steps<boolean> {
		const { verdict } = yield* fateOf(bytes, stored);
		yield;
		// What is missing may be on its way.
		if (verdict !== "new" && verdict !== "missing") return true;
		if (bytes.length > readBytesMax) return false;
		const update = readUpdate(bytes);
		return isShort(update, shortStructsMax) && !this.#isNamedIn(update);
	}

	/** True for what comes under a client id of the merge, or names what the merge brought. */
	#isNamedIn({ clients, deletes }: ReadUpdate): boolean {
		const isOwn = clients.some(({ client }) => {
			const { from, to } = this.#batch.broughtOf(client);
			return from < to;
		});
		if (isOwn) return true;
		for (const { structs } of clients) {
			for (const { origin, rightOrigin, parent } of structs) {
				if (this.#has(origin) || this.#has(rightOrigin)) return true;
				if (typeof parent !== "string" && this.#has(parent)) return true;
			}
		}
		return deletes.some(({ client, clock, length }) => {
			const { from, to } = this.#batch.broughtOf(client);
			return clock + length > from && clock < to;
		});
	}

	#has(id: StructId | null): boolean {
		if (id === null) return false;
		const { from, to } = this.#batch.broughtOf(id.client);
		return id.clock >= from && id.clock < to;
	}
}
