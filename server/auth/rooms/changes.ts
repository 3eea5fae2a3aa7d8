/** What who may manage a room does with it: to its next access, and to its trail. */
import { type SurfaceName, surfaceNames } from "../../../shared/awareness.ts";
import type { Millis } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import { anyone, type LinkId, nobody, type UserId } from "../../../shared/ids.ts";
import type { Role } from "../../../shared/roles.ts";
import type {
	AccessChange,
	AuditAct,
	AuditEntry,
	Doer,
	Entry,
	MemberChange,
	Named,
	NewLink,
	RoomLink,
	RoomMember,
} from "../../../shared/room-access.ts";
import type { AccessRecord } from "../../store/records.ts";
import { type Comer, isLive, memberOf } from "./admit.ts";

/** Most people of a room about whom something is decided. */
const membersMax = 1_000;

/** Most links of a room that hold. */
const linksMax = 100;

/** Lines of a room's trail that are kept. */
export const auditMax = 1_000;

/** What an act does to a room's access, and the lines that it adds to the trail. */
export interface Done {
	readonly access: AccessRecord;
	readonly lines: readonly AuditEntry[];
}

/** Who does something to a room, and when. */
export interface Doing {
	readonly access: AccessRecord;
	readonly by: Doer;
	readonly nowMs: Millis;
	/** What somebody is called; empty where nobody knows. */
	readonly nameOf: (id: UserId) => string;
	/** Who is in the room now because its address lets them. */
	readonly here: () => readonly Named[];
	/** All ids of a person: that of now, then those that they went by before they signed in. */
	readonly idsOf: (id: UserId) => Comer["ids"];
}

/** Changes what is named. */
export function changeAccess(doing: Doing, change: AccessChange): Done {
	const { entry, least } = change;
	let { access } = doing;
	const lines: AuditEntry[] = [];
	if (entry !== undefined && entry !== access.entry) {
		access = { ...access, entry, members: membersAt(entry, doing) };
		lines.push(lineOf(doing, "entry", null, entry));
	}
	for (const surface of surfaceNames) {
		const role = least?.[surface];
		if (role === undefined || role === (access.least[surface] ?? null)) continue;
		access = { ...access, least: withLeast(access.least, surface, role) };
		lines.push(lineOf(doing, "least", null, role === null ? surface : `${surface} ${role}`));
	}
	const presented = changePresenting({ ...doing, access }, change);
	return { access: presented.access, lines: [...lines, ...presented.lines] };
}

function changePresenting(doing: Doing, { presenter, isTalkOpen }: AccessChange): Done {
	let { access } = doing;
	const lines: AuditEntry[] = [];
	if (presenter !== undefined && presenter !== (access.presenter?.id ?? null)) {
		const named = presenter === null ? null : { id: presenter, name: doing.nameOf(presenter) };
		access = { ...access, presenter: named };
		lines.push(lineOf(doing, "present", named));
	}
	if (isTalkOpen !== undefined && isTalkOpen !== access.isTalkOpen) {
		access = { ...access, isTalkOpen };
		lines.push(lineOf(doing, "talk", null, isTalkOpen ? "open" : "closed"));
	}
	return { access, lines };
}

/** Where new arrivals are to wait from now on, who is in already stays what they are. */
function membersAt(next: Entry, { access, here, idsOf }: Doing): readonly RoomMember[] {
	const { entry, owner } = access;
	let { members } = access;
	if (next !== "knock" || entry === "knock" || entry === "closed") return members;
	for (const { id, name } of here()) {
		const ids = idsOf(id);
		const known = memberOf({ members }, ids);
		const isSpare = members.length < membersMax || known !== null;
		if (isOneOf(ids, owner) || (known !== null && known.role !== null) || !isSpare) continue;
		const before = known ?? { name, isMuted: false };
		members = [...others(members, ids), { ...before, id: ids[0], role: entry }];
	}
	return members;
}

function isOneOf(ids: Comer["ids"], person: Named | null): boolean {
	return person !== null && ids.includes(person.id);
}

function withLeast(
	least: AccessRecord["least"],
	surface: SurfaceName,
	role: Role | null,
): AccessRecord["least"] {
	const { [surface]: _before, ...kept } = least;
	return role === null ? kept : { ...kept, [surface]: role };
}

/**
 * Decides about somebody; what was decided about the guest that they were goes over to them.
 *
 * @throws WeftError `bad_request` about the owner, whom nobody demotes; `room_full` with too many
 */
export function decide(doing: Doing, about: UserId, change: MemberChange): Done {
	const { access } = doing;
	const ids = doing.idsOf(about);
	const [id] = ids;
	if (isOneOf(ids, access.owner)) throw new WeftError("bad_request", "the owner stays the owner");
	const known = memberOf(access, ids);
	if (known === null && access.members.length >= membersMax) {
		throw new WeftError("room_full", "members");
	}
	const before: RoomMember = known ?? { id, name: "", role: null, isMuted: false };
	const name = doing.nameOf(id) || before.name;
	const after: RoomMember = { ...before, id, name, ...change };
	const members = [...others(access.members, ids), after];
	const isPresenterOut = after.role === "out" && isOneOf(ids, access.presenter);
	const presenter = isPresenterOut ? null : access.presenter;
	return { access: { ...access, presenter, members }, lines: decisionLines(doing, before, after) };
}

