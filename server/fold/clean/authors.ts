/**
 * Under which client ids a cleaned doc stands. Who wrote what is known by them, so each author gets
 * one; of those whose names nobody knows all are one.
 */
import type * as Y from "yjs";
import { anyone, nobody, type UserId } from "../../../shared/ids.ts";
import { chatOf, photosOf } from "../../../shared/surfaces/root.ts";

/** Gives out client ids that no doc of the room has, or had. */
export class FreshIds {
	readonly #old: ReadonlySet<number>;
	readonly #owners: ReadonlyMap<number, UserId>;
	readonly #marked: ReadonlySet<number>;
	readonly #random: () => number;
	readonly #byAuthor = new Map<string, number>();

	/** `random` makes client ids as Yjs does: 32 bits. */
	constructor(doc: Y.Doc, owners: ReadonlyMap<number, UserId>, random: () => number) {
		this.#old = new Set([...doc.store.clients.keys(), ...owners.keys()]);
		this.#owners = owners;
		this.#marked = markedIn(doc);
		this.#random = random;
	}

	/** The id under which stands what stood under that one. */
	of(client: number): number {
		const author = this.#authorOf(client);
		const known = this.#byAuthor.get(author);
		if (known !== undefined) return known;
		let fresh = this.#random();
		while (this.#isTaken(fresh)) fresh = this.#random();
		this.#byAuthor.set(author, fresh);
		return fresh;
	}

	/** Nobody's from now on: those of the old doc, and those that were given out. */
	owners(): Map<number, UserId> {
		return new Map([...this.#old, ...this.#byAuthor.values()].map((client) => [client, nobody]));
	}

	#authorOf(client: number): string {
		const owner = this.#owners.get(client) ?? anyone;
		if (owner !== anyone && owner !== nobody) return owner;
		// Many people may be "anyone", and an id of an earlier purge is one person's.
		return this.#marked.has(client) || owner === nobody ? `client ${client}` : "";
	}

	#isTaken(id: number): boolean {
		return this.#old.has(id) || [...this.#byAuthor.values()].includes(id);
	}
}

/** Client ids under which somebody left their name: messages and photos. */
function markedIn(doc: Y.Doc): Set<number> {
	const marked = new Set<number>();
	for (let item = chatOf(doc)._start; item !== null; item = item.right) {
		if (!item.deleted) marked.add(item.id.client);
	}
	for (const entry of photosOf(doc).values()) {
		if (entry?._item != null) marked.add(entry._item.id.client);
	}
	return marked;
}
