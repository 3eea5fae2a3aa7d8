/**
 * What lies above what on the board. An item lies where it stands in the array, and what is drawn
 * later lies above it. One that was brought forward or sent back has the key `z`:
 *
 *     z = [client, clock, lift]
 *
 * It lies at the entry of that name (Yjs's), above it where `lift` is more than 0, below it where
 * less; of several at one entry the one with the smaller lift is lower. So a reordering changes one
 * key of one item: nothing is taken out and put in again, and nothing is doubled. The entry may be
 * the item itself, and may be gone: its place is known all the same.
 */
/** What `z` says. */
export type Lift = readonly [client: number, clock: number, lift: number];

/** Where an item lies among those of one number `z`. */
export interface Height {
	/** Its place in the array, or that of what it was laid above or below. */
	readonly order: number;
	/**
	 * How many that are gone lie between that and this, how far above it lies, and its own order;
	 * null for what lies where it was drawn.
	 */
	readonly lifted: readonly [goneCount: number, lift: number, own: number] | null;
}

/** Back to front, for `sort`. */
export function compareHeights(a: Height, b: Height): number {
	// Of two that lie below all others the difference of orders is no number, and decides nothing.
	return a.order - b.order || compareLifted(a, b);
}

function compareLifted(a: Height, b: Height): number {
	const [goneA, liftA, ownA] = a.lifted ?? [0, 0, a.order];
	const [goneB, liftB, ownB] = b.lifted ?? [0, 0, b.order];
	return goneA - goneB || liftA - liftB || ownA - ownB;
}

/** Reads `z`; null where it says nothing of the kind. */
export function readLift(z: unknown): Lift | null {
	if (!Array.isArray(z) || z.length !== 3) return null;
	const [client, clock, lift]: unknown[] = z;
	return isCount(client) && isCount(clock) && typeof lift === "number" && Number.isFinite(lift)
		? [client, clock, lift]
		: null;
}

function isCount(value: unknown): value is number {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 2 ** 53;
}
