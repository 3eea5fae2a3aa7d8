/** The first line of a list item of Markdown. */

/** What it says. */
export interface ListItem {
	readonly list: "bullet" | "ordered" | "checked" | "unchecked";
	/** The number of an ordered one; 0 for others. */
	readonly start: number;
	/** Lines that begin so far to the right are inside. */
	readonly offset: number;
	/** What stands behind its mark, and behind its tick. */
	readonly words: string;
}

/** The item that a line begins; null where it begins none. */
export function itemAt(line: string): ListItem | null {
	const match = /^( {0,3})([-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(line);
	if (match === null) return null;
	const mark = match[0].length;
	const blanks = /^[ \t]*/.exec(line.slice(mark))?.[0].length ?? 0;
	const isEmpty = mark + blanks === line.length;
	// Five blanks and more: code begins in it.
	const offset = mark + (isEmpty || blanks > 4 ? 1 : blanks);
	const words = isEmpty ? "" : line.slice(offset);
	const tick = /^\[([ xX])\](?:[ \t]+|$)/.exec(words);
	const kind = match[3] === undefined ? "bullet" : "ordered";
	return {
		list: tick === null ? kind : tick[1] === " " ? "unchecked" : "checked",
		start: Number(match[3] ?? 0),
		offset,
		words: tick === null ? words : words.slice(tick[0].length),
	};
}
