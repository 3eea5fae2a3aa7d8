/** How much room a shape has for words, and how high it must be for those that it has. */
import type * as Y from "yjs";
import { standItems } from "../../../shared/surfaces/arrange/edits.ts";
import { type Pose, plainPose, sizeWithin } from "../../../shared/surfaces/arrange/pose.ts";
import { type BoardItem, readItem } from "../../../shared/surfaces/board.ts";
import { type ItemFrame, itemFrame } from "../../../shared/surfaces/item-outline.ts";
import type { ItemKind } from "../../../shared/surfaces/stroke-codec.ts";
import { isWordsKind, letterSizes } from "../../../shared/surfaces/words/letters.ts";

/** Air between a shape's line and its letters, in units. */
const air = 8;
/** How much of a shape's box the largest box takes that lies in it, of 1. */
const boxShares: Readonly<Partial<Record<ItemKind, number>>> = {
	ellipse: Math.SQRT1_2,
	diamond: 0.5,
};

/** Width and height that letters have in a shape, in units; below 0 where it is all line. */
export function roomIn(
	{ kind, width: line }: Pick<BoardItem, "kind" | "width">,
	{ width, height }: Pick<ItemFrame, "width" | "height">,
): { readonly width: number; readonly height: number } {
	const share = boxShares[kind] ?? 1;
	const edge = line + 2 * air;
	return { width: width * share - edge, height: height * share - edge };
}

/**
 * How a shape lies that is as high as its words, around the same middle; null where it is high
 * enough.
 *
 * @throws WeftError `bad_item`
 */
export function poseAround(item: BoardItem, wordsHeight: number): Pose | null {
	const frame = itemFrame(item);
	if (frame === null || frame.height < 1) return null;
	const lack = wordsHeight - roomIn(item, frame).height;
	if (lack <= 0) return null;
	const pose = item.pose ?? plainPose;
	const height = frame.height + lack / (boxShares[item.kind] ?? 1);
	return { ...pose, high: sizeWithin((pose.high * height) / frame.height) };
}

/** How the words of an item lie; null where it has none, or nobody knows yet. */
export type Lay = (
	item: BoardItem,
) => { readonly lines: readonly unknown[]; readonly lineHeight: number } | null;

/**
 * The pose nearest to one that is asked for in which an item has room for its words: as high as
 * they are, and as wide as one of their letters.
 *
 * @throws WeftError `bad_item`
 */
export function roomyPose(item: BoardItem, asked: Pose, lay: Lay): Pose {
	if (isWordsKind(item.kind) || (item.text ?? "").trim() === "") return asked;
	const frame = itemFrame({ ...item, pose: asked });
	const letter = item.letterSize ?? letterSizes[1];
	if (frame === null || frame.width === 0) return asked;
	const lack = letter - roomIn(item, frame).width;
	const width = frame.width + Math.max(0, lack) / (boxShares[item.kind] ?? 1);
	const pose = { ...asked, wide: sizeWithin((asked.wide * width) / frame.width) };
	const stood = { ...item, pose };
	const words = lay(stood);
	return (words && poseAround(stood, words.lines.length * words.lineHeight)) ?? pose;
}

/** Makes a shape as high as its words; what is high enough stays. Call it in `doc.transact`. */
export function makeRoom(board: Y.Array<unknown>, entry: Y.Map<unknown>, lay: Lay): void {
	const item = readItem(entry);
	const words = item === null || isWordsKind(item.kind) ? null : lay(item);
	if (item === null || words === null) return;
	const pose = poseAround(item, words.lines.length * words.lineHeight);
	if (pose !== null) standItems(board, new Map([[entry, { x: item.x, y: item.y, pose }]]));
}
