/** The room log on LevelDB. FORMAT.md draws what it writes. */
import type { Clock, Millis } from "../../shared/clock.ts";
import { WeftError } from "../../shared/errors.ts";
import type { RoomName } from "../../shared/ids.ts";
import { InTurn } from "../in-turn.ts";
import type { Compression } from "./compress.ts";
import { bytesOf, compactionOf, epochOf, expiryOf } from "./format/compaction.ts";
import {
	allRooms,
	everythingOf,
	firstEpoch,
	nameIn,
	parseRoomKey,
	part,
	partsOf,
	roomKey,
} from "./format/keys.ts";
import { encodeRecord, type StoredSegment } from "./format/log-codec.ts";
import { purgedRecords } from "./format/purged-records.ts";
import {
	batchesOf,
	lastOf,
	type Numbered,
	type OldHistory,
	type RoomParts,
	readOldHistory,
	readParts,
	toStoredRoom,
} from "./format/stored-room.ts";
import type { Commit, GroupCommit } from "./group-commit.ts";
import type { Level } from "./level.ts";
import { ownersOf } from "./owners.ts";
import type { Batch, Fold, NextEpoch, RoomLog, Snapshot, StoredRoom } from "./room-log.ts";
import { Eraser } from "./space/eraser.ts";
import { Reclaimer } from "./space/reclaimer.ts";

/** What a LevelLog is made of. */
export interface LevelLogOptions {
	readonly level: Level;
	/** Shared by all that write small values, so that they share synced writes. */
	readonly commits: GroupCommit;
	readonly clock: Clock;
	/** How long single batches are kept after compaction. */
	readonly historyMs: Millis;
	readonly compression: Compression;
	/** Called once, when this log needs the disk no more. */
	readonly release: () => Promise<void>;
}

/**
 * Rooms whose next sequence number is kept in memory. Others cost one read at their next append;
 * those with an append under way are always kept.
 */
const numberingsMax = 10_000;

/** Numberings looked at to make space for one: a search through all would cost more than a read. */
const numberingsSeenMax = 64;

/**
 * History is folded when the oldest of it is older by this part than it is kept for: ten times in
 * that time, and not at every compaction of a busy room.
 */
const expirySlack = 0.1;

/** Records of old history that are folded at once, before compression; a history has no end. */
const expiryBytesMax = 32 * 1024 * 1024;

/** A room's epoch and next sequence number. */
interface Numbering {
	epoch: number;
	next: number;
	/** Settled when `next` was found. */
	found: Promise<void>;
	/** Appends that wait for `found`; later ones wait behind them. */
	waitingCount: number;
	/** Appends under way. */
	users: number;
	/** True after a failed write: the number may be wrong, nobody may use it. */
	isStale: boolean;
}

/** See the head of this file. */
export class LevelLog implements RoomLog {
	readonly #options: LevelLogOptions;
	readonly #numberings = new Map<RoomName, Numbering>();
	/** Compactions and purges: each replaces what it has read. */
	readonly #rewrites = new InTurn<RoomName>();
	#appendCount = 0;
	/** Told when no append is under way any more. */
	#whenNone: (() => void) | null = null;
	readonly #reclaimer: Reclaimer;
	readonly #eraser: Eraser;
	#closing: Promise<void> | null = null;

