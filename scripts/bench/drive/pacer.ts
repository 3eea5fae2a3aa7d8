/**
 * An open loop: things are due at given times, whether or not the server keeps up. Who measures
 * counts from when a thing was due, not from when it was sent, so that a slow server cannot hide
 * its slowness by slowing us down (coordinated omission).
 */
import type { Random } from "../../converge/random.ts";

/** Gaps longer than this are waited for exactly; shorter ones to within a millisecond or two. */
const exactGapMsMin = 4;

/** What is due when. */
export interface Pace {
	/** Things a second, all together. */
	readonly rate: number;
	readonly seconds: number;
	/** Given, gaps are random with this mean, as of many people at once; else they are even. */
	readonly random?: Random;
}

/** How many things a pace holds. */
export function countOf({ rate, seconds }: Pace): number {
	return Math.round(rate * seconds);
}

/** When each thing is due, in milliseconds from the start. */
export function duesOf(pace: Pace): Float64Array {
	const { rate, random } = pace;
	const gapMs = 1000 / rate;
	const dues = new Float64Array(countOf(pace));
	let atMs = 0;
	for (let index = 0; index < dues.length; index++) {
		dues[index] = atMs;
		atMs += random === undefined ? gapMs : -Math.log(1 - random()) * gapMs;
	}
	return dues;
}

/**
 * Calls `send` with the number of each thing and when it was due, on the clock of
 * `performance.now()`, never before that.
 */
export function pace(plan: Pace, send: (index: number, dueMs: number) => void): Promise<void> {
	const dues = duesOf(plan);
	const isExact = 1000 / plan.rate > exactGapMsMin;
	const startMs = performance.now() + exactGapMsMin;
	let index = 0;
	return new Promise((resolve, reject) => {
		const turn = () => {
			try {
				const nowMs = performance.now() - startMs;
				while (index < dues.length && (dues[index] ?? 0) <= nowMs) {
					send(index, startMs + (dues[index] ?? 0));
					index += 1;
				}
				if (index === dues.length) resolve();
				else wait(turn, (dues[index] ?? 0) - (performance.now() - startMs), isExact);
			} catch (error) {
				reject(error);
			}
		};
		turn();
	});
}

/** A timer is up to a millisecond late; the rest of an exact wait is spent looking. */
function wait(turn: () => void, ms: number, isExact: boolean): void {
	if (!isExact) setTimeout(turn, 1);
	else if (ms > 2) setTimeout(turn, ms - 2);
	else setImmediate(turn);
}
