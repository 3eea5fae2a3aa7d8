/** Makes what a report shows of one run from the events of that run. */
import type { RunEvent } from "../journal.ts";
import type { Fault, Plan } from "../plan.ts";
import type { Outcome } from "../run.ts";
import type { RunFault, RunTimeline } from "./converge-report.ts";

/** Faults that hit everybody. */
const everybodys: ReadonlySet<Fault> = new Set<Fault>([
	"kill",
	"powerCut",
	"terminate",
	"restartStorm",
	"pause",
	"fullDisk",
	"slowDisk",
	"clockJump",
	"secondProcess",
	"byteFlip",
]);

/** Faults that the plan gives a length; the others happen at a moment, or last until the end. */
const lasting: ReadonlySet<Fault> = new Set<Fault>(["pause", "fullDisk", "slowDisk"]);

/** How long words took in one run, in milliseconds: one number for each word. */
export interface Latencies {
	/** From typing until the server called it saved. */
	readonly saved: readonly number[];
	/** From typing until somebody else had it. */
	readonly shown: readonly number[];
}

/** What everybody had when, and what went wrong meanwhile. */
export function timelineOf(plan: Plan, { events, findings, elapsedMs }: Outcome): RunTimeline {
	const found = events.filter(({ kind }) => kind === "finding");
	return {
		seed: plan.seed,
		endMs: elapsedMs,
		faults: events.flatMap((event) => faultOf(plan, event)),
		people: peopleOf(events),
		findings: findings.map(({ check, say }, index) => ({
			check,
			say,
			atMs: found[index]?.ms ?? null,
		})),
	};
}

/** Reads from the events how long each word took. */
export function latenciesOf({ events }: Outcome): Latencies {
	const typedMs = new Map<string, number>();
	const firsts = { saved: new Map<string, number>(), shown: new Map<string, number>() };
	for (const { kind, act, ms, words } of events) {
		for (const word of words) {
			if (kind === "deed" && act !== "remove" && !typedMs.has(word)) typedMs.set(word, ms);
			if (kind !== "saved" && kind !== "shown") continue;
			const typed = typedMs.get(word);
			if (typed !== undefined && !firsts[kind].has(word)) firsts[kind].set(word, ms - typed);
		}
	}
	return { saved: [...firsts.saved.values()], shown: [...firsts.shown.values()] };
}

function faultOf(plan: Plan, { kind, act, ms, who, stepIndex }: RunEvent): RunFault[] {
	const step = stepIndex === null ? undefined : plan.steps[stepIndex];
	if (kind !== "fault" || act === null || step?.kind !== "fault") return [];
	const person = everybodys.has(step.fault) ? null : userOf(who);
	return [{ name: act, person, atMs: ms, untilMs: lasting.has(step.fault) ? ms + step.ms : null }];
}

/** For each user how many words they had typed or been shown, at each change. */
function peopleOf(events: readonly RunEvent[]): RunTimeline["people"] {
	const people = new Map<string, { words: Set<string>; points: { ms: number; words: number }[] }>();
	for (const { kind, act, ms, who, words } of events) {
		const user = userOf(who);
		if (user === null || words.length === 0) continue;
		if (kind !== "shown" && (kind !== "deed" || act === "remove")) continue;
		const had = people.get(user) ?? { words: new Set(), points: [{ ms: 0, words: 0 }] };
		people.set(user, had);
		for (const word of words) had.words.add(word);
		had.points.push({ ms, words: had.words.size });
	}
	return [...people].map(([name, { points }]) => ({ name, points }));
}

/** Whose page it is: the pages of a user are numbered. */
function userOf(page: string | null): string | null {
	return page?.replace(/\d+$/, "") ?? null;
}
