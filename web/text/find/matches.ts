/** Looks for words in the text of the document. */

/** Where something was found, in Quill's indexes. */
export interface Match {
	readonly index: number;
	readonly length: number;
}

/** More are too many to walk through, and to paint. */
export const matchesMax = 5_000;

/** A longer query is a text, and not a word that somebody looks for. */
const queryLengthMax = 1_000;

/**
 * All places where `query` stands, first to last, none inside another; `text` has one unit for each
 * embed. Blanks of all kinds are alike, and so are small and capital letters unless `isExact`.
 */
export function findMatches(text: string, query: string, isExact: boolean): Match[] {
	const pattern = patternOf(query.slice(0, queryLengthMax), isExact);
	if (pattern === null) return [];
	const matches: Match[] = [];
	for (const match of text.matchAll(pattern)) {
		matches.push({ index: match.index, length: match[0].length });
		if (matches.length >= matchesMax) break;
	}
	return matches;
}

function patternOf(query: string, isExact: boolean): RegExp | null {
	if (query === "") return null;
	const source = query
		.replace(/\p{Surrogate}/gu, "\ufffd")
		.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
		.replace(/[ \u00a0]/g, "[ \\u00a0]");
	return new RegExp(source, isExact ? "gu" : "giu");
}

/** The first match at or behind an index, or else the first of all; -1 where there is none. */
export function matchFrom(matches: readonly Match[], index: number): number {
	if (matches.length === 0) return -1;
	return Math.max(
		0,
		matches.findIndex((match) => match.index >= index),
	);
}
