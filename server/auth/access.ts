/** What somebody is in a room, as far as who they are says it: rooms have no lists of their own. */
import type { RoomName, UserId } from "../../shared/ids.ts";
import type { Role } from "../../shared/roles.ts";
import { type Standing, standingOf } from "../rooms/access.ts";
import type { Accounts, Login } from "./accounts.ts";

/** Who comes to a room. */
export interface Entrant {
	readonly userId: UserId;
	/** Null where nobody signed in. */
	readonly login: Login | null;
	readonly name: RoomName;
}

/** What somebody is in a room; may be slow. */
export type Access = (entrant: Entrant) => Promise<Standing>;

/** What a token says; else who runs the server owns every room, and all others are editors. */
export function accessBy(accounts: Pick<Accounts, "formerOf">): Access {
	return async ({ userId, login, name }) => {
		const standing = standingOf(roleIn(name, login));
		const formerIds = accounts.formerOf(userId);
		return formerIds.length === 0 ? standing : { ...standing, formerIds };
	};
}

/** Who is not let in at all (`leadsTo`) may read, should anybody ask. */
function roleIn(name: RoomName, login: Login | null): Role {
	if (login === null) return "editor";
	if (login.rooms !== null) return login.rooms.get(name) ?? "viewer";
	return login.isAdmin ? "owner" : "editor";
}
