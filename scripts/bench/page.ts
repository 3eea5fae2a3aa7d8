/** The results as a page for people. */
import type { BarGroup, Block, Cell, Column, Page, Section, Tone } from "../report/content.ts";
import { boundOf, missOf, promiseOf, standingOf } from "./lines.ts";
import { ratiosOf } from "./ratios.ts";
import type { Remark, Results, Row } from "./results.ts";
import type { RateStep, Scenario } from "./scenarios/scenario.ts";
import { threeDigits } from "./statistics.ts";

/** What stands above the figures. */
export interface PageParts {
	readonly contestants: readonly string[];
	/** Versions and set-ups, by contestant. */
	readonly notes: readonly { readonly label: string; readonly value: string }[];
	readonly about: readonly string[];
	readonly command: string;
	readonly startedAt: string;
}

/** The report for people. */
export function benchPage(results: Results, parts: PageParts): Page {
	const rows = results.rows();
	const scenarios = Array.from(new Set(rows.map(({ scenario }) => scenario)));
	return {
		kind: "Weft benchmark",
		title: "Weft beside its peers",
		verdict: verdictOf(results, rows),
		facts: [
			...parts.notes,
			{ label: "started", value: parts.startedAt },
			{ label: "the same again", value: parts.command, isCode: true },
		],
		sections: [
			glance(results, rows, parts),
			...scenarios.map((scenario) => sectionOf(results, scenario, parts.contestants)),
		],
	};
}

function verdictOf(results: Results, rows: readonly Row[]): Page["verdict"] {
	const standings = rows.map(standingOf).filter((standing) => standing !== null);
	const short = standings.filter((standing) => standing === "short").length;
	const refusals = results.refusals().filter(({ contestant }) => contestant === "weft");
	if (refusals.length > 0) {
		return { tone: "bad", say: `${refusals.length} of Weft's rows do not count` };
	}
	if (standings.length === 0) return { tone: "plain", say: "nothing here was promised" };
	const say = `${standings.length - short} of ${standings.length} promised figures are kept`;
	return { tone: short === 0 ? "good" : "warn", say };
}

function glance(results: Results, rows: readonly Row[], { about }: PageParts): Section {
	const promised = rows.filter((row) => standingOf(row) !== null);
	const columns: Column[] = [
		{ label: "figure" },
		{ label: "Weft", isNumber: true },
		{ label: "of floor", isNumber: true },
		{ label: "of best", isNumber: true },
		{ label: "to pass" },
		{ label: "goal" },
		{ label: "reached" },
	];
	return {
		heading: "At a glance",
		blocks: [
			{ kind: "paragraph", text: about.join(" ") },
			{
				kind: "table",
				table: {
					caption: "Figures that were promised; best is the best peer of this run",
					columns,
					rows: promised.map(promisedRow),
					emptySay: "None of them was measured.",
				},
			},
			...remarkBlocks("Refused", "bad", results.refusals()),
			...remarkBlocks("Be careful with", "warn", results.warnings()),
		],
	};
}

const tones: Readonly<Record<string, Tone>> = { goal: "good", pass: "plain", short: "bad" };

function promisedRow(row: Row): Cell[] {
	const { ofFloor, ofBest } = ratiosOf(row);
	const standing = standingOf(row) ?? "";
	const promise = promiseOf(row);
	return [
		`${row.scenario.name}, ${row.shape.label}: ${row.measure.label}`,
		threeDigits(row.cells["weft"]?.median ?? Number.NaN),
		times(ofFloor),
		times(ofBest),
		promise?.pass ?? null,
		promise?.goal ?? null,
		{ text: reachedWords(standing, row), tone: tones[standing] ?? "plain" },
	];
}

/** `goal`, `short by 12 %`. */
function reachedWords(standing: string, row: Row): string {
	const miss = missOf(row);
	return miss === null ? standing : `${standing} by ${miss}`;
}

function remarkBlocks(heading: string, tone: Tone, remarks: readonly Remark[]): Block[] {
	if (remarks.length === 0) return [];
	const items = remarks.map(({ scenario, shape, contestant, say }) => {
		return `${scenario}, ${shape}, ${contestant}: ${say}`;
	});
	return [
		{ kind: "heading", text: heading },
		{ kind: "list", tone, items },
	];
}

function sectionOf(results: Results, scenario: Scenario, contestants: readonly string[]): Section {
	const rows = results.rows().filter((row) => row.scenario === scenario);
	const notes = results.notes().filter((note) => note.scenario === scenario.name);
	const lines = notes.map(({ shape, contestant, say }) => `${shape}, ${contestant}: ${say}`);
	return {
		heading: scenario.title,
		blocks: [
			{ kind: "paragraph", text: scenario.about },
			...plotsOf(scenario, rows, contestants),
			...sweepsOf(results, scenario, rows),
			...curvesOf(results, scenario, rows),
			figuresTable(rows, contestants),
			...(lines.length === 0
				? []
				: [
						{
							kind: "details",
							summary: "What the runs said",
							blocks: [{ kind: "log", label: "Notes", lines }],
						} as const,
					]),
		],
	};
}

