/** What the times of frames come to. */

/** What a page noted while something was done; times in milliseconds of its own clock. */
export interface Frames {
	/** When each frame began. */
	readonly atMs: readonly number[];
	/** What was done began and ended then; frames behind that are what was put off. */
	readonly beganMs: number;
	readonly endedMs: number;
}

/** What they come to. */
export interface Pace {
	/** Frames while something was done. */
	readonly count: number;
	readonly perSecond: number;
	/** The longest from one frame to the next, also behind the end. */
	readonly worstMs: number;
	/** 99 of 100 took no longer. */
	readonly p99Ms: number;
}

/** Sums up frames. A frame that was under way when the hand came to rest counts whole. */
export function paceOf({ atMs, beganMs, endedMs }: Frames): Pace {
	const gaps = gapsOf(atMs);
	const during = gaps.filter(({ fromMs }) => fromMs >= beganMs && fromMs < endedMs);
	const totalMs = during.reduce((sum, { ms }) => sum + ms, 0);
	return {
		count: during.length,
		perSecond: totalMs === 0 ? 0 : (during.length * 1_000) / totalMs,
		worstMs: worst(gaps.filter(({ fromMs }) => fromMs >= beganMs)),
		p99Ms: quantileOf(
			during.map(({ ms }) => ms),
			0.99,
		),
	};
}

/** The longest frame that was shown within so long after one of some moments; NaN without any. */
export function worstAfter(
	atMs: readonly number[],
	moments: readonly number[],
	withinMs: number,
): number {
	const isAfter = (fromMs: number, ms: number, moment: number) =>
		fromMs + ms > moment && fromMs < moment + withinMs;
	return worst(
		gapsOf(atMs).filter(({ fromMs, ms }) => moments.some((each) => isAfter(fromMs, ms, each))),
	);
}

/** The value that `share` of all do not exceed; NaN where there is none. */
export function quantileOf(values: readonly number[], share: number): number {
	const ascending = values.toSorted((a, b) => a - b);
	return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
}

interface Gap {
	readonly fromMs: number;
	readonly ms: number;
}

function gapsOf(atMs: readonly number[]): readonly Gap[] {
	return atMs.slice(1).map((toMs, index) => {
		const fromMs = atMs[index] ?? toMs;
		return { fromMs, ms: toMs - fromMs };
	});
}

function worst(gaps: readonly Gap[]): number {
	return gaps.length === 0 ? Number.NaN : Math.max(...gaps.map(({ ms }) => ms));
}
