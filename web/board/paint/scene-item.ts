/** An item of the board as the scene, the painter and the worker pass it around. Plain data. */
import { compareHeights, type Height } from "../../../shared/surfaces/arrange/heights.ts";
import type { BoardItem } from "../../../shared/surfaces/board.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import type { WordsLayout } from "../words/layout.ts";

/** An item with what is needed to find and to paint it. */
export interface SceneItem extends Height {
	/** Names the item in this tab. */
	readonly id: number;
	readonly item: BoardItem;
	/** What it covers on the board when painted, the width of its line included. */
	readonly box: Bounds;
	/** Ids of what its ends stay on; null for an end that is free. Only of lines that were joined. */
	readonly joins?: readonly [from: number | null, to: number | null];
	/** How its letters lie, once somebody knows. */
	readonly words?: WordsLayout;
}

/** Back to front, for `sort`. */
export function byHeight(a: SceneItem, b: SceneItem): number {
	return a.item.z - b.item.z || compareHeights(a, b);
}

/** Items on their way to a worker. */
export interface PackedItems {
	readonly items: readonly PackedItem[];
	/** The bytes of all parts, one after the other; to be transferred. */
	readonly bytes: Uint8Array;
}

interface PackedItem extends Omit<SceneItem, "item"> {
	readonly item: Omit<BoardItem, "parts">;
	readonly partSizes: readonly number[];
}

/**
 * Puts the parts of items into one array of their own. In the doc they are views of whole updates,
 * and a message would copy all of an update for one moved stroke.
 */
export function packItems(scenes: readonly SceneItem[]): PackedItems {
	const sizeOf = (scene: SceneItem) => scene.item.parts.reduce((sum, part) => sum + part.length, 0);
	const bytes = new Uint8Array(scenes.reduce((sum, scene) => sum + sizeOf(scene), 0));
	let at = 0;
	const items = scenes.map((scene) => {
		const { parts, ...item } = scene.item;
		for (const part of parts) {
			bytes.set(part, at);
			at += part.length;
		}
		return { ...scene, item, partSizes: parts.map((part) => part.length) };
	});
	return { items, bytes };
}

/** Takes apart what `packItems` put together; parts are views of the one array. */
export function unpackItems({ items, bytes }: PackedItems): SceneItem[] {
	let at = 0;
	return items.map(({ partSizes, ...packed }) => {
		const parts = partSizes.map((size) => {
			at += size;
			return bytes.subarray(at - size, at);
		});
		return { ...packed, item: { ...packed.item, parts } };
	});
}
