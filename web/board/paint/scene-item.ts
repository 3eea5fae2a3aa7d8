/** An item of the board as the scene, the painter and the worker pass it around. Plain data. */
import type { BoardItem } from "../../../shared/surfaces/board.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";

/** An item with what is needed to find and to paint it. */
export interface SceneItem {
	/** Names the item in this tab. */
	readonly id: number;
	/** Back to front among items of one `z`. */
	readonly order: number;
	readonly item: BoardItem;
	/** What it covers on the board when painted, the width of its line included. */
	readonly box: Bounds;
}

/** Back to front, for `sort`. */
export function byHeight(a: SceneItem, b: SceneItem): number {
	return a.item.z - b.item.z || a.order - b.order;
}
