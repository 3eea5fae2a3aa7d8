/**
 * Words on the board: texts, sticky notes, and what stands in shapes; people type into them
 * together.
 *
 *     d    as of all items (stroke-codec.ts): kind, colour, the index of the size in place of the
 *          width, and two points, the upper left and the lower right corner of the box
 *     t    the letters: a Y.Text without formats
 *
 * The box says where the words stand and how wide their lines may be. How high they are, their
 * letters say; a note is at least as high as its box. Both keys are written in one update. So they
 * are with a shape, whose letters stand in its middle: it has an empty `t` from its beginning, so
 * that two who begin to type at once type into one text.
 */
import * as Y from "yjs";
import { type ItemLook, lookKeys } from "../item-look.ts";
import { type Bounds, encodeStroke } from "../stroke-codec.ts";
import type { WordsKind } from "./letters.ts";

/** A text or a note as somebody puts it down. */
export interface Words {
	readonly kind: WordsKind;
	/** Index into the palette. */
	readonly color: number;
	/** Index into `letterSizes`. */
	readonly size: number;
	readonly look: ItemLook;
	readonly box: Bounds;
	readonly text: string;
}

/**
 * Puts words on top of all items. Call it inside `doc.transact`.
 *
 * @throws WeftError `bad_item`; the board is untouched
 */
export function addWords(board: Y.Array<unknown>, words: Words): Y.Map<unknown> {
	const item = new Y.Map<unknown>([...wordsKeys(words), ["t", new Y.Text(words.text)]]);
	board.push([item]);
	return item;
}

/** The keys of their entry, but for the letters. @throws WeftError `bad_item` */
export function wordsKeys(words: Omit<Words, "text">): [key: string, value: unknown][] {
	const { kind, color, size, box, look } = words;
	const points = Float64Array.of(box.minX, box.minY, box.maxX, box.maxY);
	const d = encodeStroke({ kind, color, width: size, points, pressures: null, times: null });
	return [["d", d], ...lookKeys(look)];
}

/** The letters of an entry, for edits; null where it has none that can be edited. */
export function lettersOf(entry: unknown): Y.Text | null {
	const letters = entry instanceof Y.Map ? entry.get("t") : null;
	return letters instanceof Y.Text ? letters : null;
}
