/** One step forward or back, to the front, to the back: what `z` the items must have then. */
import type { Lift } from "./heights.ts";

/** Where items go. */
export type Order = "forward" | "backward" | "front" | "back";

/** An item with its place in the pile. */
export interface Piled {
	/** Names the item. */
	readonly id: number;
	/** The entry at which it lies, and how far above or below; its own name and 0 by itself. */
	readonly lift: () => Lift;
	/** False for what lies elsewhere on the board: a step over it would not be seen. */
	readonly isNear: (others: ReadonlySet<number>) => boolean;
}

/**
 * The `z` of the items that move.
 *
 * @param pile all items, back to front
 * @param chosen ids of those that go; their order among each other stays
 * @returns by id; nothing for what is there already
 */
export function reorder(
	pile: readonly Piled[],
	chosen: ReadonlySet<number>,
	order: Order,
): Map<number, Lift> {
	const isUp = order === "forward" || order === "front";
	// What goes back is what goes forward in a pile that stands on its head.
	const upright = isUp ? pile : [...pile].reverse();
	const moving = upright.filter(({ id }) => chosen.has(id));
	const resting = upright.filter(({ id }) => !chosen.has(id));
	// Those below the lowest that moves stay below it.
	const passable = resting.slice(upright.findIndex(({ id }) => chosen.has(id)));
	const at =
		order === "front" || order === "back"
			? passable.length - 1
			: passable.findIndex((one) => one.isNear(chosen));
	const over = passable[at];
	if (over === undefined) return new Map();
	return liftsBetween(over.lift(), passable[at + 1]?.lift() ?? null, { moving, isUp });
}

/** Lays items one after the other between one that they pass and the next one behind it. */
function liftsBetween(
	over: Lift,
	beyond: Lift | null,
	{ moving, isUp }: { readonly moving: readonly Piled[]; readonly isUp: boolean },
): Map<number, Lift> {
	const [client, clock, from] = over;
	const isSame = beyond !== null && beyond[0] === client && beyond[1] === clock;
	// Whole steps where nothing is in the way: they are the shortest on the wire.
	const to = isSame ? beyond[2] : from + (isUp ? 1 : -1) * (moving.length + 1);
	const step = (to - from) / (moving.length + 1);
	return new Map(
		moving.map(({ id }, index) => [id, [client, clock, from + step * (index + 1)] as const]),
	);
}
