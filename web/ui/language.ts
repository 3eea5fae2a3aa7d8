/** Which language the page speaks: the browser's, unless a person chose one on this device. */

/** Those that there is a table of words for. */
export const languages = ["en", "de"] as const;
/** One of them. */
export type Language = (typeof languages)[number];

/** The English words that are here, by `MessageKey`: what comes later brings its words along. */
export const english: Record<string, string> = {};

const memoryKey = "weft:language";

let spoken: Language = "en";
let locale: string = spoken;

/** The one that the page speaks. */
export function spokenLanguage(): Language {
	return spoken;
}

/** The language to speak: what was chosen here, else the first that the browser wishes for. */
export function wantedLanguage(
	memory: Pick<Storage, "getItem"> | null,
	wishes: readonly string[],
): Language {
	const chosen = memory?.getItem(memoryKey);
	for (const wish of [chosen ?? "", ...wishes]) {
		const found = languages.find((language) => isOf(wish, language));
		if (found !== undefined) return found;
	}
	return "en";
}

/** Remembers a language on this device; pages that open from now on speak it. */
export function rememberLanguage(
	language: Language,
	memory: Pick<Storage, "setItem"> | null,
): void {
	memory?.setItem(memoryKey, language);
}

/**
 * From now on words, times and numbers are in that language, as the reader's own country writes
 * them where `wishes` name one that speaks it.
 */
export function setLanguage(language: Language, wishes: readonly string[]): void {
	spoken = language;
	locale = wishes.find((wish) => isOf(wish, language)) ?? language;
}

function isOf(wish: string, language: Language): boolean {
	return wish.toLowerCase().split("-", 1)[0] === language;
}

/**
 * Something of `Intl` in the language of the page: made when it is first needed, because the
 * language is known only then, and again when it has changed.
 */
export function inLocale<T>(make: (locale: string) => T): () => T {
	let made: { readonly locale: string; readonly format: T } | null = null;
	return () => {
		if (made?.locale !== locale) made = { locale, format: make(locale) };
		return made.format;
	};
}

/** Puts a table of words to those that are here, and gives it back for its type. */
export function addEnglish<Words extends Readonly<Record<string, string>>>(words: Words): Words {
	Object.assign(english, words);
	return words;
}
