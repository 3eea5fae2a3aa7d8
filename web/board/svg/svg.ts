/**
 * The board as an SVG. What may stand in it is listed here, tag by tag: numbers, colours of the
 * palette, and escaped text. No script, no link, no style, nothing from elsewhere; photos lie in it
 * as bytes that this page has painted itself.
 */
import { hasGaps } from "../../../shared/surfaces/board.ts";
import { isClosed, itemFrame } from "../../../shared/surfaces/item-outline.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { colorOf, paletteColors, type Theme } from "../../ui/colors/palette.ts";
import { alphaOf, missingPhoto } from "../paint/painter.ts";
import { tracePieces } from "../paint/pieces.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import { traceItem } from "../paint/stroke-path.ts";
import { dashOf, tintAlpha, traceShape } from "../shapes/shape-painter.ts";
import { wordsInk } from "../words/note-colors.ts";
import { SvgPath } from "./svg-path.ts";
import { escapeXml, numberText } from "./svg-text.ts";
import { type Baseline, wordsTags } from "./svg-words.ts";

/** How a board is written. */
export interface SvgOptions {
	/** What is seen of it. */
	readonly box: Bounds;
	readonly theme: Theme;
	/** CSS colour of the paper. */
	readonly paper: string;
	readonly title: string;
	/** A `data:` address by the photo's id; of one that is not there a grey place is left. */
	readonly photos: ReadonlyMap<string, string>;
	readonly baseline: Baseline;
	/** Called between items with how many are written; wait there, or throw to give up. */
	readonly pause: (count: number) => Promise<void> | undefined;
}

/** Bytes that this page made of a canvas, and no others. */
const pictureAddress = /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/;

/** Writes items, back to front, as pieces of one file. What is damaged is left out. */
export async function writeSvg(
	items: readonly SceneItem[],
	options: SvgOptions,
): Promise<string[]> {
	const pieces = [head(options)];
	for (const [index, scene] of items.entries()) {
		await options.pause(index);
		try {
			pieces.push(...tagsOf(scene, options));
		} catch (error) {
			console.debug("Weft cannot write an item:", error); // As the painter leaves it out.
		}
	}
	pieces.push("</svg>\n");
	return pieces;
}

function head({ box, paper, theme, title }: SvgOptions): string {
	const { minX, minY, maxX, maxY } = box;
	const [x, y, width, height] = [minX, minY, maxX - minX, maxY - minY].map(numberText);
	const place = `x="${x}" y="${y}" width="${width}" height="${height}"`;
	const size = `width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}"`;
	return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" ${size}>
<title>${escapeXml(title)}</title>
<rect ${place} fill="${colorIn(paper, theme)}"/>
`;
}

function tagsOf(scene: SceneItem, options: SvgOptions): string[] {
	const { item } = scene;
	const color = colorIn(colorOf(item.color, options.theme), options.theme);
	const alpha = alphaOf(item);
	switch (item.kind) {
		case "photo":
			return [photoTag(scene, options)];
		case "pen":
		case "highlighter": {
			const path = new SvgPath();
			(hasGaps(item) ? tracePieces : traceItem)(item, path);
			return [`<path d="${path.text}" ${paint("fill", color, alpha)}/>\n`];
		}
		case "rectangle":
		case "ellipse":
		case "diamond":
		case "line":
		case "arrow":
			return [...shapeTags(scene, color, alpha), ...lettersOf(scene, options)];
		default:
			return lettersOf(scene, options);
	}
}

function lettersOf(scene: SceneItem, { theme, baseline }: SvgOptions): string[] {
	const ink = colorIn(wordsInk(scene.item, theme), theme);
	return wordsTags(scene, { theme, ink, alpha: alphaOf(scene.item), baseline });
}

function shapeTags({ item }: SceneItem, color: string, alpha: number): string[] {
	const path = new SvgPath();
	traceShape(item, path);
	const { fill, dash } = item.look;
	const share = fill === "tint" ? alpha * tintAlpha : alpha;
	const isFilled = isClosed(item.kind) && fill !== "none";
	const inside = isFilled ? [`<path d="${path.text}" ${paint("fill", color, share)}/>\n`] : [];
	const gaps = dashOf(dash, item.width).map(numberText).join(" ");
	const dashes = gaps === "" ? "" : ` stroke-dasharray="${gaps}"`;
	const ends = 'stroke-linecap="round" stroke-linejoin="round"';
	const line = `stroke-width="${numberText(item.width)}" ${ends}${dashes}`;
	const look = `fill="none" ${paint("stroke", color, alpha)} ${line}`;
	return [...inside, `<path d="${path.text}" ${look}/>\n`];
}

function photoTag({ item }: SceneItem, { photos, theme }: SvgOptions): string {
	const frame = itemFrame(item);
	if (frame === null) return "";
	const [left, top] = [frame.x - frame.width / 2, frame.y - frame.height / 2];
	const [x, y, width, height] = [left, top, frame.width, frame.height].map(numberText);
	const turn = [frame.turn, frame.x, frame.y].map(numberText).join(" ");
	const turned = frame.turn === 0 ? "" : ` transform="rotate(${turn})"`;
	const place = `x="${x}" y="${y}" width="${width}" height="${height}"${turned}`;
	const opacity = `opacity="${numberText(alphaOf(item))}"`;
	const address = item.photo === null ? undefined : photos.get(item.photo);
	if (address === undefined || !pictureAddress.test(address)) {
		return `<rect ${place} ${paint("fill", missingPhoto[theme], alphaOf(item))}/>\n`;
	}
	return `<image ${place} ${opacity} preserveAspectRatio="xMidYMid meet" href="${address}"/>\n`;
}

function paint(what: "fill" | "stroke", color: string, alpha: number): string {
	const opacity = alpha === 1 ? "" : ` ${what}-opacity="${numberText(alpha)}"`;
	return `${what}="${color}"${opacity}`;
}

/** In hexadecimal, by a word or in figures: what a canvas takes, and no other way to paint. */
const colorText = /^(#[\da-f]{3,8}|[a-z]{3,24}|(rgb|hsl)a?\([\d\s.,%/]{1,40}\))$/i;

function colorIn(color: string, theme: Theme): string {
	return colorText.test(color) ? escapeXml(color) : paletteColors[theme].ink;
}
