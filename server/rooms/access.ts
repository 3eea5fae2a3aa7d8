/** What a member of a room is there. Who knows what people are says so at the door. */
import type { UserId } from "../../shared/ids.ts";
import { acts, type Rights, type Role, rightsOf } from "../../shared/roles.ts";

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

/** True where both let somebody do the same, as the same person. */
export function isSameStanding(one: Standing, other: Standing): boolean {
	if (one === other) return true;
	const isSameAct = acts.every((act) => one.rights[act] === other.rights[act]);
	const { formerIds } = other;
	const isSamePerson =
		one.formerIds.length === formerIds.length &&
		one.formerIds.every((id, index) => id === formerIds[index]);
	return one.role === other.role && isSameAct && isSamePerson;
}

const standings: Readonly<Record<Role, Standing>> = {
	viewer: { role: "viewer", rights: rightsOf("viewer"), formerIds: [] },
	commenter: { role: "commenter", rights: rightsOf("commenter"), formerIds: [] },
	editor: { role: "editor", rights: rightsOf("editor"), formerIds: [] },
	owner: { role: "owner", rights: rightsOf("owner"), formerIds: [] },
};
