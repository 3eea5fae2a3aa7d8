/** The browser's own clock. */
import type { Clock } from "../../shared/clock.ts";

/** Real time; tests hand in another clock. */
export const browserClock: Clock = {
	now: () => Date.now(),
	elapsed: () => performance.now(),
	after(ms, run) {
		const timer = setTimeout(run, ms);
		return () => clearTimeout(timer);
	},
};
