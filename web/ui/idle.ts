/** Work that may wait until nobody is waiting. */

/** Safari knows no idle time; by then the first picture stands. */
const waitMs = 400;

/** Calls `run` when the browser has nothing better to do. */
export function whenIdle(run: () => void): void {
	if ("requestIdleCallback" in globalThis) requestIdleCallback(run);
	else setTimeout(run, waitMs);
}
