/** Lines: their path, and labels at their ends that do not stand on each other. */
import { type Markup, markup } from "../markup.ts";
import { colourOf, shortened, textPx } from "./frame.ts";

/** A point of a drawing: x in per cent of the width, y in pixels. */
export interface Spot {
	readonly x: number;
	readonly y: number;
}

/** Closer than this, in per cent of the width, two points of a line look like one. */
const nearestShare = 0.08;

/** The path through the spots. Of those that look like one, the outer ones stay. */
export function pathOf(spots: readonly Spot[]): string {
	return thinned(spots)
		.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${round(x)} ${round(y)}`)
		.join("");
}

/** The path of a value that stays until it changes, up to the right end. */
export function stairsOf(spots: readonly Spot[]): string {
	const [first, ...others] = thinned(spots);
	if (first === undefined) return "";
	const steps = others.map(({ x, y }) => `H${round(x)}V${round(y)}`);
	return `M${round(first.x)} ${round(first.y)}${steps.join("")}H100`;
}

/** Of each run of neighbours: the first, the lowest, the highest and the last. */
function thinned(spots: readonly Spot[]): Spot[] {
	const kept: Spot[] = [];
	let run: Spot[] = [];
	for (const spot of spots) {
		const first = run[0];
		if (first !== undefined && Math.abs(spot.x - first.x) > nearestShare) {
			kept.push(...outerOf(run));
			run = [];
		}
		run.push(spot);
	}
	return [...kept, ...outerOf(run)];
}

function outerOf(run: readonly Spot[]): Spot[] {
	if (run.length <= 4) return [...run];
	let [low, high] = [0, 0];
	run.forEach(({ y }, index) => {
		if (y < (run[low]?.y ?? y)) low = index;
		if (y > (run[high]?.y ?? y)) high = index;
	});
	const kept = new Set([0, low, high, run.length - 1]);
	return run.filter((_, index) => kept.has(index));
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}

/** A label beside the right end of a line. */
export interface EndLabel {
	readonly text: string;
	readonly series: number;
	/** The end of the line. */
	readonly at: Spot;
}

/** Height of a line of labels. */
const labelPx = 15;
/** Longest label that is written out. */
const labelCharsMax = 22;
/** From the end of the drawing to its labels. */
const leaderPx = 22;

/** Room on the right that labels need. */
export function rightPxOf(labels: readonly string[]): number {
	const widths = labels.map((text) => textPx(shortened(text, labelCharsMax)));
	return leaderPx + 6 + Math.max(20, ...widths);
}

/** Labels on the right, pushed apart, each joined with the end of its line. */
export function endLabels(labels: readonly EndLabel[], heightPx: number): Markup[] {
	const places = spread(
		labels.map(({ at }) => at.y),
		{ gap: labelPx, max: heightPx },
	);
	return labels.map(({ text, series, at }, index) => {
		const y = places[index] ?? at.y;
		const said = shortened(text, labelCharsMax);
		return markup`<g class="${colourOf(series)}">
<line class="leader" x1="${at.x}%" x2="100%" y1="${at.y}" y2="${at.y}"/>
<svg class="over" x="100%"><path class="leader" d="M0 ${at.y}L${leaderPx - 6} ${y}"/>
<text class="name end-label" x="${leaderPx - 2}" y="${y}" dy="4">${said}</text></svg>
</g>`;
	});
}

/**
 * Moves places apart until all are `gap` from each other, keeping their order and, where there is
 * room, all from 0 to `max`. Answers in the order of the question.
 */
export function spread(
	wanted: readonly number[],
	{ gap, max }: { readonly gap: number; readonly max: number },
): number[] {
	const order = wanted.map((_, index) => index).sort((a, b) => at(wanted, a) - at(wanted, b));
	const places = new Array<number>(wanted.length).fill(0);
	let lowest = 0;
	for (const index of order) {
		const place = Math.max(at(wanted, index), lowest);
		places[index] = place;
		lowest = place + gap;
	}
	let highest = max;
	for (const index of order.reverse()) {
		const place = Math.min(at(places, index), highest);
		places[index] = place;
		highest = place - gap;
	}
	return places;
}

function at(list: readonly number[], index: number): number {
	return list[index] ?? 0;
}

/** Shapes of markers, so that series differ by more than their colour; drawn around 0, 0. */
const shapes = [
	"M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
	"M-4-4H4V4H-4z",
	"M0-5L5 4H-5z",
	"M0-5L5 0L0 5L-5 0z",
	"M0 5L5-4H-5z",
	"M-4-4L4 4M4-4L-4 4",
	"M0-5V5M-5 0H5",
	"M-5-2H5V2H-5z",
] as const;

/** Which marker is whose, above a picture where no line leads to a label. */
export function legend(labels: readonly string[]): Markup {
	const names = labels.map((label, index) => {
		return markup`<span><svg width="12" height="12" viewBox="-6 -6 12 12" aria-hidden="true">
<path class="marker ${colourOf(index)}" d="${shapeOf(index)}"/></svg>${label}</span>`;
	});
	return markup`<p class="key">${names}</p>`;
}

function shapeOf(series: number): string {
	return shapes[series % shapes.length] ?? shapes[0];
}

/** The marker of a series at a spot. */
export function marker({ x, y }: Spot, series: number, say: string): Markup {
	const title = say === "" ? null : markup`<title>${say}</title>`;
	return markup`<svg class="over" x="${x}%" y="${y}"><path class="marker ${colourOf(series)}"
d="${shapeOf(series)}">${title}</path></svg>`;
}
