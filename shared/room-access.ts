/**
 * Who may come into a room and what they are there, as it goes over HTTP below `/api/rooms/:room`.
 * PROTOCOL.md lists the routes; `roles.ts` says what follows from a role.
 */
import type { SurfaceName } from "./awareness.ts";
import type { Millis } from "./clock.ts";
import { type LinkId, parseLinkId, type RoomName, type UserId } from "./ids.ts";
import type { RoomPreview } from "./preview.ts";
import type { Act, Role, RoomKind } from "./roles.ts";

/** What the address of a room alone gives: a role, a place before its door, or nothing. */
export const entries = ["editor", "commenter", "viewer", "knock", "closed"] as const;
/** One of them; `editor` where nobody said otherwise. */
export type Entry = (typeof entries)[number];

/** What a link can give. Nobody becomes an owner by an address. */
export const linkRoles = ["viewer", "commenter", "editor"] as const;
/** One of them. */
export type LinkRole = (typeof linkRoles)[number];

/** What somebody was made in a room; `out` for who was put out of it. */
export type MemberRole = Role | "out";

/** A person, by what they are called. */
export interface Named {
	readonly id: UserId;
	readonly name: string;
}

/** Who did something in a room. */
export interface Doer extends Named {
	/** True where they might because they run the server; else it is missing. */
	readonly isOperator?: true;
}

/** Somebody about whom something was decided. */
export interface RoomMember extends Named {
	/** Null where link and address decide as for everybody. */
	readonly role: MemberRole | null;
	/** May not write in the chat. */
	readonly isMuted: boolean;
}

/** A way into a room that does not tell its name: the address is `aliasOf(id)` in its place. */
export interface RoomLink {
	readonly id: LinkId;
	readonly role: LinkRole;
	readonly createdAtMs: Millis;
	/** Null for a link that holds until it is revoked. */
	readonly expiresAtMs: Millis | null;
}

/** What the list of rooms says of one. */
export interface RoomSummary {
	/** As who asks named it: a link's alias stays one. */
	readonly name: RoomName;
	readonly kind: RoomKind;
	readonly madeAtMs: Millis;
	readonly madeBy: Named;
	readonly changedAtMs: Millis;
	readonly preview: RoomPreview;
	/** How many are in it now. */
	readonly people: number;
	/** What who asks is there. */
	readonly role: Role;
	/** When it was put into the bin; only who may manage it sees it then. Else null. */
	readonly binnedAtMs: Millis | null;
}

/** What only those see who may manage the room. */
export interface ManagedAccess {
	/** Null where the room has none yet. */
	readonly owner: Named | null;
	readonly members: readonly RoomMember[];
	/** Those that still hold. */
	readonly links: readonly RoomLink[];
	/** Who may at least write to a surface, where that is more than its acts ask for. */
	readonly least: Readonly<Partial<Record<SurfaceName, Role>>>;
	/** Who waits to be let in, the one who came first first. */
	readonly waiting: readonly Named[];
}

/** The answer of `GET` and `PATCH access`, and of all that changes members and links. */
export interface RoomAccess {
	/** What who asks is in the room. */
	readonly role: Role;
	/** What they may do now. */
	readonly acts: readonly Act[];
	readonly isMuted: boolean;
	/** Everybody else reads; null where nobody presents. */
	readonly presenter: Named | null;
	/** Whether the others may talk while somebody presents. */
	readonly isTalkOpen: boolean;
	readonly entry: Entry;
	/**
	 * True where nobody owns the room and nobody wrote in it: its owner is who changes its access
	 * first, or writes first.
	 */
	readonly isFree: boolean;
	/** When it was put into the bin: only who may manage it sees it then. Else null. */
	readonly binnedAtMs: Millis | null;
	/** Null for who may not manage the room. */
	readonly managed: ManagedAccess | null;
}

/** The body of `PATCH access`: what is named is changed. */
export interface AccessChange {
	readonly entry?: Entry;
	/** Null lifts what was asked for. */
	readonly least?: Readonly<Partial<Record<SurfaceName, Role | null>>>;
	/** Null ends the presenting. */
	readonly presenter?: UserId | null;
	readonly isTalkOpen?: boolean;
}

/** The body of `PUT members/:userId`: what is named is changed. */
export interface MemberChange {
	readonly role?: MemberRole | null;
	readonly isMuted?: boolean;
}

/** The body of `POST links`. */
export interface NewLink {
	readonly role: LinkRole;
	readonly expiresAtMs: Millis | null;
}

/** The answer of `POST knock`. */
export interface Knocked {
	/** `in` for who may enter now, `out` for who may not and need not ask again. */
	readonly state: "waiting" | "in" | "out";
}

/** How often who waits asks again, and when who asked no more is forgotten. */
export const knockEveryMs: Millis = 2_000;
/** See `knockEveryMs`. */
export const knockMsMax: Millis = 10_000;

/** What the audit trail of a room knows of. */
export const auditActs = [
	/** Became the room's owner. */
	"own",
	/** Made somebody else the owner. */
	"hand",
	/** Changed what the address alone gives; `to` is the entry. */
	"entry",
	/** Changed who may at least write to a surface; `to` is `chat editor`, or `chat` alone. */
	"least",
	/** Made somebody the presenter, or nobody. */
	"present",
	/** Changed whether the others may talk while somebody presents; `to` is `open` or `closed`. */
	"talk",
	/** Gave somebody a role; `to` is the role, or `out`. */
	"member",
	"mute",
	"unmute",
	/** Forgot what was decided about somebody. */
	"forget",
	/** Made a link; `to` is its role. */
	"link",
	/** Revoked a link; `to` is its role. */
	"revoke",
	/** Put out everybody who was there; `to` says how many. */
	"kick",
	/** Ended all sessions and let go of the room; `to` says how many people were there. */
	"close",
	"bin",
	"restore",
	"purge",
] as const;
/** One of them. */
export type AuditAct = (typeof auditActs)[number];

/** Something that was done in a room by who may manage it, or who runs the server. */
export interface AuditEntry {
	readonly atMs: Millis;
	readonly by: Doer;
	readonly act: AuditAct;
	/** Whom it concerned; null where nobody. */
	readonly about: Named | null;
	/** What it became; empty where the act says it all. */
	readonly to: string;
}

/** What stands in a room's place in an address for who comes by a link. */
export function aliasOf(id: LinkId): RoomName {
	return `~${id}` as RoomName;
}

/** The link of such an alias; null for the name of a room. */
export function linkIn(name: string): LinkId | null {
	return name.startsWith("~") ? parseLinkId(name.slice(1)) : null;
}

/** What an address gives, from a record or the wire; null where it is nothing of that. */
export function parseEntry(text: string): Entry | null {
	return entries.find((entry) => entry === text) ?? null;
}

/** What a link gives, from a record or the wire; null where it is nothing of that. */
export function parseLinkRole(text: string): LinkRole | null {
	return linkRoles.find((role) => role === text) ?? null;
}
