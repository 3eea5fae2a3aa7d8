/** Single runs in a report: who had what when, and what was found. */
import type { Block, Lane, Section } from "../../report/content.ts";
import { formatMs, formatNumber } from "../../report/format.ts";
import type { ConvergeReport, RunFault, RunTimeline } from "./converge-report.ts";

/** Findings of a run that are written out. */
const findingsMax = 12;
/** Kinds of fault of a run that get a lane. */
const lanesMax = 14;

/** The runs that failed, each with its findings, how to repeat it, and its picture. */
export function failedSection(report: ConvergeReport, failed: readonly RunTimeline[]): Section {
	const more = report.failedSeeds.length - failed.length;
	const rest: Block = {
		kind: "paragraph",
		text: `${formatNumber(more)} more failed: ${sayNumbers(report.failedSeeds)}.`,
	};
	const blocks = failed.flatMap((run) => runBlocks(run));
	return { heading: "What failed", blocks: more > 0 ? [...blocks, rest] : blocks };
}

function sayNumbers(numbers: readonly number[]): string {
	const numbersMax = 60;
	const said = numbers.slice(0, numbersMax).join(", ");
	return numbers.length > numbersMax ? `all are ${said} …` : `all are ${said}`;
}

/** Runs without a finding, as pictures. */
export function samplesSection(samples: readonly RunTimeline[]): Section {
	const text =
		"A few of the runs in which everybody ended with the same. A line is what a person’s copy " +
		"held; lines that run together are drawn side by side. Behind and below them is what went " +
		"wrong: for one person in that person’s colour, for everybody in grey.";
	const plots = samples.map((run): Block => ({ kind: "plot", plot: stepsOf(run) }));
	return { heading: "Who had what when", blocks: [{ kind: "paragraph", text }, ...plots] };
}

function runBlocks(run: RunTimeline): Block[] {
	const { findings, repeat, story = [] } = run;
	const said = findings.slice(0, findingsMax);
	const more = findings.length - said.length;
	const items = said.map(({ check, say, atMs }) => {
		return `${check}: ${say}${atMs === null ? "" : ` (after ${formatMs(atMs)})`}`;
	});
	const rest: Block = { kind: "paragraph", text: `And ${more} more.` };
	const log: Block = { kind: "log", label: `Story of seed ${run.seed}`, lines: story };
	return [
		{ kind: "heading", text: nameOf(run) },
		{ kind: "list", tone: "bad", items },
		...(more > 0 ? [rest] : []),
		...(repeat === undefined ? [] : [{ kind: "command" as const, text: repeat }]),
		{ kind: "plot", plot: stepsOf(run) },
		...(story.length === 0
			? []
			: [{ kind: "details" as const, summary: "What happened, line by line", blocks: [log] }]),
	];
}

function nameOf({ seed, system }: RunTimeline): string {
	return system === undefined ? `Seed ${seed}` : `Seed ${seed}, ${system}`;
}

function stepsOf(run: RunTimeline): Extract<Block, { kind: "plot" }>["plot"] {
	const faults = run.faults.length;
	return {
		kind: "steps",
		title: `${nameOf(run)}: who had what when`,
		note: `${formatNumber(faults)} ${faults === 1 ? "fault" : "faults"} in ${formatMs(run.endMs)}.`,
		emptySay: "Nobody’s words were followed in this run.",
		endMs: run.endMs,
		yLabel: "words held",
		people: run.people.map(({ name, points }) => {
			return { label: name, points: points.map(({ ms, words }) => ({ ms, count: words })) };
		}),
		lanes: lanesOf(run.faults),
		moments: run.findings.flatMap(({ check, say, atMs }) => {
			return atMs === null ? [] : [{ atMs, say: `${check}: ${say}` }];
		}),
	};
}

/** A lane for each kind of fault, in the order in which they first came; the rest shares one. */
function lanesOf(faults: readonly RunFault[]): Lane[] {
	const lanes = new Map<string, Lane["spans"][number][]>();
	for (const { name, person, atMs, untilMs } of [...faults].sort((a, b) => a.atMs - b.atMs)) {
		const label = lanes.has(name) || lanes.size < lanesMax - 1 ? name : "others";
		const span = { atMs, untilMs, person, label: person === null ? name : `${name}, ${person}` };
		lanes.set(label, [...(lanes.get(label) ?? []), span]);
	}
	return [...lanes].map(([label, spans]) => ({ label, spans }));
}
