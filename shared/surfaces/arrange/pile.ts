/** The whole board as people see it, for who has no picture of it: one pass over all entries. */
import type * as Y from "yjs";
import { readItem } from "../board.ts";
import { compareHeights, type Height } from "./heights.ts";
import { placeOf } from "./places.ts";
import { twinsIn } from "./twins.ts";

interface Laid extends Height {
	readonly z: number;
	readonly index: number;
}

/**
 * The places in the array of all entries that are seen, back to front; what cannot be drawn has its
 * own.
 */
export function pileOf(board: Y.Array<unknown>): number[] {
	const entries = board.toArray();
	const orders = new Map(entries.map((entry, index) => [entry, index]));
	const laid = entries.map((entry, index): Laid => {
		const { z, lift } = readItem(entry) ?? { z: 0, lift: null };
		const place = lift === null ? null : placeOf(board, lift);
		if (lift === null || place === null) return { z, index, order: index, lifted: null };
		const order = orders.get(place.value) ?? Number.NEGATIVE_INFINITY;
		return { z, index, order, lifted: [place.goneCount, lift[2], index] };
	});
	const twins = twinsIn(board);
	return laid
		.filter(({ index }) => !twins.has(entries[index]))
		.sort((a, b) => a.z - b.z || compareHeights(a, b))
		.map(({ index }) => index);
}
