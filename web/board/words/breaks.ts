/**
 * Where a line of words may end: behind spaces and hyphens, and around signs of Chinese, Japanese
 * and emoji. The part of UAX 14 on which browsers agree: the field that people type into breaks its
 * lines by itself, and nothing may jump when it opens.
 */

/** Signs that words of others may follow or precede without a space. */
const wide = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const emoji = /^(?![\u00a9\u00ae\u2122])[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
/** Signs that never begin a line. */
const noStart = new Set([
	..."!%),.:;?]}¢°·’”‥…›‼⁇⁈⁉、。々〉》」』】〕〗〟〻！％），．：；？］｝～ー",
	..."ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ",
]);
/** Signs that never end one. */
const noEnd = new Set("$([{£¥‘“‹〈《「『【〔〖〝（［｛￥");
const hyphen = /^[-\u2010\u2013\u2014]$/;
const plain = /^[\u0020-\u007e]*$/;

const clusters =
	typeof Intl.Segmenter === "function"
		? new Intl.Segmenter(undefined, { granularity: "grapheme" })
		: null;

/** What is seen as one sign each: letters with their accents, emoji of several. */
export function signsOf(text: string): string[] {
	if (clusters === null || plain.test(text)) return Array.from(text);
	return Array.from(clusters.segment(text), ({ segment }) => segment);
}

/** Pieces of a paragraph that stay together; spaces stand at the end of theirs. */
export function piecesOf(paragraph: string): string[] {
	const pieces: string[] = [];
	const signs = signsOf(paragraph);
	let piece = "";
	for (const [index, sign] of signs.entries()) {
		const before = signs[index - 1];
		if (before !== undefined && mayBreak(signs[index - 2], before, sign)) {
			pieces.push(piece);
			piece = "";
		}
		piece += sign;
	}
	if (piece !== "") pieces.push(piece);
	return pieces;
}

/** Whether a line may end between `left` and `right`; `first` stands before them. */
function mayBreak(first: string | undefined, left: string, right: string): boolean {
	if (right === " ") return false;
	if (left === " ") return true;
	if (noStart.has(right) || noEnd.has(left)) return false;
	if (hyphen.test(left)) return mayBreakBehindHyphen(first, left, right);
	return [left, right].some((sign) => wide.test(sign) || emoji.test(sign));
}

/** A minus stays with its number, and a hyphen that begins a word with it. */
function mayBreakBehindHyphen(first: string | undefined, left: string, right: string): boolean {
	if (hyphen.test(right) || first === undefined || first === " ") return false;
	return left === "-" ? /^[\p{L}\p{N}]/u.test(right) && /[\p{L}\p{N}]$/u.test(first) : true;
}
