/**
 * How long the texts of items become by one update. Each letter of it is allowed; so many of them
 * would stop everybody's board, which wraps and paints all of a text.
 */
import * as Y from "yjs";
import { WeftError } from "../../../shared/errors.ts";
import { itemTextStoredMax } from "../../../shared/limits.ts";
import type { Spot } from "./places.ts";

/** Letters that one client wrote one after another: from that clock on, in UTF-16 code units. */
interface Run {
	readonly client: number;
	readonly clock: number;
	readonly length: number;
}

/** What comes into one text. */
interface Grown {
	length: number;
	readonly runs: Run[];
}

/** Counts letters by the text that they go into. */
export class TextGrowth {
	/** Made with the first letter: most updates bring none. */
	#texts: Map<Spot["holder"], Grown> | null = null;

	/** Letters that the room does not hold yet come into a text. */
	add({ holder }: Spot, run: Run): void {
		this.#texts ??= new Map();
		const grown = this.#texts.get(holder) ?? { length: 0, runs: [] };
		this.#texts.set(holder, grown);
		grown.length += run.length;
		grown.runs.push(run);
	}

	/**
	 * Looks at all of them, before a small update is applied: what it deletes again counts.
	 *
	 * @throws WeftError `refused_update`
	 */
	check(): void {
		for (const [holder, { length }] of this.#texts ?? []) {
			const held = holder instanceof Y.Text ? holder.length : 0;
			if (held + length > itemTextStoredMax) refuse();
		}
	}

	/**
	 * The same for an update that came in pieces, once all of them are in the doc: who writes for
	 * days without a network writes much, and little of it stays.
	 *
	 * @throws WeftError `refused_update`
	 */
	checkApplied(doc: Y.Doc): void {
		for (const [holder, { runs }] of this.#texts ?? []) {
			const text = holder instanceof Y.Text ? holder : textOfRuns(runs, doc);
			if ((text?.length ?? 0) > itemTextStoredMax) refuse();
		}
	}
}

/** The text in which some runs stand; null where nothing is left of them. */
function textOfRuns(runs: readonly Run[], { store }: Y.Doc): Y.Text | null {
	for (const { client, clock } of runs) {
		const structs = store.clients.get(client) ?? [];
		const item = structs[Y.findIndexSS(structs, clock)];
		if (item instanceof Y.Item && item.parent instanceof Y.Text) return item.parent;
	}
	return null;
}

function refuse(): never {
	throw new WeftError("refused_update", "too long a text of an item");
}
