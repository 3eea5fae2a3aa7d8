/**
 * Where in the schema of a guarded room a struct of an update would stand. A struct says so only
 * through its neighbours: origin, else rightOrigin, else its parent, through what the update brings
 * and what the doc holds, up to a root. As `Item.getMissing` of yjs 13.6 (src/structs/Item.js).
 *
 *     text: letters, formats, photos          photos: entry { by ... caption: letters, gone }
 *     strokes: item { d ... points: ...       chat: messages        meta: { title, schema }
 *                     t: letters }
 */
import * as Y from "yjs";
import { WeftError } from "../../../shared/errors.ts";
import {
	type ClientStructs,
	finderOf,
	type ReadStruct,
	type ReadUpdate,
	type StructId,
	structAt,
} from "../update-reader.ts";

/** A kind of place of the schema. `gone`: under something deleted, where nothing is kept. */
export type Place =
	| "text"
	| "board"
	| "item"
	| "points"
	| "words"
	| "point"
	| "chat"
	| "photos"
	| "entry"
	| "caption"
	| "meta"
	| "gone"
	| "strange";

/** A type of the doc. */
export type HeldType = Parameters<Y.Transaction["changed"]["get"]>[0];

/** Where a struct stands. */
export interface Spot {
	readonly place: Place;
	/** The key, where it stands in a map. */
	readonly key: string | null;
	/** A type of the doc, the struct that brings it, or the name of a root that is still to come. */
	readonly holder: HeldType | ReadStruct | string;
}

/** The roots of the schema. */
const roots: Readonly<Record<string, Place>> = {
	text: "text",
	strokes: "board",
	chat: "chat",
	photos: "photos",
	meta: "meta",
};
const rootNames = Object.keys(roots);

const gone: Spot = { place: "gone", key: null, holder: "" };

/** The place of what stands directly under a root of that name. */
export function placeOfRoot(name: string): Place {
	return Object.hasOwn(roots, name) ? (roots[name] ?? "strange") : "strange";
}

/** The place of what stands in a type that itself stands at `outer`, under `key`. */
function placeInside(outer: Place, key: string | null): Place {
	switch (outer) {
		case "board":
			return "item";
		case "item":
			if (key === "points") return "points";
			return key === "t" ? "words" : "strange";
		case "points":
			return "point";
		case "photos":
			return "entry";
		case "entry":
			return key === "caption" ? "caption" : "strange";
		case "gone":
			return "gone";
		default:
			return "strange";
	}
}

/** The place of what stands in a type of the doc. */
export function placeIn(type: HeldType, doc: Y.Doc): Place {
	const item = type._item;
	if (item === null) {
		for (const name of rootNames) if (doc.share.get(name) === type) return placeOfRoot(name);
		return "strange";
	}
	if (!(item.parent instanceof Y.AbstractType)) return "gone";
	return placeInside(placeIn(item.parent, doc), item.parentSub);
}

/** Where an item of the doc stands. */
export function spotOfItem(item: Y.Item, doc: Y.Doc): Spot {
	const { parent, parentSub } = item;
	if (!(parent instanceof Y.AbstractType)) return gone;
	return { place: placeIn(parent, doc), key: parentSub, holder: parent };
}

/**
 * Most items of the doc that one update has us pass, and Yjs at a greater price. Neighbours stood
 * side by side in the doc of who wrote: an honest update passes only what came in between, once.
 * 200,000 letters written apart pass 205; a stroke put on a board that got 100,000 since, those.
 */
const passedMax = 2_000_000;

/** What one update may have us pass. */
export interface Leeway {
	/** How many items may still be passed; below zero once one was too many. */
	left: number;
	/** What the doc held before the first piece of the update; null where it comes as one. */
	readonly before: ReadonlyMap<number, number> | null;
}

/** For an update of which nothing is applied yet. */
export function leeway(before: Leeway["before"]): Leeway {
	return { left: passedMax, before };
}

/** Where the structs of an update, or of a piece of it, stand. Nothing of it may be applied yet. */
export class Places {
	readonly #doc: Y.Doc;
	readonly #leeway: Leeway;
	readonly #find: (client: number) => ClientStructs | undefined;
	/** Made where a struct stands beside another of the update: not while somebody types. */
	#known: Map<ReadStruct, Spot> | null = null;
	/** Structs of which only Yjs can tell whether their neighbours stand in order. */
	#unsure: ReadStruct[] | null = null;

