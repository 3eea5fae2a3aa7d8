/** Where a delimiter of Markdown may begin or end something (CommonMark 0.31, section 6.2). */

/** What stands around a run of delimiters; an empty string is the edge of the line. */
export interface Around {
	readonly before: string;
	readonly after: string;
}

/** What a run of delimiters can do. */
export interface Flanks {
	readonly canOpen: boolean;
	readonly canClose: boolean;
}

const space = /^\s?$/u;
const punctuation = /^[\p{P}\p{S}]$/u;

/** By the characters around it; `_` inside a word does nothing. */
export function flanksOf(delimiter: string, { before, after }: Around): Flanks {
	const [isSpaceBefore, isSpaceAfter] = [space.test(before), space.test(after)];
	const [isMarkBefore, isMarkAfter] = [punctuation.test(before), punctuation.test(after)];
	const isLeft = !isSpaceAfter && (!isMarkAfter || isSpaceBefore || isMarkBefore);
	const isRight = !isSpaceBefore && (!isMarkBefore || isSpaceAfter || isMarkAfter);
	if (delimiter !== "_") return { canOpen: isLeft, canClose: isRight };
	return {
		canOpen: isLeft && (!isRight || isMarkBefore),
		canClose: isRight && (!isLeft || isMarkAfter),
	};
}

/** The character that ends right before an index. */
export function charBefore(text: string, index: number): string {
	return /.$/su.exec(text.slice(Math.max(0, index - 2), index))?.[0] ?? "";
}

/** The character that begins at an index. */
export function charAt(text: string, index: number): string {
	const unit = text.codePointAt(index);
	return unit === undefined ? "" : String.fromCodePoint(unit);
}
