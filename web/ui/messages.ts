/** Every string of the app, in one table a language; English first. */
import { type FailureCode, failures } from "../../shared/errors.ts";
import { boardMessages } from "./messages/board.ts";
import { chatMessages } from "./messages/chat.ts";
import { deviceMessages } from "./messages/device.ts";
import { frameMessages } from "./messages/frame.ts";
import { photoMessages } from "./messages/photos.ts";
import { textMessages } from "./messages/text.ts";

const english = {
	...frameMessages,
	...textMessages,
	...boardMessages,
	...chatMessages,
	...photoMessages,
	...deviceMessages,
} as const;

/** The name of a string in the table. */
export type MessageKey = keyof typeof english;

/** The first part of strings that come in two forms. */
export type CountKey = {
	[Key in MessageKey]: Key extends `${infer Stem}.one`
		? `${Stem}.other` extends MessageKey
			? Stem
			: never
		: never;
}[MessageKey];

/**
 * The string of that name in the reader's language, `{name}` replaced by `values.name`.
 */
export function t(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
	const text: string = english[key];
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

const plurals = new Intl.PluralRules("en");

/** A string that counts: of `key.one` and `key.other` the one that fits, with `{count}` in it. */
export function tCount(key: CountKey, count: number): string {
	const form = plurals.select(count) === "one" ? "one" : "other";
	return t(`${key}.${form}`, { count });
}

/** The sentence of a failure. */
export function sayFailure(code: FailureCode): string {
	return failures[code].say;
}
