/** The routes of who runs the server as functions. They fail as those of `api.ts` do. */
import type { RoomName } from "../../../shared/ids.ts";
import type {
	Asked,
	HerePerson,
	OperatedAccount,
	Page,
	RoomPage,
	RoomQuery,
	ServerFigures,
} from "../../../shared/operator.ts";
import { call } from "../../api.ts";
import { roomSegment } from "../../sync/base.ts";

/** How the server is and does now. */
export async function fetchFigures(): Promise<ServerFigures> {
	return (await call("GET", "/api/admin/server")) as ServerFigures;
}

/** A page of all rooms. */
export async function fetchRooms(query: RoomQuery): Promise<RoomPage> {
	return (await call("GET", pathOf("rooms", query))) as RoomPage;
}

/** Who is in a room, or in any. */
export async function fetchHere(
	query: Asked & { readonly room?: RoomName },
): Promise<Page<HerePerson>> {
	return (await call("GET", pathOf("people", query))) as Page<HerePerson>;
}

/** Who can sign in. */
export async function fetchAccounts(query: Asked): Promise<Page<OperatedAccount>> {
	return (await call("GET", pathOf("accounts", query))) as Page<OperatedAccount>;
}

/** Puts out everybody but the room's owner; gives how many. */
export async function kickAll(room: RoomName): Promise<number> {
	const path = `/api/admin/rooms/${roomSegment(room)}/kick`;
	return ((await call("POST", path)) as { outCount: number }).outCount;
}

/** Ends all connections to a room and takes it out of memory. */
export async function closeRoom(room: RoomName): Promise<void> {
	await call("POST", `/api/admin/rooms/${roomSegment(room)}/close`);
}

/** Makes an account. */
export async function addAccount(name: string, password: string): Promise<void> {
	await call("POST", "/api/admin/accounts", { name, password });
}

/** Gives somebody another password, and signs them out everywhere. */
export async function resetPassword(id: string, password: string): Promise<void> {
	await call("PUT", `${accountPath(id)}/password`, { password });
}

/** Signs somebody out everywhere. */
export async function endLogins(id: string): Promise<void> {
	await call("DELETE", `${accountPath(id)}/logins`);
}

/** Takes somebody's account away. */
export async function removeAccount(id: string): Promise<void> {
	await call("DELETE", accountPath(id));
}

/** A new invitation, as it is given on. */
export async function makeInvitation(): Promise<string> {
	const made = (await call("POST", "/api/admin/invitations")) as { invitation: string };
	return made.invitation;
}

function accountPath(id: string): string {
	return `/api/admin/accounts/${encodeURIComponent(id)}`;
}

function pathOf(list: string, query: object): string {
	const texts = Object.entries(query).map(([name, value]) => [name, String(value)]);
	return `/api/admin/${list}?${new URLSearchParams(texts)}`;
}
