/**
 * Keeps what surrounds a room's log in order: the record that the list of rooms shows, and
 * compaction, one room at a time and never in the way of a write.
 */
import type * as Y from "yjs";
import { type Cancel, type Clock, type Millis, wait } from "../../shared/clock.ts";
import type { RoomName } from "../../shared/ids.ts";
import { emptyPreview } from "../../shared/preview.ts";
import type { RoomKind } from "../../shared/roles.ts";
import type { CompactionLimits } from "../config.ts";
import { makePreview } from "../fold/preview.ts";
import type { Records, RoomRecord } from "../store/records.ts";
import type { Batch, Fold, RoomLog } from "../store/room-log.ts";
import type { Written } from "./batch.ts";
import { Cold } from "./cold.ts";
import type { Member } from "./members/member.ts";
import type { Room } from "./room.ts";
import { isOfDisk } from "./room-parts.ts";

/** The list of rooms may lag behind by this; a preview of a large room costs milliseconds. */
const refreshAfterMs: Millis = 3_000;

/**
 * Rest between one record and the next. Where a thousand rooms change all the time each is looked
 * at every twenty seconds or so, which costs 2 % of a core; every three seconds took 15 %.
 */
const refreshRestMs: Millis = 20;

/** How often all rooms are looked through; an idle one costs three reads. */
const sweepEveryMs: Millis = 6 * 60 * 60 * 1000;

/** How long `close` waits: a server has five seconds to stop, a large fold may take longer. */
const closeMsMax: Millis = 1_000;

/** What the keeper is handed. */
export interface KeeperParts {
	readonly log: RoomLog;
	readonly records: Records;
	readonly clock: Clock;
	readonly fold: Fold;
	readonly limits: CompactionLimits;
	/** Told what failed in the background; the room goes on. Null where it was no single room. */
	readonly report: (error: unknown, room: RoomName | null) => void;
}

interface Upkeep {
	tailBytes: number;
	tailUpdates: number;
	isChanged: boolean;
	/** What of its record never changes; null before it was looked up. Nobody else writes it. */
	made: Omit<RoomRecord, "preview" | "changedAtMs"> | null;
	cancelRefresh: Cancel | null;
	/** Ends when the record was written, or could not be. */
	refreshing: Promise<unknown>;
}

/** Upkeep of all rooms. */
export class Keeper {
	readonly #parts: KeeperParts;
	readonly #upkeep = new Map<RoomName, Upkeep>();
	#refreshing: Promise<void> = Promise.resolve();
	/** Compactions run one after another: each may hold a whole room in memory. */
	#compacting: Promise<void> = Promise.resolve();
	readonly #waiting = new Set<RoomName>();
	#cancelSweep: Cancel = () => undefined;
	#sweeping: Promise<void> = Promise.resolve();
	/** True after a compaction that the disk refused: the others would be refused too. */
	#isDiskFailing = false;
	#isClosed = false;

	constructor(parts: KeeperParts) {
		this.#parts = parts;
	}

