/** The routes of a room's access as functions. They fail as those of `api.ts` do. */
import type { LinkId, RoomName } from "../../../shared/ids.ts";
import type {
	AccessChange,
	AuditEntry,
	Knocked,
	MemberChange,
	NewLink,
	RoomAccess,
	RoomLink,
} from "../../../shared/room-access.ts";
import { call } from "../../api.ts";
import { roomSegment } from "../../sync/base.ts";

/** What who asks may see of it. */
export async function fetchAccess(room: RoomName): Promise<RoomAccess> {
	return (await call("GET", path(room, "access"))) as RoomAccess;
}

/** What is named is changed. */
export async function changeAccess(room: RoomName, change: AccessChange): Promise<RoomAccess> {
	return (await call("PATCH", path(room, "access"), change)) as RoomAccess;
}

/** Gives a role, puts out, mutes. */
export async function changeMember(
	room: RoomName,
	userId: string,
	change: MemberChange,
): Promise<RoomAccess> {
	return (await call("PUT", memberPath(room, userId), change)) as RoomAccess;
}

/** Forgets what was decided about somebody: link and address decide again. */
export async function forgetMember(room: RoomName, userId: string): Promise<RoomAccess> {
	return (await call("DELETE", memberPath(room, userId))) as RoomAccess;
}

/** The room is somebody else's from then on. */
export async function handOver(room: RoomName, id: string): Promise<RoomAccess> {
	return (await call("PUT", path(room, "owner"), { id })) as RoomAccess;
}

/** Makes a link. */
export async function makeLink(room: RoomName, link: NewLink): Promise<RoomLink> {
	return (await call("POST", path(room, "links"), link)) as RoomLink;
}

/** Who came by it is out. */
export async function revokeLink(room: RoomName, id: LinkId): Promise<RoomAccess> {
	return (await call("DELETE", path(room, `links/${id}`))) as RoomAccess;
}

/** Who decided what, the newest first. */
export async function fetchAudit(room: RoomName): Promise<AuditEntry[]> {
	const { entries } = (await call("GET", path(room, "audit"))) as { entries: AuditEntry[] };
	return entries;
}

/** Asks to be let in, once more. */
export async function knock(room: RoomName): Promise<Knocked> {
	return (await call("POST", path(room, "knock"))) as Knocked;
}

/** Puts the room into the bin, or takes it out. */
export async function setBinned(room: RoomName, isBinned: boolean): Promise<void> {
	await call("POST", path(room, isBinned ? "bin" : "restore"));
}

/** Removes for good what nobody sees any more. */
export async function purgeRoom(room: RoomName): Promise<void> {
	await call("POST", path(room, "purge"));
}

/** What who waits is when they are let in: what the address gives, were it open. */
export const letIn: MemberChange = { role: "editor" };

function path(room: RoomName, below: string): string {
	return `/api/rooms/${roomSegment(room)}/${below}`;
}

function memberPath(room: RoomName, userId: string): string {
	return path(room, `members/${encodeURIComponent(userId)}`);
}
