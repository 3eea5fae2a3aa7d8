/** The room log in memory: the plainest one that passes the contract. For tests and simulation. */
import type { Clock, Millis } from "../../shared/clock.ts";
import { WeftError } from "../../shared/errors.ts";
import { anyone, type RoomName, type UserId } from "../../shared/ids.ts";
import { InTurn } from "../in-turn.ts";
import { decompressHere } from "./compress.ts";
import { firstEpoch } from "./format/keys.ts";
import { recordBytes } from "./format/log-codec.ts";
import type { MemoryRecordsDisk } from "./memory-records.ts";
import { ownersOf } from "./owners.ts";
import type {
	Batch,
	Fold,
	LoggedUpdate,
	NextEpoch,
	PurgedRecords,
	RoomLog,
	Snapshot,
	StoredRoom,
} from "./room-log.ts";

interface MemoryRoom {
	epoch: number;
	/** What the history begins with: all that is older. */
	base: { readonly atMs: Millis; readonly snapshot: Snapshot } | null;
	/** Batches that the snapshot stands for and `base` does not. */
	history: Batch[];
	snapshot: Snapshot | null;
	/** Claims that the snapshot stands for. */
	owners: ReadonlyMap<number, UserId>;
	tail: Batch[];
}

/** What stays when a memory log is closed; another log may be made of it. */
export class MemoryDisk {
	readonly rooms = new Map<RoomName, MemoryRoom>();
}

/** See the head of this file. */
export class MemoryLog implements RoomLog {
	readonly #disk: MemoryDisk;
	readonly #clock: Clock;
	readonly #historyMs: Millis;
	readonly #records: MemoryRecordsDisk | null;
	readonly #compactions = new InTurn<RoomName>();
	#isClosed = false;

	/**
	 * `historyMs` is how long single batches are kept after compaction; `records` are those beside
	 * this log, where there are any.
	 */
	constructor(
		disk: MemoryDisk,
		clock: Clock,
		historyMs: Millis,
		records: MemoryRecordsDisk | null = null,
	) {
		this.#disk = disk;
		this.#clock = clock;
		this.#historyMs = historyMs;
		this.#records = records;
	}

	async load(room: RoomName): Promise<StoredRoom> {
		this.#mustBeOpen();
		const stored = this.#disk.rooms.get(room);
		if (stored === undefined) return { snapshot: null, tail: [] };
		return presentOf(stored);
	}

	async updateOf({ compressed, sizeBytes }: Snapshot): Promise<Uint8Array> {
		return decompressHere(compressed, sizeBytes);
	}

	async append(room: RoomName, batch: Batch, epoch = firstEpoch): Promise<void> {
		this.#mustBeOpen();
		if (batch.updates.length === 0) throw new RangeError("a batch has at least one update");
		const stored = this.#disk.rooms.get(room) ?? emptyRoom();
		if (stored.epoch !== epoch) throw new WeftError("room_failed", "another epoch");
		this.#disk.rooms.set(room, stored);
		stored.tail.push(copyOf(batch));
	}

