/**
 * How much does a server carry? Rates are doubled in short trials until one is too much; then
 * longer ones go up or down in small steps until a rate that was carried stands beside one that
 * was not. The answer lies between the two, where the line through their times passes the bound.
 */

/** One rate that was tried. */
export interface Trial {
	readonly rate: number;
	/** NaN where not everything was shown. */
	readonly p99Ms: number;
	readonly isCarried: boolean;
}

/** What is searched, and how. */
export interface Search<T extends Trial> {
	/** Where it begins, tried at length. */
	readonly first: number;
	/** Nothing above it is tried. */
	readonly rateMax: number;
	readonly p99MsMax: number;
	/** Tries a rate, for a moment only or at length. */
	readonly play: (rate: number, isShort: boolean) => Promise<T>;
}

/** What was found. */
export interface Found<T extends Trial> {
	/** Things a second at the bound. */
	readonly rate: number;
	/** The fastest that was carried at length. */
	readonly best: T;
}

/** Between a rate that is carried and one that is not. */
const fineStep = 2 ** (1 / 4);
/** Steps in one direction, after which it is given up: more than a trial can be wrong. */
const fineStepsMax = 12;

/** Searches; null where not even the first rate was carried, twice. */
export async function searchRate<T extends Trial>(search: Search<T>): Promise<Found<T> | null> {
	const { first, rateMax, play } = search;
	const calm = await twice(() => play(first, false));
	if (!calm.isCarried) return null;
	let carried = first;
	while (carried < rateMax) {
		const faster = await twice(() => play(Math.min(rateMax, carried * 2), true));
		if (!faster.isCarried) break;
		carried = faster.rate;
	}
	const start = carried === rateMax ? rateMax : Math.round(carried * Math.SQRT2);
	return climb(search, calm, await play(start, false));
}

/** From one rate up while it is carried, or down until it is. */
async function climb<T extends Trial>(
	{ rateMax, p99MsMax, play }: Search<T>,
	calm: T,
	start: T,
): Promise<Found<T>> {
	let now = start;
	for (let step = 0; step < fineStepsMax; step++) {
		if (start.isCarried && now.rate >= rateMax) return { rate: now.rate, best: now };
		const factor = start.isCarried ? fineStep : 1 / fineStep;
		const next = await play(Math.min(rateMax, Math.round(now.rate * factor)), false);
		if (next.isCarried !== start.isCarried) {
			const [best, worst] = start.isCarried ? [now, next] : [next, now];
			return { rate: rateBetween(best, worst, p99MsMax), best };
		}
		now = next;
		if (now.rate < calm.rate) break;
	}
	return start.isCarried ? { rate: now.rate, best: now } : { rate: calm.rate, best: calm };
}

/** Where the line through both, over logarithms, passes the bound. */
function rateBetween(best: Trial, worst: Trial, p99MsMax: number): number {
	if (!(worst.p99Ms > p99MsMax && best.p99Ms > 0)) return best.rate;
	const part = Math.log(p99MsMax / best.p99Ms) / Math.log(worst.p99Ms / best.p99Ms);
	return best.rate * (worst.rate / best.rate) ** part;
}

/** Not carried once may be bad luck, and the next rates would never be tried. */
async function twice<T extends Trial>(play: () => Promise<T>): Promise<T> {
	const trial = await play();
	return trial.isCarried ? trial : play();
}
