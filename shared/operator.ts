/**
 * What who runs a server sees of it on its page, as it goes over HTTP below `/api/admin`: only to
 * who signed in to an account that was made with `--admin`. PROTOCOL.md lists the routes.
 */
import type { Millis } from "./clock.ts";
import type { RoomName } from "./ids.ts";
import type { RoomKind } from "./roles.ts";
import type { Named } from "./room-access.ts";

/** Rows in one answer: what a person looks through. */
export const pageRowsMax = 25;

/** What the rooms may be in order of: each begins with the newest, largest, fullest, or with A. */
export const roomOrders = ["changed", "size", "people", "name"] as const;
/** One of them. */
export type RoomOrder = (typeof roomOrders)[number];

/** Which rooms are listed: all, those in memory, those in the bin. */
export const roomChoices = ["all", "open", "binned"] as const;
/** One of them. */
export type RoomChoice = (typeof roomChoices)[number];

/** What of a list is asked for. */
export interface Asked {
	/** What a row must hold, in any order; empty for all. */
	readonly words: string;
	/** Rows before the first one. */
	readonly from: number;
}

/** The query of `GET rooms`. */
export interface RoomQuery extends Asked {
	readonly order: RoomOrder;
	/** The other way round. */
	readonly isReversed: boolean;
	readonly choice: RoomChoice;
}

/** A part of a list. */
export interface Page<Row> {
	readonly rows: readonly Row[];
	/** How many there are that hold the words. */
	readonly matchCount: number;
	readonly totalCount: number;
}

/** A room, as the list has it. */
export interface OperatedRoom {
	readonly name: RoomName;
	/** Its title, else its first words where nobody chose its name; else empty. */
	readonly title: string;
	readonly kind: RoomKind;
	/** Null where nobody owns it. */
	readonly owner: Named | null;
	readonly madeBy: Named;
	/** Null where nobody wrote in it. */
	readonly changedAtMs: Millis | null;
	/** Log, history and photos; null where that is not known yet. */
	readonly sizeBytes: number | null;
	/** Sockets in it now. */
	readonly people: number;
	/** True while it is in memory. */
	readonly isOpen: boolean;
	readonly binnedAtMs: Millis | null;
}

/** The answer of `GET rooms`. */
export interface RoomPage extends Page<OperatedRoom> {
	/** Rooms whose size is not known yet: in order of size they stand last. */
	readonly unmeasuredCount: number;
}

/** Somebody who is connected. */
export interface HerePerson extends Named {
	readonly color: string;
	readonly isSignedIn: boolean;
	readonly isAdmin: boolean;
	/** By their own names. */
	readonly rooms: readonly RoomName[];
	/** Tabs and devices. */
	readonly socketCount: number;
}

/** Somebody who can sign in. */
export interface OperatedAccount extends Named {
	readonly isAdmin: boolean;
	readonly madeAtMs: Millis;
	/** Devices on which they are signed in. */
	readonly loginCount: number;
	/** When they last signed in, of those that hold; null where they are signed in nowhere. */
	readonly signedInAtMs: Millis | null;
	/** True while they are in a room. */
	readonly isHere: boolean;
}

/** The answer of `GET server`. Of what is counted from the start the page takes differences. */
export interface ServerFigures {
	readonly version: string;
	readonly nowMs: Millis;
	readonly startedAtMs: Millis;
	/** Sockets in rooms. */
	readonly sessionCount: number;
	/** Rooms in memory. */
	readonly openRoomCount: number;
	readonly accountCount: number;
	readonly disk: DiskFigures;
	readonly load: LoadFigures;
	readonly rules: ServerRules;
}

/** How full the disk is, and with what. */
export interface DiskFigures {
	/** Of the disk that the data lies on, for who runs the server. */
	readonly freeBytes: number;
	readonly totalBytes: number;
	/** Rooms, accounts and what else is in the store. */
	readonly storeBytes: number;
	/** Null until they were counted. */
	readonly photoBytes: number | null;
}

/** What it does. */
export interface LoadFigures {
	/** How long the event loop worked, and how long it waited. */
	readonly busyMs: Millis;
	readonly idleMs: Millis;
	/** Changes that were written. */
	readonly updateCount: number;
	readonly heapBytes: number;
	/** Memory of the process, as the system counts it. */
	readonly memoryBytes: number;
}

/** Who may come in, as the server was started. */
export interface ServerRules {
	readonly hasGuests: boolean;
	readonly signUp: "off" | "invite" | "open";
	/** Whether everybody sees all rooms. */
	readonly isListing: boolean;
	/** True where other devices than the server's own reach it without a proxy. */
	readonly isBeyondLoopback: boolean;
	readonly hasHostTokens: boolean;
	readonly isHealing: boolean;
}
