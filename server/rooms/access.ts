/** What a member of a room is there. Who knows what people are says so at the door. */
import type { UserId } from "../../shared/ids.ts";
import { type Rights, type Role, rightsOf } from "../../shared/roles.ts";

/** What somebody is in a room, and what follows from it. Never changes: a change is another one. */
export interface Standing {
	readonly role: Role;
	readonly rights: Rights;
	/** Ids that they went by before they signed in; what is under those is theirs. */
	readonly formerIds: readonly UserId[];
}

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
