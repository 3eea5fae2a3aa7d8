/** One square for each of many: at a glance how many went wrong, and where among the others. */
import type { SquaresPlot, Table } from "../content.ts";
import { type Markup, markup } from "../markup.ts";
import type { Picture, Words } from "./frame.ts";

/** More than this share a square. */
const squaresMax = 400;
/** Numbers that are listed in the table. */
const listedMax = 200;

/** Draws it; null where there is none. */
export function drawSquares(plot: SquaresPlot, { id, title, say }: Words): Picture | null {
	if (!(plot.count > 0)) return null;
	const perSquare = roundUp(plot.count / squaresMax);
	const failed = new Set(plot.failed.map((number) => Math.floor((number - plot.from) / perSquare)));
	const count = Math.ceil(plot.count / perSquare);
	const squares = Array.from({ length: count }, (_, index) => {
		return drawSquare(labelOf(plot, index, perSquare), failed.has(index));
	});
	const each = perSquare === 1 ? `one ${plot.unit}` : `${perSquare} ${plot.unit}s`;
	const drawing = markup`<div class="squares" role="img" aria-labelledby="${id}-t"
aria-describedby="${id}-d">${squares}</div>
<p class="key"><span hidden id="${id}-t">${title}</span><span hidden id="${id}-d">${say}</span>
<span><i class="square"></i> ${each} without a finding</span>
<span><i class="square bad">${cross}</i> at least one finding</span></p>`;
	return { drawing, table: tableOf(plot) };
}

const cross: Markup = markup`<svg viewBox="0 0 10 10" aria-hidden="true">
<path d="M2 2L8 8M8 2L2 8"/></svg>`;

function drawSquare(label: string, isFailed: boolean): Markup {
	if (!isFailed) return markup`<i class="square" title="${label}"></i>`;
	return markup`<i class="square bad" title="${label}: not equal">${cross}</i>`;
}

/** 1, 10, 20, 50, 100 …: numbers of a square that people can count with. */
function roundUp(atLeast: number): number {
	if (atLeast <= 1) return 1;
	const power = 10 ** Math.floor(Math.log10(atLeast));
	return ([1, 2, 5].find((digit) => digit * power >= atLeast) ?? 10) * power;
}

function labelOf({ unit, from, count }: SquaresPlot, index: number, perSquare: number): string {
	const first = from + index * perSquare;
	const last = Math.min(first + perSquare, from + count) - 1;
	return first === last ? `${unit} ${first}` : `${unit}s ${first} to ${last}`;
}

function tableOf({ title, unit, failed }: SquaresPlot): Table {
	const listed = failed.slice(0, listedMax);
	const more = failed.length > listed.length ? ` (the first ${listedMax} of ${failed.length})` : "";
	return {
		caption: `${title}: those with a finding${more}`,
		columns: [{ label: unit }],
		rows: listed.map((number) => [String(number)]),
		emptySay: "None had a finding.",
	};
}
