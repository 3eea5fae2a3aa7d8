/** What a run of `npm run converge` came to, as a page for people. */
import type { Block, Fact, KeyFigure, Page } from "../../report/content.ts";
import { formatMs, formatNumber } from "../../report/format.ts";
import { checksTable, notTestableItems } from "./checks.ts";
import type { ConvergeReport } from "./converge-report.ts";
import { pickRuns } from "./pick.ts";
import { failedSection, samplesSection } from "./runs.ts";

/** The report for people. */
export function convergePage(report: ConvergeReport): Page {
	const { failed, samples } = pickRuns(report);
	return {
		kind: "Weft convergence report",
		title: report.title,
		verdict: { tone: report.isEqual ? "good" : "bad", say: report.verdict },
		facts: factsOf(report),
		sections: [
			{ heading: "At a glance", blocks: glanceOf(report) },
			...(failed.length === 0 ? [] : [failedSection(report, failed)]),
			{ heading: "What was checked", blocks: checksOf(report) },
			...(report.sections ?? []),
			{ heading: "How long words took", blocks: latencyOf(report) },
			...(samples.length === 0 ? [] : [samplesSection(samples)]),
		],
	};
}

function factsOf({ systems, startedAt, command }: ConvergeReport): Fact[] {
	const modes = { sim: "simulated", real: "real processes" } as const;
	const servers = systems.map(({ name, version, mode }) => {
		return { label: modes[mode], value: `${name} ${version}` };
	});
	const started = startedAt.replace(/T(\d\d:\d\d).*$/, " $1 UTC");
	return [...servers, { label: "started", value: started }, commandFact(command)];
}

function commandFact(command: string): Fact {
	return { label: "the same again", value: command, isCode: true };
}

function glanceOf(report: ConvergeReport): Block[] {
	const { seeds, failedSeeds, seconds, seedsPerMinute } = report;
	const figures: KeyFigure[] = [
		{
			label: "seeds equal",
			value: formatNumber(seeds.count - failedSeeds.length),
			note: `of ${formatNumber(seeds.count)}`,
			tone: failedSeeds.length === 0 && report.isEqual ? "good" : "bad",
		},
		{ label: "seeds a minute", value: formatNumber(Math.round(seedsPerMinute)) },
		{ label: "took", value: formatMs(seconds * 1_000) },
		...report.figures,
	];
	return [
		{ kind: "figures", figures },
		{
			kind: "plot",
			plot: {
				kind: "squares",
				title: "Every seed",
				unit: "seed",
				...seeds,
				failed: failedSeeds,
				emptySay: "No seed was run.",
			},
		},
	];
}

function checksOf({ rows, systems }: ConvergeReport): Block[] {
	const table: Block = {
		kind: "table",
		table: checksTable(
			rows,
			systems.map(({ name }) => name),
		),
	};
	const items = notTestableItems(rows);
	if (items.length === 0) return [table];
	return [
		table,
		{ kind: "heading", text: "What could not be tested" },
		{ kind: "paragraph", text: "Nobody asked these, so they count as neither passed nor failed." },
		{ kind: "list", items },
	];
}

function latencyOf({ latency, systems }: ConvergeReport): Block[] {
	const isSimulated = systems.every(({ mode }) => mode === "sim");
	const series = [
		{ label: "saved", values: latency.saved },
		{ label: "shown", values: latency.shown },
	];
	const note = isSimulated
		? "In simulated time: what the faults cost, not what the machine does."
		: "As measured, the time of the faults included.";
	const shared = { series, emptySay: "No word was followed from its typing to its end." };
	return [
		{
			kind: "paragraph",
			text:
				"From a word’s typing until the server called it saved, and until the others saw it. " +
				note,
		},
		{
			kind: "row",
			blocks: [
				{
					kind: "plot",
					plot: {
						...shared,
						kind: "quantiles",
						title: "How long the slowest waited",
						note: "Lower is better. Each part to the right is ten times rarer.",
						y: { label: "time", measure: "ms", isLog: true },
					},
				},
				{
					kind: "plot",
					plot: {
						...shared,
						kind: "histogram",
						title: "How long most waited",
						note: "Further left is better. The height is how many words waited so long.",
						x: { label: "time", measure: "ms", isLog: true },
					},
				},
			],
		},
	];
}
