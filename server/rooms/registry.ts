/**
 * All rooms in memory, at most one of each name at any time: who joins while a room is loaded or
 * let go of waits for that. Rooms in which nobody is leave memory after a while.
 */
import { type Cancel, type Clock, type Millis, wait } from "../../shared/clock.ts";
import { type FailureCode, WeftError } from "../../shared/errors.ts";
import type { RoomName } from "../../shared/ids.ts";
import { roomBytesMax } from "../../shared/limits.ts";
import type { RegistryLimits } from "../config.ts";
import type { RoomLog } from "../store/room-log.ts";
import { type Standing, standingOf } from "./access.ts";
import type { Written } from "./batch.ts";
import { Cold } from "./cold.ts";
import type { Relayed } from "./guard/owners.ts";
import type { Keeper } from "./keeper.ts";
import type { Member } from "./members/member.ts";
import type { SeatsObserver } from "./members/seats.ts";
import { Room, type RoomParts } from "./room.ts";
import type { Purge } from "./room-parts.ts";
import { type Scheduler, turnsOf } from "./scheduler.ts";

/** How long a stop waits for a room to fall silent; what came until then is still written. */
const settleMsMax: Millis = 1_000;

/** A doc that was written to within this stays, however much is in memory: it would come back. */
const docIdleMsMin: Millis = 10_000;

/** Counts what rooms do, for metrics. */
export interface RoomObserver extends SeatsObserver {
	/** A batch is on disk. */
	wrote(written: Written): void;
}

/** What the registry is handed. */
export interface RegistryParts {
	readonly log: RoomLog;
	readonly clock: Clock;
	readonly scheduler: Scheduler;
	readonly stamp: () => number;
	readonly keeper: Keeper;
	readonly limits: RegistryLimits;
	readonly observe: RoomObserver;
	/** Where given, the server heals: see `OwnersParts.healed`. */
	readonly healed?: (relayed: Relayed, room: RoomName) => void;
	/** Called before the first write of a guarded room; may be slow. */
	readonly began?: (room: RoomName, writer: Member) => Promise<void>;
	/** Told of rooms that had to be closed. */
	readonly report: (error: WeftError, room: RoomName) => void;
}

interface Slot {
	readonly opening: Promise<Room>;
	room: Room | null;
	cancelIdle: Cancel | null;
	closing: Promise<void> | null;
}

/** Every room in memory, by name. */
export class Registry {
	readonly #parts: RegistryParts;
	/** The same for every room: a closure less for each is memory for thousands of them. */
	readonly #roomParts: RoomParts;
	readonly #slots = new Map<RoomName, Slot>();
	/** Rooms with a doc, the one that was not written to for longest first. */
	readonly #docs = new Map<Room, { readonly sizeBytes: number; readonly usedMs: Millis }>();
	#docBytes = 0;
	#isDraining = false;

	constructor(parts: RegistryParts) {
		this.#parts = parts;
		this.#roomParts = this.#makeRoomParts(parts);
	}

	/** How many rooms are in memory. */
	get roomCount(): number {
		return this.#slots.size;
	}

