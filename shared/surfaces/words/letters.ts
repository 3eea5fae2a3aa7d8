/** The letters of words on the board, as every board reads them: see words.ts. */
import * as Y from "yjs";
import { itemTextStoredMax } from "../../limits.ts";

/** What people type into. */
export type WordsKind = "text" | "note";

/** Heights of letters by the index that other items have for their width, in board units. */
export const letterSizes = [16, 20, 28, 44] as const;

/** True for a kind that is letters: without any it is nothing. */
export function isWordsKind(kind: string): kind is WordsKind {
	return kind === "text" || kind === "note";
}

/** Shapes that people type into: those with an inside. */
const shapesWithWords: readonly string[] = ["rectangle", "ellipse", "diamond"];

/** True for a kind that may have letters: those above, and shapes, most of which have none. */
export function mayHaveWords(kind: string): boolean {
	return isWordsKind(kind) || shapesWithWords.includes(kind);
}

/** What stands under `t`, bounded; a stranger's may be a plain string. */
export function readLetters(value: unknown): string {
	const text = value instanceof Y.Text ? value.toString() : value;
	if (typeof text !== "string") return "";
	return cutText(text, itemTextStoredMax);
}

/** The first so many UTF-16 code units of a text, without half a character at the end. */
export function cutText(text: string, length: number): string {
	return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}