	async purge(room: RoomName, next: NextEpoch): Promise<void> {
		this.#mustBeOpen();
		const { snapshot, owners, from, atMs } = structuredClone(next);
		const epoch = (from.epoch ?? firstEpoch) + 1;
		const now = this.#disk.rooms.get(room)?.epoch ?? firstEpoch;
		if (now + 1 !== epoch) throw new WeftError("room_failed", "purged twice");
		const base = { atMs, snapshot };
		this.#disk.rooms.set(room, { ...emptyRoom(), epoch, base, snapshot, owners });
		if (this.#records !== null) putPurged(this.#records, room, next.records);
	}

	whenWritable(): Promise<void> {
		return Promise.resolve();
	}

	async compact(room: RoomName, fold: Fold): Promise<void> {
		this.#mustBeOpen();
		await this.#compactions.run(room, () => this.#compact(room, fold));
	}

	async *history(room: RoomName): AsyncGenerator<Batch, void, undefined> {
		this.#mustBeOpen();
		const stored = structuredClone(this.#disk.rooms.get(room));
		if (stored === undefined) return;
		if (stored.base !== null) {
			const bytes = await this.updateOf(stored.base.snapshot);
			yield { atMs: stored.base.atMs, updates: [{ userId: anyone, bytes }] };
		}
		yield* stored.history;
		yield* stored.tail;
	}

	async *rooms(): AsyncGenerator<RoomName, void, undefined> {
		this.#mustBeOpen();
		yield* [...this.#disk.rooms.keys()];
	}

	async sizeOf(room: RoomName): Promise<{ liveBytes: number; historyBytes: number }> {
		this.#mustBeOpen();
		const stored = this.#disk.rooms.get(room);
		if (stored === undefined) return { liveBytes: 0, historyBytes: 0 };
		return {
			liveBytes: snapshotBytes(stored.snapshot) + batchesBytes(stored.tail),
			historyBytes: snapshotBytes(stored.base?.snapshot ?? null) + batchesBytes(stored.history),
		};
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		await this.#compactions.settled();
	}

	async #compact(room: RoomName, fold: Fold): Promise<void> {
		const stored = this.#disk.rooms.get(room);
		if (stored === undefined) return;
		const folded = stored.tail.length;
		if (folded > 0) {
			const present = presentOf(stored);
			stored.snapshot = await fold(present);
			stored.owners = ownersOf(present);
			stored.history.push(...stored.tail.splice(0, folded).map(withoutClaims));
		}
		await this.#expire(stored, this.#clock.now() - this.#historyMs, fold);
	}

	async #expire(stored: MemoryRoom, keepFromMs: Millis, fold: Fold): Promise<void> {
		const kept = stored.history.findIndex((batch) => batch.atMs >= keepFromMs);
		const count = kept === -1 ? stored.history.length : kept;
		const last = stored.history[count - 1];
		if (last === undefined) return;
		const snapshot =
			kept === -1 && stored.snapshot !== null
				? stored.snapshot
				: await fold({
						snapshot: stored.base?.snapshot ?? null,
						tail: structuredClone(stored.history.slice(0, count)),
					});
		stored.base = { atMs: last.atMs, snapshot };
		stored.history.splice(0, count);
	}

	#mustBeOpen(): void {
		if (this.#isClosed) throw new WeftError("store_failed", "the log is closed");
	}
}

function emptyRoom(): MemoryRoom {
	const nothing = { base: null, history: [], snapshot: null, tail: [] };
	return { epoch: firstEpoch, ...nothing, owners: new Map() };
}

function presentOf({ epoch, snapshot, owners, tail }: MemoryRoom): StoredRoom {
	const claimed = owners.size > 0 ? { owners } : {};
	const purged = epoch > firstEpoch ? { epoch } : {};
	return structuredClone({ snapshot, ...claimed, tail, ...purged });
}

function putPurged(disk: MemoryRecordsDisk, room: RoomName, purged: PurgedRecords): void {
	disk.rooms.set(room, structuredClone(purged.room));
	disk.audits.set(room, structuredClone(purged.audit));
	for (const photo of purged.photos) disk.photos.get(room)?.delete(photo);
	for (const blob of purged.blobs) disk.garbage.add(blob);
}

/** A copy that shares no bytes: updates may be views of a large frame. */
function copyOf(batch: Batch): Batch {
	const copy = (update: LoggedUpdate) => ({ ...update, bytes: new Uint8Array(update.bytes) });
	return { atMs: batch.atMs, updates: batch.updates.map(copy) };
}

function withoutClaims({ atMs, updates }: Batch): Batch {
	return { atMs, updates: updates.map(({ userId, bytes }) => ({ userId, bytes })) };
}

function snapshotBytes(snapshot: Snapshot | null): number {
	if (snapshot === null) return 0;
	return snapshot.compressed.length + snapshot.stateVector.length + snapshot.deleteSet.length;
}

function batchesBytes(batches: readonly Batch[]): number {
	return batches.reduce((sum, batch) => sum + recordBytes(batch), 0);
}
