/** Says when a room handles what reached it; handed in, so that a simulation can own it. */
export interface Scheduler {
	/** Calls `run` once, when this turn of the event loop has read all it could. */
	turn(run: () => void): void;
}

/** Node's own turn: `setImmediate` runs after the sockets were read. */
export const nodeScheduler: Scheduler = {
	turn: (run) => {
		setImmediate(run);
	},
};
