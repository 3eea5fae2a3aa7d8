/**
 * Gives bytes of deleted entries back to the disk, soon after a compaction and a little at a time.
 *
 * LevelDB keeps what was deleted until its tables are merged: beside the paper's 100 kB lay 6 MB of
 * records that were folded long ago. Merging the tables of one room costs reading and writing up to
 * some tens of megabytes in LevelDB's own thread; so rooms take turns, with rests in between.
 */
import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { putNewest } from "../../newest.ts";

/** What was deleted of a room and still lies on the disk. */
export interface Freed {
	readonly bytes: number;
	/** True where history is among it. */
	readonly isOfHistory: boolean;
}

/** What a Reclaimer is made of. */
export interface ReclaimerOptions {
	readonly clock: Clock;
	/** Merges the tables of one room: of its present, and where it says so of its history too. */
	readonly reclaim: (room: RoomName, freed: Freed) => Promise<void>;
}

/** Freed bytes of a room that are worth a merge; less waits for LevelDB's own. */
export const reclaimBytesMin = 512 * 1024;

/** Rest before the first merge and between two; more compactions of a room share one. */
const restMsMin: Millis = 3_000;

/** Rests are so many times as long as the merge before: merging is a twentieth of the time. */
const restTimes = 20;

/** How long closing may spend on it: a server has five seconds to stop. */
const closingMsMax: Millis = 1_000;

/** Rooms whose freed bytes are counted; LevelDB sees to the others. */
const roomsMax = 1_000;

/** See the head of this file. */
export class Reclaimer {
	readonly #options: ReclaimerOptions;
	readonly #freed = new Map<RoomName, Freed>();
	#restMs: Millis = restMsMin;
	#cancel: Cancel | null = null;
	#running: Promise<void> | null = null;
	#isClosed = false;

	constructor(options: ReclaimerOptions) {
		this.#options = options;
	}

	/** A compaction deleted about so much of a room. */
	freed(room: RoomName, { bytes, isOfHistory }: Freed): void {
		const before = this.#freed.get(room);
		const all = {
			bytes: (before?.bytes ?? 0) + bytes,
			isOfHistory: isOfHistory || before?.isOfHistory === true,
		};
		putNewest(this.#freed, room, all, roomsMax);
		this.#later();
	}

	/** Reclaims what it can in a second. */
	async close(): Promise<void> {
		this.#isClosed = true;
		this.#cancel?.();
		await this.#running;
		const { clock } = this.#options;
		const endMs = clock.elapsed() + closingMsMax;
		try {
			while (clock.elapsed() < endMs && this.#next() !== null) await this.#reclaimNext();
		} catch {
			// The store must still be closed, and LevelDB merges by itself sooner or later.
		}
	}

	#later(): void {
		if (this.#isClosed || this.#running !== null || this.#cancel !== null) return;
		if (this.#next() === null) return;
		this.#cancel = this.#options.clock.after(this.#restMs, () => {
			this.#cancel = null;
			// Nobody waits for this, and LevelDB merges by itself sooner or later.
			this.#running = this.#reclaimNext()
				.catch(() => undefined)
				.finally(() => {
					this.#running = null;
					this.#later();
				});
		});
	}

	/** The room that waits longest of those that are worth it. */
	#next(): [RoomName, Freed] | null {
		for (const one of this.#freed) if (one[1].bytes >= reclaimBytesMin) return one;
		return null;
	}

	async #reclaimNext(): Promise<void> {
		const next = this.#next();
		if (next === null) return;
		const { clock, reclaim } = this.#options;
		const startedMs = clock.elapsed();
		this.#freed.delete(next[0]);
		await reclaim(...next);
		this.#restMs = Math.max(restMsMin, restTimes * (clock.elapsed() - startedMs));
	}
}
