/**
 * Rights and schema of a room: judges what is new in an update, struct by struct and delete by
 * delete, before it is applied. Whole update or nothing. In an open room anything may stand
 * anywhere, but neighbours must stand together there too.
 *
 * A CRDT has no place for rights: whoever may write to one list of a doc can write to all. So each
 * struct is followed to its place in the schema (`places.ts`), and what stands there is held
 * against the rights of who sent it. After the transaction `confirm` compares what did change with
 * what was let in.
 */
import * as Y from "yjs";
import { WeftError } from "../../../shared/errors.ts";
import { type RoomKind, rightsIn, writesAnything } from "../../../shared/roles.ts";
import {
	type ClientStructs,
	type DeletedRange,
	finderOf,
	type ReadStruct,
	type ReadUpdate,
	structAt,
} from "../update-reader.ts";
import {
	type HeldType,
	isSameSpot,
	type Leeway,
	leeway,
	Places,
	placeOfRoot,
	type Spot,
	spotOfItem,
} from "./places.ts";
import { type Author, admitDelete, admitStruct, type Rules } from "./rules.ts";
import { TextGrowth } from "./text-growth.ts";

/** What is counted over all pieces of an update; at its end the growth is to be checked. */
export interface Across extends Leeway {
	readonly growth: TextGrowth;
	/** What others bring in between counts as if it had stood there before. */
	readonly before: Map<number, number>;
}

/** For an update that comes in pieces, of which nothing is in the doc yet. */
export function acrossPieces({ store }: Y.Doc): Across {
	const clients = Array.from(store.clients.keys());
	const before = new Map(clients.map((client) => [client, Y.getState(store, client)]));
	return { ...leeway(before), before, growth: new TextGrowth() };
}

/** The guard of one room. */
export class Guard {
	/** Where it is, members may bring back what others wrote. */
	readonly #isHealing: boolean;
	/** What may change in the transaction under way: types, and names of roots that are to come. */
	readonly #allowed = new Set<string | HeldType>();
	#kind: RoomKind = "guarded";

	constructor(isHealing: boolean) {
		this.#isHealing = isHealing;
	}

	/** A transaction begins. */
	begin(kind: RoomKind): void {
		this.#kind = kind;
		this.#allowed.clear();
	}

	/**
	 * Lets in an update that is new, and sound: see `inspect`; or a piece of one, and what is counted
	 * over all pieces. Nothing of it may be applied yet.
	 * Once it is, `isInOrder` of what comes back must be true.
	 *
	 * @throws WeftError `not_allowed`, `refused_update`, `bad_item`
	 */
	admit(update: ReadUpdate, doc: Y.Doc, author: Author, across: Across | null = null): Places {
		if (!writesAnything(rightsIn(this.#kind, author.rights))) throw new WeftError("not_allowed");
		const places = new Places(update, doc, across ?? leeway(null));
		const rules = { doc, author, isHealing: this.#isHealing };
		const growth = across?.growth ?? new TextGrowth();
		for (const block of update.clients) this.#admitStructs(block, places, rules, growth);
		if (across === null) growth.check();
		if (this.#isOpen || update.deletes.length === 0) return places;
		const find = finderOf(update.clients);
		for (const range of update.deletes) {
			this.#admitHeldDeletes(range, rules);
			admitBroughtDeletes(range, { find, places, rules });
		}
		return places;
	}

	/** The transaction is over. @throws Error where something changed that was not let in */
	confirm({ doc, changed }: Y.Transaction): void {
		if (this.#isOpen) return;
		for (const type of changed.keys()) {
			const isAllowed = this.#allowed.has(type) || this.#allowed.has(nameOfRoot(type, doc));
			if (!isAllowed) throw new Error("something changed that was not let in");
		}
	}

	#admitStructs(block: ClientStructs, places: Places, rules: Rules, growth: TextGrowth): void {
		const { client, end, structs } = block;
		const { doc } = rules;
		const held = Y.getState(doc.store, client);
		for (const struct of structs) {
			if (!this.#isOpen) refuseStrangeRoot(struct, doc);
			if (end <= held || struct.clock + struct.length <= held || struct.kind !== "item") continue;
			const spot = places.of(struct);
			if (struct.clock < held) refuseChangedPlace(client, held, spot, doc);
			if (this.#isOpen) continue;
			admitStruct(struct, spot, rules);
			if (spot.place === "words" && struct.text !== null) {
				const clock = Math.max(held, struct.clock);
				growth.add(spot, { client, clock, length: struct.clock + struct.length - clock });
			}
			this.#allow(spot);
		}
	}

	/** Deletes of what the doc holds; what is deleted already is no news. */
	#admitHeldDeletes({ client, clock, length }: DeletedRange, rules: Rules): void {
		const structs = rules.doc.store.clients.get(client) ?? [];
		const end = Math.min(clock + length, Y.getState(rules.doc.store, client));
		if (clock >= end) return;
		for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
			const struct = structs[index];
			if (struct === undefined || struct.id.clock >= end) return;
			if (!(struct instanceof Y.Item) || struct.deleted) continue;
			const spot = spotOfItem(struct, rules.doc);
			admitDelete(spot, rules);
			this.#allow(spot);
		}
	}

	get #isOpen(): boolean {
		return this.#kind === "open";
	}

	#allow({ place, holder }: Spot): void {
		if (place === "gone") return;
		if (typeof holder === "string" || holder instanceof Y.AbstractType) this.#allowed.add(holder);
	}
}

/** The name of a root; empty for a type that is none. */
function nameOfRoot(type: HeldType, doc: Y.Doc): string {
	if (type._item !== null) return "";
	for (const [name, root] of doc.share) if (root === type) return name;
	return "";
}

interface Brought {
	readonly find: (client: number) => ClientStructs | undefined;
	readonly places: Places;
	readonly rules: Rules;
}

/** Deletes of what comes with the update. */
function admitBroughtDeletes({ client, clock, length }: DeletedRange, brought: Brought): void {
	const { find, places, rules } = brought;
	const block = find(client);
	const held = Y.getState(rules.doc.store, client);
	for (let at = Math.max(clock, held); at < clock + length; ) {
		const struct = structAt(block, at);
		if (struct === null) return;
		if (struct.kind === "item") admitDelete(places.of(struct), rules);
		at = struct.clock + struct.length;
	}
}

/** Yjs makes the root that a struct names while it reads, also where the struct is known. */
function refuseStrangeRoot({ parent }: ReadStruct, doc: Y.Doc): void {
	if (typeof parent !== "string" || placeOfRoot(parent) !== "strange") return;
	if (!doc.share.has(parent)) refuse("no such root");
}

/**
 * Of a struct that is held in part, Yjs puts the rest behind that part, into the parent that the
 * struct itself names.
 */
function refuseChangedPlace(client: number, held: number, spot: Spot, doc: Y.Doc): void {
	const structs = doc.store.clients.get(client) ?? [];
	const before = structs[Y.findIndexSS(structs, held - 1)];
	// What was deleted with all around it takes what follows along.
	const isThere = before instanceof Y.Item;
	const isSame = isThere ? isSameSpot(spotOfItem(before, doc), spot) : spot.place === "gone";
	if (!isSame) refuse("the rest of something that stands elsewhere");
}

function refuse(detail: string): never {
	throw new WeftError("refused_update", detail);
}
