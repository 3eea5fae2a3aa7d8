/** Comments speak of places by Yjs's names of them: in a fresh doc these are others. */
import type * as Y from "yjs";
import { type Anchor, aboutOf, anchorAtPassage, placeOf } from "../../../shared/surfaces/about.ts";
import { anchorAtItem, ItemFinder } from "../../../shared/surfaces/about-item.ts";
import { twinsIn } from "../../../shared/surfaces/arrange/twins.ts";
import { strokesOf, textOf } from "../../../shared/surfaces/root.ts";
import { seenOrder } from "./seen-pile.ts";

/** Finds places of one doc in another that shows the same text and the same items. */
export class Anchors {
	readonly #old: Y.Doc;
	readonly #fresh: Y.Doc;
	#items: { readonly finder: ItemFinder; readonly indexes: Map<unknown, number> } | null = null;

	constructor(old: Y.Doc, fresh: Y.Doc) {
		this.#old = old;
		this.#fresh = fresh;
	}

	/** The same place in the other doc; the anchor itself where it names none that is there. */
	moved(anchor: Anchor): Anchor {
		const about = aboutOf(anchor);
		if (about?.kind === "item") return { ...anchor, ...this.#itemLike(this.#find(about)) };
		const place = about?.kind === "passage" ? placeOf(about, this.#old) : null;
		if (place === null) return anchor;
		// What was quoted then people see still, whatever became of the passage.
		const { from, to } = anchorAtPassage(textOf(this.#fresh), place.from, place.to);
		return { ...anchor, from, to };
	}

	#find(about: Parameters<ItemFinder["find"]>[0]): unknown {
		return this.#known().finder.find(about);
	}

	#itemLike(entry: unknown): Anchor | null {
		const index = this.#known().indexes.get(entry);
		if (index === undefined) return null;
		const board = strokesOf(this.#fresh);
		return anchorAtItem(board, board.get(index));
	}

	/** Made for the first anchor at an item: most rooms have none. */
	#known() {
		this.#items ??= {
			finder: new ItemFinder(this.#old),
			indexes: placesAfter(this.#old),
		};
		return this.#items;
	}
}

/** Where entries of the old board stand on the fresh one. */
function placesAfter(old: Y.Doc): Map<unknown, number> {
	const board = strokesOf(old);
	const entries = board.toArray();
	const places = new Map(seenOrder(old).map((before, index) => [entries[before], index]));
	for (const [twin, seen] of twinsIn(board)) places.set(twin, places.get(seen) ?? 0);
	return places;
}
