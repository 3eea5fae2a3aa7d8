/** Work that is done one after another, for each key by itself. */
export class InTurn<Key> {
	/** Of each key, the end of what was asked for last. */
	readonly #ends = new Map<Key, Promise<unknown>>();

	/** Runs `work` when all earlier work of the key has ended, well or not. Throws as `work`. */
	async run<Result>(key: Key, work: () => Promise<Result>): Promise<Result> {
		const before = this.#ends.get(key) ?? Promise.resolve();
		const end = before.then(work, work);
		this.#ends.set(key, end);
		try {
			return await end;
		} finally {
			if (this.#ends.get(key) === end) this.#ends.delete(key);
		}
	}

	/** Resolves when all that was asked for so far has ended, well or not. */
	async settled(): Promise<void> {
		await Promise.allSettled(this.#ends.values());
	}
}
