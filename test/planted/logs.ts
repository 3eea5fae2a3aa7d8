/** Servers whose room log is wrong. */
import type { Plants } from "../../scripts/converge/sim/server.ts";
import type { LoggedUpdate } from "../../server/store/room-log.ts";
import { replace } from "./wrap.ts";

/** Drops one update in a thousand on its way to the disk. Which one is in its bytes. */
export function dropsUpdates(): Plants {
	const isKept = ({ bytes }: LoggedUpdate) =>
		bytes.reduce((hash, byte) => (hash * 31 + byte) % 1_000_003, 7) % 1_000 !== 0;
	return {
		log: (log) =>
			replace(log, {
				append: async (room, batch) => {
					const updates = batch.updates.filter(isKept);
					if (updates.length > 0) await log.append(room, { ...batch, updates });
				},
			}),
	};
}

/** Says that a batch is on disk when it was handed to the disk. */
export function acksBeforeWrite(): Plants {
	return {
		log: (log) =>
			replace(log, {
				append: async (room, batch) => {
					log.append(room, batch).catch(() => undefined);
				},
			}),
	};
}

/** After a restart, opens rooms from their snapshot and forgets what came after it. */
export function servesOldSnapshots(): Plants {
	return {
		log: (log) => {
			const opened = new Set<string>();
			return replace(log, {
				load: async (room) => {
					const stored = await log.load(room);
					if (opened.has(room) || stored.snapshot === null) return stored;
					opened.add(room);
					return { ...stored, tail: [] };
				},
			});
		},
	};
}

/** Syncs only every second write. */
export function syncsEverySecond(): Plants {
	return { isSyncing: (writeCount) => writeCount % 2 === 0 };
}
