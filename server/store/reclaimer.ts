/**
 * Gives bytes of deleted entries back to the disk, in quiet moments.
 *
 * LevelDB keeps what was deleted until its tables are merged; after a paper's 20 MB of records that
 * were folded into 2 MB, 6 MB lay around. Merging the tables of one room costs reading and writing
 * some tens of megabytes: nothing to do while people write.
 */
import type { Cancel, Clock, Millis } from "../../shared/clock.ts";
import type { RoomName } from "../../shared/ids.ts";

/** What a Reclaimer is made of. */
export interface ReclaimerOptions {
	readonly clock: Clock;
	/** Merges the tables of one room. */
	readonly reclaim: (room: RoomName) => Promise<void>;
}

/** Freed bytes of a room that are worth a merge; less waits for LevelDB's own. */
export const reclaimBytesMin = 512 * 1024;

/** How long nobody must have written. */
const quietMs: Millis = 3_000;

/** How long closing may spend on it: a server has five seconds to stop. */
const closingMsMax: Millis = 1_000;

/** Rooms whose freed bytes are counted; LevelDB sees to the others. */
const roomsMax = 1_000;

/** See the head of this file. */
export class Reclaimer {
	readonly #options: ReclaimerOptions;
	readonly #freed = new Map<RoomName, number>();
	#wroteMs = Number.NEGATIVE_INFINITY;
	#cancel: Cancel | null = null;
	#running: Promise<void> = Promise.resolve();
	#isClosed = false;

	constructor(options: ReclaimerOptions) {
		this.#options = options;
	}

	/** Somebody writes: not now. */
	wrote(): void {
		this.#wroteMs = this.#options.clock.elapsed();
	}

	/** A compaction deleted about so many bytes of a room. */
	freed(room: RoomName, bytes: number): void {
		const sum = (this.#freed.get(room) ?? 0) + bytes;
		this.#freed.delete(room);
		this.#freed.set(room, sum);
		for (const oldest of this.#freed.keys()) {
			if (this.#freed.size <= roomsMax) break;
			this.#freed.delete(oldest);
		}
		if (sum >= reclaimBytesMin) this.#later();
	}

	/** Reclaims what it can in a second. */
	async close(): Promise<void> {
		this.#isClosed = true;
		this.#cancel?.();
		await this.#running;
		const endMs = this.#options.clock.elapsed() + closingMsMax;
		const mayGoOn = () => this.#options.clock.elapsed() < endMs;
		await this.#reclaimWhile(mayGoOn).catch(() => undefined); // The store must still be closed.
	}

	#later(): void {
		if (this.#isClosed || this.#cancel !== null) return;
		this.#cancel = this.#options.clock.after(quietMs, () => {
			this.#cancel = null;
			this.#running = this.#reclaimWhile(() => !this.#isClosed && this.#isQuiet());
			// Nobody waits for this, and LevelDB merges by itself sooner or later.
			this.#running = this.#running.catch(() => undefined);
		});
	}

	async #reclaimWhile(mayGoOn: () => boolean): Promise<void> {
		for (const [room, bytes] of [...this.#freed]) {
			if (bytes < reclaimBytesMin) continue;
			if (!mayGoOn()) {
				this.#later();
				return;
			}
			this.#freed.delete(room);
			await this.#options.reclaim(room);
		}
	}

	#isQuiet(): boolean {
		return this.#options.clock.elapsed() - this.#wroteMs >= quietMs;
	}
}
