/** A Weft server in this process: real rooms, sessions and store over simulated time and disk. */

import type { Access } from "../../../server/auth/access.ts";
import type { Asker } from "../../../server/auth/rooms/room-rights.ts";
import { type Cleaned, cleanStored } from "../../../server/fold/clean/clean.ts";
import { foldStored } from "../../../server/fold/fold.ts";
import { type Desk, Visit } from "../../../server/gateway/visit.ts";
import { Watch } from "../../../server/gateway/watch.ts";
import type { Wire, WireEvents } from "../../../server/gateway/wire.ts";
import { Purges } from "../../../server/http/rooms/purge.ts";
import { standingOf } from "../../../server/rooms/access.ts";
import { Keeper } from "../../../server/rooms/keeper.ts";
import { createStamps } from "../../../server/rooms/members/roster.ts";
import type { SeatsObserver } from "../../../server/rooms/members/seats.ts";
import { Registry, type RegistryParts } from "../../../server/rooms/registry.ts";
import { promptCompression } from "../../../server/store/compress.ts";
import { gatherMsUsual } from "../../../server/store/group-commit.ts";
import { type LevelStore, openStoreOn } from "../../../server/store/level-store.ts";
import type { Records } from "../../../server/store/records.ts";
import type { RoomLog, Snapshot, StoredRoom } from "../../../server/store/room-log.ts";
import { type Cancel, type Clock, type Millis, wait } from "../../../shared/clock.ts";
import { failures } from "../../../shared/errors.ts";
import type { RoomName, UserId } from "../../../shared/ids.ts";
import { type PresenceEar, PresenceWatch } from "../checks/presence-watch.ts";
import { below, type Random } from "../random.ts";
import { Hall } from "../rights/hall.ts";
import type { Caller } from "../testbed.ts";
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
	/** Makes the beginning of the next epoch. */
	readonly clean?: (cleaned: Cleaned) => Cleaned;
	readonly rooms?: (parts: RegistryParts) => Rooms;
	/** What is said at the door, in a run with rights. */
	readonly access?: (access: Access) => Access;
	readonly records?: (records: Records) => Records;
}

/** The rooms of a server, as its sessions see them. */
export type Rooms = Pick<Registry, "enter" | "leave" | "drain" | "reconsider">;

