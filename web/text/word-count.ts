/** Counts words as people do: letters and digits in a row, and each character of Chinese. */
const idea = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
const letter = "[\\p{L}\\p{M}\\p{N}]";
const wordPattern = new RegExp(`${idea}|${letter}+(?:['’.,_-]${letter}+)*`, "gu");

/** How many words a text has. */
export function countWords(text: string): number {
	return text.match(wordPattern)?.length ?? 0;
}