	constructor(update: ReadUpdate, doc: Y.Doc, passing: Leeway) {
		this.#doc = doc;
		this.#leeway = passing;
		this.#find = finderOf(update.clients);
	}

	/**
	 * Where an item of the update stands. All that it refers to must be held or in the update, and
	 * nothing in a circle.
	 *
	 * @throws WeftError `refused_update` where its neighbours stand at different places
	 */
	of(struct: ReadStruct): Spot {
		if (this.#needOf(struct) === null) return this.#known?.get(struct) ?? this.#spotOf(struct);
		const waiting = [struct];
		this.#known ??= new Map();
		for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
			const need = this.#needOf(top);
			if (need !== null) {
				waiting.push(need);
				continue;
			}
			waiting.pop();
			if (!this.#known.has(top)) this.#known.set(top, this.#spotOf(top));
		}
		return this.#known.get(struct) ?? gone;
	}

	/** Whether all neighbours stood in order; to be asked once the update is applied. */
	isInOrder(): boolean {
		const unsure = this.#unsure ?? [];
		return unsure.every(({ origin, rightOrigin }) => {
			return origin === null || rightOrigin === null || this.#stand(origin, rightOrigin);
		});
	}

	/** The first struct of the update that must be placed before this one; null where none is. */
	#needOf({ origin, rightOrigin, parent }: ReadStruct): ReadStruct | null {
		const left = origin && this.#unknown(origin);
		if (left) return left;
		const right = rightOrigin && this.#unknown(rightOrigin);
		if (right) return right;
		return typeof parent === "string" || parent === null ? null : this.#unknown(parent);
	}

