/** What the figures of a connection come to, in one word. Pure. */
import type { Millis } from "../../../shared/clock.ts";
import type { Measure } from "../../sync/line/probe.ts";

/** See `verdictOf`. */
export type Verdict = "measuring" | "good" | "network" | "server" | "gone";

/** What is known so far. */
export interface Figures {
	readonly taken: Readonly<Record<Measure, readonly Millis[]>>;
	/** How long the answer to the last question is out. */
	readonly awayMs: Millis;
	/** False where the browser itself knows of no network. */
	readonly isOnline: boolean;
}

/** A round trip that people feel while they draw together. */
const slowMs: Millis = 300;
/** A disk that takes longer than this on top of the way is felt too. */
const slowSavingMs: Millis = 500;
/** Nothing for so long is no slow answer any more. */
const goneMs: Millis = 5_000;
/** As many of the newest figures count. */
const newest = 5;

/** Whose fault it is, if anything is slow: the way is judged before the server behind it. */
export function verdictOf({ taken, awayMs, isOnline }: Figures): Verdict {
	if (!isOnline || awayMs > goneMs) return "gone";
	if (taken.echo.length === 0 || taken.saved.length === 0) return "measuring";
	const echoMs = currentOf(taken.echo);
	if (echoMs > slowMs) return "network";
	return currentOf(taken.saved) - echoMs > slowSavingMs ? "server" : "good";
}

/** The middle one of the newest, or the upper one of the two in the middle; 0 of none. */
export function currentOf(taken: readonly Millis[]): Millis {
	const sorted = taken.slice(-newest).sort((left, right) => left - right);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
