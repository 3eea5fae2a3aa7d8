/** What a scenario is: a situation in which servers are measured, at several sizes. */
import type { Stage } from "../drive/stage.ts";

/** One figure that comes out. */
export interface Measure {
	readonly key: string;
	/** With its unit: `p99 ms`. */
	readonly label: string;
	readonly better: "less" | "more";
	/** Figures below this are all the same: no ratio is built over less. */
	readonly noise?: number;
	/** The worst repeat stands for all: what may never happen is not judged by its median. */
	readonly isWorst?: boolean;
	/** Left out of the ratios and of the baseline: it explains others. */
	readonly isContext?: boolean;
}

/** One size of it. */
export interface Shape {
	/** Stands in tables and in the baseline, so it names the size: `500 readers`. */
	readonly label: string;
	/** People, rooms, sockets: what the scenario counts. */
	readonly count: number;
	/** Things a second, where it has a pace. */
	readonly rate: number;
	/** How long it is measured. */
	readonly seconds: number;
}

/** One rate of a search, carried or not. */
export interface RateStep {
	readonly rate: number;
	readonly p99Ms: number;
	/** Of the server, for one thing. */
	readonly cpuUs: number;
}

/** What one run found. */
export interface Finding {
	/** By the measures' keys; NaN is what could not be known. */
	readonly figures: Readonly<Record<string, number>>;
	/** Why the figures must not be used, in a sentence; null where they may. */
	readonly refusal: string | null;
	/** What a reader should know besides. */
	readonly notes?: readonly string[];
	/** What was found at each rate that was tried, for a plot. */
	readonly sweep?: readonly RateStep[];
	/** Times from the shortest to the longest, a dozen, for a plot. */
	readonly curve?: readonly number[];
}

/** A situation. */
export interface Scenario {
	/** For `--only`. */
	readonly name: string;
	readonly title: string;
	/** What is done and what is counted, in a few sentences. */
	readonly about: string;
	readonly measures: readonly Measure[];
	readonly shapes: readonly Shape[];
	/** The same, small enough to try out: its figures mean little. */
	readonly quickShapes: readonly Shape[];
	/** More repeats would say nothing more. */
	readonly repeatsMax?: number;
	/** How long one run takes, of one size and server, more or less: for the time that is left. */
	readonly runSeconds: number;
	/**
	 * What a server must do to be asked: the floor keeps nothing. Pages: see ../pages/open.ts, and
	 * ../board/open.ts for boards.
	 */
	readonly needs: "relay" | "docs" | "disk" | "page" | "board";
	/** True where one server is enough for all: it measures code, not a server. */
	readonly isAlone?: boolean;
	/** True where nothing is pinned: several browsers are no one client with a core of its own. */
	readonly usesAllCores?: boolean;
	/** Runs it once. @throws Error where it cannot be run; the row is refused with its message */
	run(stage: Stage, shape: Shape): Promise<Finding>;
}

/** So many of something, without a pace: `5,000 updates`. */
export function sizeOf(count: number, what: string): Shape {
	return { label: `${count.toLocaleString("en-US")} ${what}`, count, rate: 0, seconds: 0 };
}

/** A finding that must not be used. */
export function refused(say: string): Finding {
	return { figures: {}, refusal: say };
}
