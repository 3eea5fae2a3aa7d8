/**
 * Where the role of a member comes from. Rooms have no records of owners, members and links yet:
 * everybody may do what an editor may, as ever. What looks them up takes this place.
 */
import type { RoomName, UserId } from "../../shared/ids.ts";
import { type Rights, type Role, rightsOf } from "../../shared/roles.ts";

/** What somebody is in a room, and what follows from it. Never changes: a change is another one. */
export interface Standing {
	readonly role: Role;
	readonly rights: Rights;
	/** Ids that they went by before they signed in; what is under those is theirs. */
	readonly formerIds: readonly UserId[];
}

/** Asked when a session enters a room; may be slow. Changes come by `Room.restand`. */
export type Access = (room: RoomName, userId: UserId) => Promise<Standing>;

/** A standing without anything narrowed. */
export function standingOf(role: Role): Standing {
	return standings[role];
}

const standings: Readonly<Record<Role, Standing>> = {
	viewer: { role: "viewer", rights: rightsOf("viewer"), formerIds: [] },
	commenter: { role: "commenter", rights: rightsOf("commenter"), formerIds: [] },
	editor: { role: "editor", rights: rightsOf("editor"), formerIds: [] },
	owner: { role: "owner", rights: rightsOf("owner"), formerIds: [] },
};
