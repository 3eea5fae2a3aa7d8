/** Many times in little space: buckets that are 1/32 of their value wide, so 3 % exact at worst. */

const bucketsPerDoubling = 32;
/** One microsecond; shorter times count as it. */
const shortestMs = 0.001;
/** About four and a half hours: enough for anything measured here. */
const bucketCount = bucketsPerDoubling * 34;

/** Points of a curve for a plot: how many of all, and their time. */
const curveShares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1];

/** Times in milliseconds. */
export class Histogram {
	readonly #counts = new Uint32Array(bucketCount);
	#count = 0;
	#max = 0;

	/** How many times were recorded. */
	get count(): number {
		return this.#count;
	}

	/** The longest, exactly. */
	get max(): number {
		return this.#max;
	}

	/** Adds one time. */
	record(ms: number): void {
		const index =
			ms <= shortestMs ? 0 : Math.floor(Math.log2(ms / shortestMs) * bucketsPerDoubling);
		const bucket = index < bucketCount ? index : bucketCount - 1;
		this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
		this.#count += 1;
		if (ms > this.#max) this.#max = ms;
	}

	/** The time that `share` (0 to 1) of all do not exceed; NaN where there is none. */
	quantile(share: number): number {
		if (this.#count === 0) return Number.NaN;
		if (share >= 1) return this.#max;
		const wanted = Math.max(1, Math.ceil(share * this.#count));
		let seen = 0;
		for (let index = 0; index < bucketCount; index++) {
			seen += this.#counts[index] ?? 0;
			if (seen >= wanted) return Math.min(middleOf(index), this.#max);
		}
		return this.#max;
	}

	/** How many times were not longer than `ms`, to within a bucket. */
	countTo(ms: number): number {
		const last = Math.floor(Math.log2(ms / shortestMs) * bucketsPerDoubling);
		let seen = 0;
		for (let index = 0; index < Math.min(last, bucketCount); index++) {
			seen += this.#counts[index] ?? 0;
		}
		return seen;
	}

	/** About a dozen points from the shortest to the longest. */
	curve(): readonly number[] {
		return this.#count === 0 ? [] : curveShares.map((share) => this.quantile(share));
	}
}

function middleOf(index: number): number {
	return shortestMs * 2 ** ((index + 0.5) / bucketsPerDoubling);
}
