/** Texts, notes and words in shapes in an SVG: line by line as the board has laid them out. */
import type { Theme } from "../../ui/colors/palette.ts";
import { grow } from "../camera.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import { family } from "../words/font.ts";
import { anchorOf, type WordsLayout } from "../words/layout.ts";
import { cardCorner, cardLift, cardShade, notePaper } from "../words/note-colors.ts";
import { escapeXml, numberText } from "./svg-text.ts";

/** How far below its upper edge the letters of a line stand, by the sizes of both. */
export type Baseline = (size: number, lineHeight: number) => number;

/** What words look like. */
export interface WordsLook {
	readonly theme: Theme;
	/** Colour of the letters; checked by whoever gives it. */
	readonly ink: string;
	/** How much they hide, of 1. */
	readonly alpha: number;
	readonly baseline: Baseline;
}

/** The tags of an item that has letters; none before it was laid out. */
export function wordsTags({ item, words }: SceneItem, look: WordsLook): string[] {
	if (words === undefined) return [];
	const isNote = item.kind === "note";
	const card = isNote ? cardTags(words, notePaper(item.color, look.theme), look.alpha) : [];
	const down = look.baseline(words.size, words.lineHeight);
	const lines = words.lines.flatMap(({ text, isRtl }, index) => {
		if (text === "") return [];
		const x = numberText(anchorOf(words, isRtl));
		const y = numberText(words.area.minY + index * words.lineHeight + down);
		const direction = isRtl ? ' direction="rtl"' : "";
		return [`<text x="${x}" y="${y}"${direction}>${escapeXml(text)}</text>\n`];
	});
	const font = `font-family="${escapeXml(family)}" font-size="${numberText(words.size)}"`;
	const paint = `fill="${look.ink}" fill-opacity="${numberText(look.alpha)}"`;
	const anchor = words.isInside ? ' text-anchor="middle"' : "";
	const ways = `text-rendering="geometricPrecision" xml:space="preserve"${anchor}`;
	return [...card, `<g ${font} ${paint} ${ways}>\n`, ...lines, "</g>\n"];
}

function cardTags({ area, padding }: WordsLayout, paper: string, alpha: number): string[] {
	const { minX, minY, maxX, maxY } = grow(area, padding);
	const size = `width="${numberText(maxX - minX)}" height="${numberText(maxY - minY)}"`;
	const rect = (down: number, fill: string, share: number) =>
		`<rect x="${numberText(minX)}" y="${numberText(minY + down)}" ${size} rx="${cardCorner}" ` +
		`fill="${fill}" fill-opacity="${numberText(share)}"/>\n`;
	return [rect(cardLift, "#000000", alpha * cardShade), rect(0, paper, alpha)];
}
