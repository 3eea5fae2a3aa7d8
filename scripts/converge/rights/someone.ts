/** Somebody of a run with rights, as the clerk keeps them. */
import type { Millis } from "../../../shared/clock.ts";
import type { LinkId, UserId } from "../../../shared/ids.ts";

/** How people are known: by an account, as a guest, by a token of a host application. */
export type Kind = "account" | "guest" | "token";

/** See the head of this file. */
export interface Someone {
	readonly user: string;
	readonly kind: Kind;
	/** What the host says that they are, where one does. */
	readonly role: "editor" | "commenter";
	id: UserId;
	formerIds: readonly UserId[];
	cookie: string;
	/** What their host says of them. */
	token: string | null;
	/** When that is over. */
	untilMs: Millis;
	/** The link by which they come; null for who comes by the room's name. */
	way: LinkId | null;
	/** True while they are signed out, or their way in is under way. */
	isAway: boolean;
}

/** True for who has an account and uses it. */
export function isSignedIn({ id }: Someone): boolean {
	return id.startsWith("u_");
}
