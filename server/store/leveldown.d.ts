/** What we use of leveldown 6.1.1, which brings no types. Only Buffers: see level-binding.ts. */
declare module "leveldown" {
	type Done = (error?: Error | null) => void;

	interface Iterator {
		/** No key: the end. */
		next(done: (error: Error | null | undefined, key?: Buffer, value?: Buffer) => void): this;
		end(done: Done): void;
		/**
		 * Not part of the documented interface: what the last read brought beyond the entry that
		 * `next` handed out, backwards: last value, last key, and so on.
		 */
		cache: Buffer[] | null | undefined;
	}

	interface ChainedBatch {
		put(key: Buffer, value: Buffer): this;
		del(key: Buffer): this;
		write(options: { readonly sync: boolean }, done: Done): void;
	}

	interface LevelDown {
		open(options: { readonly createIfMissing: boolean }, done: Done): void;
		close(done: Done): void;
		getMany(
			keys: readonly Buffer[],
			done: (error: Error | null | undefined, values?: (Buffer | undefined)[]) => void,
		): void;
		batch(): ChainedBatch;
		iterator(options: {
			readonly gte: Buffer;
			readonly lt: Buffer;
			readonly reverse: boolean;
			readonly limit: number;
			readonly highWaterMark: number;
			readonly fillCache: boolean;
		}): Iterator;
		compactRange(start: Buffer, end: Buffer, done: Done): void;
	}

	/** Makes a handle; nothing is opened yet. */
	export default function leveldown(location: string): LevelDown;
}
