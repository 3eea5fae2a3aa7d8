/** Why somebody cannot write, and what who manages a room must know, as data. Pure. */
import { type SurfaceName, surfaceNames } from "../../../shared/awareness.ts";
import { can, type Role } from "../../../shared/roles.ts";
import type { Named, RoomAccess } from "../../../shared/room-access.ts";

/** One thing to say; the first that holds is said. */
export type Why =
	| { readonly why: "binned" }
	| { readonly why: "waits"; readonly waiting: readonly [Named, ...Named[]] }
	| { readonly why: "presenting" }
	| { readonly why: "presented"; readonly name: string }
	| { readonly why: "viewer" | "commenter" | "muted" }
	| { readonly why: "narrowed"; readonly surfaces: readonly SurfaceName[] };

/** Role and rights as the room's socket says them. */
export interface Standing {
	readonly role: Role;
	readonly may: (surface: SurfaceName) => boolean;
}

/** What the bar says; null while there is nothing. `access` is null before the server said more. */
export function whyOf(standing: Standing, access: RoomAccess | null, myId: string): Why | null {
	return managerWhy(access, myId) ?? memberWhy(standing, access, myId);
}

function managerWhy(access: RoomAccess | null, myId: string): Why | null {
	if (access === null || access.managed === null) return null;
	if (access.binnedAtMs !== null) return { why: "binned" };
	const [first, ...others] = access.managed.waiting;
	if (first !== undefined) return { why: "waits", waiting: [first, ...others] };
	return access.presenter?.id === myId ? { why: "presenting" } : null;
}

function memberWhy({ role, may }: Standing, access: RoomAccess | null, myId: string): Why | null {
	const withheld = surfaceNames.filter((surface) => can(role, surface) && !may(surface));
	const presenter = access?.presenter ?? null;
	if (presenter !== null && presenter.id !== myId) {
		return { why: "presented", name: presenter.name };
	}
	if (role === "viewer") return { why: "viewer" };
	if (withheld.length === 0) return role === "commenter" ? { why: "commenter" } : null;
	if (access?.isMuted === true && withheld.every((surface) => surface === "chat")) {
		return { why: "muted" };
	}
	return { why: "narrowed", surfaces: withheld };
}
