/** What somebody is in a room, worked out from what was decided about it. Pure. */
import type { Millis } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import type { LinkId, RoomName, UserId } from "../../../shared/ids.ts";
import { plainRules, type Role, type RoomRules, rightsOf } from "../../../shared/roles.ts";
import type { MemberRole, RoomLink, RoomMember } from "../../../shared/room-access.ts";
import { type Standing, standingOf } from "../../rooms/access.ts";
import type { AccessRecord } from "../../store/records.ts";
import type { Login } from "../accounts.ts";
import { coversRoom } from "../host-token.ts";

/** Who asks, and by which way they came. */
export interface Comer {
	/** The own id, then those that they went by before they signed in. */
	readonly ids: readonly [UserId, ...UserId[]];
	/** Null where nobody signed in. */
	readonly login: Login | null;
	/** Null for who came by the room's own name. */
	readonly linkId: LinkId | null;
	readonly nowMs: Millis;
}

/** What somebody is, and for how long without a change. */
export interface Placement {
	readonly standing: Standing;
	readonly isMuted: boolean;
	readonly untilMs: Millis | null;
}

/** A room about which nothing was decided: everybody who has its name is an editor. */
export function openAccess(room: RoomName): AccessRecord {
	const nobody = { owner: null, presenter: null, isTalkOpen: false, binnedAtMs: null };
	return { room, entry: "editor", members: [], links: [], least: {}, ...nobody };
}

/** See `Access` for what it throws. */
export function placeOf(access: AccessRecord, comer: Comer): Placement {
	const { ids } = comer;
	const member = memberOf(access, ids);
	const { role, untilMs } = roleOf(access, comer, member?.role ?? null);
	const isMuted = member?.isMuted === true && role !== "owner";
	const standing = stand({ role, isMuted, ids, rules: rulesOf(access, ids) });
	if (access.binnedAtMs !== null && !standing.rights.manage) throw new WeftError("room_binned");
	return { standing, isMuted, untilMs };
}

/** What was decided about somebody, under the id of now before those of old. */
export function memberOf(
	{ members }: Pick<AccessRecord, "members">,
	ids: readonly UserId[],
): RoomMember | null {
	for (const id of ids) {
		const member = members.find((other) => other.id === id);
		if (member !== undefined) return member;
	}
	return null;
}

/** True while a link leads into its room. */
export function isLive({ expiresAtMs }: RoomLink, nowMs: Millis): boolean {
	return expiresAtMs === null || expiresAtMs > nowMs;
}

type Given = Pick<Placement, "untilMs"> & { readonly role: Role };

/** Who owns the room, else what somebody decided, else a token, else the link, else the address. */
function roleOf(access: AccessRecord, comer: Comer, decided: MemberRole | null): Given {
	const { ids, login, linkId } = comer;
	const told = login?.rooms?.get(access.room);
	const isOwner = access.owner !== null && ids.includes(access.owner.id);
	if (isOwner || login?.isAdmin === true || told === "owner") return lasting("owner");
	if (decided === "out") throw new WeftError("put_out");
	if (!coversRoom(login, access.room)) throw new WeftError("no_entry");
	const given = decided ?? told;
	if (given !== undefined) return lasting(given);
	return linkId === null ? byAddress(access) : byLink(access, linkId, comer.nowMs);
}

function byLink({ links }: AccessRecord, linkId: LinkId, nowMs: Millis): Given {
	const link = links.find(({ id }) => id === linkId);
	if (link === undefined || !isLive(link, nowMs)) throw new WeftError("link_over");
	return { role: link.role, untilMs: link.expiresAtMs };
}

function byAddress({ entry }: AccessRecord): Given {
	if (entry === "closed") throw new WeftError("no_entry");
	if (entry === "knock") throw new WeftError("must_knock");
	return lasting(entry);
}

function lasting(role: Role): Given {
	return { role, untilMs: null };
}

/** Who presents may have signed in since. */
function rulesOf({ least, presenter, isTalkOpen }: AccessRecord, ids: Comer["ids"]): RoomRules {
	if (presenter === null && Object.keys(least).length === 0) return plainRules;
	const isSelf = presenter !== null && ids.includes(presenter.id);
	return { least, presenter: isSelf ? ids[0] : (presenter?.id ?? null), isTalkOpen };
}

interface Stand {
	readonly role: Role;
	readonly isMuted: boolean;
	readonly ids: Comer["ids"];
	readonly rules: RoomRules;
}

/** Where nothing is special everybody shares one object. */
function stand({ role, isMuted, ids: [id, ...formerIds], rules }: Stand): Standing {
	if (rules === plainRules && !isMuted && formerIds.length === 0) return standingOf(role);
	const rights = rightsOf(role, rules, id);
	return { role, rights: isMuted ? { ...rights, chat: false } : rights, formerIds };
}
