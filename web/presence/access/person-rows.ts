/** Everybody of whom a room's manager decides: who is here, and who was decided about. */
import type { Person } from "../../../shared/awareness.ts";
import type { UserId } from "../../../shared/ids.ts";
import type { ManagedAccess, MemberRole } from "../../../shared/room-access.ts";
import { isOurs, type Myself } from "../../sync/me.ts";
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

/** Who is here stands first, then who is known; who was put out last. Who one was is oneself. */
export function rowsOf(
	here: readonly PersonHere[],
	{ owner, members }: Pick<ManagedAccess, "owner" | "members">,
	me: Myself,
): PersonRow[] {
	const rows = new Map<string, PersonRow>();
	const plain = { role: null, isMuted: false };
	const nowOf = (id: string) => (isOurs(me, id) ? me.id : id) as UserId;
	const ownerId = owner === null ? null : nowOf(owner.id);
	const whose = (id: UserId) => ({ id, isOwner: id === ownerId, isMe: id === me.id });
	for (const person of [...here.map((one) => one.person), me]) {
		const id = nowOf(person.id);
		rows.set(id, { name: person.name, person, ...plain, ...whose(id) });
	}
	for (const { name, role, isMuted, ...member } of members) {
		const id = nowOf(member.id);
		const row = rows.get(id) ?? { name, person: null, ...whose(id) };
		rows.set(id, { ...row, role, isMuted });
	}
	if (owner !== null && ownerId !== null && !rows.has(ownerId)) {
		rows.set(ownerId, { name: owner.name, person: null, ...plain, ...whose(ownerId) });
	}
	return [...rows.values()].sort((one, other) => rankOf(one) - rankOf(other));
}

function rankOf({ person, role }: PersonRow): number {
	if (role === "out") return 2;
	return person === null ? 1 : 0;
}
