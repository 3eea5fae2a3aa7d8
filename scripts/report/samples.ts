/** What can be said of many measured values. The lists that are given stay as they are. */

/** The values that are numbers, smallest first. */
export function sorted(values: readonly number[]): Float64Array {
	return Float64Array.from(values.filter(Number.isFinite)).sort();
}

/** The smallest value that `share` (0 to 1) of all do not exceed; NaN where there is none. */
export function quantile(ascending: Float64Array, share: number): number {
	const index = Math.ceil(share * ascending.length) - 1;
	return ascending[Math.min(Math.max(index, 0), ascending.length - 1)] ?? Number.NaN;
}

/** Many values in a few. Null where there were none. */
export interface Summary {
	readonly count: number;
	readonly min: number | null;
	readonly p50: number | null;
	readonly p90: number | null;
	readonly p99: number | null;
	readonly p999: number | null;
	readonly max: number | null;
}

/** Sums up values, for a table or a file. */
export function summarize(values: readonly number[]): Summary {
	const ascending = sorted(values);
	const at = (share: number) => (ascending.length === 0 ? null : quantile(ascending, share));
	return {
		count: ascending.length,
		min: at(0),
		p50: at(0.5),
		p90: at(0.9),
		p99: at(0.99),
		p999: at(0.999),
		max: at(1),
	};
}
