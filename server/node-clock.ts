import type { Clock } from "../shared/clock.ts";

/** The real time. Waiting does not keep the process alive. */
export const nodeClock: Clock = {
	now: () => Date.now(),
	elapsed: () => performance.now(),
	after: (ms, run) => {
		const timer = setTimeout(run, ms);
		timer.unref();
		return () => clearTimeout(timer);
	},
};
