import type { Clock } from "../../../shared/clock.ts";

/** Real time, for tests of real processes. */
export const realClock: Clock = {
	now: () => Date.now(),
	elapsed: () => performance.now(),
	after: (ms, run) => {
		const timer = setTimeout(run, ms);
		return () => clearTimeout(timer);
	},
};
