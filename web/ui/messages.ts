/**
 * Every string of the app, in one table a language. English comes with the code that says it
 * (`messages/`, `board-words/`); another language is fetched whole, before the page shows its first
 * word.
 */
import { type FailureCode, failures } from "../../shared/errors.ts";
import type { adminMessages } from "./admin/words.ts";
import type { boardMessages } from "./board-words/board.ts";
import type { carryMessages } from "./board-words/carry.ts";
import type { chooseMessages } from "./board-words/choose.ts";
import type { embedMessages } from "./board-words/embed.ts";
import { english, inLocale, type Language, setLanguage } from "./language.ts";
import type { accountMessages } from "./messages/account.ts";
import type { chatMessages } from "./messages/chat.ts";
import type { choiceMessages } from "./messages/choices.ts";
import type { deviceMessages } from "./messages/device.ts";
import type { frameMessages } from "./messages/frame.ts";
import "./messages/frame.ts";
import type { shapeMessages } from "./board-words/shapes.ts";
import type { helpMessages } from "./messages/help.ts";
import type { homeMessages } from "./messages/home.ts";
import type { lightMessages } from "./messages/light.ts";
import type { peopleMessages } from "./messages/people.ts";
import type { photoMessages } from "./messages/photos.ts";
import type { rightsMessages } from "./messages/rights.ts";
import type { shareMessages } from "./messages/share.ts";
import type { textMessages } from "./messages/text.ts";
import type { addressMessages } from "./messages/wrong-address.ts";
import type { clearedMessages } from "./text-words/cleared.ts";
import type { fileWords } from "./text-words/files.ts";
import type { findWords } from "./text-words/find.ts";
import type { linkWords } from "./text-words/link.ts";
import type { sideWords } from "./text-words/side.ts";

type English = typeof frameMessages &
	typeof choiceMessages &
	typeof helpMessages &
	typeof homeMessages &
	typeof lightMessages &
	typeof addressMessages &
	typeof peopleMessages &
	typeof shareMessages &
	typeof textMessages &
	typeof fileWords &
	typeof findWords &
	typeof linkWords &
	typeof sideWords &
	typeof boardMessages &
	typeof shapeMessages &
	typeof carryMessages &
	typeof embedMessages &
	typeof clearedMessages &
	typeof chooseMessages &
	typeof chatMessages &
	typeof photoMessages &
	typeof deviceMessages &
	typeof accountMessages &
	typeof adminMessages &
	typeof rightsMessages;

/** The name of a string in the table. */
export type MessageKey = keyof English;

/** All words of one language. */
interface Words {
	readonly messages: Readonly<Record<string, string>>;
	/** Null where the sentences of `shared/errors.ts` are in that language already. */
	readonly sentences: Readonly<Record<FailureCode, string>> | null;
}

/** The first part of strings that come in two forms. */
export type CountKey = {
	[Key in MessageKey]: Key extends `${infer Stem}.one`
		? `${Stem}.other` extends MessageKey
			? Stem
			: never
		: never;
}[MessageKey];

let words: Words = { messages: english, sentences: null };

/**
 * From now on all words are of that language; `wishes` are the browser's, for how the reader's
 * country writes numbers. For English at once, else when its table has come.
 *
 * Rejects where the table cannot be fetched; the words stay as they were then.
 */
export async function speak(language: Language, wishes: readonly string[]): Promise<void> {
	if (language === "en") words = { messages: english, sentences: null };
	else words = (await import("./german/german.ts")).german;
	setLanguage(language, wishes);
}

/** Words of the language that is spoken which only one page says: they come with that page. */
export function addWords(messages: Readonly<Record<string, string>>): void {
	words = { ...words, messages: { ...words.messages, ...messages } };
}

const numbers = inLocale((locale) => new Intl.NumberFormat(locale));
const plurals = inLocale((locale) => new Intl.PluralRules(locale));

/**
 * The string of that name in the reader's language, `{name}` replaced by `values.name`; a number
 * is written as that language writes it.
 */
export function t(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
	// That a table is loaded before its words are said is seen to by a test (spoken-words.test.ts).
	return (words.messages[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => {
		const value = values[name] ?? whole;
		return typeof value === "number" ? numbers().format(value) : isolated(value);
	});
}

/** Hebrew, Arabic, and other letters that are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** What others wrote keeps to its own place in a sentence: FSI ... PDI (UAX 9, section 2.4). */
function isolated(value: string): string {
	return rightToLeft.test(value) ? `\u2068${value}\u2069` : value;
}

/** A string that counts: of `key.one` and `key.other` the one that fits, with `{count}` in it. */
export function tCount(key: CountKey, count: number): string {
	const form = plurals().select(count) === "one" ? "one" : "other";
	return t(`${key}.${form}`, { count });
}

/** The sentence of a failure. */
export function sayFailure(code: FailureCode): string {
	return words.sentences?.[code] ?? failures[code].say;
}