/** One plot for each measure, one group of bars for each size. */
function plotsOf(
	{ measures, isAlone = false }: Scenario,
	rows: readonly Row[],
	contestants: readonly string[],
): Block[] {
	const names = contestants.filter((name) => rows.some(({ cells }) => name in cells));
	const plots = measures.map((measure): Block => {
		const groups = rows
			.filter((row) => row.measure === measure)
			.map((row): BarGroup => {
				const bars = names.flatMap((label) => {
					const cell = row.cells[label];
					return cell && Number.isFinite(cell.median) ? [{ label, ...cell }] : [];
				});
				// Who is held against nobody is held against what was promised.
				const bound = isAlone ? boundOf(row) : null;
				const line = { label: "to pass", min: bound ?? 0, median: bound ?? 0, max: bound ?? 0 };
				return { label: row.shape.label, bars: bound === null ? bars : [...bars, line] };
			});
		const better = measure.better === "more" ? "longer" : "shorter";
		const plot = { title: measure.label, x: { label: measure.label }, groups, better } as const;
		return { kind: "plot", plot: { kind: "bars", ...plot, baseline: names[0] ?? "" } };
	});
	return [{ kind: "row", blocks: plots }];
}

function curvesOf(results: Results, scenario: Scenario, rows: readonly Row[]): Block[] {
	const shapes = Array.from(new Set(rows.map(({ shape }) => shape)));
	const plots = shapes.flatMap((shape): Block[] => {
		const series = results
			.samples(scenario, shape)
			.map(({ contestant, answer }) => {
				return { label: contestant, points: pointsOf(answer.finding.curve ?? []) };
			})
			.filter(({ points }) => points.length > 0);
		if (series.length === 0) return [];
		const plot = {
			kind: "lines",
			title: `From the fastest to the slowest, ${shape.label}`,
			note: "Milliseconds that this part of all did not exceed; of each server's first run.",
			x: { label: "% of all" },
			y: { label: "ms", isLog: true },
			series,
		} as const;
		return [{ kind: "plot", plot }];
	});
	if (plots.length === 0) return [];
	return [{ kind: "details", summary: "From the fastest to the slowest", blocks: plots }];
}

/** Latency and cost over the rate, where rates were searched. */
function sweepsOf(results: Results, scenario: Scenario, rows: readonly Row[]): Block[] {
	const shapes = Array.from(new Set(rows.map(({ shape }) => shape)));
	return shapes.flatMap((shape): Block[] => {
		const runs = results.samples(scenario, shape);
		if (!runs.some(({ answer }) => answer.finding.sweep !== undefined)) return [];
		const lines = (label: string, pick: (step: RateStep) => number): Block => {
			const series = runs.map(({ contestant, answer }) => {
				const steps = (answer.finding.sweep ?? []).toSorted((a, b) => a.rate - b.rate);
				return { label: contestant, points: steps.map((s) => ({ x: s.rate, y: pick(s) })) };
			});
			const x = { label: "op/s", isLog: true };
			const y = { label, isLog: true };
			const title = `${label} over op/s, ${shape.label}`;
			return { kind: "plot", plot: { kind: "lines", title, x, y, series } };
		};
		const p99 = lines("p99 ms", ({ p99Ms }) => p99Ms);
		return [{ kind: "row", blocks: [p99, lines("CPU us an op", ({ cpuUs }) => cpuUs)] }];
	});
}

/** As many per cent as `Histogram.curve` has points. */
const percents = [0, 10, 25, 50, 75, 90, 95, 98, 99, 99.5, 99.9, 100];

function pointsOf(values: readonly number[]) {
	return values.map((y, index) => ({ x: percents[index] ?? 100, y }));
}

function figuresTable(rows: readonly Row[], contestants: readonly string[]): Block {
	const names = contestants.filter((name) => rows.some(({ cells }) => name in cells));
	const labels = ["of floor", "of best"];
	return {
		kind: "table",
		table: {
			caption: "Medians of the repeats, with the least and the most",
			columns: [
				{ label: "figure" },
				...[...names, ...labels].map((label) => ({ label, isNumber: true })),
			],
			rows: rows.map((row) => {
				const { ofFloor, ofBest } = ratiosOf(row);
				return [
					`${row.shape.label}: ${row.measure.label}`,
					...names.map((name): Cell => {
						const cell = row.cells[name];
						if (cell === undefined) return null;
						if (cell === null) return { text: "refused", tone: "bad" };
						const { min, median, max } = cell;
						const [least, middle, most] = [min, median, max].map(threeDigits);
						return min === max ? (middle ?? null) : `${middle} (${least} to ${most})`;
					}),
					times(ofFloor),
					times(ofBest),
				];
			}),
		},
	};
}

function times(ratio: number | null): Cell {
	return ratio === null ? null : `${threeDigits(ratio)} x`;
}
