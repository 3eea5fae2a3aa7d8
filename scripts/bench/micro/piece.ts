/** A piece of the server's code that is measured by itself. */

/** What is measured. */
export interface Piece {
	/** The file that it is in. */
	readonly name: string;
	/** What is done once, in words. */
	readonly about: string;
	/** Makes what it needs, in an empty folder of its own. */
	prepare(folder: string): Promise<Prepared>;
}

/** A piece that is ready to run. */
export interface Prepared {
	/** Things that one call does: figures are for one of them. */
	readonly count: number;
	/** Does them; may be called again and again. */
	run(): void | Promise<void>;
	/** Lets go of what it holds. */
	close?(): Promise<void>;
}

const warmUpMs = 200;

/** Runs it for so long, after a warm-up; microseconds for each thing, a value for each call. */
export async function timesOf({ count, run }: Prepared, ms: number): Promise<readonly number[]> {
	const times: number[] = [];
	const warmMs = performance.now() + Math.min(warmUpMs, ms);
	while (performance.now() < warmMs) await run();
	for (let untilMs = performance.now() + ms; performance.now() < untilMs; ) {
		const startMs = performance.now();
		await run();
		times.push(((performance.now() - startMs) * 1000) / count);
	}
	return times;
}
