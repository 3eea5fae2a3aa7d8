/** Lanes of a time line: what went on in which, from when to when. */
import type { Lane, Span, Table, TimelinePlot } from "../content.ts";
import { formatMs } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { makeScale, type Scale } from "../scale.ts";
import { frame, type Picture, shortened, type Words } from "./frame.ts";

/** Height of a lane. */
const lanePx = 24;
/** Room on the left for the names of lanes. */
const leftPx = 112;
const nameCharsMax = 15;

/** Draws a time line alone; null where nothing happened. */
export function drawTimeline(plot: TimelinePlot, words: Words): Picture | null {
	const lanes = lanesIn(plot.lanes);
	if (lanes.length === 0) return null;
	const x = timeScale(plot.endMs, lanes);
	const drawing = frame({
		...words,
		heightPx: lanesPx(lanes),
		leftPx,
		rightPx: 24,
		hasLanes: true,
		x: { scale: x, label: "time" },
		y: null,
		body: drawLanes(lanes, x, { topPx: 0, colourOf: () => "fault" }),
	});
	return { drawing, table: lanesTable(plot.title, lanes) };
}

/** Lanes in which something happened, without what has no time. */
export function lanesIn(lanes: readonly Lane[]): Lane[] {
	return lanes
		.map(({ label, spans }) => ({
			label,
			spans: spans.filter(({ atMs }) => Number.isFinite(atMs)),
		}))
		.filter(({ spans }) => spans.length > 0);
}

/** An axis from 0 to the end, and further where something lasted longer. */
export function timeScale(endMs: number, lanes: readonly Lane[], others: readonly number[] = []) {
	const times = lanes.flatMap(({ spans }) => spans.flatMap(({ atMs, untilMs }) => [atMs, untilMs]));
	const known = [endMs, ...others, ...times.filter((ms) => ms !== null)];
	return makeScale(known, { measure: "ms", isLog: false, isFromZero: true, isTight: true });
}

/** How high lanes are. */
export function lanesPx(lanes: readonly Lane[]): number {
	return lanes.length * lanePx;
}

/** Where lanes stand, and the class that gives a span its colour. */
export interface LaneStyle {
	readonly topPx: number;
	colourOf(span: Span): string;
}

/** Each lane with its name, a bar for what lasted, a mark for what did not. */
export function drawLanes(lanes: readonly Lane[], x: Scale, style: LaneStyle): Markup[] {
	return lanes.map(({ label, spans }, index) => {
		const drawn = spans.map((span) => drawSpan(span, x, style.colourOf(span)));
		const top = style.topPx + index * lanePx;
		const name = shortened(label, nameCharsMax);
		return markup`<svg class="over" width="100%" height="${lanePx}" y="${top}">
<rect class="lane" width="100%" y="4" height="${lanePx - 8}" rx="3"/>
<text class="tick end lane-name" dx="-8" y="${lanePx / 2}" dy="4">${name}</text>
${drawn}</svg>`;
	});
}

/** Inside its lane, whose top is 0. */
function drawSpan(span: Span, x: Scale, colour: string): Markup {
	const from = x.at(span.atMs) * 100;
	const title = markup`<title>${sayTime(span)}</title>`;
	if (!isLasting(span)) {
		return markup`<svg class="over" x="${from}%" y="${lanePx / 2}"><path class="span ${colour}"
d="M0-7L6 0L0 7L-6 0z">${title}</path></svg>`;
	}
	const width = x.at(span.untilMs) * 100 - from;
	return markup`<rect class="span ${colour}" x="${from}%" width="${width}%" y="5"
height="${lanePx - 10}" rx="3">${title}</rect>`;
}

/** True for what lasted, false for what happened at one moment. */
export function isLasting(span: Span): span is Span & { readonly untilMs: number } {
	return span.untilMs !== null && Number.isFinite(span.untilMs) && span.untilMs > span.atMs;
}

function sayTime(span: Span): string {
	const until = isLasting(span) ? ` to ${formatMs(span.untilMs)}` : "";
	return `${span.label}: ${formatMs(span.atMs)}${until}`;
}

/** What stands in the lanes, as a table in the order of time. */
function lanesTable(caption: string, lanes: readonly Lane[]): Table {
	const spans = lanes.flatMap((lane) => lane.spans.map((span) => ({ lane: lane.label, span })));
	spans.sort((a, b) => a.span.atMs - b.span.atMs);
	const rows = spans.map(({ lane, span }) => [
		lane,
		formatMs(span.atMs),
		isLasting(span) ? formatMs(span.untilMs) : null,
		span.label,
	]);
	const columns = [
		{ label: "what" },
		{ label: "at", isNumber: true },
		{ label: "until", isNumber: true },
		{ label: "more" },
	];
	return { caption, columns, rows, emptySay: "Nothing went wrong." };
}
