/** What a run of `npm run converge` came to, as data: filled by the harness, read by the report. */
import type { KeyFigure, Section } from "../../report/content.ts";

/** Everything that a report is made from. Times inside a run are in its own time, from 0. */
export interface ConvergeReport {
	/** What was run: "200 seeds against Weft". */
	readonly title: string;
	/** The command line that runs the same again. */
	readonly command: string;
	/** ISO 8601. */
	readonly startedAt: string;
	readonly systems: readonly SystemUnderTest[];
	/** The last line of the terminal: "200 seeds, 200 ops, 5 people: equal". */
	readonly verdict: string;
	readonly isEqual: boolean;
	/** Which seeds were run: `count` of them, beginning with `from`. */
	readonly seeds: { readonly from: number; readonly count: number };
	/** The numbers of those that failed. */
	readonly failedSeeds: readonly number[];
	/** One for each check; with several systems, one for each check of each. */
	readonly rows: readonly CheckRow[];
	/** From a word's typing until its server called it saved, and until others saw it; all seeds. */
	readonly latency: { readonly saved: readonly number[]; readonly shown: readonly number[] };
	/** Any number of runs; the report picks those that failed first and a few samples. */
	readonly timelines: readonly RunTimeline[];
	/** How long everything took, on the clock on the wall. */
	readonly seconds: number;
	readonly seedsPerMinute: number;
	/** Further figures to be seen from afar: "simulated time", "kills", "words". */
	readonly figures: readonly KeyFigure[];
	/** Further sections, after the checks: planted faults, peers. */
	readonly sections?: readonly Section[];
}

/** A server that was tried. */
export interface SystemUnderTest {
	readonly name: string;
	readonly version: string;
	/** In one process with simulated time, or real processes. */
	readonly mode: "sim" | "real";
}

/** One run. */
export interface RunTimeline {
	readonly seed: number;
	/** The server; may be left out where there was one. */
	readonly system?: string;
	readonly endMs: number;
	readonly faults: readonly RunFault[];
	/** For each person how many words their copy held, at each change. */
	readonly people: readonly {
		readonly name: string;
		readonly points: readonly { readonly ms: number; readonly words: number }[];
	}[];
	readonly findings: readonly RunFinding[];
	/** The command that repeats this run. */
	readonly repeat?: string;
	/** The shortest run that still fails, or what happened, a line each. */
	readonly story?: readonly string[];
}

/** Something that went wrong on purpose. */
export interface RunFault {
	readonly name: string;
	/** Whom it hit; null where it hit the server, and so everybody. */
	readonly person: string | null;
	readonly atMs: number;
	/** Null for what happens at one moment. */
	readonly untilMs: number | null;
}

/** Something that is not as it must be. */
export interface RunFinding {
	readonly check: string;
	readonly say: string;
	/** When it was seen; null where it was seen at the end. */
	readonly atMs: number | null;
}

/** How a check went, over all seeds. */
export interface CheckRow {
	readonly check: string;
	/** The server that was asked; may be left out where there was one. */
	readonly system?: string;
	/** How often it was asked, passed and failed. */
	readonly asked: number;
	readonly passed: number;
	readonly failed: number;
	/** Why this server cannot be asked this ("sends no acks"); null where it can. */
	readonly notTestable: string | null;
}
