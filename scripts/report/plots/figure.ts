/** A plot with its title, what to look for, the picture, and its figures as a table. */
import type { Plot } from "../content.ts";
import { type Markup, markup } from "../markup.ts";
import { renderTable } from "../table.ts";
import { drawBars } from "./bars.ts";
import type { Picture, Words } from "./frame.ts";
import { drawHistogram } from "./histogram.ts";
import { drawTimeline } from "./lanes.ts";
import { drawLines } from "./lines.ts";
import { drawQuantiles } from "./quantiles.ts";
import { drawSquares } from "./squares.ts";
import { drawSteps } from "./steps.ts";
import { sayPlot } from "./words.ts";

/** Draws a plot. `id` starts the ids inside and is one of a kind in the page. */
export function renderFigure(plot: Plot, id: string): Markup {
	const picture = draw(plot, { id, title: plot.title, say: sayPlot(plot) });
	const note = plot.note === undefined ? null : markup`<p class="note">${plot.note}</p>`;
	const head = markup`<figcaption><h3>${plot.title}</h3>${note}</figcaption>`;
	if (picture === null) {
		const say = plot.emptySay ?? "Nothing was measured.";
		return markup`<figure>${head}<p class="empty">${say}</p></figure>`;
	}
	return markup`<figure>${head}${picture.drawing}
<details class="as-table"><summary>As a table</summary>${renderTable(picture.table)}</details>
</figure>`;
}

function draw(plot: Plot, words: Words): Picture | null {
	switch (plot.kind) {
		case "lines":
			return drawLines(plot, words);
		case "quantiles":
			return drawQuantiles(plot, words);
		case "histogram":
			return drawHistogram(plot, words);
		case "bars":
			return drawBars(plot, words);
		case "timeline":
			return drawTimeline(plot, words);
		case "steps":
			return drawSteps(plot, words);
		case "squares":
			return drawSquares(plot, words);
	}
}
