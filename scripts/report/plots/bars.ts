/** Bars in groups, each with a whisker from the least to the most: for a benchmark. */
import type { Bar, BarGroup, BarsPlot, Table } from "../content.ts";
import { formatShort } from "../format.ts";
import { type Markup, markup } from "../markup.ts";
import { makeScale, type Scale } from "../scale.ts";
import { colourOf, frame, type Picture, shortened, type Words } from "./frame.ts";
import { sayer } from "./quantiles.ts";

/** Heights of the name of a group, and of a bar with its words above it. */
const headPx = 26;
const rowPx = 36;
const barPx = 12;
const gapPx = 14;

/** Draws it; null where no bar has a length. */
export function drawBars(plot: BarsPlot, words: Words): Picture | null {
	const groups = plot.groups
		.map(({ label, bars }) => ({ label, bars: bars.filter(isWhole) }))
		.filter(({ bars }) => bars.length > 0);
	if (groups.length === 0) return null;
	const bars = groups.flatMap((group) => group.bars);
	const x = makeScale(
		bars.flatMap(({ min, median, max }) => [min, median, max]),
		{ measure: "number", isLog: false, isFromZero: true, ...plot.x },
	);
	const names = [...new Set(bars.map(({ label }) => label))];
	const drawer = { plot, x, names };
	let top = 0;
	const body = groups.map((group) => {
		const drawn = drawGroup(group, top, drawer);
		top += headPx + group.bars.length * rowPx + gapPx;
		return drawn;
	});
	const frameOptions = { ...words, heightPx: top, leftPx: 16, rightPx: 30, y: null, body };
	const drawing = frame({ ...frameOptions, x: { scale: x, label: axisLabel(plot) } });
	return { drawing, table: tableOf(plot, groups) };
}

function isWhole({ min, median, max }: Bar): boolean {
	return [min, median, max].every(Number.isFinite);
}

function axisLabel({ x, better }: BarsPlot): string {
	return better === undefined ? x.label : `${x.label} (${better} is better)`;
}

interface Drawer {
	readonly plot: BarsPlot;
	readonly x: Scale;
	/** All labels of bars; the place of one here is its colour. */
	readonly names: readonly string[];
}

function drawGroup({ label, bars }: BarGroup, top: number, drawer: Drawer): Markup {
	const base = baseOf(bars, drawer.plot.baseline);
	const rows = bars.map((bar, index) => drawBar(bar, top + headPx + index * rowPx, drawer, base));
	return markup`<text class="group" y="${top + 16}">${shortened(label, 44)}</text>${rows}`;
}

function drawBar(bar: Bar, top: number, { plot, x, names }: Drawer, base: number | null): Markup {
	const [least, middle, most] = [bar.min, bar.median, bar.max].map((value) => x.at(value) * 100);
	const [from, to] = [least ?? 0, most ?? 0];
	const ratio =
		base === null || bar.label === plot.baseline
			? ""
			: ` · ${sayRatio(bar, base)} ${plot.baseline ?? ""}`;
	const value = `${sayer(plot.x.measure)(bar.median)}${ratio}`;
	const [y, middleY] = [top + 16, top + 16 + barPx / 2];
	return markup`<g class="${colourOf(names.indexOf(bar.label))}">
<text class="name" y="${top + 11}">${shortened(bar.label, 24)}</text>
<text class="tick strong end" x="100%" y="${top + 11}">${value}</text>
<rect class="rail" width="100%" y="${y}" height="${barPx}" rx="3"/>
<rect class="bar" width="${middle ?? 0}%" y="${y}" height="${barPx}" rx="3"/>
<line class="halo" x1="${from}%" x2="${to}%" y1="${middleY}" y2="${middleY}"/>
<line class="whisker" x1="${from}%" x2="${to}%" y1="${middleY}" y2="${middleY}"/>
${[from, to].map((at) => whiskerEnd(at, middleY))}</g>`;
}

function whiskerEnd(at: number, y: number): Markup {
	return markup`<line class="whisker" x1="${at}%" x2="${at}%" y1="${y - 4}" y2="${y + 4}"/>`;
}

function baseOf(bars: readonly Bar[], baseline: string | undefined): number | null {
	const median = bars.find(({ label }) => label === baseline)?.median ?? 0;
	return median > 0 ? median : null;
}

function sayRatio({ median }: Bar, base: number): string {
	return `${formatShort(median / base)} ×`;
}

function tableOf(plot: BarsPlot, groups: readonly BarGroup[]): Table {
	const say = sayer(plot.x.measure);
	const rows = groups.flatMap(({ label, bars }) => {
		const base = baseOf(bars, plot.baseline);
		return bars.map((bar) => {
			const figures = [bar.median, bar.min, bar.max].map(say);
			return [`${label}: ${bar.label}`, ...figures, base === null ? null : sayRatio(bar, base)];
		});
	});
	const columns = ["median", "least", "most"].map((label) => ({ label, isNumber: true }));
	const ratio = plot.baseline === undefined ? "ratio" : `to ${plot.baseline}`;
	return {
		caption: `${plot.title}: ${axisLabel(plot)}`,
		columns: [{ label: "of" }, ...columns, { label: ratio, isNumber: true }],
		rows,
	};
}