	/** Bytes of writes that wait in all rooms. */
	get waitingBytes(): number {
		let bytes = 0;
		for (const { room } of this.#slots.values()) bytes += room?.waitingBytes ?? 0;
		return bytes;
	}

	/** How many sessions are in a room. */
	peopleIn(name: RoomName): number {
		return this.#slots.get(name)?.room?.memberCount ?? 0;
	}

	/** The rooms in memory, and how many sessions are in each. */
	peopleByRoom(): Map<RoomName, number> {
		return new Map(Array.from(this.#slots, ([name, { room }]) => [name, room?.memberCount ?? 0]));
	}

	/**
	 * Brings a session into its room, loading the room first where it is not in memory. `mayBegin`
	 * is asked where nobody is in it and nobody wrote in it yet.
	 *
	 * @throws WeftError `room_full`, `too_many_rooms`, `server_full`, `room_damaged`, `stopping`
	 */
	async enter(
		name: RoomName,
		member: Member,
		standing: Standing = standingOf("editor"),
		mayBegin: () => boolean = () => true,
	): Promise<Room> {
		return this.#use(name, (room, slot) => {
			if (room.memberCount >= this.#parts.limits.membersPerRoomMax) {
				throw new WeftError("room_full");
			}
			if (room.isNew && room.memberCount === 0 && !mayBegin()) {
				slot.closing ??= this.#close(name, slot, room);
				throw new WeftError("too_many_rooms");
			}
			slot.cancelIdle?.();
			slot.cancelIdle = null;
			room.join(member, standing);
			return room;
		});
	}

	/** Purges a room, loading it first where it is not in memory; see `Room.purge`. */
	async purge(name: RoomName, begin: Purge["begin"]): Promise<void> {
		await this.#use(name, (room) => room.purge(begin));
	}

	/** Hands out the room of that name at a moment at which it is open, and the only one. */
	async #use<Result>(
		name: RoomName,
		use: (room: Room, slot: Slot) => Result | Promise<Result>,
	): Promise<Result> {
		for (;;) {
			if (this.#isDraining) throw new WeftError("stopping");
			const slot = this.#slots.get(name) ?? this.#open(name);
			const room = await slot.opening;
			if (slot.closing !== null) {
				await slot.closing;
				continue;
			}
			if (this.#slots.get(name) === slot) return use(room, slot); // Else it failed meanwhile.
		}
	}

	/** A session left; the last one starts the clock that lets go of the room. */
	leave(room: Room, member: Member): void {
		room.leave(member);
		const slot = this.#slots.get(room.name);
		if (slot?.room !== room || room.memberCount > 0 || slot.cancelIdle !== null) return;
		this.#restEmpty(slot, room);
	}

	/** Who may do what in that room has changed: everybody there is looked at again. */
	reconsider(name: RoomName): void {
		this.#slots.get(name)?.room?.reconsider();
	}

	/** Finishes all writes, tells everybody to come back later, and closes every room. */
	async drain(code: FailureCode): Promise<void> {
		this.#isDraining = true;
		const closings = Array.from(this.#slots.values(), async (slot) => {
			const room = await slot.opening.catch(() => null); // Whoever opened it was told.
			if (room !== null) await this.#end(slot, room, code);
		});
		await Promise.all(closings);
	}

	/**
	 * Tells everybody in a room why, and lets go of it; what came until then is written. Who comes
	 * back finds it loaded anew. False where it is not in memory.
	 */
	async end(name: RoomName, code: FailureCode): Promise<boolean> {
		const slot = this.#slots.get(name);
		if (slot === undefined) return false;
		await this.#end(slot, await slot.opening, code);
		return true;
	}

	#open(name: RoomName): Slot {
		if (this.#slots.size >= this.#parts.limits.openRoomsMax) throw new WeftError("server_full");
		const opening = this.#load(name);
		const slot: Slot = { opening, room: null, cancelIdle: null, closing: null };
		this.#slots.set(name, slot);
		opening.then(
			(room) => {
				slot.room = room;
				this.#restEmpty(slot, room);
			},
			() => this.#slots.delete(name),
		);
		return slot;
	}

	#makeRoomParts({ log, clock, scheduler, stamp, ...parts }: RegistryParts): RoomParts {
		const { keeper, observe, healed = null, began, report } = parts;
		return {
			log,
			clock,
			scheduler,
			stamp,
			bytesMax: roomBytesMax,
			prepare: async (room, writer) => {
				// The owner first: one without a room does no harm, a room without one stays without.
				if (room.kind === "guarded") await began?.(room.name, writer);
				await keeper.prepare(room, writer);
			},
			woke: (room) => this.#used(room),
			wrote: (room, written) => {
				this.#used(room);
				keeper.wrote(room, written);
				observe.wrote(written);
			},
			observe,
			healed,
			failed: (room, error) => {
				if (this.#slots.get(room.name)?.room === room) this.#slots.delete(room.name);
				this.#forgetDoc(room);
				if (error.code !== "room_purged") report(error, room.name);
			},
		};
	}

	async #load(name: RoomName): Promise<Room> {
		const { log, keeper } = this.#parts;
		const [stored, kind] = await Promise.all([log.load(name), keeper.kindOf(name)]);
		keeper.opened(name, stored.tail);
		const cold = await Cold.open(stored, log, turnsOf(this.#parts));
		return new Room(name, cold, kind, this.#roomParts);
	}

	/** A doc was built or written to: where docs are too large, the oldest go. */
	#used(room: Room): void {
		const nowMs = this.#parts.clock.elapsed();
		this.#forgetDoc(room);
		this.#docs.set(room, { sizeBytes: room.sizeBytes, usedMs: nowMs });
		this.#docBytes += room.sizeBytes;
		for (const [oldest, { usedMs }] of this.#docs) {
			if (this.#docBytes <= this.#parts.limits.docBytesMax) return;
			if (nowMs - usedMs < docIdleMsMin) return;
			this.#forgetDoc(oldest);
			oldest.rest();
		}
	}

	#forgetDoc(room: Room): void {
		this.#docBytes -= this.#docs.get(room)?.sizeBytes ?? 0;
		this.#docs.delete(room);
	}

	#restEmpty(slot: Slot, room: Room): void {
		slot.cancelIdle = this.#parts.clock.after(this.#parts.limits.roomIdleMs, () => {
			slot.cancelIdle = null;
			if (room.memberCount > 0) return;
			slot.closing ??= this.#close(room.name, slot, room);
		});
	}

	async #end(slot: Slot, room: Room, code: FailureCode): Promise<void> {
		// In a room where people write on and on there is always something to write.
		await Promise.race([room.settled(), wait(this.#parts.clock, settleMsMax)]);
		room.closeMembers(code);
		slot.closing ??= this.#close(room.name, slot, room);
		await slot.closing;
	}

	async #close(name: RoomName, slot: Slot, room: Room): Promise<void> {
		slot.cancelIdle?.();
		try {
			await this.#parts.keeper.rest(room);
			await room.close();
		} finally {
			if (this.#slots.get(name) === slot) this.#slots.delete(name);
			this.#forgetDoc(room);
		}
	}
}
