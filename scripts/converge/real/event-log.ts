/**
 * Everything that happened in a real run, as JSON lines, and how it is played again.
 *
 * The first line holds the plan and the server, the last one what was found; between them stand the
 * events. Played again, each deed and fault of the plan happens when it did the first time.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Finding } from "../checks/room.ts";
import type { RunEvent } from "../journal.ts";
import type { Plan, Step } from "../plan.ts";
import { briskPace, type Pace } from "./testbed.ts";

/** A run, as it is written down. */
export interface EventLog {
	readonly plan: Plan;
	readonly system: { readonly name: string; readonly version: string };
	readonly events: readonly RunEvent[];
	readonly findings: readonly Finding[];
}

/** Writes `events-SEED.jsonl` into a directory; gives its path. */
export async function writeEventLog(directory: string, log: EventLog): Promise<string> {
	const { plan, system, events, findings } = log;
	await mkdir(directory, { recursive: true });
	const path = join(directory, `events-${plan.seed}.jsonl`);
	const lines = [{ kind: "run", system, plan }, ...events, { kind: "end", findings }];
	await writeFile(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
	return path;
}

/** Reads what `writeEventLog` wrote. @throws Error where it is something else */
export async function readEventLog(path: string): Promise<EventLog> {
	const text = await readFile(path, "utf8");
	const lines = text
		.trimEnd()
		.split("\n")
		.map((line) => parseLine(line, path));
	const [first, last] = [lines[0], lines.at(-1)];
	if (first?.kind !== "run" || last?.kind !== "end") {
		throw new Error(`${path} is no log of a run: its first or last line is missing`);
	}
	const { plan, system } = first as unknown as Pick<EventLog, "plan" | "system">;
	const { findings } = last as unknown as Pick<EventLog, "findings">;
	return { plan, system, findings, events: lines.slice(1, -1) as unknown as RunEvent[] };
}

/** The same deeds and faults; each wait lasts until the moment at which the next step came. */
export function timedPlan({ plan, events }: Pick<EventLog, "plan" | "events">): Plan {
	const cameMs = new Map<number, number>();
	for (const { kind, stepIndex, ms } of events) {
		if (stepIndex === null || (kind !== "deed" && kind !== "fault")) continue;
		if (!cameMs.has(stepIndex)) cameMs.set(stepIndex, ms);
	}
	const steps = plan.steps.flatMap((step, index): Step[] => {
		if (step.kind === "wait") return [];
		const ms = cameMs.get(index);
		return ms === undefined ? [step] : [{ kind: "wait", ms }, step];
	});
	return { ...plan, steps };
}

/** For a timed plan: its waits are moments. */
export const timedPace: Pace = {
	...briskPace,
	restMs: (ms, elapsedMs) => Math.max(0, ms - elapsedMs),
};

function parseLine(line: string, path: string): { readonly kind: string } {
	try {
		return JSON.parse(line) as { kind: string };
	} catch (cause) {
		throw new Error(`${path} is no log of a run: one of its lines is no JSON`, { cause });
	}
}
