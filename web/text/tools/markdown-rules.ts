/** What typed Markdown means. */
import { safeLink } from "../../../shared/surfaces/text.ts";

/** A rule that fits: what stands before the caret goes, and the line gets a format. */
export interface LineRule {
	readonly length: number;
	readonly name: string;
	readonly value: unknown;
}

const lineRules: readonly [RegExp, string, unknown][] = [
	[/^# $/, "header", 1],
	[/^## $/, "header", 2],
	[/^### $/, "header", 3],
	[/^[-*] $/, "list", "bullet"],
	[/^1[.)] $/, "list", "ordered"],
	[/^\[ ?\] $/, "list", "unchecked"],
	[/^\[[xX]\] $/, "list", "checked"],
	[/^> $/, "blockquote", true],
	[/^```[a-z]* $/, "code-block", true],
];

/** The rule for a line whose text up to the caret is `before`; null for none. */
export function lineRuleOf(before: string): LineRule | null {
	for (const [pattern, name, value] of lineRules) {
		if (pattern.test(before)) return { length: before.length, name, value };
	}
	return null;
}

/** Words between marks, which end at the caret. */
export interface MarkRule {
	/** Length of all of it, marks included. */
	readonly length: number;
	readonly markLength: number;
	readonly name: string;
}

const inner = "([^\\s*_`~](?:[^*_`~]*[^\\s*_`~])?)";
const markRules: readonly [RegExp, number, string][] = [
	[new RegExp(`(?:^|[^*\\w])\\*\\*${inner}\\*\\*$`), 2, "bold"],
	[new RegExp(`(?:^|[^_\\w])__${inner}__$`), 2, "bold"],
	[new RegExp(`(?:^|[^~\\w])~~${inner}~~$`), 2, "strike"],
	[new RegExp(`(?:^|[^*\\w])\\*${inner}\\*$`), 1, "italic"],
	[new RegExp(`(?:^|[^_\\w])_${inner}_$`), 1, "italic"],
	[/(?:^|[^`])`([^`\n]+)`$/, 1, "code"],
];

/** The rule for text that ends at the caret; null for none. */
export function markRuleOf(before: string): MarkRule | null {
	for (const [pattern, markLength, name] of markRules) {
		const words = pattern.exec(before)?.[1];
		if (words !== undefined) return { length: words.length + 2 * markLength, markLength, name };
	}
	return null;
}

/** The address that ends right before the space at the end of `before`; null for none. */
export function typedLinkOf(before: string): string | null {
	const word = /(?:^|\s)(https?:\/\/\S+)\s$/i.exec(before)?.[1];
	const address = word?.replace(/[.,;:!?)\]}'"»]+$/, "") ?? "";
	return address.length > 10 && safeLink(address) === address ? address : null;
}
