/** Finds the link around a caret, and the one that somebody typed. */
import type Quill from "quill/core";
import { safeLink } from "../../../shared/surfaces/text.ts";

/** A link of the text: where its words are, in Quill's indexes, and where it leads. */
export interface LinkPlace {
	readonly range: { readonly index: number; readonly length: number };
	readonly link: string;
}

/** The whole link that the caret is in or at the edge of; null where there is none. */
export function linkAt(quill: Quill, index: number): LinkPlace | null {
	const [line, offset] = quill.getLine(index);
	if (line === null) return null;
	const places = linksOfLine(quill, index - offset, line.length());
	const isAt = ({ range }: LinkPlace) =>
		index >= range.index && index <= range.index + range.length;
	return places.find(isAt) ?? null;
}

/** The links of one line; words with other formats between belong to the same link. */
function linksOfLine(quill: Quill, lineStart: number, lineLength: number): LinkPlace[] {
	const places: LinkPlace[] = [];
	let at = lineStart;
	for (const op of quill.getContents(lineStart, lineLength).ops) {
		const length = typeof op.insert === "string" ? op.insert.length : 1;
		const link: unknown = op.attributes?.["link"];
		const last = places.at(-1);
		if (typeof link === "string") {
			const isSame = last?.link === link && last.range.index + last.range.length === at;
			if (isSame) places.pop();
			const start = isSame ? last.range.index : at;
			places.push({ range: { index: start, length: at + length - start }, link });
		}
		at += length;
	}
	return places;
}

/** What somebody typed as an address, as a link; null where it cannot be one. */
export function linkOfTyped(typed: string): string | null {
	const address = typed.trim();
	const given = safeLink(address);
	if (given !== null) return given;
	if (/^[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+$/.test(address)) return safeLink(`mailto:${address}`);
	return /^[^\s:/]+\.[^\s:/]+([:/].*)?$/.test(address) ? safeLink(`https://${address}`) : null;
}
