/** Why somebody cannot write, and what who manages a room must know, as data. Pure. */
import { type SurfaceName, surfaceNames } from "../../../shared/awareness.ts";
import { can, type Role } from "../../../shared/roles.ts";
import type { Named, RoomAccess } from "../../../shared/room-access.ts";
import { isOurs, type Myself } from "../../sync/me.ts";

/** One thing to say; the first that holds is said. */
export type Why =
	| { readonly why: "binned" }
	| { readonly why: "waits"; readonly waiting: readonly [Named, ...Named[]] }
	| { readonly why: "presenting" }
	| { readonly why: "presented" | "presentedTalk"; readonly name: string }
	| { readonly why: "viewer" | "commenter" | "muted" }
	| { readonly why: "narrowed"; readonly surfaces: readonly SurfaceName[] };

/** Role and rights as the room's socket says them. */
export interface Standing {
	readonly role: Role;
	readonly may: (surface: SurfaceName) => boolean;
}

/** Who it is said to. */
type Who = Pick<Myself, "id" | "was">;

/** What the bar says; null while there is nothing. `access` is null before the server said more. */
export function whyOf(standing: Standing, access: RoomAccess | null, me: Who): Why | null {
	return managerWhy(access, me) ?? memberWhy(standing, access, me);
}

function managerWhy(access: RoomAccess | null, me: Who): Why | null {
	if (access === null || access.managed === null) return null;
	if (access.binnedAtMs !== null) return { why: "binned" };
	const [first, ...others] = access.managed.waiting;
	if (first !== undefined) return { why: "waits", waiting: [first, ...others] };
	const { presenter } = access;
	return presenter !== null && isOurs(me, presenter.id) ? { why: "presenting" } : null;
}

function memberWhy({ role, may }: Standing, access: RoomAccess | null, me: Who): Why | null {
	const withheld = surfaceNames.filter((surface) => can(role, surface) && !may(surface));
	const presenter = access?.presenter ?? null;
	if (presenter !== null && !isOurs(me, presenter.id)) {
		return { why: may("chat") ? "presentedTalk" : "presented", name: presenter.name };
	}
	if (role === "viewer") return { why: "viewer" };
	if (withheld.length === 0) return role === "commenter" ? { why: "commenter" } : null;
	if (access?.isMuted === true && withheld.every((surface) => surface === "chat")) {
		return { why: "muted" };
	}
	return { why: "narrowed", surfaces: withheld };
}
