/**
 * Who may do what in a room: roles, what each lets people do, and what the owner may narrow. Pure:
 * the server enforces it, the app greys out by it.
 */
import { type SurfaceName, surfaceNames } from "./awareness.ts";

/** A person's place in a room, the weakest first. */
export const roles = ["viewer", "commenter", "editor", "owner"] as const;
/** One of them. */
export type Role = (typeof roles)[number];

/** What people do in a room, and who may at least. Numbers on the wire: only append. */
const leastRole = {
	/** Writes the text of the document. */
	document: "editor",
	/** Draws, moves and erases. */
	board: "editor",
	/** Says something: talk, comments, reactions. */
	chat: "commenter",
	/** Shares photos, and changes what is known of their own. */
	photos: "editor",
	/** Writes under photos, whosever they are. */
	captions: "editor",
	/** Puts photos into the bin and takes them out, whosever they are. */
	hide: "editor",
	/** Names the room. */
	title: "editor",
	/** Changes what others shared. */
	moderate: "owner",
	/** Gives roles, narrows surfaces, locks the room for a presenter. */
	manage: "owner",
} as const satisfies Record<string, Role>;

/** Something that people do in a room. */
export type Act = keyof typeof leastRole;

/** All of them, in the order of their bits on the wire. */
export const acts = Object.keys(leastRole) as readonly Act[];

/** The surface that an act writes to; an act without one is bound to no surface. */
const surfaceOf: Partial<Record<Act, SurfaceName>> = {
	document: "document",
	board: "board",
	chat: "chat",
	photos: "photos",
	captions: "photos",
	hide: "photos",
};

/** What a member may do now: true for each act that they may. */
export type Rights = Readonly<Record<Act, boolean>>;

/** Whether the server enforces schema and rights, or takes any Yjs content. */
export type RoomKind = "guarded" | "open";

/** What the owner of a room narrowed. */
export interface RoomRules {
	/** Who may at least write to a surface, where that is more than its acts ask for. */
	readonly least: Readonly<Partial<Record<SurfaceName, Role>>>;
	/** Id of who presents: everybody else reads. Null where nobody does. */
	readonly presenter: string | null;
	/** Whether the others may talk meanwhile, as far as they may at other times. */
	readonly isTalkOpen: boolean;
}

/** Nothing is narrowed. */
export const plainRules: RoomRules = { least: {}, presenter: null, isTalkOpen: false };

/** True where a role lets people do that, in a room where nothing is narrowed. */
export function can(role: Role, act: Act): boolean {
	return rankOf(role) >= rankOf(leastRole[act]);
}

/** What somebody may do under the rules of a room. Give it to everybody: it never changes. */
export function rightsOf(role: Role, rules: RoomRules = plainRules, id: string = ""): Rights {
	if (rules === plainRules) return plainRights[role];
	const isLocked = rules.presenter !== null && rules.presenter !== id;
	return makeRights((act) => {
		const surface = surfaceOf[act];
		const least = surface === undefined ? undefined : rules.least[surface];
		if (isLocked && act !== "manage" && !(act === "chat" && rules.isTalkOpen)) return false;
		return can(role, act) && (least === undefined || rankOf(role) >= rankOf(least));
	});
}

/** Acts that write nothing by themselves. */
const overOthers: readonly Act[] = ["moderate", "manage"];

/**
 * What holds in a room of that kind. An open one knows no surfaces: who may write its document may
 * write all of it, and nobody else anything.
 */
export function rightsIn(kind: RoomKind, rights: Rights): Rights {
	const isPlain = (act: Act) => overOthers.includes(act) || rights[act] === rights.document;
	if (kind === "guarded" || acts.every(isPlain)) return rights;
	return makeRights((act) => (overOthers.includes(act) ? rights[act] : rights.document));
}

/** True where they may write anything at all. */
export function writesAnything(rights: Rights): boolean {
	return surfaceNames.some((surface) => rights[surface]) || rights.title;
}

/** A role from a record or the wire; null where it is none. */
export function parseRole(text: string): Role | null {
	return roles.find((role) => role === text) ?? null;
}

function rankOf(role: Role): number {
	return roles.indexOf(role);
}

function makeRights(may: (act: Act) => boolean): Rights {
	const rights: Partial<Record<Act, boolean>> = {};
	for (const act of acts) rights[act] = may(act);
	return Object.freeze(rights as Rights);
}

const plainRights: Readonly<Record<Role, Rights>> = {
	viewer: makeRights((act) => can("viewer", act)),
	commenter: makeRights((act) => can("commenter", act)),
	editor: makeRights((act) => can("editor", act)),
	owner: makeRights((act) => can("owner", act)),
};