	constructor(options: LevelLogOptions) {
		this.#options = options;
		this.#reclaimer = new Reclaimer({
			clock: options.clock,
			reclaim: (room, { isOfHistory }) => {
				const last = isOfHistory ? part.segment : part.record;
				return options.level.compactRange(partsOf(room, part.snapshot, last));
			},
		});
		this.#eraser = new Eraser(options);
		this.#eraser.begin(); // What a crash left of rooms that were purged.
	}

	async load(room: RoomName): Promise<StoredRoom> {
		this.#mustBeOpen();
		return toStoredRoom(await this.#present(room), this.#options.compression);
	}

	async updateOf({ compressed, sizeBytes }: Snapshot): Promise<Uint8Array> {
		try {
			return await this.#options.compression.decompress(compressed, sizeBytes);
		} catch (cause) {
			throw new WeftError("room_damaged", "a snapshot does not decompress", { cause });
		}
	}

	async append(room: RoomName, batch: Batch, epoch: number = firstEpoch): Promise<void> {
		this.#mustBeOpen();
		if (batch.updates.length === 0) throw new RangeError("a batch has at least one update");
		const { level, commits } = this.#options;
		if (level.failure !== null) throw new WeftError(level.failure, "the store takes no writes");
		const numbering = this.#numberingOf(room);
		let isTaken = false;
		numbering.users++;
		this.#appendCount++;
		try {
			// Whoever waits goes first: the count falls where it goes on, not a moment before.
			if (numbering.next === 0 || numbering.waitingCount > 0) {
				numbering.waitingCount++;
				await numbering.found;
				numbering.waitingCount--;
			}
			if (numbering.epoch !== epoch) throw new WeftError("room_failed", "another epoch");
			const commit = this.#nextCommit(room, numbering, batch);
			isTaken = true;
			await commits.commit(commit);
		} catch (error) {
			if (isTaken) this.#forgetNumberings();
			throw error;
		} finally {
			numbering.users--;
			this.#appendCount--;
			if (this.#appendCount === 0) this.#whenNone?.();
		}
	}

	whenWritable(): Promise<void> {
		return this.#options.level.whenWritable();
	}

	async compact(room: RoomName, fold: Fold): Promise<void> {
		this.#mustBeOpen();
		await this.#rewrites.run(room, () => this.#compact(room, fold));
	}

	async purge(room: RoomName, next: NextEpoch): Promise<void> {
		this.#mustBeOpen();
		await this.#rewrites.run(room, () => this.#purge(room, next));
	}

	/** Resolves when nothing of purged rooms is on disk any more. */
	whenErased(): Promise<void> {
		return this.#eraser.whenIdle();
	}

	async *history(room: RoomName): AsyncGenerator<Batch, void, undefined> {
		this.#mustBeOpen();
		const { level, compression } = this.#options;
		yield* batchesOf(room, level.read(partsOf(room, part.snapshot, part.segment)), compression);
	}

	async *rooms(): AsyncGenerator<RoomName, void, undefined> {
		this.#mustBeOpen();
		let from = allRooms.gte;
		while (true) {
			let key: Buffer | null = null;
			const range = { gte: from, lt: allRooms.lt, limit: 1 };
			for await (const [entry] of this.#options.level.read(range)) key = entry?.key ?? null;
			if (key === null) return;
			const room = nameIn(key);
			// A key that names no room is damaged, and belongs to none: the room misses a record.
			from = room === null ? Buffer.concat([key, Buffer.of(0)]) : everythingOf(room).lt;
			if (room !== null) yield room;
		}
	}

	async sizeOf(room: RoomName): Promise<{ liveBytes: number; historyBytes: number }> {
		this.#mustBeOpen();
		const sizes = { liveBytes: 0, historyBytes: 0 };
		const range = partsOf(room, part.snapshot, part.segment);
		for await (const entries of this.#options.level.read(range)) {
			for (const { key, value } of entries) {
				const isLive = (parseRoomKey(key)?.part ?? 0) < part.base;
				sizes[isLive ? "liveBytes" : "historyBytes"] += key.length + value.length;
			}
		}
		return sizes;
	}

	close(): Promise<void> {
		this.#closing ??= this.#close();
		return this.#closing;
	}

	async #close(): Promise<void> {
		if (this.#appendCount > 0) {
			await new Promise<void>((resolve) => {
				this.#whenNone = resolve;
			});
		}
		await this.#rewrites.settled();
		await this.#options.commits.whenIdle();
		await this.#reclaimer.close();
		await this.#eraser.close();
		await this.#options.release();
	}

	/** Takes the next number only where nothing but the disk can fail: numbers have no gaps. */
	#nextCommit(room: RoomName, numbering: Numbering, batch: Batch): Commit {
		const { commits, level } = this.#options;
		if (numbering.isStale) {
			throw new WeftError(level.failure ?? "store_failed", "a write before this one failed");
		}
		if (commits.isFull) throw new WeftError("store_failed", "too much waits for the disk");
		const key = roomKey(room, part.record, numbering.next, numbering.epoch);
		const value = encodeRecord(key, batch);
		numbering.next++;
		return { key, value };
	}

	#numberingOf(room: RoomName): Numbering {
		const known = this.#numberings.get(room);
		if (known !== undefined) return known;
		this.#makeSpace();
		const numbering: Numbering = {
			epoch: firstEpoch,
			next: 0,
			found: Promise.resolve(),
			waitingCount: 0,
			users: 0,
			isStale: false,
		};
		this.#numberings.set(room, numbering);
		numbering.found = this.#findLast(room).then(
			({ epoch, sequence }) => {
				numbering.epoch = epoch;
				numbering.next = sequence + 1;
			},
			(error: unknown) => {
				if (this.#numberings.get(room) === numbering) this.#numberings.delete(room);
				throw error;
			},
		);
		return numbering;
	}

	async #findLast(room: RoomName): Promise<{ epoch: number; sequence: number }> {
		const range = partsOf(room, part.snapshot, part.record);
		const backwards = { ...range, reverse: true, limit: 1 };
		for await (const [last] of this.#options.level.read(backwards)) {
			if (last !== undefined) return lastOf(last);
		}
		return { epoch: firstEpoch, sequence: 0 };
	}

	/** Forgets a few of the oldest numberings that nobody uses; those in use count as new again. */
	#makeSpace(): void {
		if (this.#numberings.size < numberingsMax) return;
		let seen = 0;
		for (const [room, numbering] of this.#numberings) {
			if (seen++ === numberingsSeenMax) return;
			this.#numberings.delete(room);
			if (numbering.users > 0) this.#numberings.set(room, numbering);
		}
	}

	/** After a failed write no number is sure: each is looked up again. */
	#forgetNumberings(): void {
		for (const numbering of this.#numberings.values()) numbering.isStale = true;
		this.#numberings.clear();
	}

	async #purge(room: RoomName, next: NextEpoch): Promise<void> {
		const { level, compression } = this.#options;
		const { openCount } = level;
		const keys: Buffer[] = [];
		let epoch = firstEpoch;
		for await (const entries of level.read(everythingOf(room))) {
			for (const { key } of entries) {
				keys.push(key);
				epoch = parseRoomKey(key)?.epoch ?? epoch;
			}
		}
		if (epoch !== (next.from.epoch ?? firstEpoch))
			throw new WeftError("room_failed", "purged twice");
		const { snapshot, owners, atMs, records } = next;
		const first = { snapshot, owners, atMs, compression };
		const operations = [
			...(await epochOf({ room, epoch: epoch + 1 }, keys, first)),
			...purgedRecords(room, records),
		];
		if (level.openCount !== openCount)
			throw new WeftError("store_failed", "opened again meanwhile");
		// The next number is another one now, and if this fails nobody knows which.
		const numbering = this.#numberings.get(room);
		if (numbering !== undefined) numbering.isStale = true;
		this.#numberings.delete(room);
		await level.write(operations);
		this.#eraser.begin();
	}

	#present(room: RoomName): Promise<RoomParts> {
		return readParts(this.#options.level.read(partsOf(room, part.snapshot, part.record)));
	}

	async #compact(room: RoomName, fold: Fold): Promise<void> {
		const { level, clock, historyMs, compression } = this.#options;
		const { openCount } = level;
		const present = await this.#present(room);
		if (present.records.length > 0) {
			const stored = await toStoredRoom(present, compression);
			const snapshot = await fold(stored);
			const isFirst = (await this.#oldestSegment(room)) === undefined;
			const compaction = { snapshot, owners: ownersOf(stored), isFirst, compression };
			const operations = await compactionOf(room, present, compaction);
			// A compaction that was refused before may have come to life since: look again.
			if (level.openCount !== openCount) return this.#compact(room, fold);
			await level.write(operations);
			this.#reclaimer.freed(room, { bytes: bytesOf(present), isOfHistory: false });
		}
		const keepFromMs = clock.now() - historyMs;
		const oldest = await this.#oldestSegment(room);
		const isOld =
			oldest !== undefined && oldest.value.lastMs < keepFromMs - expirySlack * historyMs;
		if (isOld) await this.#expire(room, keepFromMs, fold);
	}

	/** Folds old segments into the base, so many at a time as memory should hold. */
	async #expire(room: RoomName, keepFromMs: Millis, fold: Fold): Promise<void> {
		const { level, compression } = this.#options;
		const range = partsOf(room, part.base, part.segment);
		let old: OldHistory;
		do {
			const { openCount } = level;
			old = await readOldHistory(level.read(range), { keepFromMs, bytesMax: expiryBytesMax });
			const operations = await expiryOf(room, { old, keepFromMs, fold, compression });
			// As above; the next compaction sees to it.
			if (level.openCount !== openCount || operations.length === 0) return;
			await level.write(operations);
			this.#reclaimer.freed(room, { bytes: bytesOf(old.parts), isOfHistory: true });
		} while (old.hasMore);
	}

	async #oldestSegment(room: RoomName): Promise<Numbered<StoredSegment> | undefined> {
		const range = partsOf(room, part.segment, part.segment);
		const { segments } = await readParts(this.#options.level.read({ ...range, limit: 1 }));
		return segments[0];
	}

	#mustBeOpen(): void {
		if (this.#closing !== null) throw new WeftError("store_failed", "the log is closed");
	}
}
