/** Few figures of repeats, and how two of them compare. */

/** The least, the middle and the most of the repeats. */
export interface Spread {
	readonly min: number;
	readonly median: number;
	readonly max: number;
}

/** Sums up repeats; null where none of them is a number. */
export function spreadOf(values: readonly number[]): Spread | null {
	const ascending = values.filter(Number.isFinite).toSorted((a, b) => a - b);
	const [min] = ascending;
	const max = ascending.at(-1);
	if (min === undefined || max === undefined) return null;
	return { min, median: medianOf(ascending), max };
}

function medianOf(ascending: readonly number[]): number {
	const half = ascending.length >> 1;
	const upper = ascending[half] ?? Number.NaN;
	if (ascending.length % 2 === 1) return upper;
	return ((ascending[half - 1] ?? Number.NaN) + upper) / 2;
}

/** How a value compares to another; below `noise` all values are the same. */
export function ratioOf(value: number, other: number, noise = 0): number | null {
	const below = Math.max(other, noise);
	const ratio = Math.max(value, noise) / below;
	return below > 0 && Number.isFinite(ratio) ? ratio : null;
}

/** A figure with three digits that count. */
export function threeDigits(value: number): string {
	if (!Number.isFinite(value)) return "-";
	if (value === 0) return "0";
	const size = Math.floor(Math.log10(Math.abs(value)));
	if (size >= 3) return Math.round(value).toLocaleString("en-US");
	return value.toFixed(Math.min(3, Math.max(0, 2 - size)));
}
