/**
 * Who may come into which room, what they are there, and who may change that. What is decided is on
 * disk before it holds; then everybody who is in the room is looked at again.
 */
import type { Clock, Millis } from "../../../shared/clock.ts";
import { type FailureCode, WeftError } from "../../../shared/errors.ts";
import {
	anyone,
	isUnguessable,
	type LinkId,
	nobody,
	probeRoom,
	type RoomName,
	type UserId,
} from "../../../shared/ids.ts";
import { acts, rightsIn } from "../../../shared/roles.ts";
import {
	type AuditEntry,
	type Doer,
	type Knocked,
	linkIn,
	type ManagedAccess,
	type Named,
	type RoomAccess,
} from "../../../shared/room-access.ts";
import { InTurn } from "../../in-turn.ts";
import { putNewest } from "../../newest.ts";
import type { AccessRecord, Records } from "../../store/records.ts";
import type { Access, Admitted, Entrant } from "../access.ts";
import type { Accounts } from "../accounts.ts";
import { isPlaced } from "../host-token.ts";
import { type Comer, isLive, memberOf, openAccess, type Placement, placeOf } from "./admit.ts";
import { auditMax, type Doing, type Done, lineOf } from "./changes.ts";
import { WaitingPeople } from "./waiting.ts";

/** Rooms whose access is kept in memory, and links whose room is. */
const heldMax = 10_000;

/** What the rights of all rooms are made of. */
export interface RoomRightsParts {
	readonly records: Records;
	readonly accounts: Pick<Accounts, "formerOf" | "idsOf">;
	readonly clock: Clock;
	/** Who may begin rooms; to others one that is not there is one that they may not enter. */
	readonly roomMakers: "anyone" | "members";
	/** What somebody who is here, or has an account, is called; null where nobody knows. */
	readonly nameOf: (id: UserId) => string | null;
	/** Who is in a room because its own name lets them, and can be told from others. */
	readonly here: (room: RoomName) => readonly Named[];
	/** Told of a room where something is decided otherwise now. */
	readonly changed: (room: RoomName) => void;
	/** Told of a room before whose door others wait: that concerns who may manage it. */
	readonly knocked: (room: RoomName) => void;
}

/** Who asks over HTTP: who they are, what they are called, and which room they named. */
export interface Asker extends Entrant {
	readonly person: Named;
	/** The network that they ask from; see `networkOf`. */
	readonly network: string;
}

/** A room as somebody sees it in a list. */
export interface Seen extends Admitted {
	/** Null where it is not in the bin. */
	readonly binnedAtMs: Millis | null;
}

/** Begins a room's next epoch, and writes this trail with it. */
export type PurgeRoom = (room: RoomName, trail: readonly AuditEntry[]) => Promise<void>;

/** Who runs the server, in a trail. */
const operator: Named = { id: nobody, name: "" };

/** See the head of this file. */
export class RoomRights {
	readonly #parts: RoomRightsParts;
	readonly #waiting: WaitingPeople;
	/** Null for rooms about which nothing was decided. */
	readonly #held = new Map<RoomName, AccessRecord | null>();
	/** Where links lead: a change must hold for who came by one before it is answered. */
	readonly #linked = new Map<LinkId, RoomName>();
	/** Changes of one room are made one after another. */
	readonly #turns = new InTurn<RoomName>();

	constructor(parts: RoomRightsParts) {
		this.#parts = parts;
		this.#waiting = new WaitingPeople(parts.clock, parts.knocked);
	}

