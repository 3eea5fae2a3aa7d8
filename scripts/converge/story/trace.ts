/** A run that failed, as a file: enough to play it again, and what it came to when it did. */
import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Finding } from "../checks/room.ts";
import {
	type Deed,
	deeds,
	type Fault,
	faults,
	modes,
	type Plan,
	type Turn,
	turns,
} from "../plan.ts";

/** The version of the file's layout. */
const traceVersion = 1;

/** Where a run was played. */
export type TraceMode = "sim" | "real";

/** A run that failed. */
export interface Trace {
	/** Weft's version at that time. */
	readonly weft: string;
	/** The server under test, as a reader knows it. */
	readonly system: string;
	readonly mode: TraceMode;
	readonly plan: Plan;
	readonly findings: readonly Finding[];
	/** Why it is kept: what was wrong, in a sentence. Null for one that nobody has understood yet. */
	readonly why: string | null;
}

const person = z.int().min(0);
const ms = z.number().min(0);
const at = z.number().min(0).lt(1);
const size = z.int().min(1).max(4);
const step = z.discriminatedUnion("kind", [
	z.strictObject({
		kind: z.literal("deed"),
		person,
		deed: z.enum(Object.keys(deeds) as [Deed, ...Deed[]]),
		at,
		size,
	}),
	z.strictObject({
		kind: z.literal("turn"),
		turn: z.enum(Object.keys(turns) as [Turn, ...Turn[]]),
		person,
		at,
		size,
	}),
	z.strictObject({
		kind: z.literal("fault"),
		fault: z.enum(Object.keys(faults) as [Fault, ...Fault[]]),
		person,
		ms,
	}),
	z.strictObject({ kind: z.literal("wait"), ms }),
]);
const layout = z.strictObject({
	version: z.literal(traceVersion),
	weft: z.string(),
	system: z.string(),
	mode: z.enum(["sim", "real"]),
	why: z.string().min(1).nullable(),
	findings: z.array(z.looseObject({ check: z.string(), say: z.string() })),
	plan: z.strictObject({
		seed: z.int().min(0),
		people: z.int().min(1),
		mode: z.enum(modes),
		// Older ones have none.
		rights: z.boolean().default(false),
		steps: z.array(step),
	}),
});

/** A trace as the text of a file: a line for each step, so that two can be compared by eye. */
export function encodeTrace(trace: Trace): string {
	const { weft, system, mode, why, findings, plan } = trace;
	const { steps, ...rest } = plan;
	const head = JSON.stringify({ version: traceVersion, weft, system, mode, why }, null, "\t");
	const parts = [
		`${head.slice(0, -2)},`,
		`\t"findings": ${linesOf(findings, "\t")},`,
		`\t"plan": {`,
		...Object.entries(rest).map(([name, value]) => `\t\t"${name}": ${JSON.stringify(value)},`),
		`\t\t"steps": ${linesOf(steps, "\t\t")}`,
		"\t}\n}\n",
	];
	return parts.join("\n");
}

function linesOf(list: readonly unknown[], indent: string): string {
	if (list.length === 0) return "[]";
	const lines = list.map((one) => `${indent}\t${JSON.stringify(one)}`);
	return `[\n${lines.join(",\n")}\n${indent}]`;
}

/**
 * The trace that a text holds; `name` is what errors call it.
 *
 * @throws Error that says what is wrong, and where
 */
export function decodeTrace(text: string, name: string): Trace {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new Error(`${name} is no JSON.`, { cause });
	}
	if (typeof value !== "object" || value === null || !("version" in value)) {
		throw new Error(`${name} is no trace of a run: it names no version.`);
	}
	if (value.version !== traceVersion) {
		throw new Error(`${name} has version ${value.version}; this reads version ${traceVersion}.`);
	}
	const read = layout.safeParse(value);
	if (!read.success) throw new Error(`${name} cannot be played: ${firstIssue(read.error)}.`);
	const { version: _, ...trace } = read.data;
	checkPeople(trace.plan, name);
	return trace;
}

function checkPeople({ people, steps }: Plan, name: string): void {
	for (const [index, step] of steps.entries()) {
		if (step.kind === "wait" || step.person < people) continue;
		const where = `plan.steps[${index}].person`;
		throw new Error(`${name} cannot be played: ${where}: there is no person ${step.person}.`);
	}
}

function firstIssue(error: z.ZodError): string {
	const [issue] = error.issues;
	if (issue === undefined) return "it does not fit";
	const where = issue.path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
	return `${where.join("").replace(/^\./, "")}: ${issue.message}`;
}

/** Writes a trace into a file, over what was there. */
export function writeTrace(path: string, trace: Trace): void {
	writeFileSync(path, encodeTrace(trace));
}

/**
 * Reads a trace from a file.
 *
 * @throws Error that says what is wrong with it
 */
export function readTrace(path: string): Trace {
	return decodeTrace(readFileSync(path, "utf8"), path);
}
