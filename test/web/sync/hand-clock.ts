/** A clock that a test moves by hand. */
import type { Clock } from "../../../shared/clock.ts";

/** See the file. */
export interface HandClock extends Clock {
	/** Lets time pass; timers that are due run. */
	pass(ms: number): void;
}

/** A clock that stands at 0. */
export function handClock(): HandClock {
	let nowMs = 0;
	let timers: { readonly atMs: number; readonly run: () => void }[] = [];
	return {
		now: () => nowMs,
		elapsed: () => nowMs,
		after(ms, run) {
			const timer = { atMs: nowMs + ms, run };
			timers.push(timer);
			return () => {
				timers = timers.filter((other) => other !== timer);
			};
		},
		pass(ms) {
			nowMs += ms;
			const due = timers.filter(({ atMs }) => atMs <= nowMs);
			timers = timers.filter(({ atMs }) => atMs > nowMs);
			for (const { run } of due) run();
		},
	};
}
