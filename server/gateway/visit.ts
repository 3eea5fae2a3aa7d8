/** One socket's visit to a room: who came, where to, and how it ended. */
import type { StampedPerson } from "../../shared/awareness.ts";
import type { Cancel, Millis } from "../../shared/clock.ts";
import { type FailureCode, toWeftError } from "../../shared/errors.ts";
import { anyone, isAccountId, type RoomName, type UserId } from "../../shared/ids.ts";
import type { Access, Admitted } from "../auth/access.ts";
import type { Login } from "../auth/accounts.ts";
import { type Guest, markNamesake, stampAnyone } from "../auth/guest.ts";
import { isPlaced } from "../auth/host-token.ts";
import { isSameStanding, type Standing } from "../rooms/access.ts";
import type { Registry } from "../rooms/registry.ts";
import type { Room } from "../rooms/room.ts";
import type { NetworkRates } from "./network-rates.ts";
import { Session, type SessionRules, type Visitor } from "./session.ts";
import type { Wire } from "./wire.ts";

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
	/** Whether somebody may be the first in a room; asked once for each that they come to so. */
	readonly mayBegin: (caller: Pick<Caller, "address" | "login">) => boolean;
	/** Yjs client ids that each network may bring; null for as many as it likes. */
	readonly newIds: NetworkRates | null;
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
	#cancelLook: Cancel = () => undefined;
	#guest: Guest | null;
	#name: RoomName;
	/** Null until it is open. */
	#room: Room | null = null;
	#standing: Standing | null = null;
	#presenterId: UserId | null = null;
	/** How often it was looked up what they may: only the last look counts. */
	#lookCount = 0;

	constructor(wire: Wire, caller: RoomCaller, desk: Desk) {
		this.address = caller.address;
		this.login = caller.login;
		this.#guest = caller.guest;
		this.#name = caller.name;
		this.#desk = desk;
		this.session = new Session(wire, this, desk.rules);
		if (this.login !== null) this.#endInTime(this.login);
	}

	/** See `Visitor.userId`. */
	get userId(): UserId {
		return this.#guest?.id ?? anyone;
	}

	/** See `Member.mayOwn`. */
	get mayOwn(): boolean {
		return !isPlaced(this.login);
	}

	/** See `Author.accountName`. */
	get accountName(): string | null {
		return this.login !== null && isAccountId(this.login.person.id) ? this.login.person.name : null;
	}

	/** See `Claimer.mayClaim`. */
	mayClaim(count: number): boolean {
		return this.#desk.newIds?.take(this.address, count) ?? true;
	}

	/** See `Caller.guest`. */
	get guest(): Guest | null {
		return this.#guest;
	}

	/** What the client asked for: a room's name, or the alias of a link. */
	get name(): RoomName {
		return this.#name;
	}

	/** The room's own name, by whatever way they came; null until they are in it. */
	get room(): RoomName | null {
		return this.#room?.name ?? null;
	}

	/** Goes into the room when that is open. */
	enter(): void {
		this.#enter().catch((error: unknown) => this.#refuse(error));
	}

	/** See `Member.reconsider`. */
	reconsider(): void {
		this.#look().catch((error: unknown) => this.#refuse(error));
	}

	async #enter(): Promise<void> {
		const { session } = this;
		const { registry, access, mayBegin } = this.#desk;
		const { room: name, standing, presenterId } = await access(this);
		this.#standing = standing;
		this.#presenterId = presenterId;
		const room = await registry.enter(name, session, standing, () => mayBegin(this));
		if (session.isClosed) return registry.leave(room, session);
		this.#room = room;
		if (room.name === this.#name) this.#name = room.name; // One string for all who are there.
		// While the room was loaded something may have been decided, and while that is looked up too.
		while (!(await this.#look()));
		session.enter(room);
	}

	/** Looks up what they may do now, and holds them to it; false where a later look does that. */
	async #look(): Promise<boolean> {
		const lookIndex = ++this.#lookCount;
		const admitted = await this.#desk.access(this);
		if (lookIndex !== this.#lookCount) return false;
		if (!this.session.isClosed) this.#stand(admitted);
		return true;
	}

	#stand({ standing, untilMs, presenterId }: Admitted): void {
		const before = this.#standing;
		this.#standing = standing;
		const isSame = before !== null && isSameStanding(before, standing);
		if (!isSame) this.#room?.restand(this.session, standing);
		if (before?.role !== standing.role) this.#room?.restamp(this.session);
		const isPresenterNew = presenterId !== this.#presenterId;
		this.#presenterId = presenterId;
		if (standing.rights.manage || isPresenterNew) this.session.tellChanged();
		this.#cancelLook();
		if (untilMs !== null) this.#cancelLook = this.#at(untilMs, () => this.reconsider());
	}

	/** Others wait before the door of that room: who may manage it looks who. */
	knocked(room: RoomName): void {
		if (this.room === room && this.#standing?.rights.manage === true) this.session.tellChanged();
	}

	#refuse(error: unknown): void {
		const { code, message } = toWeftError(error);
		this.session.close(code, message);
	}

	/** A guest has a new name or colour; it may be this one. */
	rename(guest: Guest): void {
		if (this.#guest?.id !== guest.id) return;
		this.#guest = guest;
		this.#room?.restamp(this.session);
	}

	/** See `Visitor.stamp`. */
	stamp(claimed: unknown): StampedPerson {
		const person = this.#guest ?? stampAnyone(claimed);
		const isNamesake = this.login === null && this.#desk.isTaken(person.name);
		const shown = isNamesake ? markNamesake(person) : person;
		const { role = "editor" } = this.#standing ?? {};
		return role === "editor" ? shown : { ...shown, role };
	}

	/** See `Visitor.ended`. */
	ended(code: FailureCode | null, detail?: string): void {
		this.#cancelEnd();
		this.#cancelLook();
		if (this.#room !== null) this.#desk.registry.leave(this.#room, this.session);
		this.#desk.ended(this, code, detail);
	}

	/** A login is over at its time, also in the middle of a word: what was typed stays theirs. */
	#endInTime({ untilMs, endsAs }: Login): void {
		this.#cancelEnd = this.#at(untilMs, () => this.session.close(endsAs, "in its time"));
	}

	/** Calls `run` when the wall clock shows that time, however far it is. */
	#at(timeMs: Millis, run: () => void): Cancel {
		const { clock } = this.#desk.rules;
		let cancel: Cancel = () => undefined;
		const wait = (): void => {
			const leftMs = timeMs - clock.now();
			cancel = clock.after(Math.min(Math.max(leftMs, 0), timerMsMax), () => {
				if (timeMs > clock.now()) wait();
				else run();
			});
		};
		wait();
		return () => cancel();
	}
}
