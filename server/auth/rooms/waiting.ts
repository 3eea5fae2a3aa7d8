/** Who stands before the doors of rooms and waits to be let in. In memory: who waits asks again. */
import type { Clock, Millis } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import type { RoomName, UserId } from "../../../shared/ids.ts";
import { knockMsMax, type Named } from "../../../shared/room-access.ts";

/** Most people before one door, and doors with people before them. */
const waitingMax = 100;
const doorsMax = 1_000;

interface Waiter extends Named {
	askedMs: Millis;
}

/** See the head of this file. */
export class WaitingPeople {
	readonly #clock: Clock;
	/** Told of each room where somebody came or went. */
	readonly #changed: (room: RoomName) => void;
	/** By room, then by id; who came first stands first. */
	readonly #doors = new Map<RoomName, Map<UserId, Waiter>>();

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
	ask(room: RoomName, { id, name }: Named): void {
		const askedMs = this.#clock.elapsed();
		const door = this.#doorOf(room);
		const known = door.get(id);
		if (known !== undefined) {
			known.askedMs = askedMs;
			return;
		}
		if (door.size >= waitingMax) throw new WeftError("server_full", "too many wait");
		door.set(id, { id, name, askedMs });
		this.#watch(room, id, knockMsMax);
		this.#changed(room);
	}

	/** Somebody waits no more: they were let in, or not. */
	drop(room: RoomName, id: UserId): void {
		const door = this.#doors.get(room);
		if (door?.delete(id) !== true) return;
		if (door.size === 0) this.#doors.delete(room);
		this.#changed(room);
	}

	#doorOf(room: RoomName): Map<UserId, Waiter> {
		const held = this.#doors.get(room);
		if (held !== undefined) return held;
		if (this.#doors.size >= doorsMax) throw new WeftError("server_full", "too many wait");
		const door = new Map<UserId, Waiter>();
		this.#doors.set(room, door);
		return door;
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
