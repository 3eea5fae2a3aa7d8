/** The English words that are here: what is loaded later brings its words along. */

/** By the names of `MessageKey`. */
export const english: Record<string, string> = {};

/** Puts a table of words to those that are here, and gives it back for its type. */
export function addEnglish<Words extends Readonly<Record<string, string>>>(words: Words): Words {
	Object.assign(english, words);
	return words;
}
