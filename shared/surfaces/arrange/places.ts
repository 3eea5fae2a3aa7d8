/** Where the entries are that `z` of others names (heights.ts). */
import * as Y from "yjs";
import type { Lift } from "./heights.ts";

/** Where an entry lies, to be compared with others of the same doc. */
export interface Place {
	/** The entry that is there still at or before the place; null before all of them. */
	readonly value: unknown;
	/** How many that are gone lie between. */
	readonly goneCount: number;
}

/** Where an entry of that name lies or lay; null where the doc does not know it. */
export function placeOf(board: Y.Array<unknown>, [client, clock]: Lift): Place | null {
	const store = board.doc?.store;
	if (store === undefined || clock >= Y.getState(store, client)) return null;
	let item: Y.Item | Y.GC | null = Y.getItem(store, Y.createID(client, clock));
	if (!(item instanceof Y.Item) || item.parent !== board) return null;
	let index = clock - item.id.clock;
	let goneCount = 0;
	while (item?.deleted) {
		goneCount += index + 1;
		item = item.left;
		index = (item?.length ?? 0) - 1;
	}
	return { value: item?.content.getContent()[index] ?? null, goneCount };
}
