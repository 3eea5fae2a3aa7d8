/** One socket's visit to a room: who came, where to, and how it ended. */
import type { Socket } from "node:net";
import type { WebSocket } from "ws";
import type { Person } from "../../shared/awareness.ts";
import type { Cancel, Millis } from "../../shared/clock.ts";
import { type FailureCode, toWeftError } from "../../shared/errors.ts";
import { anyone, type RoomName, type UserId } from "../../shared/ids.ts";
import type { Access } from "../auth/access.ts";
import type { Login } from "../auth/accounts.ts";
import { type Guest, markNamesake, stampAnyone } from "../auth/guest.ts";
import type { Registry } from "../rooms/registry.ts";
import type { Room } from "../rooms/room.ts";
import { Session, type SessionRules, type Visitor } from "./session.ts";
import { WebSocketWire } from "./wire.ts";

/** Timers are no longer: Node takes 24 days at most, and the wall clock may be set. */
const timerMsMax: Millis = 60 * 60 * 1000;

/** What is the same for all visits. */
export interface Desk {
	readonly registry: Registry;
	readonly rules: SessionRules;
	/** True for the name of somebody who signs in. */
	readonly isTaken: (name: string) => boolean;
	/** What somebody is in a room; asked when they come. */
	readonly access: Access;
	/** Told once, with why the server ended it; null where the client left. */
	ended(visit: Visit, code: FailureCode | null, detail?: string): void;
}

/** Who came, and where to. */
export interface Caller {
	readonly address: string;
	/** Null for clients without a sign of who they are. */
	readonly guest: Guest | null;
	/** What says who they are; null where nobody signed in. */
	readonly login: Login | null;
	/** A room's name, or what stands in a path in its place. */
	readonly name: string;
}

/** Who came to a room. */
export interface RoomCaller extends Caller {
	readonly name: RoomName;
}

/** Tells one client from another, for refusals. */
export function nameOfClient({ address, guest, name }: Omit<Caller, "login">): string {
	return `${address} ${guest?.id ?? ""} ${name}`;
}

/** A visit, from the upgrade to the end of the socket. */
export class Visit implements Visitor, RoomCaller {
	readonly session: Session;
	readonly address: string;
	readonly login: Login | null;
	readonly #desk: Desk;
	#cancelEnd: Cancel = () => undefined;
	#guest: Guest | null;
	#name: RoomName;
	/** Null until it is open. */
	#room: Room | null = null;

	constructor(socket: WebSocket, stream: Socket, caller: RoomCaller, desk: Desk) {
		this.address = caller.address;
		this.login = caller.login;
		this.#guest = caller.guest;
		this.#name = caller.name;
		this.#desk = desk;
		this.session = new Session(new WebSocketWire(socket, stream), this, desk.rules);
		if (this.login !== null) this.#endInTime(this.login);
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
		const { registry, access } = this.#desk;
		const entering = access(this).then((standing) => registry.enter(this.#name, session, standing));
		entering.then(
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
		const person = this.#guest ?? stampAnyone(claimed);
		const isNamesake = this.login === null && this.#desk.isTaken(person.name);
		return isNamesake ? markNamesake(person) : person;
	}

	/** See `Visitor.ended`. */
	ended(code: FailureCode | null, detail?: string): void {
		this.#cancelEnd();
		if (this.#room !== null) this.#desk.registry.leave(this.#room, this.session);
		this.#desk.ended(this, code, detail);
	}

	/** A login is over at its time, also in the middle of a word: what was typed stays theirs. */
	#endInTime(login: Login): void {
		const { clock } = this.#desk.rules;
		const leftMs = login.untilMs - clock.now();
		const waitMs = Math.min(Math.max(leftMs, 0), timerMsMax);
		this.#cancelEnd = clock.after(waitMs, () => {
			if (login.untilMs > clock.now()) this.#endInTime(login);
			else this.session.close(login.endsAs, "in its time");
		});
	}
}
