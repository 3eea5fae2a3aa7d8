/** One socket's visit to a room: who came, where to, and how it ended. */
import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Person } from "../../shared/awareness.ts";
import { type FailureCode, toWeftError } from "../../shared/errors.ts";
import { anyone, type RoomName, type UserId } from "../../shared/ids.ts";
import { type Guest, stampAnyone } from "../auth/guest.ts";
import type { Registry } from "../rooms/registry.ts";
import type { Room } from "../rooms/room.ts";
import { Session, type SessionRules, type Visitor } from "./session.ts";
import { WebSocketWire } from "./wire.ts";

/** What is the same for all visits. */
export interface Desk {
	readonly registry: Registry;
	readonly rules: SessionRules;
	/** Told once, with why the server ended it; null where the client left. */
	ended(visit: Visit, code: FailureCode | null, detail?: string): void;
}

/** Who came, and where to. */
export interface Caller {
	readonly address: string;
	/** Null for clients without a sign of who they are. */
	readonly guest: Guest | null;
	/** A room's name, or what stands in a path in its place. */
	readonly name: string;
}

/** Who came to a room. */
export interface RoomCaller extends Caller {
	readonly name: RoomName;
}

/** Tells one client from another, for refusals. */
export function nameOfClient({ address, guest, name }: Caller): string {
	return `${address} ${guest?.id ?? ""} ${name}`;
}

/** A visit, from the upgrade to the end of the socket. */
export class Visit implements Visitor, RoomCaller {
	readonly session: Session;
	readonly address: string;
	readonly #desk: Desk;
	#guest: Guest | null;
	#name: RoomName;
	/** Null until it is open. */
	#room: Room | null = null;

	constructor(socket: WebSocket, stream: Socket, caller: RoomCaller, desk: Desk) {
		this.address = caller.address;
		this.#guest = caller.guest;
		this.#name = caller.name;
		this.#desk = desk;
		this.session = new Session(new WebSocketWire(socket, stream), this, desk.rules);
	}

	/** See `Visitor.userId`. */
	get userId(): UserId {
		return this.#guest?.id ?? anyone;
	}

	/** See `Caller.guest`. */
	get guest(): Guest | null {
		return this.#guest;
	}

	/** The room that was asked for. */
	get name(): RoomName {
		return this.#name;
	}

	/** Goes into the room when that is open. */
	enter(): void {
		const { session } = this;
		const { registry } = this.#desk;
		registry.enter(this.#name, session).then(
			(room) => {
				this.#room = room;
				this.#name = room.name; // One string for all who are there.
				if (session.isClosed) registry.leave(room, session);
				else session.enter(room);
			},
			(error: unknown) => {
				const { code, message } = toWeftError(error);
				session.close(code, message);
			},
		);
	}

	/** A guest has a new name or colour; it may be this one. */
	rename(guest: Guest): void {
		if (this.#guest?.id !== guest.id) return;
		this.#guest = guest;
		this.#room?.restamp(this.session);
	}

	/** See `Visitor.stamp`. */
	stamp(claimed: unknown): Person {
		return this.#guest ?? stampAnyone(claimed);
	}

	/** See `Visitor.ended`. */
	ended(code: FailureCode | null, detail?: string): void {
		if (this.#room !== null) this.#desk.registry.leave(this.#room, this.session);
		this.#desk.ended(this, code, detail);
	}
}