	#unknown(id: StructId): ReadStruct | null {
		const struct = this.#brought(id);
		return struct === null || struct.kind !== "item" || this.#known?.has(struct) ? null : struct;
	}

	/** The struct of the update in which an element lies that the doc does not hold. */
	#brought({ client, clock }: StructId): ReadStruct | null {
		if (clock < Y.getState(this.#doc.store, client)) return null;
		return structAt(this.#find(client), clock);
	}

	#spotOf(struct: ReadStruct): Spot {
		const { origin, rightOrigin, parent, parentSub } = struct;
		if (origin !== null && rightOrigin !== null) {
			const left = this.#spotBeside(origin);
			const right = this.#spotBeside(rightOrigin);
			if (left.place === "gone" || right.place === "gone") return gone;
			if (!isSameSpot(left, right)) refuse("neighbours at different places");
			this.#checkOrder(struct, origin, rightOrigin);
			return left;
		}
		if (origin !== null) {
			this.#passToEnd(origin, "right");
			return this.#spotBeside(origin);
		}
		if (rightOrigin !== null) {
			this.#passToEnd(rightOrigin, "left");
			return this.#spotBeside(rightOrigin);
		}
		if (typeof parent === "string") {
			const holder = this.#doc.share.get(parent) ?? parent;
			return { place: placeOfRoot(parent), key: parentSub, holder };
		}
		return parent === null ? gone : this.#spotInside(parent, parentSub);
	}

	#spotBeside(id: StructId): Spot {
		const brought = this.#brought(id);
		if (brought !== null) return this.#known?.get(brought) ?? gone;
		const held = this.#held(id);
		return held instanceof Y.Item ? spotOfItem(held, this.#doc) : gone;
	}

	#spotInside(id: StructId, key: string | null): Spot {
		const brought = this.#brought(id);
		if (brought !== null) {
			if (!brought.isType) return gone;
			const outer = this.#known?.get(brought) ?? gone;
			return { place: placeInside(outer.place, outer.key), key, holder: brought };
		}
		const held = this.#held(id);
		if (!(held instanceof Y.Item) || !(held.content instanceof Y.ContentType)) return gone;
		const holder = held.content.type;
		return { place: placeIn(holder, this.#doc), key, holder };
	}

	/**
	 * Refuses a struct whose left neighbour stands right of the other: Yjs would place it by what it
	 * finds on its way, and docs that got the same updates in another order would differ for good.
	 * What comes with the update has no place yet: what its own neighbours do not tell is looked at
	 * when it has one.
	 */
	#checkOrder(struct: ReadStruct, left: StructId, right: StructId): void {
		const [broughtLeft, broughtRight] = [this.#brought(left), this.#brought(right)];
		const isHeld = broughtLeft === null && broughtRight === null;
		if (isHeld ? !this.#stand(left, right) : isBackwards(broughtLeft, broughtRight, struct)) {
			refuse(this.#leeway.left < 0 ? tooFar : turnedRound);
		}
		if (isHeld || broughtLeft === broughtRight) return;
		// It goes where its left neighbour went in, or before what went in where it does.
		if (isSameId(broughtLeft?.rightOrigin, right) || isSameId(broughtRight?.origin, left)) return;
		this.#unsure ??= [];
		this.#unsure.push(struct);
	}

	/** Whether two that the doc holds stand in this order, as far as may be passed. */
	#stand(left: StructId, right: StructId): boolean {
		const from = this.#held(left);
		const to = this.#held(right);
		if (!(from instanceof Y.Item) || !(to instanceof Y.Item)) return true;
		if (from === to) return left.clock < right.clock;
		const isOwn = this.#isOfUpdate(left) || this.#isOfUpdate(right);
		if (isOwn && (isSameId(from.rightOrigin, right) || isSameId(to.origin, left))) return true;
		const isRoot = isOfRoot(from);
		let item = from.right;
		while (item !== null && item !== to && this.#leeway.left-- > 0) {
			if (isRoot && (isBefore(item.id, left) || isBefore(item.id, right))) return false;
			item = item.right;
		}
		return item === to;
	}

	/**
	 * Passes what came in since between something that stood last on its side and the end. Before
	 * what stood first nothing of the same hand stands that is older.
	 */
	#passToEnd(last: StructId, side: "left" | "right"): void {
		if (this.#isOfUpdate(last)) return; // Beside it nothing came in since.
		const held = this.#held(last);
		if (!(held instanceof Y.Item)) return;
		const isFirst = side === "left" && isOfRoot(held);
		if (isFirst && last.clock > held.id.clock) refuse(turnedRound);
		let item = held[side];
		while (item !== null && this.#leeway.left-- > 0) {
			if (isFirst && isBefore(item.id, last)) refuse(turnedRound);
			item = item[side];
		}
		if (item !== null) refuse(tooFar);
	}

	/** True for what an earlier piece of the update brought. */
	#isOfUpdate({ client, clock }: StructId): boolean {
		const { before } = this.#leeway;
		return before !== null && clock >= (before.get(client) ?? 0);
	}

	#held({ client, clock }: StructId): Y.Item | Y.GC | null {
		const structs = this.#doc.store.clients.get(client) ?? [];
		if (clock >= Y.getState(this.#doc.store, client)) return null;
		return structs[Y.findIndexSS(structs, clock)] ?? null;
	}
}

/** What is said of a struct whose neighbours stand the wrong way round. */
export const turnedRound = "neighbours the wrong way round";

/** What is said of an update that has us pass too much. */
const tooFar = "neighbours too far apart";

/** True for what stands in a root. */
function isOfRoot({ parent }: Y.Item): boolean {
	return parent instanceof Y.AbstractType && parent._item === null;
}

/** True where two structs stand in one list, or under one key. */
export function isSameSpot(one: Spot, other: Spot): boolean {
	return one.key === other.key && one.holder === other.holder;
}

/** True where both neighbours lie in one struct of the update, in the wrong order. */
function isBackwards(
	left: ReadStruct | null,
	right: ReadStruct | null,
	{ origin, rightOrigin }: ReadStruct,
): boolean {
	return left === right && (origin?.clock ?? 0) >= (rightOrigin?.clock ?? 0);
}

/**
 * True where an element was written before another, by the same hand. Who writes between two
 * elements of a root has nothing between them: what stands there they had not been told of, and so
 * it is nothing that came before one of the two. Elsewhere an undo puts back what it finds.
 */
function isBefore({ client, clock }: StructId, other: StructId): boolean {
	return client === other.client && clock < other.clock;
}

function isSameId(one: StructId | null | undefined, other: StructId): boolean {
	return one?.client === other.client && one.clock === other.clock;
}

function refuse(detail: string): never {
	throw new WeftError("refused_update", detail);
}
