/** What an update that deletes reaches: looked up before it is applied. */
import * as Y from "yjs";

/** A run of elements of one client that an update deletes. */
export interface DeletedRange {
	readonly client: number;
	readonly clock: number;
	readonly length: number;
}

/** An item of the doc that is there now and goes, and how many elements of it. */
export interface Reached {
	readonly item: Y.Item;
	readonly length: number;
}

/** What an update (Yjs v1) deletes. Throws where it cannot be read. */
export function deletesOf(update: Uint8Array): DeletedRange[] {
	const ranges: DeletedRange[] = [];
	for (const [client, runs] of Y.decodeUpdate(update).ds.clients) {
		for (const { clock, len } of runs) ranges.push({ client, clock, length: len });
	}
	return ranges;
}

/** Those items; of one that brings a type, what is in that may be among them too. */
export function reachOf(doc: Y.Doc, deletes: readonly DeletedRange[]): readonly Reached[] {
	const reached: Reached[] = [];
	for (const { client, clock, length } of deletes) {
		const structs = doc.store.clients.get(client) ?? [];
		// What the update itself brings is not there yet.
		const end = Math.min(clock + length, Y.getState(doc.store, client));
		if (clock >= end) continue;
		for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
			const item = structs[index];
			if (item === undefined || item.id.clock >= end) break;
			if (!(item instanceof Y.Item) || item.deleted) continue;
			const from = Math.max(item.id.clock, clock);
			reached.push({ item, length: Math.min(item.id.clock + item.length, end) - from });
		}
	}
	return reached;
}
