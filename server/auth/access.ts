/** What somebody is in a room, as far as who they are says it: rooms have no lists of their own. */

import type { UserId } from "../../shared/ids.ts";
import { type Standing, standingOf } from "../rooms/access.ts";
import type { Accounts, Login } from "./accounts.ts";

/** Who comes to a room. */
export interface Entrant {
	readonly userId: UserId;
	/** Null where nobody signed in. */
	readonly login: Login | null;
}

/** An editor, as everybody is; who runs the server is an owner of every room. */
export function standingIn({ userId, login }: Entrant, accounts: Accounts): Standing {
	const standing = standingOf(login?.isAdmin === true ? "owner" : "editor");
	const formerIds = accounts.formerOf(userId);
	return formerIds.length === 0 ? standing : { ...standing, formerIds };
}
