/** A Weft server in this process: real rooms, sessions and store over simulated time and disk. */
import { foldStored } from "../../../server/fold/fold.ts";
import { Session } from "../../../server/gateway/session.ts";
import type { Wire } from "../../../server/gateway/wire.ts";
import { Keeper } from "../../../server/rooms/keeper.ts";
import { createStamps } from "../../../server/rooms/members/roster.ts";
import { Registry } from "../../../server/rooms/registry.ts";
import { type LevelStore, openStoreOn } from "../../../server/store/level-store.ts";
import type { RoomLog } from "../../../server/store/room-log.ts";
import type { Person } from "../../../shared/awareness.ts";
import type { Clock } from "../../../shared/clock.ts";
import type { RoomName, UserId } from "../../../shared/ids.ts";
import type { Random } from "../random.ts";
import { SimBinding, type SimDisk } from "./disk.ts";
import type { SimTime } from "./time.ts";

/** Ways to build a server that is wrong: what the harness is tested with. */
export interface Plants {
	readonly log?: (log: RoomLog, clock: Clock) => RoomLog;
	readonly wire?: (wire: Wire) => Wire;
	/** True where the n-th write is synced. */
	readonly isSyncing?: (writeCount: number) => boolean;
}

/** What a server is handed. */
export interface SimServerParts {
	readonly time: SimTime;
	readonly disk: SimDisk;
	readonly random: Random;
	readonly plants: Plants;
	/** Told what the server would write into its log as an error. */
	readonly report: (error: unknown) => void;
}

/** One process of the server, from start to end. */
export class SimServer {
	readonly #parts: SimServerParts;
	readonly #clock: Clock;
	#isAlive = true;
	#registry: Registry | null = null;
	#keeper: Keeper | null = null;
	#store: LevelStore | null = null;
	#log: RoomLog | null = null;
	readonly #sessions = new Set<Session>();
	#writeCount = 0;

	constructor(parts: SimServerParts) {
		this.#parts = parts;
		const { time } = parts;
		this.#clock = {
			now: () => time.now(),
			elapsed: () => time.elapsed(),
			after: (ms, run) =>
				time.after(ms, () => {
					if (this.#isAlive) run();
				}),
		};
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
		const { disk, random, plants, report } = this.#parts;
		const isSyncing = () => plants.isSyncing?.(this.#writeCount++) ?? true;
		const store = await openStoreOn({
			directory: "/simulated",
			clock,
			historyMs: 60_000,
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
			fold: async (stored) => foldStored(stored),
			// Small, so that runs compact and evict many times.
			limits: { tailBytesMax: 3_000, tailUpdatesMax: 25, restingTailBytesMax: 500 },
			report,
		});
		this.#registry = new Registry({
			log,
			clock,
			scheduler: { turn: (run) => void clock.after(0, run) },
			stamp: createStamps(clock),
			keeper: this.#keeper,
			limits: { roomIdleMs: 2_000, openRoomsMax: 100, membersPerRoomMax: 100 },
			observe: () => undefined,
			report,
		});
	}

	/** A client came; false where nobody listens. */
	accept(wire: Wire, room: RoomName, guest: Person & { readonly id: UserId }): boolean {
		const registry = this.#registry;
		if (registry === null || !this.#isAlive) return false;
		let leave: (() => void) | null = null;
		const session = new Session({
			wire: this.#parts.plants.wire?.(wire) ?? wire,
			clock: this.#clock,
			userId: guest.id,
			stamp: () => guest,
			frameRate: null,
			ended: () => {
				this.#sessions.delete(session);
				leave?.();
			},
		});
		this.#sessions.add(session);
		registry.enter(room, session).then(
			(entered) => {
				leave = () => registry.leave(entered, session);
				if (session.isClosed) leave();
				else session.enter(entered);
			},
			() => session.close("internal"),
		);
		return true;
	}

	/** kill -9: from this moment nothing of it happens any more. */
	kill(): void {
		this.#isAlive = false;
		this.#sessions.clear();
	}

	/** SIGTERM: writes what came, tells everybody, and ends. */
	async stop(): Promise<void> {
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
