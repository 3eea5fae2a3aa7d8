/** What came into a room and is not in its doc yet, in order. */
import type { Millis } from "../../../shared/clock.ts";
import type { Batch } from "../batch.ts";
import type { Holdings } from "../inspect.ts";
import type { Write } from "../members/seats.ts";
import type { Steps } from "../scheduler.ts";
import { Merge } from "./merge.ts";

/** The writes that wait in one room. */
export class Inbox {
	#writes: Write[] = [];
	#merge: Merge<Write> | null = null;

	/** How many wait, but for those that wait for a merge. */
	get count(): number {
		return this.#writes.length;
	}

	/** Something long that is on its way into a doc of its own; null for nothing. */
	get merge(): Merge<Write> | null {
		return this.#merge;
	}

	/** One more came. */
	push(write: Write): void {
		this.#writes.push(write);
	}

	/** All that wait. */
	takeAll(): readonly Write[] {
		return this.#writes.splice(0);
	}

	/** Those that need not wait for the merge, given what is stored. */
	*takeQuick(stored: Holdings): Steps<readonly Write[]> {
		if (this.#merge === null) return [];
		return yield* this.#merge.choose(this.#writes.splice(0), stored);
	}

	/** These come again, before all others. */
	putBack(writes: readonly Write[]): void {
		if (writes.length > 0) this.#writes = [...writes, ...this.#writes];
	}

	/** The first of a batch begins to be merged; null where it does so beside another. */
	beginMerge(
		batch: Batch,
		[first]: readonly Write[],
		stored: { readonly nowMs: Millis; readonly sizeBytes: number },
	): Merge<Write> | null {
		if (this.#merge !== null || !batch.isLong) return null;
		this.#merge = new Merge(batch, first?.member, stored);
		return this.#merge;
	}

	/** It is over, or given up: what waited for it comes next. */
	endMerge(): void {
		this.putBack(this.#merge?.end() ?? []);
		this.#merge = null;
	}

	/** The room is over: nothing of it is taken any more. */
	close(): void {
		this.#writes = [];
		this.#merge = null;
	}
}
