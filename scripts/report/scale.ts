/** Axes: where a value stands, and which round values are written beside it. */
import { formatMs, formatNumber, msFormatter } from "./format.ts";

/** A round value beside an axis. */
export interface Tick {
	readonly value: number;
	readonly label: string;
}

/** An axis that holds all values it was made for. */
export interface Scale {
	/** From the lowest to the highest; all different, as values and as words. */
	readonly ticks: readonly Tick[];
	/** Where a value stands: 0 at the low end, 1 at the high one. */
	at(value: number): number;
}

/** What is counted along an axis: plain numbers, or a time in milliseconds. */
export type Measure = "number" | "ms";

/** How an axis is made. */
export interface ScaleOptions {
	readonly measure: Measure;
	/** Each tick ten times the last one instead of so much more. */
	readonly isLog: boolean;
	/** A linear axis that begins at zero, so that lengths can be compared. */
	readonly isFromZero: boolean;
	/** Ends where the values end instead of at a round one. */
	readonly isTight?: boolean;
}

/** About so many parts has an axis. */
const partsWanted = 5;
/** A logarithmic axis over more powers of ten than this writes only some of them. */
const decadesMax = 7;
/** The smallest part of a large number that can still be told apart. */
const smallestShare = 1e-9;

/** Further from zero, or nearer to it, nothing is told apart: there calculating overflows. */
const extreme = 1e100;

/** Makes the axis of some values; those that are not finite are left out, none give 0 to 1. */
export function makeScale(values: readonly number[], options: ScaleOptions): Scale {
	const finite = values
		.filter(Number.isFinite)
		.map((value) => Math.min(Math.max(value, -extreme), extreme));
	return options.isLog ? logScale(finite, options) : linearScale(finite, options);
}

function linearScale(values: readonly number[], options: ScaleOptions): Scale {
	const { low, high } = widened(extentOf(values), options.isFromZero);
	const step = (options.measure === "ms" ? timeStep : roundStep)((high - low) / partsWanted);
	const isTight = options.isTight === true;
	const first = (isTight ? Math.ceil : Math.floor)(low / step);
	const last = (isTight ? Math.floor : Math.ceil)(high / step);
	const longest = Math.max(Math.abs(first), Math.abs(last)) * step;
	const say = options.measure === "ms" ? msFormatter(longest) : formatNumber;
	const ticks = Array.from({ length: last - first + 1 }, (_, index) => {
		const value = Number(((first + index) * step).toPrecision(12));
		return { value, label: say(value) };
	});
	const [min, max] = isTight ? [low, high] : [first * step, last * step];
	return { ticks, at: (value) => clamp((value - min) / (max - min)) };
}

/** A span that has a length, with the values inside. */
function widened({ low, high }: Extent, isFromZero: boolean): Extent {
	const from = isFromZero ? Math.min(low, 0) : low;
	const to = isFromZero ? Math.max(high, 0) : high;
	const least = Math.max(Math.abs(from), Math.abs(to)) * smallestShare;
	if (to - from > Math.max(least, 1 / extreme)) return { low: from, high: to };
	const room = Math.abs(to) > 1 / extreme ? Math.abs(to) / 10 : 1;
	return isFromZero || from === 0 ? { low: 0, high: room } : { low: from - room, high: to + room };
}

/** The next of 1, 2, 5, 10, 20, 50 … (and 0.5, 0.2, 0.1 …) that is not smaller. */
function roundStep(atLeast: number): number {
	const power = 10 ** Math.floor(Math.log10(atLeast));
	const step = [1, 2, 5, 10].find((digit) => digit * power >= atLeast * (1 - 1e-9)) ?? 10;
	return step * power;
}

/** Steps of time that people count in, in seconds. */
const timeSteps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 10_800];

function timeStep(atLeastMs: number): number {
	if (atLeastMs <= 500) return roundStep(atLeastMs);
	const seconds = timeSteps.find((step) => step * 1_000 >= atLeastMs);
	return seconds === undefined ? roundStep(atLeastMs / 3_600_000) * 3_600_000 : seconds * 1_000;
}

/**
 * A logarithmic axis. What is zero or less has no logarithm: it stands at the low end, where a tick
 * says so.
 */
function logScale(values: readonly number[], { measure }: ScaleOptions): Scale {
	const positive = values.filter((value) => value > 1 / extreme);
	const { low, high } = positive.length === 0 ? { low: 1, high: 10 } : extentOf(positive);
	const bottom = Math.floor(Math.log10(low) + 1e-9);
	const top = Math.max(Math.ceil(Math.log10(high) - 1e-9), bottom + 1);
	const hasZero = positive.length < values.length;
	const start = hasZero ? bottom - (top - bottom) / 8 : bottom;
	const say = measure === "ms" ? formatMs : formatNumber;
	const label = (value: number) => ({ value, label: say(value) });
	const zero = hasZero ? [{ value: 0, label: measure === "ms" ? "0 ms" : "0" }] : [];
	const at = (value: number) => {
		return value > 1 / extreme ? clamp((Math.log10(value) - start) / (top - start)) : 0;
	};
	return { ticks: [...zero, ...powersOf(bottom, top).map(label)], at };
}

/** The powers of ten between two; of few also twice and five times, of many only some. */
function powersOf(bottom: number, top: number): number[] {
	const stride = Math.ceil((top - bottom) / decadesMax);
	const digits = top - bottom === 1 ? [1, 2, 5] : [1];
	const values: number[] = [];
	for (let power = bottom; power <= top; power += stride) {
		for (const digit of power === top ? [1] : digits) values.push(Number(`${digit}e${power}`));
	}
	return values;
}

interface Extent {
	readonly low: number;
	readonly high: number;
}

/** By hand: a list of measured values can be too long to be the arguments of a call. */
function extentOf(values: readonly number[]): Extent {
	let [low, high] = [values[0] ?? 0, values[0] ?? 0];
	for (const value of values) {
		if (value < low) low = value;
		if (value > high) high = value;
	}
	return { low, high };
}

function clamp(share: number): number {
	return Math.min(Math.max(share, 0), 1);
}
