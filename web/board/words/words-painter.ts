/**
 * Draws texts, notes and the words in shapes onto a canvas: in the worker, and on the page above
 * the tiles.
 */
import type { Theme } from "../../ui/colors/palette.ts";
import { grow } from "../camera.ts";
import type { Brush, PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import { baselineIn, setFont } from "./font.ts";
import { anchorOf, type WordsLayout } from "./layout.ts";
import { cardCorner, cardLift, cardShade, notePaper, wordsInk } from "./note-colors.ts";

/** Letters that are smaller on the screen are bars, in device pixels. */
const letterPixelsMin = 4;
/** How much of what lies behind it a bar hides, of 1. */
const barAlpha = 0.45;

/** Paints words that were laid out; nothing before. */
export function paintWords(
	context: PaintContext,
	{ item, words }: SceneItem,
	{ scale, theme }: Brush & { readonly theme: Theme },
): void {
	if (words === undefined) return;
	const { x, y } = words.middle;
	context.save();
	context.translate(x, y);
	context.rotate((words.turn * Math.PI) / 180);
	context.translate(-x, -y);
	if (item.kind === "note")
		paintCard(context, words, { paper: notePaper(item.color, theme), scale });
	context.fillStyle = wordsInk(item, theme);
	if (words.size * scale < letterPixelsMin) paintBars(context, words);
	else paintLines(context, words);
	context.restore();
}

function paintCard(
	context: PaintContext,
	{ area, padding }: WordsLayout,
	{ paper, scale }: { readonly paper: string; readonly scale: number },
): void {
	const { minX, minY, maxX, maxY } = grow(area, padding);
	const [width, height] = [maxX - minX, maxY - minY];
	const round = cardCorner * scale < 1 ? 0 : cardCorner;
	for (const [fill, down] of [
		[`rgb(0 0 0 / ${cardShade})`, cardLift],
		[paper, 0],
	] as const) {
		context.fillStyle = fill;
		context.beginPath();
		context.roundRect(minX, minY + down, width, height, round);
		context.fill();
	}
}

function paintLines(context: PaintContext, words: WordsLayout): void {
	const { lines, area, size, lineHeight, isInside } = words;
	setFont(context, size);
	if (isInside) context.textAlign = "center";
	const baseline = baselineIn(context, lineHeight);
	for (const [index, { text, isRtl }] of lines.entries()) {
		if (text === "") continue;
		context.direction = isRtl ? "rtl" : "ltr";
		context.fillText(text, anchorOf(words, isRtl), area.minY + index * lineHeight + baseline);
	}
	context.direction = "ltr";
}

/** From far away one sees where letters are, and not which. */
function paintBars(context: PaintContext, words: WordsLayout): void {
	const { lines, area, size, lineHeight, isInside } = words;
	const alpha = context.globalAlpha;
	context.globalAlpha = alpha * barAlpha;
	const width = area.maxX - area.minX;
	for (const [index, { text, isRtl }] of lines.entries()) {
		const length = Math.min(width, text.length * size * 0.5);
		const x = anchorOf(words, isRtl) - (isInside ? length / 2 : isRtl ? length : 0);
		context.fillRect(x, area.minY + index * lineHeight + size * 0.35, length, size * 0.5);
	}
	context.globalAlpha = alpha;
}