/** Whoever comes without anything to show may everything that an editor may. */
const plainAccess: Access = async ({ name }) => {
	return { room: name, standing: standingOf("editor"), untilMs: null, presenterId: null };
};

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
	/** True where people have rights. */
	readonly hasRights: boolean;
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
	#hall: Hall | null = null;
	#purges: Purges | null = null;
	readonly #visits = new Set<Visit>();
	readonly #presence: PresenceWatch;
	#writeCount = 0;
	#isStopping = false;
	readonly #rules: Desk["rules"];
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
		return this.#visits.size;
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
			gatherMsMax: gatherMsUsual,
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
		const records = plants.records?.(store.records) ?? store.records;
		if (this.#parts.hasRights) this.#hall = await this.#openHall(records);
		if (!this.#isAlive) return;
		this.#keeper = new Keeper({
			log,
			records,
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
			scheduler: {
				turn: (run) => void clock.after(0, run),
				pause: (run) => void clock.after(0, run),
			},
			stamp: createStamps(clock),
			keeper: this.#keeper,
			limits: { roomIdleMs: idleMs, openRoomsMax: 100, docBytesMax: 0, membersPerRoomMax: 100 },
			observe: { ...this.#parts.observe, wrote: () => undefined },
			...(this.#hall !== null && {
				began: async (room, writer) => {
					if (!writer.mayOwn) return;
					const { name } = writer.stamp(null);
					await this.#hall?.rights.began(room, { id: writer.userId, name });
				},
			}),
			report,
		});
		this.#keeper.startSweeping();
		if (this.#hall !== null) this.#purges = this.#makePurges(this.#hall, { log, records });
	}

	/** A room is purged by who asks: as over HTTP. @throws as `Purges.byOwner` */
	async purge(asker: Asker): Promise<void> {
		await this.#purges?.byOwner(asker);
	}

	/** A simulated room has no files of photos. */
	#makePurges(
		{ rights }: Hall,
		store: { readonly log: RoomLog; readonly records: Records },
	): Purges {
		const { random, plants, report } = this.#parts;
		const uploads = {
			purge: (_: RoomName, work: () => Promise<void>) => work(),
			sweep: () => Promise.resolve(),
		};
		return new Purges({
			...{ ...store, rights, uploads, clock: this.#clock, reportError: report },
			// Only planted servers have other rooms, and those have no rights.
			registry: this.#registry as Registry,
			keeper: this.#keeper as Keeper,
			clean: async (stored) => {
				await wait(this.#clock, below(random, foldMsMax));
				const cleaned = cleanStored(stored, () => below(random, 2 ** 32));
				return plants.clean?.(cleaned) ?? cleaned;
			},
		});
	}

	/** Who people are here, and what they may do. */
	get hall(): Hall {
		if (this.#hall === null) throw new Error("this server knows no people");
		return this.#hall;
	}

	/** A guest signed in: as `Gateway.endGuest`. */
	endGuest(id: UserId): void {
		for (const { guest, login, session } of this.#visits) {
			if (login === null && guest?.id === id) session.close("stopping", "signed in");
		}
	}

	async #openHall(records: Records): Promise<Hall> {
		const { random } = this.#parts;
		const guests = () =>
			[...this.#visits].flatMap(({ guest, name }) => (guest ? { guest, name } : []));
		const hall = await Hall.open({
			records,
			clock: this.#clock,
			random: (size) => Uint8Array.from({ length: size }, () => below(random, 256)),
			room: {
				nameOf: (id) => guests().find(({ guest }) => guest.id === id)?.guest.name ?? null,
				here: (room) => guests().flatMap(({ guest, name }) => (name === room ? guest : [])),
				changed: (room) => this.#registry?.reconsider(room),
				knocked: (room) => {
					for (const visit of this.#visits) visit.knocked(room);
				},
			},
		});
		hall.accounts.onEnd((key) => {
			for (const { login, session } of this.#visits) {
				if (login?.key === key) session.close("signed_out");
			}
		});
		return hall;
	}

	/** A client came; false where nobody listens. */
	accept(wire: Wire, { user, room, pass }: Omit<Caller, "name">): boolean {
		const registry = this.#registry;
		if (registry === null || !this.#isAlive || this.#isStopping) return false;
		const shown = pass?.();
		if (shown === null) return false;
		const ear = this.#presence.open({ user, room });
		const guarded = this.#guard(this.#parts.plants.wire?.(wire) ?? wire, ear);
		const person = { id: user as UserId, name: user, color: "#112233" };
		const plain = { guest: person, login: null, refused: null };
		const { refused, guest, login } = shown === undefined ? plain : this.hall.identify(shown);
		if (refused !== null) {
			guarded.close(failures[refused].close, refused);
			return true;
		}
		const name = shown?.name ?? room;
		const access = shown === undefined ? plainAccess : this.hall.rights.admit;
		const visit = new Visit(
			guarded,
			{ address: "", guest, login, name },
			{
				// What a visit asks of it, rooms of planted servers have too.
				registry: registry as Registry,
				rules: this.#rules,
				isTaken: (taken) => this.#hall?.accounts.isTaken(taken) ?? false,
				access: this.#parts.plants.access?.(access) ?? access,
				mayBegin: () => true,
				newIds: null,
				ended: (ended) => this.#visits.delete(ended),
			},
		);
		this.#visits.add(visit);
		visit.enter();
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
					closed: () =>
						this.whenRunning(() => {
							this.#presence.close(ear);
							events.closed();
						}),
				});
			},
			send: (messages) => {
				ear.said(messages);
				wire.send(messages);
			},
			ping: () => wire.ping(),
			pause: () => wire.pause(),
			resume: () => wire.resume(),
			// Whom it sends away, it may say that they left.
			close: (code, reason) => {
				this.#presence.close(ear);
				wire.close(code, reason);
			},
			terminate: () => {
				this.#presence.close(ear);
				wire.terminate();
			},
		};
	}

	/** kill -9: from this moment nothing of it happens any more. */
	kill(): void {
		this.#isAlive = false;
		this.#visits.clear();
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
