import type { Outcome } from "../run.ts";

/** How much happened in a run. */
export interface Tally {
	readonly deeds: number;
	/** How often each fault happened. */
	readonly faults: Readonly<Record<string, number>>;
}

/** Counts the events of a run. */
export function tallyOf({ events }: Outcome): Tally {
	let deeds = 0;
	const faults: Record<string, number> = {};
	for (const { kind, act } of events) {
		if (kind === "deed") deeds++;
		if (kind === "fault" && act !== null) faults[act] = (faults[act] ?? 0) + 1;
	}
	return { deeds, faults };
}
