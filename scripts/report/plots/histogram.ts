/** How often which value came: a strip for each series, one below the other over one axis. */
import type { HistogramPlot } from "../content.ts";
import { formatNumber } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { quantile, sorted } from "../samples.ts";
import { makeScale, type Scale } from "../scale.ts";
import { colourOf, frame, type Picture, shortened, type Words } from "./frame.ts";
import { quantileTable, sayer } from "./quantiles.ts";

const binCount = 48;
/** Height of the bars of a strip, and of the strip with its label. */
const barsPx = 76;
const stripPx = 132;

interface Strip {
	readonly label: string;
	readonly values: Float64Array;
	readonly index: number;
}

/** Draws it; null where nothing was measured. */
export function drawHistogram(plot: HistogramPlot, words: Words): Picture | null {
	const strips = plot.series
		.map(({ label, values }) => ({ label, values: sorted(values) }))
		.filter(({ values }) => values.length > 0)
		.map((strip, index) => ({ ...strip, index }));
	if (strips.length === 0) return null;
	const ends = strips.flatMap(({ values }) => [values[0] ?? 0, values.at(-1) ?? 0]);
	const x = makeScale(ends, { measure: "number", isLog: false, isFromZero: false, ...plot.x });
	const say = sayer(plot.x.measure);
	const drawing = frame({
		...words,
		heightPx: strips.length * stripPx,
		leftPx: 16,
		rightPx: 30,
		x: { scale: x, label: plot.x.label },
		y: null,
		body: strips.map((strip) => drawStrip(strip, x, say)),
	});
	return { drawing, table: quantileTable(plot.title, plot.series, plot.x.measure) };
}

function drawStrip({ label, values, index }: Strip, x: Scale, say: (value: number) => string) {
	const counts = countsOf(values, x);
	const most = Math.max(...counts);
	const base = (index + 1) * stripPx;
	const bars = counts.map((count, bin) => {
		if (count === 0) return markup``;
		const height = Math.max((count / most) * barsPx, 1.5);
		return markup`<rect class="bar" x="${(bin / binCount) * 100}%" y="${base - height}"
width="${100 / binCount - 0.3}%" height="${height}" rx="1"/>`;
	});
	const middle = quantile(values, 0.5);
	const title = `${shortened(label, 24)}: ${formatNumber(values.length)}`;
	return markup`<g class="${colourOf(index)}">
<line class="base" x2="100%" y1="${base}" y2="${base}"/>
<text class="name" y="${base - stripPx + 26}">${title}</text>${bars}
${medianMark(x.at(middle) * 100, base, `half within ${say(middle)}`)}</g>`;
}

/** A line at the median, with its words on the side where there is room. */
function medianMark(x: number, base: number, say: string): Markup {
	const side = x > 50 ? "tick strong end" : "tick strong";
	return markup`<line class="median" x1="${x}%" x2="${x}%" y1="${base - barsPx - 8}" y2="${base}"/>
<text class="${side}" x="${x}%" dx="${x > 50 ? -5 : 5}" y="${base - barsPx - 2}">${say}</text>`;
}

function countsOf(values: Float64Array, x: Scale): number[] {
	const counts = new Array<number>(binCount).fill(0);
	for (const value of values) {
		const bin = Math.min(Math.floor(x.at(value) * binCount), binCount - 1);
		counts[bin] = (counts[bin] ?? 0) + 1;
	}
	return counts;
}