	/** The kind of a room that was written to before; null for a new name. */
	async kindOf(name: RoomName): Promise<RoomKind | null> {
		return (await this.#parts.records.room(name))?.kind ?? null;
	}

	/** Writes the record of a room before its first update, so that its kind is never lost. */
	async prepare(room: Room, writer: Member): Promise<void> {
		const now = this.#parts.clock.now();
		const made = {
			name: room.name,
			kind: room.kind,
			madeAtMs: now,
			madeBy: { id: writer.userId, name: writer.stamp(null).name },
		};
		await this.#parts.records.putRoom({ ...made, changedAtMs: now, preview: emptyPreview });
		this.#upkeepOf(room.name).made = made;
	}

	/** A room was loaded: a tail that a crash or many short visits left behind counts. */
	opened(name: RoomName, tail: readonly Batch[]): void {
		if (tail.length === 0) return;
		const upkeep = this.#upkeepOf(name);
		upkeep.tailUpdates = 0;
		upkeep.tailBytes = 0;
		for (const { updates } of tail) {
			upkeep.tailUpdates += updates.length;
			for (const { bytes } of updates) upkeep.tailBytes += bytes.length;
		}
		this.#compactWhereLong(name, upkeep);
	}

	/** A batch is on disk. */
	wrote(room: Room, { bytes, updateCount }: Written): void {
		const upkeep = this.#upkeepOf(room.name);
		upkeep.tailBytes += bytes;
		upkeep.tailUpdates += updateCount;
		upkeep.isChanged = true;
		upkeep.cancelRefresh ??= this.#parts.clock.after(refreshAfterMs, () => {
			this.#refreshInTurn(room, upkeep);
		});
		this.#compactWhereLong(room.name, upkeep);
	}

	/** Everybody left: the record is made true, and a long tail folded. */
	async rest(room: Room): Promise<void> {
		await room.settled();
		const upkeep = this.#upkeep.get(room.name);
		if (upkeep === undefined) return;
		this.#upkeep.delete(room.name);
		upkeep.cancelRefresh?.();
		await this.#refresh(room, upkeep).catch((error: unknown) => {
			this.#parts.report(error, room.name);
		});
		if (upkeep.tailBytes > this.#parts.limits.restingTailBytesMax) {
			this.#compact(room.name, upkeep);
		}
	}

	/** Runs `work` while nothing is written of a room's record: it writes one itself. */
	async hold(name: RoomName, work: () => Promise<void>): Promise<void> {
		const upkeep = this.#upkeepOf(name);
		const held = upkeep.refreshing.then(work);
		upkeep.refreshing = Promise.allSettled([held]);
		await held;
	}

	/** From now on folds what no visit folds: old history, and tails that a kill left behind. */
	startSweeping(): void {
		this.#cancelSweep = this.#parts.clock.after(sweepEveryMs, () => {
			this.#sweeping = this.#sweep().catch((error: unknown) => this.#parts.report(error, null));
		});
	}

	/**
	 * Waits a moment for a compaction under way, which a server that stops may cut: it is one write.
	 * Those that wait are left: the next visit sees to them.
	 */
	async close(): Promise<void> {
		this.#isClosed = true;
		this.#cancelSweep();
		await new Promise<void>((resolve) => {
			const cancel = this.#parts.clock.after(closeMsMax, resolve);
			void Promise.all([this.#sweeping, this.#compacting]).then(cancel).finally(resolve);
		});
	}

	async #sweep(): Promise<void> {
		this.#isDiskFailing = false;
		try {
			for await (const name of this.#parts.log.rooms()) {
				if (this.#isClosed || this.#isDiskFailing) return;
				this.#enqueue(name);
				await this.#compacting;
			}
		} finally {
			if (!this.#isClosed) this.startSweeping();
		}
	}

	#upkeepOf(name: RoomName): Upkeep {
		const held = this.#upkeep.get(name);
		if (held !== undefined) return held;
		const upkeep: Upkeep = {
			tailBytes: 0,
			tailUpdates: 0,
			isChanged: false,
			made: null,
			cancelRefresh: null,
			refreshing: Promise.resolve(),
		};
		this.#upkeep.set(name, upkeep);
		return upkeep;
	}

	/** One room after another: a thousand that began at once must not be looked at at once. */
	#refreshInTurn(room: Room, upkeep: Upkeep): void {
		this.#refreshing = this.#refreshing.then(async () => {
			upkeep.cancelRefresh = null;
			try {
				await this.#refresh(room, upkeep);
			} catch (error) {
				this.#parts.report(error, room.name);
			}
			await wait(this.#parts.clock, refreshRestMs);
		});
	}

	/** One at a time: who comes to rest waits for the one under way. */
	#refresh(room: Room, upkeep: Upkeep): Promise<void> {
		const refresh = upkeep.refreshing.then(() => this.#writeRecord(room, upkeep));
		upkeep.refreshing = Promise.allSettled([refresh]);
		return refresh;
	}

	async #writeRecord(room: Room, upkeep: Upkeep): Promise<void> {
		if (!upkeep.isChanged) return;
		upkeep.isChanged = false;
		const { name } = room;
		const { records, clock } = this.#parts;
		try {
			const preview = makePreview(room.doc ?? (await this.#storedDoc(name)));
			upkeep.made ??= withoutPreview(await records.room(name));
			if (upkeep.made === null) return;
			await records.putRoom({ ...upkeep.made, changedAtMs: clock.now(), preview });
		} catch (error) {
			upkeep.isChanged = true;
			throw error;
		}
	}

	/** What is stored of a room that let go of its doc before its record was written. */
	async #storedDoc(name: RoomName): Promise<Y.Doc> {
		const { log, clock } = this.#parts;
		const turns = { elapsed: () => clock.elapsed(), pause: () => wait(clock, 0) };
		const cold = await Cold.open(await log.load(name), log, turns);
		return cold.wake(turns);
	}

	#compactWhereLong(name: RoomName, upkeep: Upkeep): void {
		const { tailBytesMax, tailUpdatesMax } = this.#parts.limits;
		const isLong = upkeep.tailBytes > tailBytesMax || upkeep.tailUpdates > tailUpdatesMax;
		if (isLong) this.#compact(name, upkeep);
	}

	#compact(name: RoomName, upkeep: Upkeep): void {
		upkeep.tailBytes = 0;
		upkeep.tailUpdates = 0;
		this.#enqueue(name);
	}

	#enqueue(name: RoomName): void {
		if (this.#waiting.has(name)) return;
		this.#waiting.add(name);
		const { log, fold } = this.#parts;
		this.#compacting = this.#compacting.then(async () => {
			this.#waiting.delete(name);
			if (this.#isClosed) return;
			try {
				await log.compact(name, fold);
				this.#isDiskFailing = false;
			} catch (error) {
				this.#isDiskFailing = isOfDisk(error);
				this.#parts.report(error, name);
			}
		});
	}
}

function withoutPreview(record: RoomRecord | null): Upkeep["made"] {
	if (record === null) return null;
	const { preview: _preview, changedAtMs: _changedAtMs, ...made } = record;
	return made;
}
