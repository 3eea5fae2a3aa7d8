/** What is known of each place where a token was put, and what a page did there. */
import type { CheckName } from "../checks/catalog.ts";
import type { Surface } from "./tokens.ts";

/** How somebody was given to believe that something is kept. */
export type Promised = "shown" | "saved";

/** A place where a token was put. */
export interface Mark {
	/** Client and clock of its first element. */
	readonly id: string;
	readonly token: string;
	readonly surface: Surface;
	/** Whose hand put it there. */
	readonly user: string;
	/** What stood on either side then, in the same list; null where nothing did. */
	readonly left: Mark | null;
	readonly right: Mark | null;
	/** The photo whose caption it stands in, or the item whose letters. */
	readonly within: Mark | null;
	/** When it was promised; see `Ledger.moment`. Infinity where it never was. */
	promisedAt: number;
	promised: Promised | null;
	/** Who removed it. */
	readonly removedBy: Set<string>;
	/** When its removal was promised; Infinity where it never was. */
	removalPromisedAt: number;
	/** Its writer's device was lost before anything was promised. */
	isForgotten: boolean;
	/** The device of who removed it was lost before that was promised. */
	isRemovalForgotten: boolean;
	/** The server refused it, and no other write brought it. */
	isRefused: boolean;
}

/** Something that a person did: put a token somewhere, or removed one. */
export interface Entry {
	readonly kind: "put" | "removal";
	readonly mark: Mark;
	/** How many writes were sent that brought it. */
	sentCount: number;
}

/** True where somebody removed it, or the photo or item in which it stood. */
export function isRemoved({ removedBy, within }: Mark): boolean {
	return removedBy.size > 0 || (within !== null && within.removedBy.size > 0);
}

/** True where its removal was promised. */
export function isAway({ removalPromisedAt }: Mark): boolean {
	return removalPromisedAt < Number.POSITIVE_INFINITY;
}

/** Something that a page was shown and must never be. */
export interface Breach {
	readonly check: CheckName;
	readonly say: string;
}

/** What a page did that is not called saved yet. */
export class Page {
	readonly #unsaved: Set<Entry>;
	#latest: readonly Entry[] = [];

	/** `unsaved` is what the device holds of earlier pages. */
	constructor(unsaved: Iterable<Entry>) {
		this.#unsaved = new Set(unsaved);
	}

	/** What the transaction did that has just ended: it goes into the next update. */
	get latest(): readonly Entry[] {
		return this.#latest;
	}

	/** All that is not saved yet: it goes into the next step 2. */
	unsaved(): readonly Entry[] {
		return [...this.#unsaved];
	}

	/** The page did this. */
	did(entries: readonly Entry[]): void {
		this.#latest = entries;
		for (const entry of entries) this.#unsaved.add(entry);
	}

	/** This was called saved. */
	saved(entries: readonly Entry[]): void {
		for (const entry of entries) this.#unsaved.delete(entry);
	}
}
