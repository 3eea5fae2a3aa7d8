/** A run as a story that a person can read. */
import { catalog } from "../checks/catalog.ts";
import type { Finding } from "../checks/room.ts";
import { pageName, userName } from "../sentences.ts";
import { concernOf } from "./concern.ts";
import { type Line, linesOf, listNames, sayTime } from "./lines.ts";
import { summarise, type Told } from "./summary.ts";
import type { Trace } from "./trace.ts";

/** Longer findings are cut. */
const findingLettersMax = 400;

/**
 * The story of a trace, and of what came out when it was played again: who did what to which words,
 * what the network, the disk and the server did, who was shown or promised what, and how it ends.
 * Lines that the findings are about begin with `▸`, faults with `!`.
 */
export function tell(trace: Trace, outcome: Told): string {
	const concern = concernOf(outcome.findings);
	const parts = [
		headOf(trace),
		linesOf(outcome.events, concern).map(renderLine).join("\n"),
		endOf(trace, outcome),
	];
	const summary = summarise(outcome);
	if (summary !== "") parts.push(`In short: ${summary}`);
	return `${clean(parts.join("\n\n"), peopleOf(trace))}\n`;
}

function peopleOf({ plan }: Trace): string[] {
	return Array.from({ length: plan.people }, (_, index) => userName(index));
}

function headOf(trace: Trace): string {
	const { system, weft, mode, plan, why } = trace;
	const name = system === "weft" ? `weft ${weft}` : system;
	const where = mode === "sim" ? "simulated" : "real processes";
	const stepCount = plan.steps.length;
	const run = `${listNames(peopleOf(trace))}, ${stepCount} ${stepCount === 1 ? "step" : "steps"}`;
	const head = `${name}, ${where}, seed ${plan.seed}: ${run}`;
	const legend = "▸ is about what was found, ! is what went wrong";
	return [head, ...(why === null ? [] : [why]), legend].join("\n");
}

const marks = { finding: "▸", fault: "!" } as const;

function renderLine({ ms, say, mark }: Line): string {
	return `${mark === null ? " " : marks[mark]} ${sayTime(ms).padStart(9)}  ${say}`;
}

function endOf(trace: Trace, { findings }: Told): string {
	if (findings.length > 0) return [...ruleOf(findings), ...findingLines(findings)].join("\n");
	const [then] = trace.findings;
	if (then === undefined) return "= everything was as it must be";
	return `= everything was as it must be; when this was written down: ${then.check}`;
}

/** What should have been true, by the first check that found something. */
function ruleOf([first]: readonly Finding[]): string[] {
	const row = Object.entries(catalog).find(([check]) => check === first?.check);
	return row === undefined ? [] : [`What must be: ${row[1].means}`];
}

/** The first finding of each check, and how many more there are of it. */
function findingLines(findings: readonly Finding[]): string[] {
	const checks = [...new Set(findings.map(({ check }) => check))];
	return checks.map((check) => {
		const says = findings.filter((finding) => finding.check === check).map(({ say }) => say);
		const [first = "", ...others] = new Set(says);
		return `✗ ${check}: ${cut(first)}${others.length > 0 ? ` (and ${others.length} more)` : ""}`;
	});
}

function cut(say: string): string {
	const short = say.replace(/"[A-Za-z0-9+/=]{40,}"/g, "(bytes)").replaceAll('\\"', '"');
	return short.length > findingLettersMax ? `${short.slice(0, findingLettersMax)} …` : short;
}

/** With pages as people call them, and without the emoji of each word, which is not to be read. */
function clean(text: string, people: readonly string[]): string {
	const pages = new RegExp(`(?<!⟨|\\ba )\\b(?:newcomer|(?:${people.join("|")})\\d+)\\b`, "gu");
	return text.replace(pages, pageName).replaceAll("👋⟩", "⟩");
}
