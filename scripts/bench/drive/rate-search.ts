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
const longestStep = 2;

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

/** What is known: the fastest rate that was carried, and the slowest that was not. */
interface Bracket<T extends Trial> {
	readonly carried: T | null;
	readonly failed: T | null;
}

/**
 * From one rate up while it is carried, or down until it is, in longer and longer steps; then
 * between the last two, until they are one fine step apart.
 */
async function climb<T extends Trial>(search: Search<T>, calm: T, start: T): Promise<Found<T>> {
	let bracket = withTrial<T>({ carried: null, failed: null }, start);
	for (let step = fineStep; ; step = Math.min(longestStep, step ** 2)) {
		// Slower than where it began it need not be tried again.
		const isAtCalm = bracket.carried === null && (bracket.failed?.rate ?? 0) / step <= calm.rate;
		if (isAtCalm) bracket = { ...bracket, carried: calm };
		const found = foundIn(bracket, search);
		if (found !== null) return found;
		const rate = Math.min(search.rateMax, Math.round(rateFrom(bracket, step)));
		bracket = withTrial(bracket, await search.play(rate, false));
	}
}

function withTrial<T extends Trial>(bracket: Bracket<T>, trial: T): Bracket<T> {
	return trial.isCarried ? { ...bracket, carried: trial } : { ...bracket, failed: trial };
}

/** The answer, where enough is known; else null. */
function foundIn<T extends Trial>(
	{ carried, failed }: Bracket<T>,
	{ rateMax, p99MsMax }: Search<T>,
): Found<T> | null {
	if (carried === null) return null;
	if (failed === null) return carried.rate < rateMax ? null : { rate: carried.rate, best: carried };
	if (!isNext(carried, failed)) return null;
	return { rate: rateBetween(carried, failed, p99MsMax), best: carried };
}

/** Between the two; or beyond the one that there is. */
function rateFrom<T extends Trial>({ carried, failed }: Bracket<T>, step: number): number {
	if (carried !== null && failed !== null) return Math.sqrt(carried.rate * failed.rate);
	return carried !== null ? carried.rate * step : (failed?.rate ?? 0) / step;
}

/** No more than a fine step apart, give or take a rounding. */
function isNext(carried: Trial, failed: Trial): boolean {
	return failed.rate <= carried.rate * fineStep * 1.01;
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
