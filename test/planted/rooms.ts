/** Servers whose rooms are wrong: who is in which, when they end, what joiners are told. */
import * as Y from "yjs";
import type { Plants, Rooms } from "../../scripts/converge/sim/server.ts";
import type { Member } from "../../server/rooms/members/member.ts";
import { Registry, type RegistryParts } from "../../server/rooms/registry.ts";
import type { Room } from "../../server/rooms/room.ts";
import { readUpdate } from "../../server/rooms/update-reader.ts";
import { wait } from "../../shared/clock.ts";
import type { FailureCode } from "../../shared/errors.ts";
import type { RoomName } from "../../shared/ids.ts";
import { encodeStep2 } from "../../shared/protocol.ts";
import { replace } from "./wrap.ts";

/** Unloads a room some time after its last one left, also where somebody has come since. */
export function unloadsWhileJoining(): Plants {
	return { rooms: (parts) => new HastyRooms(parts) };
}

/** Takes what comes under any client id. */
export function acceptsForgedClients(): Plants {
	return {
		rooms: (parts) => new Registry({ ...parts, healed: () => undefined }),
		// A healing server claims nothing; this one means to know whose everything is.
		log: (log) =>
			replace(log, {
				append: (room, { atMs, updates }) => {
					const claiming = updates.map((update) => {
						const claims = readUpdate(update.bytes).clients.map(({ client }) => client);
						return { ...update, claims };
					});
					return log.append(room, { atMs, updates: claiming });
				},
			}),
	};
}

/** While it stops, still takes writes and calls them saved, and writes them no more. */
export function losesTheLastBatch(): Plants {
	let isStopping = false;
	return {
		log: (log) => {
			isStopping = false;
			return replace(log, {
				append: async (room, batch) => {
					if (!isStopping) await log.append(room, batch);
				},
			});
		},
		rooms: (parts) => {
			const rooms = new Registry(parts);
			return replace<Rooms>(rooms, {
				drain: async (code) => {
					isStopping = true;
					await wait(parts.clock, 60);
					await rooms.drain(code);
				},
			});
		},
	};
}

/** Answers joiners at once, with what is on its way to the disk. */
export function answersBeforeWrite(): Plants {
	return {
		rooms: (parts) =>
			new WrappedRooms(parts, (room) => ({
				answer: (asker: Member, stateVector: Uint8Array) => {
					const { doc } = room;
					if (doc !== null) asker.send([encodeStep2(Y.encodeStateAsUpdate(doc, stateVector))]);
					room.answer(asker, stateVector);
				},
			})),
	};
}

/** Leaves out updates for who reads slowly, and forgets about it. */
export function neverCatchesUp(): Plants {
	return { rooms: (parts) => new WrappedRooms(parts, () => ({ catchUp: () => undefined })) };
}

/** Leaves out awareness for who reads slowly, and forgets about it. */
export function neverTellsPresence(): Plants {
	return { rooms: (parts) => new WrappedRooms(parts, () => ({ tellPresence: () => undefined })) };
}

/** Its awareness clocks go back with the wall clock. */
export function stampsByWallClock(): Plants {
	return { rooms: (parts) => new Registry({ ...parts, stamp: () => parts.clock.now() }) };
}

/** How long an empty room stays. */
const idleMs = 100;

type Entering = Parameters<Registry["enter"]>;

class HastyRooms implements Rooms {
	readonly #parts: RegistryParts;
	readonly #homes = new WeakMap<Room, Registry>();
	#current: Registry;

	constructor(parts: RegistryParts) {
		this.#parts = parts;
		this.#current = new Registry(parts);
	}

	async enter(...entering: Entering): Promise<Room> {
		const home = this.#current;
		const room = await home.enter(...entering);
		this.#homes.set(room, home);
		return room;
	}

	leave(room: Room, member: Member): void {
		this.#homes.get(room)?.leave(room, member);
		if (room.memberCount > 0) return;
		this.#parts.clock.after(idleMs, () => {
			void room.close();
			this.#current = new Registry(this.#parts);
		});
	}

	reconsider(name: RoomName): void {
		this.#current.reconsider(name);
	}

	drain(code: FailureCode): Promise<void> {
		return this.#current.drain(code);
	}
}

/** Rooms of which some methods are others. */
class WrappedRooms implements Rooms {
	readonly #rooms: Registry;
	readonly #methodsOf: (room: Room) => Partial<Room>;
	readonly #real = new WeakMap<Room, Room>();

	constructor(parts: RegistryParts, methodsOf: (room: Room) => Partial<Room>) {
		this.#rooms = new Registry(parts);
		this.#methodsOf = methodsOf;
	}

	async enter(...entering: Entering): Promise<Room> {
		const room = await this.#rooms.enter(...entering);
		const wrapped = replace(room, this.#methodsOf(room));
		this.#real.set(wrapped, room);
		return wrapped;
	}

	leave(room: Room, member: Member): void {
		this.#rooms.leave(this.#real.get(room) ?? room, member);
	}

	reconsider(name: RoomName): void {
		this.#rooms.reconsider(name);
	}

	drain(code: FailureCode): Promise<void> {
		return this.#rooms.drain(code);
	}
}
