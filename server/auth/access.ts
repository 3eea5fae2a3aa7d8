/** Who comes to a room, and what they are told at its door. */
import type { Millis } from "../../shared/clock.ts";
import type { RoomName, UserId } from "../../shared/ids.ts";
import type { Standing } from "../rooms/access.ts";
import type { Login } from "./accounts.ts";

/** Who comes to a room. */
export interface Entrant {
	readonly userId: UserId;
	/** Null where nobody signed in. */
	readonly login: Login | null;
	/** A room's name, or the alias of a link into it. */
	readonly name: RoomName;
}

/** Somebody who may come in. */
export interface Admitted {
	/** The room's own name, by whatever way they came. */
	readonly room: RoomName;
	readonly standing: Standing;
	/** When that must be looked up again; null where only a change can end it. */
	readonly untilMs: Millis | null;
	/** Who presents; everybody is told who. Null where nobody does. */
	readonly presenterId: UserId | null;
}

/**
 * Lets somebody into a room, or says why not; may be slow. Nothing behind it knows of aliases.
 *
 * @throws WeftError `no_entry`, `must_knock`, `put_out`, `link_over`, `room_binned`, and what the
 * store throws
 */
export type Access = (entrant: Entrant) => Promise<Admitted>;
