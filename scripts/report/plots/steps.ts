/** Who had how much when, over what went wrong meanwhile. */
import type { Span, StepSeries, StepsPlot, Table } from "../content.ts";
import { formatMs, formatNumber } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { makeScale, type Scale } from "../scale.ts";
import { endLabels, rightPxOf, type Spot, stairsOf } from "./curves.ts";
import { colourOf, frame, type Picture, shortened, stretched, type Words } from "./frame.ts";
import { drawLanes, isLasting, lanesIn, lanesPx, timeScale } from "./lanes.ts";

const curvesPx = 220;
/** From the ticks of the time below the curves to the lanes. */
const betweenPx = 52;
/** The names of the lanes stand on the left. */
const leftPx = 112;
/** The names of people stand on the right, also where the page is narrow. */
const nameCharsMax = 10;
/** Lines that run together are drawn side by side, this far from each other. */
const besidePx = 2.4;
/** More people than this are drawn over each other. */
const besideMax = 8;
/** Rows of the table below the picture. */
const momentsMax = 12;

/** Draws it; null where nobody had anything. */
export function drawSteps(plot: StepsPlot, words: Words): Picture | null {
	const people = plot.people
		.map(({ label, points }) => ({ label, points: points.filter(isPoint) }))
		.filter(({ points }) => points.length > 0);
	if (people.length === 0) return null;
	const lanes = lanesIn(plot.lanes);
	const moments = (plot.moments ?? []).filter(({ atMs }) => Number.isFinite(atMs));
	const points = people.flatMap((person) => person.points);
	const times = [...points.map(({ ms }) => ms), ...moments.map(({ atMs }) => atMs)];
	const x = timeScale(plot.endMs, lanes, times);
	const counts = points.map(({ count }) => count);
	const y = makeScale(counts, { measure: "number", isLog: false, isFromZero: true });
	const names = people.map(({ label }) => label);
	const laneTop = curvesPx + betweenPx;
	const drawing = frame({
		...words,
		heightPx: lanes.length === 0 ? curvesPx : laneTop + lanesPx(lanes),
		axisPx: curvesPx,
		leftPx,
		hasLanes: true,
		rightPx: rightPxOf(names.map((name) => shortened(name, nameCharsMax))),
		x: { scale: x, label: "time" },
		y: { scale: y, label: plot.yLabel },
		body: [
			...lanes.flatMap(({ spans }) => spans.map((span) => drawBand(span, x))),
			...drawPeople({ x, y, people }),
			...moments.map(({ atMs, say }) => drawMoment(x.at(atMs) * 100, say)),
			...drawLanes(lanes, x, {
				topPx: laneTop,
				colourOf: ({ person }) => colourOfPerson(names, person ?? null),
			}),
		],
	});
	return { drawing, table: tableOf(plot, people) };
}

/** The curves, and at their right ends whose they are. */
function drawPeople(drawer: Drawer): Markup[] {
	const { people } = drawer;
	const curves = people.map(({ points }, index) => spotsOf(points, index, drawer));
	const labels = people.map(({ label }, index) => {
		const at = { x: 100, y: curves[index]?.at(-1)?.y ?? 0 };
		return { text: shortened(label, nameCharsMax), series: index, at };
	});
	const paths = curves.map((spots, index) => {
		return markup`<path class="line ${colourOf(index)}" d="${stairsOf(spots)}"/>`;
	});
	return [stretched(curvesPx, paths), ...endLabels(labels, curvesPx)];
}

function isPoint({ ms, count }: { readonly ms: number; readonly count: number }): boolean {
	return Number.isFinite(ms) && Number.isFinite(count);
}

interface Drawer {
	readonly x: Scale;
	readonly y: Scale;
	readonly people: readonly StepSeries[];
}

function spotsOf(points: StepSeries["points"], index: number, { x, y, people }: Drawer): Spot[] {
	const isBeside = people.length <= besideMax;
	const aside = isBeside ? (index - (people.length - 1) / 2) * besidePx : 0;
	return points.map(({ ms, count }) => {
		return { x: x.at(ms) * 100, y: (1 - y.at(count)) * curvesPx + aside };
	});
}

/** A stripe behind the curves while something went wrong; a line where it took no time. */
function drawBand(span: Span, x: Scale): Markup {
	const from = x.at(span.atMs) * 100;
	if (!isLasting(span)) {
		return markup`<line class="stroke" x1="${from}%" x2="${from}%" y2="${curvesPx}"/>`;
	}
	const width = x.at(span.untilMs) * 100 - from;
	return markup`<rect class="band" x="${from}%" width="${width}%" height="${curvesPx}"/>`;
}

function drawMoment(at: number, say: string): Markup {
	return markup`<svg class="over moment" x="${at}%"><line y1="-6" y2="${curvesPx}"/>
<path d="M-4-14L4-6M4-14L-4-6"><title>${say}</title></path></svg>`;
}

function colourOfPerson(names: readonly string[], person: string | null): string {
	const index = person === null ? -1 : names.indexOf(person);
	return index < 0 ? "fault" : colourOf(index);
}

function tableOf(plot: StepsPlot, people: readonly StepSeries[]): Table {
	const times = Array.from({ length: momentsMax }, (_, index) => {
		return (plot.endMs * (index + 1)) / momentsMax;
	});
	const heads = people.map(({ label }) => ({ label, isNumber: true }));
	return {
		caption: `${plot.title}: ${plot.yLabel}`,
		columns: [{ label: "time" }, ...heads],
		rows: times.map((ms) => [formatMs(ms), ...people.map(({ points }) => countAt(points, ms))]),
	};
}

function countAt(points: StepSeries["points"], ms: number): string {
	const last = points.findLast((point) => point.ms <= ms);
	return formatNumber(last?.count ?? 0);
}
