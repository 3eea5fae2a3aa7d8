/** A cache bounded in bytes that drops what was not used for the longest time. */

/** What is kept, by name. */
export class ByteCache<Value> {
	#bytesMax: number;
	readonly #sizeOf: (value: Value) => number;
	readonly #drop: (value: Value) => void;
	readonly #values = new Map<string, Value>();
	#bytes = 0;

	/** `drop` is told of every value that leaves, so that it can be closed. */
	constructor(options: {
		readonly bytesMax: number;
		readonly sizeOf: (value: Value) => number;
		readonly drop: (value: Value) => void;
	}) {
		this.#bytesMax = options.bytesMax;
		this.#sizeOf = options.sizeOf;
		this.#drop = options.drop;
	}

	/** Sum of the sizes of what is kept. */
	get bytes(): number {
		return this.#bytes;
	}

	/** Another bound from now on; drops the least used beyond it. */
	bound(bytesMax: number): void {
		this.#bytesMax = bytesMax;
		this.#dropBeyond();
	}

	/** Gives a value and marks it as used now. */
	use(name: string): Value | undefined {
		const value = this.#values.get(name);
		if (value === undefined) return undefined;
		this.#values.delete(name);
		this.#values.set(name, value);
		return value;
	}

	/** Gives a value without marking it. */
	peek(name: string): Value | undefined {
		return this.#values.get(name);
	}

	/** Keeps a value in place of an older one of its name; drops the least used beyond the bound. */
	put(name: string, value: Value): void {
		this.delete(name);
		this.#values.set(name, value);
		this.#bytes += this.#sizeOf(value);
		this.#dropBeyond(name);
	}

	/** Drops one value, where it is there. */
	delete(name: string): void {
		const value = this.#values.get(name);
		if (value === undefined) return;
		this.#values.delete(name);
		this.#bytes -= this.#sizeOf(value);
		this.#drop(value);
	}

	/** Drops everything. */
	clear(): void {
		for (const name of [...this.#values.keys()]) this.delete(name);
	}

	/** All values, the least used first. */
	values(): IterableIterator<Value> {
		return this.#values.values();
	}

	/** The value of the name that was put last stays, however large it is. */
	#dropBeyond(last?: string): void {
		for (const [oldest] of this.#values) {
			if (this.#bytes <= this.#bytesMax || oldest === last) break;
			this.delete(oldest);
		}
	}
}
