/** The text of the document: what it may hold, and edits by code that never split a character. */
import { type PhotoId, parsePhotoId } from "../ids.ts";
import { linkLengthMax } from "../limits.ts";

/** Formats by name, as Quill writes them into attributes. */
export type Formats = Readonly<Record<string, unknown>>;

/** Deepest indent of a list item or a line. */
const indentMax = 8;

const listKinds: readonly unknown[] = ["bullet", "ordered", "checked", "unchecked"];
const alignments: readonly unknown[] = ["center", "right", "justify"];

const isTrue = (value: unknown) => value === true;

/**
 * The allow-list: every format of the text with the values that it may have. A code block may
 * name a language, as stock clients write it; it is shown like any other.
 */
const textFormats: Readonly<Record<string, (value: unknown) => boolean>> = {
	bold: isTrue,
	italic: isTrue,
	underline: isTrue,
	strike: isTrue,
	code: isTrue,
	link: (value) => typeof value === "string" && safeLink(value) === value,
	header: (value) => value === 1 || value === 2 || value === 3,
	list: (value) => listKinds.includes(value),
	blockquote: isTrue,
	"code-block": (value) => value === true || (typeof value === "string" && value.length <= 32),
	indent: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= indentMax,
	align: (value) => alignments.includes(value),
	direction: (value) => value === "rtl",
};

/**
 * The kinds that a line can be, strongest first. A line is one of them only: where two people made
 * it two things at once, the stronger one is shown, by everybody.
 */
export const lineKinds = ["code-block", "list", "header", "blockquote"] as const;

/** True where the format is on the allow-list with that value. */
export function isTextFormat(name: string, value: unknown): boolean {
	return Object.hasOwn(textFormats, name) && textFormats[name]?.(value) === true;
}

/** True where the format is on the allow-list with any value. */
export function isTextFormatName(name: string): boolean {
	return Object.hasOwn(textFormats, name);
}

const allowedLink = /^(https?:\/\/[^/]|mailto:[^\s]|tel:[+\d])/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop these from addresses.
const droppedFromLinks = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202f\ufeff]/g;

/**
 * An address that may stand behind a link: http, https, mailto or tel, written in full. Spaces and
 * control characters, which browsers skip while they look for a scheme, are taken out.
 *
 * @returns null where it is anything else (`javascript:`, `data:`, a path, too long)
 */
export function safeLink(address: string): string | null {
	const link = address.replace(droppedFromLinks, "");
	if (link.length > linkLengthMax || !allowedLink.test(link)) return null;
	return link;
}

/** The photo of an embed; null where it is something else. */
export function photoOfEmbed(embed: unknown): PhotoId | null {
	if (typeof embed !== "object" || embed === null || !("photo" in embed)) return null;
	return typeof embed.photo === "string" ? parsePhotoId(embed.photo) : null;
}

/** The first half of a character beyond U+FFFF. */
export function isHighSurrogate(unit: number): boolean {
	return (unit & 0xfc00) === 0xd800;
}

/** The second half of a character beyond U+FFFF. */
export function isLowSurrogate(unit: number): boolean {
	return (unit & 0xfc00) === 0xdc00;
}

/** Text without halves of characters: UTF-8 has no room for them, so docs would differ. */
export function wellFormed(text: string): string {
	return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
