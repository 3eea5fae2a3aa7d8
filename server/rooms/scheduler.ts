/** Says when a room handles what reached it; handed in, so that a simulation can own it. */
export interface Scheduler {
	/** Calls `run` once, when this turn of the event loop has read all it could. */
	turn(run: () => void): void;
}

/**
 * Node's own turn: `setImmediate` runs after the sockets were read. One for all rooms, so that
 * they reach the log side by side and share one synced write: between two immediates Node finishes
 * all promises, and the first room would be written alone while the others wait for its sync.
 */
export function createScheduler(): Scheduler {
	let waiting: (() => void)[] = [];
	const runAll = () => {
		const runs = waiting;
		waiting = [];
		for (const run of runs) run();
	};
	return {
		turn: (run) => {
			if (waiting.push(run) === 1) setImmediate(runAll);
		},
	};
}
