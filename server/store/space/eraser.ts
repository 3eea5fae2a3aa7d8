/**
 * Takes the bytes of purged rooms off the disk.
 *
 * LevelDB keeps what was deleted until its tables are merged, and its own log file until that has
 * become a table. A note in the store names the room until all is gone, so that a crash forgets
 * none. Two merges are needed: the first makes a table of what is in memory, and such a table still
 * holds a value beside its deletion; a deletion on either side of the range then has the second
 * merge go over that table too (LevelDB 1.20, db_impl.cc, CompactRange and WriteLevel0Table).
 */
import type { Cancel, Clock, Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import {
	allErasures,
	erasureKey,
	everythingOf,
	infoKey,
	type KeyRange,
	nameIn,
	photosOf,
} from "../format/keys.ts";
import type { Level } from "../level.ts";

/** What an Eraser is made of. */
export interface EraserOptions {
	readonly level: Level;
	readonly clock: Clock;
}

/** Rest before it is tried again: somebody still read what is to go, or the disk is full. */
const againMs: Millis = 3_000;

/** See the head of this file. */
export class Eraser {
	readonly #options: EraserOptions;
	#working: Promise<void> | null = null;
	#isAsked = false;
	#isClosed = false;
	#cancel: Cancel = () => undefined;

	constructor(options: EraserOptions) {
		this.#options = options;
	}

	/** Looks for notes and does what they say; nobody waits for it. */
	begin(): void {
		this.#isAsked = true;
		if (this.#isClosed || this.#working !== null) return;
		this.#working = this.#work().finally(() => {
			this.#working = null;
		});
	}

	/** Resolves when nothing is noted any more, or it is closed. */
	async whenIdle(): Promise<void> {
		await this.#working;
	}

	/** Ends the merge under way; what is left waits for the next start. */
	async close(): Promise<void> {
		this.#isClosed = true;
		this.#cancel();
		await this.#working;
	}

	async #work(): Promise<void> {
		while (this.#isAsked && !this.#isClosed) {
			this.#isAsked = false;
			try {
				for (const room of await this.#noted()) {
					if (this.#isClosed) return;
					if (!(await this.#erase(room))) this.#isAsked = true;
				}
			} catch {
				this.#isAsked = true; // The store says itself that it fails, and heals.
			}
			if (this.#isAsked) await this.#rest();
		}
	}

	async #noted(): Promise<RoomName[]> {
		const rooms: RoomName[] = [];
		for await (const entries of this.#options.level.read(allErasures)) {
			for (const { key } of entries) {
				const room = nameIn(key);
				if (room !== null) rooms.push(room);
			}
		}
		return rooms;
	}

	/** False where somebody read meanwhile, and kept what is to go. */
	async #erase(room: RoomName): Promise<boolean> {
		const { level } = this.#options;
		if (level.isRead) return false;
		for (const range of [everythingOf(room), photosOf(room), aroundInfo(room)]) {
			await level.compactRange(range);
			await level.write([
				{ type: "del", key: range.gte },
				{ type: "del", key: range.lt },
			]);
			await level.compactRange(range);
		}
		if (level.isRead) return false;
		await level.write([{ type: "del", key: erasureKey(room) }]);
		return true;
	}

	#rest(): Promise<void> {
		return new Promise((resolve) => {
			const cancel = this.#options.clock.after(againMs, resolve);
			this.#cancel = () => {
				cancel();
				resolve();
			};
		});
	}
}

/** A room's record had its words in it too. No key is the beginning of another: see FORMAT.md. */
function aroundInfo(room: RoomName): KeyRange {
	const key = infoKey(room);
	return { gte: key.subarray(0, -1), lt: Buffer.concat([key, Buffer.of(0)]) };
}
