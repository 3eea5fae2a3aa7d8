/** A Weft server in this process: real rooms, sessions and store over simulated time and disk. */
import { foldStored } from "../../../server/fold/fold.ts";
import { Session, type SessionRules } from "../../../server/gateway/session.ts";
import { Watch } from "../../../server/gateway/watch.ts";
import type { Wire, WireEvents } from "../../../server/gateway/wire.ts";
import { Keeper } from "../../../server/rooms/keeper.ts";
import { createStamps } from "../../../server/rooms/members/roster.ts";
import type { SeatsObserver } from "../../../server/rooms/members/seats.ts";
import { Registry, type RegistryParts } from "../../../server/rooms/registry.ts";
import { promptCompression } from "../../../server/store/compress.ts";
import { type LevelStore, openStoreOn } from "../../../server/store/level-store.ts";
import type { RoomLog, Snapshot, StoredRoom } from "../../../server/store/room-log.ts";
import type { Person } from "../../../shared/awareness.ts";
import { type Cancel, type Clock, type Millis, wait } from "../../../shared/clock.ts";
import { toWeftError } from "../../../shared/errors.ts";
import type { RoomName, UserId } from "../../../shared/ids.ts";
import { type PresenceEar, PresenceWatch } from "../checks/presence-watch.ts";
import { below, type Random } from "../random.ts";
import { SimBinding, type SimDisk } from "./disk.ts";
import type { SimTime } from "./time.ts";

/** Ways to build a server that is wrong: what the harness is tested with. */
export interface Plants {
	readonly log?: (log: RoomLog, clock: Clock) => RoomLog;
	readonly wire?: (wire: Wire) => Wire;
	/** True where the n-th write is synced. */
	readonly isSyncing?: (writeCount: number) => boolean;
	/** Makes one snapshot of what is stored. */
	readonly fold?: (stored: StoredRoom) => Snapshot;
	readonly rooms?: (parts: RegistryParts) => Rooms;
}

/** The rooms of a server, as its sessions see them. */
export type Rooms = Pick<Registry, "enter" | "leave" | "drain">;

/** Frames a second of one socket: few, so that people in a hurry meet the limit too. */
const frameRate = { perSecond: 30, burst: 20 };
/** Bytes that may wait for one client: few, as runs are small. */
export const outboxBytesMax = 16 * 1024;
/** A fold in a thread takes up to so long: people write on meanwhile. */
const foldMsMax: Millis = 60;
/** How long empty rooms stay: not at all, for as long as a reload takes, or longer. */
const roomIdleMs: readonly Millis[] = [1, 120, 2_000];

/** What a server is handed. */
export interface SimServerParts {
	readonly time: SimTime;
	readonly disk: SimDisk;
	readonly random: Random;
	readonly plants: Plants;
	/** How long each single change is kept. */
	readonly historyMs: Millis;
	/** Counts slow readers. */
	readonly observe: SeatsObserver;
	/** Told what the server would write into its log as an error, and what it says wrongly. */
	readonly report: (error: unknown) => void;
}

/** One process of the server, from start to end. */
export class SimServer {
	readonly #parts: SimServerParts;
	readonly #clock: Clock;
	#isAlive = true;
	#registry: Rooms | null = null;
	#keeper: Keeper | null = null;
	#store: LevelStore | null = null;
	#log: RoomLog | null = null;
	readonly #sessions = new Set<Session>();
	readonly #presence: PresenceWatch;
	#writeCount = 0;
	#isStopping = false;
	readonly #rules: SessionRules;
	readonly #timers = new Set<Cancel>();
	/** What would have happened while the process was stopped; null while it runs. */
	#missed: (() => void)[] | null = null;

