/** Changes that wait for their turn, and become one. */
import type { Delta } from "quill/core";

/** Deltas in the order in which they happened; each is about what the one before it left. */
export class Backlog {
	#changes: Delta[] = [];

	/** How many were added since it was emptied. */
	get count(): number {
		return this.#changes.length;
	}

	add(change: Delta): void {
		this.#changes.push(change);
	}

	/**
	 * All of them as one; null where there are none. Neighbours are composed in pairs, over and
	 * over: one after the other would cost the square of their number.
	 */
	asOne(): Delta | null {
		while (this.#changes.length > 1) {
			const pairs: Delta[] = [];
			for (let at = 0; at < this.#changes.length; at += 2) {
				const [first, second] = this.#changes.slice(at, at + 2);
				if (first !== undefined) pairs.push(second === undefined ? first : first.compose(second));
			}
			this.#changes = pairs;
		}
		return this.#changes[0] ?? null;
	}

	/** Forgets them, or keeps only what is given. */
	replace(change: Delta | null): void {
		this.#changes = change === null ? [] : [change];
	}
}
