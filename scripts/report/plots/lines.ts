/** Lines or points over two axes. */
import type { LinesPlot, PointSeries, Table } from "../content.ts";
import { formatMs, formatShort } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { type Measure, makeScale, type Scale } from "../scale.ts";
import {
	type EndLabel,
	endLabels,
	legend,
	marker,
	pathOf,
	rightPxOf,
	type Spot,
} from "./curves.ts";
import { colourOf, frame, leftPxOf, type Picture, stretched, type Words } from "./frame.ts";

const heightPx = 260;
/** A line with more points than this shows no marker at each. */
const markersMax = 40;
/** Points of a series that are drawn when it has no line. */
const scatterMax = 1_500;
/** Rows of the table below the picture. */
const rowsMax = 200;

/** Draws it; null where no point has two numbers. */
export function drawLines(plot: LinesPlot, words: Words): Picture | null {
	const series = plot.series.map(({ label, points }) => ({
		label,
		points: points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)),
	}));
	const points = series.flatMap((one) => one.points);
	if (points.length === 0) return null;
	const x = makeScale(
		points.map((point) => point.x),
		{ measure: "number", isLog: false, isFromZero: false, ...plot.x },
	);
	const y = makeScale(
		points.map((point) => point.y),
		{ measure: "number", isLog: false, isFromZero: true, ...plot.y },
	);
	const names = series.map(({ label }) => label);
	const picture = frame({
		...words,
		heightPx,
		leftPx: leftPxOf(y),
		rightPx: plot.isScatter === true ? 30 : rightPxOf(names),
		x: { scale: x, label: plot.x.label },
		y: { scale: y, label: plot.y.label },
		body: bodyOf(plot, series, { x, y }),
	});
	const drawing = plot.isScatter === true ? markup`${legend(names)}${picture}` : picture;
	return { drawing, table: tableOf(plot, series) };
}

interface Scales {
	readonly x: Scale;
	readonly y: Scale;
}

function bodyOf(plot: LinesPlot, series: readonly PointSeries[], { x, y }: Scales): Markup[] {
	const spots = series.map(({ points }) =>
		points.map((point) => ({ x: x.at(point.x) * 100, y: (1 - y.at(point.y)) * heightPx })),
	);
	const isScatter = plot.isScatter === true;
	const marks = spots.flatMap((line, index) => marksOf(line, index, isScatter));
	if (isScatter) return marks;
	const paths = spots.map((line, index) => lineOf(line, index));
	return [stretched(heightPx, paths), ...marks, ...endLabels(labelsOf(series, spots), heightPx)];
}

function lineOf(spots: readonly Spot[], index: number): Markup {
	return markup`<path class="line dash${index % 4} ${colourOf(index)}" d="${pathOf(spots)}"/>`;
}

function marksOf(spots: readonly Spot[], index: number, isScatter: boolean): Markup[] {
	if (!isScatter && spots.length > markersMax) return [];
	const stride = Math.ceil(spots.length / scatterMax);
	return spots.filter((_, at) => at % stride === 0).map((spot) => marker(spot, index, ""));
}

function labelsOf(series: readonly PointSeries[], spots: readonly (readonly Spot[])[]): EndLabel[] {
	return series.flatMap(({ label }, index) => {
		const at = spots[index]?.at(-1);
		return at === undefined ? [] : [{ text: label, series: index, at }];
	});
}

function tableOf(plot: LinesPlot, series: readonly PointSeries[]): Table {
	const rows = series.flatMap(({ label, points }) =>
		points.map(({ x, y }) => [label, say(x, plot.x.measure), say(y, plot.y.measure)]),
	);
	const stride = Math.ceil(rows.length / rowsMax);
	return {
		caption: stride === 1 ? plot.title : `${plot.title} (every ${stride}th point)`,
		columns: [
			{ label: "line" },
			{ label: plot.x.label, isNumber: true },
			{ label: plot.y.label, isNumber: true },
		],
		rows: rows.filter((_, index) => index % stride === 0),
	};
}

function say(value: number, measure: Measure | undefined): string {
	return measure === "ms" ? formatMs(value) : formatShort(value);
}
