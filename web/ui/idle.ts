/** Work that may wait until nobody is waiting. */

/** Safari knows no idle time; by then the first picture stands. */
const waitMs = 400;

/** A busy page has no idle time at all. */
const waitMsMax = 5_000;

/** Calls `run` when the browser has nothing better to do, or it has waited long enough. */
export function whenIdle(run: () => void): void {
	if ("requestIdleCallback" in globalThis) requestIdleCallback(run, { timeout: waitMsMax });
	else setTimeout(run, waitMs);
}
