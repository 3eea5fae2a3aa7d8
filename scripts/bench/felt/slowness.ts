/** How slow the machine and the line are for who is measured: people's, not ours. */

/** See `usualSlowness`. */
export interface Slowness {
	/** From the page to the server and back, without any work. */
	readonly roundTripMs: number;
	/** Of the segments of either direction. */
	readonly lossPercent: number;
	/** How many times longer a page's main thread takes: 1 is as it comes. */
	readonly cpuTimes: number;
}

/** A phone of some years on a network that is neither good nor bad. */
export const usualSlowness: Slowness = { roundTripMs: 80, lossPercent: 2, cpuTimes: 4 };

/** In words, for a report. */
export function sayOf({ roundTripMs, lossPercent, cpuTimes }: Slowness): string {
	return `round trip ${roundTripMs} ms, ${lossPercent} % lost, CPU slowed ${cpuTimes} times`;
}
