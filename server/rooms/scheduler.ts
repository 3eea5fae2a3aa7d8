import type { Clock, Millis } from "../../shared/clock.ts";

/**
 * How long one room works in a turn of the event loop before others have theirs. What Yjs does at
 * the end of a transaction comes on top, and the short work of other rooms: 20 ms are the bound.
 */
export const turnMsMax: Millis = 4;

/** Says when a room handles what reached it; handed in, so that a simulation can own it. */
export interface Scheduler {
	/** Calls `run` once, when this turn of the event loop has read all it could. */
	turn(run: () => void): void;
	/** Calls `run` once, in a later turn in which no other room goes on with something long. */
	pause(run: () => void): void;
}

/** For who works longer than a turn may take. */
export interface Turns {
	/** See `Clock.elapsed`. */
	elapsed(): Millis;
	/** Resolves in a later turn. */
	pause(): Promise<void>;
}

/**
 * Node's own turn: `setImmediate` runs after the sockets were read. One for all rooms, so that
 * they reach the log side by side and share one synced write: between two immediates Node finishes
 * all promises, and the first room would be written alone while the others wait for its sync.
 * `tidy` is called before somebody goes on with something long.
 */
export function createScheduler(tidy: () => void = () => undefined): Scheduler {
	let waiting: (() => void)[] = [];
	const paused: (() => void)[] = [];
	const runAll = () => {
		const runs = waiting;
		waiting = [];
		for (const run of runs) run();
	};
	const runOne = () => {
		const run = paused.shift();
		if (paused.length > 0) setImmediate(runOne);
		tidy();
		run?.();
	};
	return {
		turn: (run) => {
			if (waiting.push(run) === 1) setImmediate(runAll);
		},
		pause: (run) => {
			if (paused.push(run) === 1) setImmediate(runOne);
		},
	};
}

/** Work that may pause wherever it yields: after a quarter of a millisecond, say. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Goes on for as long as a turn may last, then in a later one. Throws as the work does. */
export async function inTurns<Result>(
	steps: Steps<Result>,
	{ elapsed, pause }: Turns,
): Promise<Result> {
	let untilMs: number | null = null;
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
		const nowMs = elapsed();
		if (untilMs !== null && nowMs >= untilMs) {
			await pause();
			untilMs = null;
		} else untilMs ??= nowMs + turnMsMax;
	}
}

/** Does all of it in this turn. Throws as the work does. */
export function atOnce<Result>(steps: Steps<Result>): Result {
	for (;;) {
		const { done, value } = steps.next();
		if (done) return value;
	}
}

/** For what takes a room longer than a turn. */
export function turnsOf(parts: { readonly clock: Clock; readonly scheduler: Scheduler }): Turns {
	const { clock, scheduler } = parts;
	return {
		elapsed: () => clock.elapsed(),
		pause: () => new Promise((resolve) => scheduler.pause(resolve)),
	};
}
