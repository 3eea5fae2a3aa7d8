/** Pieces of a page. Every string put into one is escaped, so a name cannot become a tag. */

/** Text that is safe in a page, because `markup` made it. */
export class Markup {
	/** What stands in the file. */
	readonly source: string;

	/** Only for `markup` and for text that is part of the program. */
	constructor(source: string) {
		this.source = source;
	}
}

/** What may stand in a template: text is escaped, a number is a coordinate, null is nothing. */
export type Part = string | number | Markup | readonly Markup[] | null;

/** Nothing. */
export const nothing = new Markup("");

/**
 * Makes markup from a template. Numbers are rounded to hundredths.
 *
 * @throws Error where a number is not finite: whoever draws must have left it out.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
	const source = strings.map((text, index) => text + sourceOf(parts[index] ?? null)).join("");
	return new Markup(source);
}

function sourceOf(part: Part): string {
	if (part === null) return "";
	if (part instanceof Markup) return part.source;
	if (typeof part === "string") return escapeText(part);
	if (typeof part === "number") return coordinate(part);
	return part.map(({ source }) => source).join("");
}

function coordinate(value: number): string {
	if (!Number.isFinite(value)) throw new Error(`${value} is not a place on a page`);
	return String(Math.round(value * 100) / 100);
}

const escapes: Readonly<Record<string, string>> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Control characters, those that turn the direction of text, and halves of a pair. */
const unseen = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Makes text safe between tags and between quotes; what could not be seen becomes U+FFFD. */
function escapeText(text: string): string {
	return text.replace(unseen, "\ufffd").replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
}
