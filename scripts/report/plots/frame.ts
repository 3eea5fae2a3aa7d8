/**
 * What all pictures share: axes, a grid, a title and a description for who cannot see them.
 *
 * A picture is as wide as its place and as high as it says. Along it everything stands in per cent
 * of the width, down it in pixels; so lines stretch while letters and strokes keep their size.
 */
import type { Table } from "../content.ts";
import { type Markup, markup, nothing } from "../markup.ts";
import type { Scale } from "../scale.ts";

/** A plot that was drawn. */
export interface Picture {
	readonly drawing: Markup;
	/** The same figures, for who would rather read. */
	readonly table: Table;
}

/** Names of an SVG image, and what it shows. */
export interface Words {
	/** Starts the ids inside; one of a kind in the page. */
	readonly id: string;
	readonly title: string;
	/** What the picture shows, in a sentence or two. */
	readonly say: string;
}

/** A drawing with room for axes. */
export interface FrameOptions extends Words {
	readonly heightPx: number;
	/** Room beside the drawing, for ticks on the left and labels on the right. */
	readonly leftPx: number;
	readonly rightPx: number;
	readonly x: { readonly scale: Scale; readonly label: string } | null;
	readonly y: { readonly scale: Scale; readonly label: string } | null;
	/** Where the ticks of x stand, where that is not at the lower end. */
	readonly axisPx?: number;
	/** The names of lanes stand on the left; where the page is narrow, above the lanes. */
	readonly hasLanes?: boolean;
	readonly body: readonly Markup[];
}

/** Draws axes and, over them, the body. */
export function frame(options: FrameOptions): Markup {
	const { id, title, say, heightPx, leftPx, rightPx, x, y, body } = options;
	const axisPx = options.axisPx ?? heightPx;
	return markup`<div class="${classesOf(options)}"
style="padding-left:${leftPx}px;padding-right:${rightPx}px">
<svg role="img" width="100%" height="${heightPx}" aria-labelledby="${id}-t"
aria-describedby="${id}-d">
<title id="${id}-t">${title}</title><desc id="${id}-d">${say}</desc>
${y === null ? nothing : yAxis(y, axisPx, leftPx)}${x === null ? nothing : xAxis(x, axisPx)}
${body}</svg></div>`;
}

/** Labels wider than this stand inside the drawing where the page is narrow. */
const insetFromPx = 80;

function classesOf({ x, y, rightPx, heightPx, axisPx = heightPx, hasLanes }: FrameOptions): string {
	const classes = {
		plot: true,
		"plot-labelled": y !== null,
		"plot-based": x !== null && axisPx === heightPx,
		"plot-laned": hasLanes === true,
		"plot-inset": rightPx > insetFromPx && hasLanes !== true,
	};
	return Object.entries(classes)
		.flatMap(([name, is]) => (is ? [name] : []))
		.join(" ");
}

function yAxis({ scale, label }: NonNullable<FrameOptions["y"]>, heightPx: number, leftPx: number) {
	const ticks = scale.ticks.map(({ value, label }) => {
		const y = heightPx * (1 - scale.at(value));
		return markup`<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}"/>
<text class="tick end" dx="-8" y="${y}" dy="4">${label}</text>`;
	});
	const left = Math.min(leftPx - 8, 28);
	return markup`<text class="axis" dx="${-left}" y="-16">${label}</text>${ticks}`;
}

function xAxis({ scale, label }: NonNullable<FrameOptions["x"]>, heightPx: number) {
	const ticks = scale.ticks.map(({ value, label }, index) => {
		const place = index % 2 === 0 ? "tick middle" : "tick middle odd";
		const x = scale.at(value) * 100;
		return markup`<svg class="over" x="${x}%" y="${heightPx}"><line class="stub" y2="5"/>
<text class="${place}" y="19">${label}</text></svg>`;
	});
	return markup`<line class="base" x2="100%" y1="${heightPx}" y2="${heightPx}"/>${ticks}
<text class="axis end" x="100%" y="${heightPx + 37}">${label}</text>`;
}

/** A place to draw lines in: x from 0 to 100 is the width, y is in pixels. */
export function stretched(heightPx: number, body: readonly Markup[]): Markup {
	return markup`<svg class="over" viewBox="0 0 100 ${heightPx}" width="100%" height="${heightPx}"
preserveAspectRatio="none">${body}</svg>`;
}

/** Room that text of about 12 pixels needs. */
export function textPx(text: string): number {
	return Array.from(text).length * 7;
}

/** The longest tick decides how much room stands on the left. */
export function leftPxOf(scale: Scale): number {
	return 14 + Math.max(...scale.ticks.map(({ label }) => textPx(label)));
}

/** The class that gives a series its colour; there are eight, then they begin again. */
export function colourOf(index: number): string {
	return `s${index % 8}`;
}

/** Text of at most `charsMax` characters; what is longer ends in three dots. */
export function shortened(text: string, charsMax: number): string {
	const signs = Array.from(text);
	return signs.length <= charsMax ? text : `${signs.slice(0, charsMax - 1).join("")}…`;
}
