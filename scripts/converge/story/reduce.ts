/** Finds a short list that still has a property, by leaving parts out. */

/** True where the property is still there. */
export type Holds<Item> = (items: readonly Item[]) => Promise<boolean>;

/** Pairs are tried in lists of at most so many. */
const pairedMax = 16;

/**
 * Leaves out halves, then quarters, down to single items, until none can be missed: delta debugging
 * (Zeller and Hildebrandt 2002), but only by taking away. `items` is known to have the property.
 */
export async function reduceList<Item>(
	items: readonly Item[],
	holds: Holds<Item>,
): Promise<readonly Item[]> {
	let left = items;
	for (let chunk = Math.ceil(left.length / 2); chunk >= 1; chunk = Math.floor(chunk / 2)) {
		left = await leaveOut(left, chunk, holds);
	}
	return left;
}

/** Leaves out every stretch of that length that can be missed, the last first. */
async function leaveOut<Item>(
	items: readonly Item[],
	chunk: number,
	holds: Holds<Item>,
): Promise<readonly Item[]> {
	let left = items;
	for (let end = left.length; end > 0; end -= chunk) {
		const without = [...left.slice(0, Math.max(0, end - chunk)), ...left.slice(end)];
		if (without.length < left.length && (await holds(without))) left = without;
	}
	return left;
}

/** Leaves out two at once, where neither can be missed alone: going offline and coming back. */
export async function reducePairs<Item>(
	items: readonly Item[],
	holds: Holds<Item>,
): Promise<readonly Item[]> {
	let left = items;
	if (left.length > pairedMax) return left;
	for (let first = left.length - 2; first >= 0; first--) {
		for (let second = left.length - 1; second > first; second--) {
			const without = left.filter((_, index) => index !== first && index !== second);
			if (without.length < left.length && (await holds(without))) left = without;
		}
	}
	return left;
}
