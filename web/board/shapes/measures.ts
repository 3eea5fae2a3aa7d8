/** What the kit brings that says where items are, and which of them are seen. */
import type { placeOf } from "../../../shared/surfaces/arrange/places.ts";
import type { BoardItem } from "../../../shared/surfaces/board.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import type { SceneItem } from "../paint/scene-item.ts";

/** Says where lines are whose ends stay on what they point at, and what is there twice. */
export interface Joiner {
	/** An item of an entry as it is seen; null where it is not. @throws WeftError `bad_item` */
	join(item: BoardItem, value: unknown): Pick<SceneItem, "item" | "joins"> | null;
	/** Entries that look different once these came, went or changed; asked before they are read. */
	followersOf(values: Iterable<unknown>): ReadonlySet<unknown>;
	/**
	 * These will go, with all that is not seen of them: what points at them stays as it is seen now.
	 * To be called in a transaction.
	 */
	settle(values: ReadonlySet<unknown>): void;
}

/** What it takes to say where items are; until it is here, they lie as they were drawn. */
export interface Measures {
	readonly boundsOf: (item: BoardItem) => Bounds | null;
	readonly placeOf: typeof placeOf;
	readonly joiner: Joiner | null;
}
