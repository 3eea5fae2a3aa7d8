/** Somebody at a page: what a run asks of everybody who takes part, however they connect. */
import type * as Y from "yjs";
import type { Clock, Millis } from "../../../shared/clock.ts";
import type { FailureCode } from "../../../shared/errors.ts";
import type { Act, Rights } from "../../../shared/roles.ts";
import type { Ledger } from "./ledger.ts";
import type { Entry } from "./page.ts";
import type { Dial } from "./socket.ts";

/** What a browser keeps of a room: all its tabs write into it, and it outlives them. */
export class Device {
	/** Updates, in the order in which tabs had them. */
	updates: Uint8Array[] = [];
}

/** What somebody is made of. */
export interface PersonParts {
	/** Of the page; a second tab has another. */
	readonly name: string;
	/** Whose words these are. */
	readonly user: string;
	readonly device: Device;
	readonly clock: Clock;
	readonly ledger: Ledger;
	readonly dial: Dial;
	/** Client ids of this page's docs, one after another. */
	readonly nextClientId: () => number;
	/** True where the server says what is saved. */
	readonly hasAcks: boolean;
	/** Who is told of refusals, in a run with rights. */
	readonly bailiff?: Bailiff;
}

/** Somebody who is told how a server treats a page. */
export interface Bailiff {
	/** A write was refused: the page has what the server will never have, and must start again. */
	refused(person: Person, refusal: Refusal): void;
	/** The page may not come in, or stay. */
	sentAway(person: Person, refusal: Omit<Refusal, "entries">): void;
}

/** What was refused, and why. */
export interface Refusal {
	readonly code: string;
	/** All that it may have touched. */
	readonly acts: ReadonlySet<Act>;
	/** What the refused write brought, and no other did; nothing where it is not known. */
	readonly entries: readonly Entry[];
	/** When it was sent, or the page came. */
	readonly sinceMs: Millis;
}

/** A page that is open. */
export interface Person {
	readonly name: string;
	readonly user: string;
	readonly doc: Y.Doc;
	readonly undo: Y.UndoManager;
	/** Who the server says that this is, and what they may do; null before it said so. */
	readonly userId: string | null;
	readonly rights: Rights | null;
	/** True where the page tries to be connected. */
	readonly isOnline: boolean;
	/** True while a connection is up and has brought everything. */
	readonly isSynced: boolean;
	/** True where everything this page did is called saved; where nobody says so, is sent. */
	readonly isSaved: boolean;
	/** Why the server told this page not to come back. */
	readonly refusals: readonly string[];
	/** States of others that this page shows, by client id; null for who left. */
	readonly others: ReadonlyMap<number, { readonly state: unknown }>;
	/** The text as this page shows it. */
	text(): string;
	goOnline(): void;
	goOffline(): void;
	/** Closes the page and opens it again, with what the device keeps and a new client id. */
	reload(): void;
	/** Closes the page. The device keeps what it has. */
	leave(): void;
	/** Edits as this person. */
	edit(change: (doc: Y.Doc) => void): void;
	/** Moves the pointer, for all to see. */
	point(x: number, y: number): void;
	/** Sends an update frame as it is, whatever it holds: for faults. */
	sendUpdate(update: Uint8Array): void;
}

/** What a write may hold of which nobody knows more. */
export const anyAct: ReadonlySet<Act> = new Set<Act>([
	"document",
	"board",
	"chat",
	"photos",
	"captions",
]);

/** A write is refused for these; for all others of their range who comes is sent away. */
const refusalCodes: ReadonlySet<string> = new Set<FailureCode>([
	"not_allowed",
	"refused_update",
	"bad_item",
	"foreign_client",
	"room_too_big",
	"room_purged",
]);

/** True where a write was refused: the page has what the server will never have. */
export function isRefusal(code: string): boolean {
	return refusalCodes.has(code);
}
