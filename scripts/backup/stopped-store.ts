/** A store that no server uses. */
import { nodeClock } from "../../server/node-clock.ts";
import type { Entry } from "../../server/store/level-binding.ts";
import { openLevelStore } from "../../server/store/level-store.ts";

/** While it is open no server starts on it. Close it at the end. */
export interface StoppedStore {
	entries(): AsyncIterable<readonly Entry[]>;
	close(): Promise<void>;
}

/**
 * Opens a store.
 *
 * @throws StoreOpenError where it is in use, or damaged: LevelDB would drop what is, so it has not
 * seen it
 */
export async function openStopped(directory: string): Promise<StoppedStore> {
	const options = { directory, clock: nodeClock, historyMs: 0, acceptDamage: false };
	const { log, records, entries } = await openLevelStore(options);
	return {
		entries,
		close: async () => {
			await records.close();
			await log.close();
		},
	};
}