	constructor(parts: SimServerParts) {
		this.#parts = parts;
		const { time } = parts;
		this.#presence = new PresenceWatch(parts.report);
		this.#clock = {
			now: () => time.now(),
			elapsed: () => time.elapsed(),
			after: (ms, run) => this.#after(ms, run),
		};
		const clock = this.#clock;
		this.#rules = { clock, watch: new Watch(clock), frameRate, outboxBytesMax };
	}

	/** False once it was killed, or has ended. */
	get isAlive(): boolean {
		return this.#isAlive;
	}

	/** True while the process is stopped. */
	get isPaused(): boolean {
		return this.#missed !== null;
	}

	/** True once people may come. */
	get isListening(): boolean {
		return this.#registry !== null && this.#isAlive;
	}

	/** Sessions that are open. */
	get sessionCount(): number {
		return this.#sessions.size;
	}

	/** Opens the store, then listens. */
	async start(): Promise<void> {
		const clock = this.#clock;
		const { disk, random, plants, report, historyMs } = this.#parts;
		const isSyncing = () => plants.isSyncing?.(this.#writeCount++) ?? true;
		const store = await openStoreOn({
			directory: "/simulated",
			clock,
			historyMs,
			compression: promptCompression,
			openBinding: () =>
				new SimBinding({ disk, clock, random, isAlive: () => this.#isAlive, isSyncing }),
			probeDisk: async () => {
				if (disk.isFull) throw new Error("IO error: No space left on device");
			},
		});
		if (!this.#isAlive) return;
		this.#store = store;
		const log = plants.log?.(store.log, clock) ?? store.log;
		this.#log = log;
		this.#keeper = new Keeper({
			log,
			records: store.records,
			clock,
			fold: async (stored) => {
				await wait(clock, below(random, foldMsMax));
				return (plants.fold ?? foldStored)(stored);
			},
			// Small, so that runs compact and evict many times.
			limits: { tailBytesMax: 2_000, tailUpdatesMax: 12, restingTailBytesMax: 300 },
			report,
		});
		const idleMs = roomIdleMs[below(random, roomIdleMs.length)] ?? 0;
		const makeRooms = plants.rooms ?? ((parts: RegistryParts) => new Registry(parts));
		this.#registry = makeRooms({
			log,
			clock,
			scheduler: { turn: (run) => void clock.after(0, run) },
			stamp: createStamps(clock),
			keeper: this.#keeper,
			limits: { roomIdleMs: idleMs, openRoomsMax: 100, docBytesMax: 0, membersPerRoomMax: 100 },
			observe: { ...this.#parts.observe, wrote: () => undefined },
			report,
		});
		this.#keeper.startSweeping();
	}

	/** A client came; false where nobody listens. */
	accept(wire: Wire, room: RoomName, guest: Person & { readonly id: UserId }): boolean {
		const registry = this.#registry;
		if (registry === null || !this.#isAlive || this.#isStopping) return false;
		let leave: (() => void) | null = null;
		const ear = this.#presence.open({ user: guest.name, room });
		const visitor = {
			userId: guest.id,
			mayOwn: true,
			accountName: null,
			stamp: () => guest,
			reconsider: () => undefined,
			ended: () => {
				this.#sessions.delete(session);
				this.#presence.close(ear);
				leave?.();
			},
		};
		const guarded = this.#guard(this.#parts.plants.wire?.(wire) ?? wire, ear);
		const session = new Session(guarded, visitor, this.#rules);
		this.#sessions.add(session);
		registry.enter(room, session).then(
			(entered) => {
				leave = () => registry.leave(entered, session);
				if (session.isClosed) leave();
				else session.enter(entered);
			},
			(error: unknown) => {
				const { code, message } = toWeftError(error);
				session.close(code, message);
			},
		);
		return true;
	}

	/** A timer of this process: gone with it. */
	#after(ms: Millis, run: () => void): Cancel {
		let isCancelled = false;
		const cancel = () => {
			isCancelled = true;
			stop();
			this.#timers.delete(cancel);
		};
		const stop = this.#parts.time.after(ms, () => {
			this.#timers.delete(cancel);
			this.whenRunning(() => {
				if (!isCancelled) run();
			});
		});
		this.#timers.add(cancel);
		return cancel;
	}

	/** SIGSTOP: nothing of it happens until `resume`. */
	pause(): void {
		this.#missed ??= [];
	}

	/** SIGCONT: all that should have happened meanwhile happens now. */
	resume(): void {
		const missed = this.#missed ?? [];
		this.#missed = null;
		for (const run of missed) this.whenRunning(run);
	}

	/** Runs it now, or when the process goes on, or never. */
	whenRunning(run: () => void): void {
		if (!this.#isAlive) return;
		if (this.#missed === null) run();
		else this.#missed.push(run);
	}

	/** What the network brings reaches a process only while it runs. */
	#guard(wire: Wire, ear: PresenceEar): Wire {
		return {
			get waitingBytes() {
				return wire.waitingBytes;
			},
			get receivedBytes() {
				return wire.receivedBytes;
			},
			listen: (events: WireEvents) => {
				wire.listen({
					message: (bytes) =>
						this.whenRunning(() => {
							ear.heard(bytes);
							events.message(bytes);
						}),
					broken: (code, detail) => this.whenRunning(() => events.broken(code, detail)),
					drained: () => this.whenRunning(() => events.drained()),
					closed: () => this.whenRunning(() => events.closed()),
				});
			},
			send: (messages) => {
				ear.said(messages);
				wire.send(messages);
			},
			ping: () => wire.ping(),
			pause: () => wire.pause(),
			resume: () => wire.resume(),
			close: (code, reason) => wire.close(code, reason),
			terminate: () => wire.terminate(),
		};
	}

	/** kill -9: from this moment nothing of it happens any more. */
	kill(): void {
		this.#isAlive = false;
		this.#sessions.clear();
		for (const cancel of this.#timers) cancel();
	}

	/** SIGTERM: writes what came, tells everybody, and ends. */
	async stop(): Promise<void> {
		this.#isStopping = true;
		await this.#registry?.drain("stopping");
		await this.#keeper?.close();
		await this.#store?.records.close();
		await this.#store?.log.close();
		this.kill();
	}

	/** The log as the rooms see it; for checks after a start, before anybody came. */
	get log(): RoomLog {
		if (this.#log === null) throw new Error("the server has not started");
		return this.#log;
	}
}
