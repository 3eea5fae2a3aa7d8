/** The letters of words on the board, as every board reads them: see words.ts. */
import * as Y from "yjs";
import { itemTextStoredMax } from "../../limits.ts";

/** What people type into. */
export type WordsKind = "text" | "note";

/** Heights of letters by the index that other items have for their width, in board units. */
export const letterSizes = [16, 20, 28, 44] as const;

/** True for a kind that has letters. */
export function isWordsKind(kind: string): kind is WordsKind {
	return kind === "text" || kind === "note";
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
