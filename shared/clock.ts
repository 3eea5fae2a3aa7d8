/** Milliseconds since 1970, as `Date.now()` gives them. */
export type Millis = number;

/** Stops what was started; safe to call twice. */
export type Cancel = () => void;

/**
 * Time, handed in wherever something waits or stamps, so that a simulation can own it.
 */
export interface Clock {
	/** The wall clock; may jump. */
	now(): Millis;
	/** A clock that only grows, for durations. */
	elapsed(): Millis;
	/** Calls `run` once after `ms`, unless cancelled. Does not keep the process alive. */
	after(ms: Millis, run: () => void): Cancel;
}

/** Resolves after `ms` of the given clock. */
export function wait(clock: Clock, ms: Millis): Promise<void> {
	return new Promise((resolve) => {
		clock.after(ms, resolve);
	});
}
