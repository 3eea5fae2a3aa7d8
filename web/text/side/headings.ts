/** The headings of a document, for its contents. */
import type { Op } from "quill/core";
import { linesOf, textOfLine } from "../export/lines.ts";

/** One heading. */
export interface Heading {
	/** 1 to 3. */
	readonly level: number;
	readonly words: string;
	/** Where its line begins, in Quill's indexes. */
	readonly index: number;
}

/** Longer headings are cut where they are listed. */
const wordsMax = 160;

/** All headings with words in them, first to last. */
export function headingsOf(ops: readonly Op[]): Heading[] {
	return linesOf(ops).flatMap((line) => {
		const level = Number(line.formats["header"] ?? 0);
		const words = textOfLine(line).trim();
		if (level === 0 || words === "") return [];
		return [{ level, words: Array.from(words).slice(0, wordsMax).join(""), index: line.index }];
	});
}

/** The heading that an index stands under: the last that begins at or before it; -1 for none. */
export function headingAt(headings: readonly Heading[], index: number): number {
	return headings.findLastIndex((heading) => heading.index <= index);
}
