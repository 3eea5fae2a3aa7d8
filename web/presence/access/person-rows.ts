/** Everybody of whom a room's manager decides: who is here, and who was decided about. */
import type { Person } from "../../../shared/awareness.ts";
import type { UserId } from "../../../shared/ids.ts";
import type { ManagedAccess, MemberRole } from "../../../shared/room-access.ts";
import type { PersonHere } from "../roster.ts";

/** One of them. */
export interface PersonRow {
	readonly id: UserId;
	readonly name: string;
	/** Null for who is not here now. */
	readonly person: Person | null;
	/** What was decided; null where link and address decide. */
	readonly role: MemberRole | null;
	readonly isMuted: boolean;
	readonly isOwner: boolean;
	readonly isMe: boolean;
}

/** Who is here stands first, then who is known; who was put out last. */
export function rowsOf(
	here: readonly PersonHere[],
	{ owner, members }: Pick<ManagedAccess, "owner" | "members">,
	me: Person,
): PersonRow[] {
	const rows = new Map<string, PersonRow>();
	const plain = { role: null, isMuted: false };
	const whose = (id: string) => ({ isOwner: owner?.id === id, isMe: id === me.id });
	for (const person of [...here.map((one) => one.person), me]) {
		const id = person.id as UserId;
		rows.set(id, { id, name: person.name, person, ...plain, ...whose(id) });
	}
	for (const { id, name, role, isMuted } of members) {
		const known = rows.get(id);
		const row = known ?? { id, name, person: null, ...whose(id) };
		rows.set(id, { ...row, role, isMuted });
	}
	if (owner !== null && !rows.has(owner.id)) {
		rows.set(owner.id, { ...owner, person: null, ...plain, ...whose(owner.id) });
	}
	return [...rows.values()].sort((one, other) => rankOf(one) - rankOf(other));
}

function rankOf({ person, role }: PersonRow): number {
	if (role === "out") return 2;
	return person === null ? 1 : 0;
}
