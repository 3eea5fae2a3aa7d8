/** Who stands before the doors of rooms and waits to be let in. In memory: who waits asks again. */
import type { Clock, Millis } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import type { RoomName, UserId } from "../../../shared/ids.ts";
import { knockMsMax, type Named } from "../../../shared/room-access.ts";

/** Most people before one door, and of these from one network: a class, but not everybody. */
const waitingMax = 200;
const fromNetworkMax = 50;
/** Most from one network before all doors: four classes of a school. */
const allFromNetworkMax = 200;
/** Most people before all doors: a few hundred bytes each. */
const allWaitingMax = 20_000;

interface Waiter extends Named {
	askedMs: Millis;
	readonly network: string;
}

/** See the head of this file. */
export class WaitingPeople {
	readonly #clock: Clock;
	/** Told of each room before which somebody came or went. */
	readonly #changed: (room: RoomName) => void;
	/** By room, then by id; who came first stands first. */
	readonly #doors = new Map<RoomName, Map<UserId, Waiter>>();
	/** How many wait from each network. */
	readonly #networks = new Map<string, number>();
	#count = 0;

	constructor(clock: Clock, changed: (room: RoomName) => void) {
		this.#clock = clock;
		this.#changed = changed;
	}

	/** Who waits there. */
	at(room: RoomName): Named[] {
		return Array.from(this.#doors.get(room)?.values() ?? [], ({ id, name }) => ({ id, name }));
	}

	/** What somebody who waits there is called. */
	nameOf(room: RoomName, id: UserId): string | null {
		return this.#doors.get(room)?.get(id)?.name ?? null;
	}

	/** Somebody asks, for the first time or again. @throws WeftError `server_full` */
	ask(room: RoomName, { id, name }: Named, network: string): void {
		const askedMs = this.#clock.elapsed();
		const door = this.#doors.get(room) ?? new Map<UserId, Waiter>();
		const known = door.get(id);
		if (known !== undefined) {
			known.askedMs = askedMs;
			return;
		}
		const isFull = door.size >= waitingMax || this.#count >= allWaitingMax;
		const fromNetwork = this.#networks.get(network) ?? 0;
		const isCrowd = fromNetwork >= allFromNetworkMax || countFrom(network, door) >= fromNetworkMax;
		if (isFull || isCrowd) throw new WeftError("server_full", "too many wait");
		this.#networks.set(network, fromNetwork + 1);
		door.set(id, { id, name, askedMs, network });
		this.#doors.set(room, door);
		this.#count++;
		this.#watch(room, id, knockMsMax);
		this.#changed(room);
	}

	/** Somebody waits no more: they were let in, or not. */
	drop(room: RoomName, id: UserId): void {
		const door = this.#doors.get(room);
		const waiter = door?.get(id);
		if (door === undefined || waiter === undefined) return;
		door.delete(id);
		this.#count--;
		const left = (this.#networks.get(waiter.network) ?? 1) - 1;
		if (left > 0) this.#networks.set(waiter.network, left);
		else this.#networks.delete(waiter.network);
		if (door.size === 0) this.#doors.delete(room);
		this.#changed(room);
	}

	/** Looks when they could be late; who asked meanwhile is looked at again. */
	#watch(room: RoomName, id: UserId, afterMs: Millis): void {
		this.#clock.after(afterMs, () => {
			const waiter = this.#doors.get(room)?.get(id);
			if (waiter === undefined) return;
			const leftMs = waiter.askedMs + knockMsMax - this.#clock.elapsed();
			if (leftMs > 0) this.#watch(room, id, leftMs);
			else this.drop(room, id);
		});
	}
}

function countFrom(network: string, door: ReadonlyMap<UserId, Waiter>): number {
	let count = 0;
	for (const waiter of door.values()) if (waiter.network === network) count++;
	return count;
}
