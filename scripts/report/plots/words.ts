/** What a plot shows, in words, for who cannot see it. */
import type { Lane, Plot, ValueSeries } from "../content.ts";
import { formatMs, formatNumber } from "../format.ts";
import { quantile, sorted } from "../samples.ts";
import type { Measure } from "../scale.ts";
import { sayer } from "./quantiles.ts";

/** Series of which more is said than that there are others. */
const saidMax = 8;

/** A sentence or two. */
export function sayPlot(plot: Plot): string {
	switch (plot.kind) {
		case "lines":
			return sayAll(plot.series.map(({ label, points }) => `${label}: ${points.length} points`));
		case "quantiles":
			return sayValues(plot.series, plot.y.measure);
		case "histogram":
			return sayValues(plot.series, plot.x.measure);
		case "bars":
			return sayAll(
				plot.groups.flatMap(({ label, bars }) => {
					const say = sayer(plot.x.measure);
					return bars.map((bar) => `${label}, ${bar.label}: ${say(bar.median)}`);
				}),
			);
		case "timeline":
			return `${formatMs(plot.endMs)}. ${sayLanes(plot.lanes)}`;
		case "steps":
			return `${formatMs(plot.endMs)}. ${sayPeople(plot)}. ${sayLanes(plot.lanes)}`;
		case "squares":
			return `${formatNumber(plot.failed.length)} of ${formatNumber(plot.count)} had a finding.`;
	}
}

function sayValues(series: readonly ValueSeries[], measure: Measure | undefined): string {
	const say = sayer(measure);
	return sayAll(
		series.map(({ label, values }) => {
			const ascending = sorted(values);
			if (ascending.length === 0) return `${label}: nothing was measured`;
			const [half, most, last] = [0.5, 0.99, 1].map((share) => say(quantile(ascending, share)));
			return `${label}: half within ${half}, 99 % within ${most}, all within ${last}`;
		}),
	);
}

function sayPeople({ people, yLabel }: Extract<Plot, { kind: "steps" }>): string {
	const ends = people.map(({ label, points }) => `${label} ${points.at(-1)?.count ?? 0}`);
	return `${yLabel} at the end: ${sayAll(ends)}`;
}

function sayLanes(lanes: readonly Lane[]): string {
	const counts = lanes.map(({ label, spans }) => `${label} ${spans.length} times`);
	return counts.length === 0 ? "Nothing went wrong." : `What went wrong: ${sayAll(counts)}.`;
}

function sayAll(parts: readonly string[]): string {
	const said = parts.slice(0, saidMax).join("; ");
	return parts.length > saidMax ? `${said}; and ${parts.length - saidMax} more` : said;
}
