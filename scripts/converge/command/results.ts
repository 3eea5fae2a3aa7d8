/** What all runs of a session came to, counted for the table and the report. */
import type { Finding } from "../checks/room.ts";
import type { Tally } from "../crew/tally.ts";
import type { Plan } from "../plan.ts";
import type { KillOutcome } from "../real/kill-cycles.ts";
import type { RunTimeline, SystemUnderTest } from "../report/converge-report.ts";
import { latenciesOf, timelineOf } from "../report/from-run.ts";
import type { Outcome } from "../run.ts";
import type { Mode } from "./options.ts";

/** A run that is not equal. */
export interface Failure {
	readonly mode: Mode;
	readonly seed: number;
	/** Null where there was no plan, as in a kill cycle. */
	readonly plan: Plan | null;
	readonly findings: readonly Finding[];
}

/** One kind of runs, as a row of the table. */
export interface Part {
	readonly name: string;
	runCount: number;
	opCount: number;
	faultCount: number;
	failedCount: number;
	/** Of the clock on the wall. */
	seconds: number;
	/** Of the clock in the runs. */
	playedMs: number;
}

/** Runs of which a report may show what everybody had when. */
const timelinesMax = 30;
/** Failures that are kept in full; the rest is only counted. */
const failuresMax = 20;

/** See the head of this file. */
export class Results {
	readonly parts: Part[] = [];
	/** The servers that were tried. */
	readonly systems: SystemUnderTest[] = [];
	readonly failures: Failure[] = [];
	/** How often each check was asked. */
	readonly asked = new Map<string, number>();
	/** In how many runs each check failed. */
	readonly failed = new Map<string, number>();
	/** What could not be asked, where, and why. */
	readonly notTestable = new Map<string, { readonly mode: Mode; readonly reason: string }>();
	/** Runs whose events were kept. */
	readonly timelines: RunTimeline[] = [];
	/** How long words took, in milliseconds, in those runs. */
	readonly latency: { readonly saved: number[]; readonly shown: number[] } = {
		saved: [],
		shown: [],
	};
	/** How often each fault happened. */
	readonly faults = new Map<string, number>();

	/** True where every run was equal. */
	get isEqual(): boolean {
		return this.parts.every(({ failedCount }) => failedCount === 0);
	}

	/** Every check that was asked, failed, or could not be asked. */
	get checkNames(): ReadonlySet<string> {
		return new Set([...this.asked.keys(), ...this.failed.keys(), ...this.notTestable.keys()]);
	}

	/** A new row. */
	begin(name: string): Part {
		const part = {
			name,
			runCount: 0,
			opCount: 0,
			faultCount: 0,
			failedCount: 0,
			seconds: 0,
			playedMs: 0,
		};
		this.parts.push(part);
		return part;
	}

	/** Counts a run. */
	add(part: Part, outcome: Outcome, tally: Tally, run: Omit<Failure, "findings">): void {
		part.runCount++;
		part.playedMs += outcome.elapsedMs;
		part.opCount += tally.deeds;
		for (const [fault, times] of Object.entries(tally.faults)) {
			part.faultCount += times;
			count(this.faults, fault, times);
		}
		for (const [check, times] of Object.entries(outcome.asked)) count(this.asked, check, times);
		for (const { check, reason } of outcome.notTestable) {
			this.notTestable.set(check, { mode: run.mode, reason });
		}
		if (run.plan !== null && outcome.events.length > 0) this.#keep(run.plan, outcome);
		this.#fail(part, { ...run, findings: outcome.findings });
	}

	/** Counts kill cycles; the part was told of each cycle already. */
	addKills(part: Part, seed: number, { findings, promisedCount, elapsedMs }: KillOutcome): void {
		part.playedMs += elapsedMs;
		count(this.asked, "shown stays", promisedCount);
		this.#fail(part, { mode: "real", seed, plan: null, findings });
	}

	#keep(plan: Plan, outcome: Outcome): void {
		if (this.timelines.length < timelinesMax) this.timelines.push(timelineOf(plan, outcome));
		const { saved, shown } = latenciesOf(outcome);
		this.latency.saved.push(...saved);
		this.latency.shown.push(...shown);
	}

	#fail(part: Part, failure: Failure): void {
		if (failure.findings.length === 0) return;
		part.failedCount++;
		for (const check of new Set(failure.findings.map((one) => one.check))) {
			count(this.failed, check);
		}
		if (this.failures.length < failuresMax) this.failures.push(failure);
	}
}

function count(counts: Map<string, number>, name: string, times = 1): void {
	counts.set(name, (counts.get(name) ?? 0) + times);
}
