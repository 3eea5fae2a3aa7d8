/**
 * Lines that stay on things, when they are moved by their body. One whose things all move too goes
 * along and stays on them; one whose things all stay behind comes away from them and goes where the
 * hand goes, as a whole. Between one that moves and one that stays nothing but its free end moves.
 */
import * as Y from "yjs";
import { endKeys } from "../../../shared/surfaces/arrange/ends.ts";
import { itemPoints } from "../../../shared/surfaces/arrange/item-points.ts";
import { putEnd } from "../../../shared/surfaces/arrange/joins.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Scene } from "../scene.ts";

type Joined = Pick<SceneItem, "joins">;

/** True for what goes exactly where the hand goes while these ids are moved. */
export function rides({ joins }: Joined, moved: ReadonlySet<number>): boolean {
	const on = thingsOf(joins);
	return on.every((id) => moved.has(id)) || !on.some((id) => moved.has(id));
}

/** True for a line that leaves what it stays on when these ids are moved. */
export function comesAway({ joins }: Joined, moved: ReadonlySet<number>): boolean {
	const on = thingsOf(joins);
	return on.length > 0 && !on.some((id) => moved.has(id));
}

/**
 * Takes lines off what they stay on; their ends are where they are seen. Call it in a transaction.
 *
 * @returns puts them back, in another; null where there are none
 */
export function letGo(scene: Scene, lines: readonly SceneItem[]): (() => void) | null {
	const backs = lines.flatMap((line) => {
		const [entry] = scene.valuesOf([line.id]);
		return entry instanceof Y.Map ? [letGoOf(line, entry)] : [];
	});
	if (backs.length === 0) return null;
	return () => {
		for (const back of backs) back();
	};
}

function letGoOf({ item, joins }: SceneItem, entry: Y.Map<unknown>): () => void {
	const before = endKeys.map((key) => [key, entry.get(key)] as const);
	const { points } = itemPoints(item);
	const places = [points.subarray(0, 2), points.subarray(-2)];
	for (const end of [0, 1] as const) {
		const [x = 0, y = 0] = places[end] ?? [];
		if (joins?.[end] != null) putEnd(entry, end, { at: { x, y }, on: null });
	}
	return () => {
		if (entry._item?.deleted !== false) return; // Somebody erased it meanwhile.
		for (const [key, value] of before) if (value !== undefined) entry.set(key, value);
	};
}

function thingsOf(joins: Joined["joins"]): number[] {
	return (joins ?? []).flatMap((id) => id ?? []);
}
