/** A slow reader that has read all that waited is told what it missed, in a bounded time. */
import type { Clock, Millis } from "../../../shared/clock.ts";
import type { SimConnection } from "./network.ts";

/** How long it may take until it knows who is there, … */
const presenceMsMax: Millis = 50;
/** … and what was written meanwhile: that may wait for a slow disk. */
const contentMsMax: Millis = 12_000;

/** What is known of a server and its other clients. */
export interface CatchUp {
	readonly clock: Clock;
	/** Those who are in the room as well. */
	readonly others: readonly SimConnection[];
	/** False once it is another process, or while it stands still. */
	readonly isRunning: () => boolean;
	/** True where its disk failed meanwhile. */
	readonly isExcused: () => boolean;
	/** Told of what was missed. */
	readonly complain: (say: string) => void;
}

/** Looks later whether the client was told what the others were told before it had caught up. */
export function watchCatchUp(line: SimConnection, parts: CatchUp): void {
	const { clock, others, isRunning, isExcused, complain } = parts;
	const told = others.map((other) => other.told);
	const clocks = told.map((one) => new Map(one.clocks));
	const isAsked = () => line.isOpen && !line.isSlow && isRunning();
	clock.after(presenceMsMax, () => {
		if (isAsked()) for (const one of told) line.told.lackedStates(one).forEach(complain);
	});
	clock.after(contentMsMax, () => {
		if (!isAsked() || isExcused()) return;
		for (const one of clocks) line.told.lackedClocks(one).forEach(complain);
	});
}
