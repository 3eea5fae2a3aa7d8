/**
 * Inspects and applies what reached a room in one turn, in one transaction, so that update k is
 * judged against what update k - 1 did and Yjs emits one merged update for all.
 */
import * as Y from "yjs";
import { toWeftError, WeftError } from "../../shared/errors.ts";
import { applyQuietly } from "../fold/apply-quietly.ts";
import { inspect, type Verdict } from "./inspect.ts";
import { readUpdate } from "./update-reader.ts";

/** What became of one update of a batch. */
export type Fate =
	| { readonly verdict: Verdict }
	| { readonly verdict: "refused"; readonly error: WeftError };

/** What a batch did to the doc. */
export interface AppliedBatch {
	/** In the order of the updates that were handed in. */
	readonly fates: readonly Fate[];
	/** One update for all that is new; null where nothing was. */
	readonly merged: Uint8Array | null;
}

/**
 * Applies updates to a doc, each whole or not at all.
 *
 * @throws WeftError `room_failed` where Yjs threw at an update that passed the inspector, or kept
 * something pending. The doc then holds half a state: throw it away.
 */
export function applyBatch(doc: Y.Doc, updates: readonly Uint8Array[]): AppliedBatch {
	const fates: Fate[] = [];
	const emitted: Uint8Array[] = [];
	const keep = (update: Uint8Array) => emitted.push(update);
	doc.on("update", keep);
	try {
		applyQuietly(doc, () => {
			for (const update of updates) fates.push(applyOne(doc, update));
		});
	} catch (error) {
		throw new WeftError("room_failed", "Yjs threw at an inspected update", { cause: error });
	} finally {
		doc.off("update", keep);
	}
	if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
		throw new WeftError("room_failed", "an inspected update stayed pending");
	}
	const [merged = null, ...others] = emitted;
	if (others.length > 0) throw new WeftError("room_failed", "Yjs changed more than was sent");
	return { fates, merged };
}

function applyOne(doc: Y.Doc, update: Uint8Array): Fate {
	let verdict: Verdict;
	try {
		verdict = inspect(readUpdate(update), doc);
	} catch (error) {
		return { verdict: "refused", error: toWeftError(error, "refused_update") };
	}
	if (verdict === "new") Y.applyUpdate(doc, update);
	return { verdict };
}