	/** See `Access`. */
	readonly admit: Access = async (entrant) => {
		return admittedOf(await this.#find(entrant));
	};

	/**
	 * The same for a list, with when the room was put into the bin; null for who may not come in
	 * now. A room that nobody asks for is not kept for it.
	 */
	async see(entrant: Entrant): Promise<Seen | null> {
		try {
			const found = await this.#find(entrant, (room) => this.#peek(room));
			return { ...admittedOf(found), binnedAtMs: found.access.binnedAtMs };
		} catch (error) {
			if (isDoor(error)) return null;
			throw error;
		}
	}

	/** The rooms that somebody owns, or was given a role in. @throws what the records throw */
	async roomsOf(userId: UserId): Promise<RoomName[]> {
		const ids: Comer["ids"] = [userId, ...this.#parts.accounts.formerOf(userId)];
		const rooms: RoomName[] = [];
		for await (const access of this.#parts.records.accesses()) {
			const isOwner = access.owner !== null && ids.includes(access.owner.id);
			const role = memberOf(access, ids)?.role ?? null;
			if (isOwner || (role !== null && role !== "out")) rooms.push(access.room);
		}
		return rooms;
	}

	/** What who asks may see of a room's access. @throws as `Access` */
	async describe(asker: Entrant): Promise<RoomAccess> {
		const { access, place } = await this.#find(asker);
		const { standing, isMuted } = place;
		const isFree = standing.rights.manage ? false : await this.#isFree(asker, access);
		const kind = (await this.#parts.records.room(access.room))?.kind ?? "guarded";
		const rights = rightsIn(kind, standing.rights);
		return {
			role: standing.role,
			acts: acts.filter((act) => rights[act]),
			isMuted,
			presenter: access.presenter,
			isTalkOpen: access.isTalkOpen,
			entry: access.entry,
			isFree,
			binnedAtMs: access.binnedAtMs,
			managed: standing.rights.manage ? this.#manage(access) : null,
		};
	}

	/**
	 * Changes a room's access, for who may.
	 *
	 * @throws WeftError `not_allowed`; as `Access`, as the act, and what the store throws
	 */
	async change(asker: Asker, act: (doing: Doing) => Done): Promise<AccessRecord> {
		const { room } = await this.admit(asker);
		return this.#turns.run(room, async () => {
			const doing = await this.#doingOf(asker);
			const own = doing.owned ? [lineOf(doing, "own", null)] : [];
			const { access, lines } = act(doing);
			if (lines.length > 0) await this.#put(access, [...own, ...lines]);
			return access;
		});
	}

	/**
	 * Purges a room, for who may manage it. `purge` is handed the room and its next trail, which it
	 * puts into the very write that purges.
	 *
	 * @throws WeftError `not_allowed`; as `Access`, and what `purge` throws
	 */
	async purge(asker: Entrant & Pick<Asker, "person">, purge: PurgeRoom): Promise<void> {
		const { room, standing } = await this.admit(asker);
		if (!standing.rights.manage) throw new WeftError("not_allowed");
		await this.#turns.run(room, async () => {
			const { standing: now } = await this.admit(asker);
			if (!now.rights.manage) throw new WeftError("not_allowed");
			await this.#purgeAs(room, asker.person, purge);
		});
	}

	/** The same, for who runs the server. @throws what `purge` throws */
	async purgeByOperator(room: RoomName, purge: PurgeRoom): Promise<void> {
		await this.#turns.run(room, () => this.#purgeAs(room, operator, purge));
	}

	async #purgeAs(room: RoomName, by: Named, purge: PurgeRoom): Promise<void> {
		const { records, clock, changed } = this.#parts;
		const line = lineOf({ by, nowMs: clock.now() }, "purge", null);
		await purge(room, [...(await records.audit(room)), line].slice(-auditMax));
		changed(room);
	}

	/** The trail of a room, the newest line first, for who may manage it. @throws as `change` */
	async audit(asker: Entrant): Promise<AuditEntry[]> {
		const { room, standing } = await this.admit(asker);
		if (!standing.rights.manage) throw new WeftError("not_allowed");
		return [...(await this.#parts.records.audit(room))].reverse();
	}

	/** Somebody asks to be let in. @throws as `Access`, `server_full` */
	async knock(asker: Asker): Promise<Knocked> {
		try {
			const { room } = await this.admit(asker);
			this.#waiting.drop(room, asker.userId);
			return { state: "in" };
		} catch (error) {
			if (!isDoor(error)) throw error;
			if (error.code !== "must_knock") return { state: "out" };
			this.#waiting.ask(asker.name, asker.person, asker.network);
			return { state: "waiting" };
		}
	}

	/**
	 * Somebody made the room by a button: it is theirs, where nobody owns it and nobody wrote in it.
	 * A name that others can guess is not made so: there who writes first owns.
	 *
	 * @throws as `Access`, and what the store throws
	 */
	async claim(asker: Asker): Promise<void> {
		const { room } = await this.admit(asker);
		if (room !== asker.name || !isUnguessable(room)) return;
		await this.#turns.run(room, async () => {
			const { access } = await this.#find(asker);
			if (!(await this.#isFree(asker, access))) return;
			const { id, name } = asker.person;
			const line = lineOf({ by: { id, name }, nowMs: this.#parts.clock.now() }, "own", null);
			await this.#put({ ...access, owner: { id, name } }, [line]);
		});
	}

	/** Somebody writes first in a room of the app: it is theirs, unless it is somebody's. */
	async began(room: RoomName, person: Named): Promise<void> {
		if (person.id === anyone || room === probeRoom) return;
		await this.#turns.run(room, async () => {
			const access = (await this.#load(room)) ?? openAccess(room);
			if (access.owner !== null) return;
			const line = lineOf({ by: person, nowMs: this.#parts.clock.now() }, "own", null);
			await this.#put({ ...access, owner: person }, [line]);
		});
	}

	async #find(entrant: Entrant, load = (room: RoomName) => this.#load(room)): Promise<Found> {
		const { accounts, clock } = this.#parts;
		const { userId, login } = entrant;
		const linkId = linkIn(entrant.name);
		const room = linkId === null ? entrant.name : await this.#roomBehind(linkId);
		const known = await load(room);
		if (known === null && !(await this.#mayBegin(room, entrant))) throw new WeftError("no_entry");
		const access = known ?? openAccess(room);
		const ids: Comer["ids"] = [userId, ...accounts.formerOf(userId)];
		return { access, place: placeOf(access, { ids, login, linkId, nowMs: clock.now() }) };
	}

	/** Whether somebody may come where nothing was decided: to a room that is there, or a new one. */
	async #mayBegin(room: RoomName, { login }: Entrant): Promise<boolean> {
		const { records, roomMakers } = this.#parts;
		if (roomMakers === "anyone" || login !== null || room === probeRoom) return true;
		return (await records.room(room)) !== null;
	}

	/** One that never was is answered as one that is over. Where a link leads never changes. */
	async #roomBehind(linkId: LinkId): Promise<RoomName> {
		const room = this.#linked.get(linkId) ?? (await this.#parts.records.linkedRoom(linkId));
		if (room === null) throw new WeftError("link_over");
		putNewest(this.#linked, linkId, room, heldMax);
		return room;
	}

	/** Whether who asks may make the room theirs: nobody wrote in it, and nobody owns it. */
	async #isFree(entrant: Entrant, { room, owner }: AccessRecord): Promise<boolean> {
		if (owner !== null || room === probeRoom || entrant.userId === anyone) return false;
		if (isPlaced(entrant.login)) return false;
		return (await this.#parts.records.room(room)) === null;
	}

	/** For who may manage the room now, or may make it theirs by this. */
	async #doingOf(asker: Asker): Promise<Doing & { readonly owned: boolean }> {
		const { access, place } = await this.#find(asker);
		const isOwned = !place.standing.rights.manage;
		if (isOwned && !(await this.#isFree(asker, access))) throw new WeftError("not_allowed");
		const ids: readonly UserId[] = [asker.userId, ...this.#parts.accounts.formerOf(asker.userId)];
		const isOwner = access.owner !== null && ids.includes(access.owner.id);
		const isOperator = asker.login?.isAdmin === true && !isOwner;
		const by: Doer = { ...asker.person, ...(isOperator && { isOperator }) };
		const nameOf = (id: UserId) =>
			this.#waiting.nameOf(access.room, id) ?? this.#parts.nameOf(id) ?? "";
		const owned = isOwned ? { ...access, owner: { id: by.id, name: by.name } } : access;
		const { accounts, clock } = this.#parts;
		const here = () => this.#parts.here(access.room);
		const idsOf = (id: UserId) => accounts.idsOf(id);
		return { access: owned, by, nowMs: clock.now(), nameOf, here, idsOf, owned: isOwned };
	}

	#manage(access: AccessRecord): ManagedAccess {
		const { owner, members, links, least, room } = access;
		const live = links.filter((link) => isLive(link, this.#parts.clock.now()));
		return { owner, members, links: live, least, waiting: this.#waiting.at(room) };
	}

	/** Everything in one turn, and so in one write. */
	async #put(access: AccessRecord, lines: readonly AuditEntry[]): Promise<void> {
		const { records } = this.#parts;
		const { room } = access;
		const known = this.#held.get(room)?.links ?? [];
		const made = access.links.filter(({ id }) => !known.some((link) => link.id === id));
		const trail = lines.length === 0 ? null : [...(await records.audit(room)), ...lines];
		await Promise.all([
			...made.map(({ id }) => records.putLink(id, room)),
			records.putAccess(access),
			trail && records.putAudit(room, trail.slice(-auditMax)),
		]);
		this.#hold(room, access);
		for (const { id, role } of access.members) {
			if (role !== null) this.#waiting.drop(room, id);
		}
		this.#parts.changed(room);
	}

	async #load(room: RoomName): Promise<AccessRecord | null> {
		const access = await this.#peek(room);
		return this.#hold(room, this.#held.get(room) ?? access);
	}

	async #peek(room: RoomName): Promise<AccessRecord | null> {
		const held = this.#held.get(room);
		if (held !== undefined) return held;
		const stored = await this.#parts.records.access(room);
		// Meanwhile it may have been read by others, and changed.
		return this.#held.get(room) ?? stored;
	}

	#hold(room: RoomName, access: AccessRecord | null): AccessRecord | null {
		putNewest(this.#held, room, access, heldMax);
		return access;
	}
}

interface Found {
	readonly access: AccessRecord;
	readonly place: Placement;
}

function admittedOf({ access: { room, presenter }, place }: Found): Admitted {
	const { standing, untilMs } = place;
	return { room, standing, untilMs, presenterId: presenter?.id ?? null };
}

/** Why somebody is kept at a door. */
const doors: readonly FailureCode[] = [
	"no_entry",
	"must_knock",
	"put_out",
	"link_over",
	"room_binned",
];

function isDoor(error: unknown): error is WeftError {
	return error instanceof WeftError && doors.includes(error.code);
}