function decisionLines(doing: Doing, before: RoomMember, after: RoomMember): AuditEntry[] {
	const { id, name, role, isMuted } = after;
	const lines: AuditEntry[] = [];
	if (role !== before.role) lines.push(lineOf(doing, "member", { id, name }, role ?? ""));
	if (isMuted !== before.isMuted) {
		lines.push(lineOf(doing, isMuted ? "mute" : "unmute", { id, name }));
	}
	return lines;
}

/**
 * Makes somebody else the owner. Who was it is an editor of the room from then on; what was decided
 * about the new one is forgotten.
 *
 * @throws WeftError `not_allowed` for who only helps the owner to manage; `bad_request` about who
 * was put out, or cannot be told from others; `not_found` about somebody whom nobody knows
 */
export function handOver(doing: Doing, about: UserId): Done {
	const { access, by } = doing;
	const { owner } = access;
	const mayGive = owner === null || by.isOperator === true || isOneOf(doing.idsOf(by.id), owner);
	if (!mayGive) throw new WeftError("not_allowed", "only the owner hands the room over");
	const ids = doing.idsOf(about);
	if (isOneOf(ids, owner)) return { access, lines: [] };
	const to = newOwner(doing, ids);
	const left = others(access.members, ids);
	return {
		access: { ...access, owner: to, members: owner === null ? left : asEditor(doing, left, owner) },
		lines: [lineOf(doing, "hand", to)],
	};
}

/** @throws as `handOver` */
function newOwner({ access, nameOf }: Doing, ids: Comer["ids"]): Named {
	const [id] = ids;
	const known = memberOf(access, ids);
	const isOut = known?.role === "out";
	if (id === anyone || id === nobody || isOut) throw new WeftError("bad_request", "no owner");
	const name = nameOf(id) || (known?.name ?? "");
	// Nobody could ever take a room back from an id that was made up.
	if (name === "" && known === null) throw new WeftError("not_found", "nobody knows them");
	return { id, name };
}

/** Whoever owned the room stays in it, whatever its address gives. */
function asEditor(
	{ idsOf }: Doing,
	members: readonly RoomMember[],
	{ id, name }: Named,
): readonly RoomMember[] {
	const kept = others(members, idsOf(id));
	if (kept.length >= membersMax) throw new WeftError("room_full", "members");
	return [...kept, { id, name, role: "editor", isMuted: false }];
}

/** Puts out all of them, with one line. The owner is not among them. @throws as `decide` */
export function putAllOut(doing: Doing, people: readonly Named[]): Done {
	let { access } = doing;
	if (people.length === 0) return { access, lines: [] };
	for (const { id } of people) ({ access } = decide({ ...doing, access }, id, { role: "out" }));
	return { access, lines: [lineOf(doing, "kick", null, String(people.length))] };
}

/** Forgets what was decided about somebody. @throws WeftError `not_found` */
export function forget(doing: Doing, about: UserId): Done {
	const { access } = doing;
	const ids = doing.idsOf(about);
	const before = memberOf(access, ids);
	if (before === null) throw new WeftError("not_found");
	const line = lineOf(doing, "forget", { id: ids[0], name: before.name });
	return { access: { ...access, members: others(access.members, ids) }, lines: [line] };
}

function others(members: readonly RoomMember[], ids: Comer["ids"]): readonly RoomMember[] {
	return members.filter(({ id }) => !ids.includes(id));
}

/** Makes a link; those that are over go. @throws WeftError `room_full` with too many */
export function addLink(doing: Doing, id: LinkId, { role, expiresAtMs }: NewLink): Done {
	const { access, nowMs } = doing;
	const live = access.links.filter((link) => isLive(link, nowMs));
	if (live.length >= linksMax) throw new WeftError("room_full", "links");
	const link: RoomLink = { id, role, createdAtMs: nowMs, expiresAtMs };
	return {
		access: { ...access, links: [...live, link] },
		lines: [lineOf(doing, "link", null, role)],
	};
}

/** Revokes a link. @throws WeftError `not_found` */
export function revokeLink(doing: Doing, id: LinkId): Done {
	const { access } = doing;
	const link = access.links.find((other) => other.id === id);
	if (link === undefined) throw new WeftError("not_found");
	const links = access.links.filter((other) => other !== link);
	return { access: { ...access, links }, lines: [lineOf(doing, "revoke", null, link.role)] };
}

/** Puts the room into the bin, or takes it out. */
export function bin(doing: Doing, isBinned: boolean): Done {
	const { access, nowMs } = doing;
	if ((access.binnedAtMs !== null) === isBinned) return { access, lines: [] };
	const lines = [lineOf(doing, isBinned ? "bin" : "restore", null)];
	return { access: { ...access, binnedAtMs: isBinned ? nowMs : null }, lines };
}

/** A line of the trail. */
export function lineOf(
	{ by, nowMs }: Pick<Doing, "by" | "nowMs">,
	act: AuditAct,
	about: Named | null,
	to = "",
): AuditEntry {
	const doer = { id: by.id, name: by.name, ...(by.isOperator && { isOperator: by.isOperator }) };
	return { atMs: nowMs, by: doer, act, about, to };
}
