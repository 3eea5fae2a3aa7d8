/** How long the slowest took, as well as the others: a line from the first of all to the last. */
import type { QuantilesPlot, Table, ValueSeries } from "../content.ts";
import { formatMs, formatNumber, formatShort } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { quantile, sorted, summarize } from "../samples.ts";
import { type Measure, makeScale, type Scale, type Tick } from "../scale.ts";
import { endLabels, marker, pathOf, rightPxOf, type Spot } from "./curves.ts";
import { colourOf, frame, leftPxOf, type Picture, stretched, type Words } from "./frame.ts";

const heightPx = 240;
/** Points of a line. */
const spotsMax = 240;
/** More nines than this are not drawn: 99.999 %. */
const ninesMax = 5;

/** Draws it; null where nothing was measured. */
export function drawQuantiles(plot: QuantilesPlot, words: Words): Picture | null {
	const series = plot.series
		.map(({ label, values }) => ({ label, values: sorted(values) }))
		.filter(({ values }) => values.length > 0);
	if (series.length === 0) return null;
	const x = sharesScale(Math.max(...series.map(({ values }) => values.length)));
	const ends = series.flatMap(({ values }) => [values[0] ?? 0, values.at(-1) ?? 0]);
	const y = makeScale(ends, { measure: "number", isLog: false, isFromZero: true, ...plot.y });
	const say = sayer(plot.y.measure);
	const lines = series.map(({ values }) => spotsOf(values, { x, y }));
	const labels = series.map(({ label, values }, index) => ({
		text: `${label} ≤ ${say(values.at(-1) ?? 0)}`,
		series: index,
		at: lines[index]?.at(-1) ?? { x: 100, y: 0 },
	}));
	const paths = lines.map((spots, index) => lineOf(spots, index));
	const drawing = frame({
		...words,
		heightPx,
		leftPx: leftPxOf(y),
		rightPx: rightPxOf(labels.map(({ text }) => text)),
		x: { scale: x, label: "share of all that were at least as fast" },
		y: { scale: y, label: plot.y.label },
		body: [
			stretched(heightPx, paths),
			...series.flatMap(({ label, values }, index) => marksOf({ label, values, index, x, y, say })),
			...endLabels(labels, heightPx),
		],
	});
	return { drawing, table: quantileTable(plot.title, plot.series, plot.y.measure) };
}

/** Each nine as much room as the last one; as many as so many values can tell apart. */
function sharesScale(count: number): Scale {
	const end = Math.min(Math.max(Math.log10(2 * count), 1), ninesMax + 0.3);
	const place = (share: number) => Math.min(-Math.log10(Math.max(1 - share, 1e-12)) / end, 1);
	const shares = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999];
	const ticks: Tick[] = shares
		.filter((share) => -Math.log10(1 - share) <= end + 1e-9)
		.map((share) => ({ value: share, label: `${Number((share * 100).toFixed(3))} %` }));
	return { ticks, at: (share) => Math.max(place(share), 0) };
}

interface Scales {
	readonly x: Scale;
	readonly y: Scale;
}

function spotsOf(values: Float64Array, { x, y }: Scales): Spot[] {
	const end = Math.log10(2 * values.length);
	const count = Math.min(spotsMax, Math.max(values.length, 2));
	return Array.from({ length: count }, (_, index) => {
		const share = 1 - 10 ** -((index / (count - 1)) * end);
		return { x: x.at(share) * 100, y: (1 - y.at(quantile(values, share))) * heightPx };
	});
}

function lineOf(spots: readonly Spot[], index: number): Markup {
	return markup`<path class="line dash${index % 4} ${colourOf(index)}" d="${pathOf(spots)}"/>`;
}

interface Marked extends Scales {
	readonly label: string;
	readonly values: Float64Array;
	readonly index: number;
	readonly say: (value: number) => string;
}

function marksOf({ label, values, index, x, y, say }: Marked): Markup[] {
	return x.ticks
		.map(({ value }) => value)
		.filter((share) => values.length * (1 - share) >= 0.5)
		.map((share) => {
			const value = quantile(values, share);
			const spot = { x: x.at(share) * 100, y: (1 - y.at(value)) * heightPx };
			return marker(
				spot,
				index,
				`${label}: ${Number((share * 100).toFixed(3))} % in ${say(value)}`,
			);
		});
}

/** Some quantiles of each series, as a table. */
export function quantileTable(
	caption: string,
	series: readonly ValueSeries[],
	measure: Measure | undefined,
): Table {
	const heads = ["values", "least", "half", "90 %", "99 %", "99.9 %", "most"];
	const say = sayer(measure);
	const rows = series.map(({ label, values }) => {
		const { count, min, p50, p90, p99, p999, max } = summarize(values);
		const cells = [min, p50, p90, p99, p999, max].map((value) =>
			value === null ? null : say(value),
		);
		return [label, formatNumber(count), ...cells];
	});
	const columns = heads.map((label) => ({ label, isNumber: true }));
	return { caption, columns: [{ label: "of" }, ...columns], rows };
}

/** How a value of a measure is said. */
export function sayer(measure: Measure | undefined): (value: number) => string {
	return measure === "ms" ? formatMs : formatShort;
}
