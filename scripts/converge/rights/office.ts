/** What people ask a server about who they are and who may do what, as a browser does. */
import { createHmac } from "node:crypto";
import type { AccessRecord } from "../../../server/store/records.ts";
import type { SurfaceName } from "../../../shared/awareness.ts";
import type { Millis } from "../../../shared/clock.ts";
import type { LinkId, RoomName, UserId } from "../../../shared/ids.ts";
import type { Role } from "../../../shared/roles.ts";
import type { Entry, Knocked, LinkRole, MemberChange } from "../../../shared/room-access.ts";

/** Somebody whom a server knows by a cookie. */
export interface Known {
	readonly id: UserId;
	readonly cookie: string;
}

/** What the owner of a room decides. */
export type Decision =
	| { readonly kind: "entry"; readonly entry: Entry }
	| { readonly kind: "least"; readonly surface: SurfaceName; readonly role: Role | null }
	| { readonly kind: "present"; readonly id: UserId | null; readonly isTalkOpen: boolean }
	| { readonly kind: "member"; readonly id: UserId; readonly change: MemberChange }
	| { readonly kind: "forget"; readonly id: UserId }
	| { readonly kind: "link"; readonly role: LinkRole }
	| { readonly kind: "revoke"; readonly id: LinkId }
	| { readonly kind: "bin"; readonly isBinned: boolean };

/** What is left of a room's access when the server has spoken of it. */
export type Access = Omit<AccessRecord, "room">;

/**
 * See the head of this file. Each call throws `WeftError` with the server's code where it refuses,
 * and something else where nobody knows what came of it.
 */
export interface Office {
	/** Somebody new comes. */
	meet(name: string): Promise<Known>;
	/** Makes an account of that name. */
	makeAccount(name: string): Promise<void>;
	/** Signs in, with what a browser had before; empty where it had nothing. */
	signIn(name: string, before: string): Promise<Known>;
	/** Signs out on all devices. */
	signOut(cookie: string): Promise<void>;
	/** Who has that cookie decides about a room. */
	decide(cookie: string, room: RoomName, decision: Decision): Promise<Access>;
	/** Who has that cookie asks to be let into a room. */
	knock(cookie: string, room: RoomName): Promise<Knocked>;
	/** Who has that cookie purges a room. */
	purge(cookie: string, room: RoomName): Promise<void>;
}

/** Everybody's password. */
export const password = "correct horse battery";

/** What the server shares with the host application of a run. */
export const hostSecret = "the secret of a host application";

/** The token by which that host says who somebody is (RFC 7519). */
export function mintToken(
	user: string,
	{
		room,
		role,
		untilMs,
	}: { readonly room: RoomName; readonly role: Role; readonly untilMs: Millis },
): string {
	const claims = { user, name: user, rooms: { [room]: role }, exp: Math.ceil(untilMs / 1000) };
	const text = [{ alg: "HS256", typ: "JWT" }, claims]
		.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
		.join(".");
	return `${text}.${createHmac("sha256", hostSecret).update(text).digest("base64url")}`;
}
