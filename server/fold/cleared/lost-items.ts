/** Items that were taken off the board: kept as they were, and written into a doc of their own. */
import * as Y from "yjs";
import type { UserId } from "../../../shared/ids.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import type { Reached } from "./reach.ts";

/** An item as it was when it went. */
export interface LostEntry {
	/** A copy, in no doc. */
	readonly entry: Y.Map<unknown>;
	/** Who put it there, as the doc's client id. */
	readonly client: number;
	/** What was drawn, to find it again. */
	readonly bytes: string;
}

/** The entries of the board among what goes, in the order of the board. */
export function lostEntries(board: Y.Array<unknown>, reach: readonly Reached[]): LostEntry[] {
	const gone = new Set<Y.Item>();
	for (const { item } of reach) {
		if (item.parent === board && item.parentSub === null) gone.add(item);
	}
	if (gone.size === 0) return [];
	const lost: LostEntry[] = [];
	for (let item = board._start; item !== null; item = item.right) {
		if (!gone.has(item) || !(item.content instanceof Y.ContentType)) continue;
		const { type } = item.content;
		if (!(type instanceof Y.Map)) continue;
		lost.push({ entry: type.clone(), client: item.id.client, bytes: bytesOf(type) });
	}
	return lost;
}

/** What is drawn on the board now. */
export function drawnBytes(board: Y.Array<unknown>): Set<string> {
	const drawn = new Set<string>();
	for (const entry of board.toArray()) {
		if (entry instanceof Y.Map) drawn.add(bytesOf(entry));
	}
	return drawn;
}

/** A doc of which the board holds these; each says whose it is, where that is known. */
export function packEntries(
	lost: readonly LostEntry[],
	whose: (client: number) => UserId | null,
): Uint8Array {
	const doc = new Y.Doc();
	doc.transact(() => {
		strokesOf(doc).push(lost.map(({ entry }) => entry));
		for (const { entry, client } of lost) {
			const owner = whose(client);
			if (owner !== null && !entry.has("by")) entry.set("by", owner);
		}
	});
	return Y.encodeStateAsUpdate(doc);
}

/** Strangers' items have points and no bytes. */
function bytesOf(entry: Y.Map<unknown>): string {
	const d = entry.get("d");
	if (d instanceof Uint8Array) return Buffer.from(d).toString("latin1");
	return JSON.stringify(entry.toJSON());
}
