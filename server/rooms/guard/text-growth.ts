/**
 * How long the texts of items become by one update. Each letter of it is allowed; so many of them
 * would stop everybody's board, which wraps and paints all of a text.
 */
import * as Y from "yjs";
import { WeftError } from "../../../shared/errors.ts";
import { itemTextStoredMax } from "../../../shared/limits.ts";
import type { DeletedRange } from "../update-reader.ts";
import type { Spot } from "./places.ts";

/** What comes into one text. */
interface Grown {
	length: number;
	readonly runs: DeletedRange[];
}

/** Counts letters by the text that they go into. */
export class TextGrowth {
	/** Made with the first letter: most updates bring none. */
	#texts: Map<Spot["holder"], Grown> | null = null;

	/** Letters that the room does not hold yet come into a text. */
	add({ holder }: Spot, run: DeletedRange): void {
		this.#texts ??= new Map();
		const grown = this.#texts.get(holder) ?? { length: 0, runs: [] };
		this.#texts.set(holder, grown);
		grown.length += run.length;
		grown.runs.push(run);
	}

	/**
	 * Looks at all of them. What the update deletes again is not counted: who writes for days without
	 * a network writes much, and little of it stays.
	 *
	 * @throws WeftError `refused_update`
	 */
	check(deletes: readonly DeletedRange[]): void {
		for (const [holder, { length, runs }] of this.#texts ?? []) {
			const held = holder instanceof Y.Text ? holder.length : 0;
			if (held + length <= itemTextStoredMax) continue;
			if (held + length - deletedOf(runs, deletes) <= itemTextStoredMax) continue;
			throw new WeftError("refused_update", "too long a text of an item");
		}
	}

	/** The same for an update that came in pieces, once all of them are in the doc. @throws as it */
	checkApplied(doc: Y.Doc): void {
		for (const [holder, { runs }] of this.#texts ?? []) {
			const text = holder instanceof Y.Text ? holder : textOfRuns(runs, doc);
			if ((text?.length ?? 0) <= itemTextStoredMax) continue;
			throw new WeftError("refused_update", "too long a text of an item");
		}
	}
}

/** The text in which some runs stand; null where nothing is left of them. */
function textOfRuns(runs: readonly DeletedRange[], { store }: Y.Doc): Y.Text | null {
	for (const { client, clock } of runs) {
		const structs = store.clients.get(client) ?? [];
		const item = structs[Y.findIndexSS(structs, clock)];
		if (item instanceof Y.Item && item.parent instanceof Y.Text) return item.parent;
	}
	return null;
}

/** How much of some runs is deleted. Ranges of deletes never overlap: `inspect` saw to that. */
function deletedOf(runs: readonly DeletedRange[], deletes: readonly DeletedRange[]): number {
	const ranges = deletes.toSorted(byPlace);
	let deleted = 0;
	let index = 0;
	for (const run of runs.toSorted(byPlace)) {
		const end = run.clock + run.length;
		for (let range = ranges[index]; range !== undefined; range = ranges[++index]) {
			if (range.client > run.client) break;
			if (range.client < run.client) continue;
			const rangeEnd = range.clock + range.length;
			const shared = Math.min(rangeEnd, end) - Math.max(range.clock, run.clock);
			deleted += Math.max(0, shared);
			if (rangeEnd > end) break; // It may reach into the next run, too.
		}
	}
	return deleted;
}

function byPlace(a: DeletedRange, b: DeletedRange): number {
	return a.client - b.client || a.clock - b.clock;
}
