/**
 * What keys held before a write of them was refused. It may live on in LevelDB's log file: nobody
 * reads it, and opened again, the store has it until it is undone.
 */
import type { Entry, Operation } from "../level-binding.ts";

interface Before {
	readonly key: Uint8Array;
	/** Null where it held nothing. */
	readonly value: Buffer | null;
}

/** Never changes: a further refusal makes another one. */
export class RefusedWrites {
	readonly #before: ReadonlyMap<string, Before>;

	constructor(before: ReadonlyMap<string, Before> = new Map()) {
		this.#before = before;
	}

	/** With keys that hold those values, one for each; what they held at the first refusal counts. */
	with(keys: readonly Uint8Array[], values: readonly (Buffer | null)[]): RefusedWrites {
		const before = new Map(this.#before);
		for (const [index, key] of keys.entries()) {
			const text = textOf(key);
			if (!before.has(text)) before.set(text, { key, value: values[index] ?? null });
		}
		return new RefusedWrites(before);
	}

	/** What a key holds, of which the store says it holds `stored`. */
	valueOf(key: Uint8Array | undefined, stored: Buffer | null): Buffer | null {
		if (this.#before.size === 0 || key === undefined) return stored;
		const before = this.#before.get(textOf(key));
		return before === undefined ? stored : before.value;
	}

	/** The entries that there are, of those in the store. */
	entriesOf(stored: readonly Entry[]): readonly Entry[] {
		if (this.#before.size === 0) return stored;
		return stored.flatMap(({ key, value }) => {
			const before = this.valueOf(key, value);
			return before === null ? [] : [{ key, value: before }];
		});
	}

	/** True where the store may hold what must not be read. */
	get isAny(): boolean {
		return this.#before.size > 0;
	}

	/** What undoes them. */
	undo(): Operation[] {
		return Array.from(this.#before.values(), ({ key, value }) =>
			value === null ? { type: "del", key } : { type: "put", key, value },
		);
	}
}

function textOf(key: Uint8Array): string {
	return Buffer.from(key).toString("latin1");
}
