/** What a server refused to take, kept on this device until its person does something about it. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";

/** All of a room as it was here then, as one update: any Yjs program reads it. */
export interface LostWork {
	readonly room: RoomName;
	readonly title: string;
	readonly atMs: Millis;
	readonly state: Uint8Array;
}

/** One that is kept, and its number here. */
export type KeptWork = LostWork & { readonly id: number };

interface LostSchema extends DBSchema {
	lost: { key: number; value: LostWork };
}

/** Keeps it; rejects where this device cannot. */
export async function keepLost(work: LostWork): Promise<void> {
	await withStore((store) => store.add("lost", work));
}

/** All that is kept, the newest first; none where the browser keeps nothing. */
export async function listLost(): Promise<KeptWork[]> {
	if (globalThis.indexedDB === undefined) return [];
	return withStore(async (store) => {
		const [ids, works] = await Promise.all([store.getAllKeys("lost"), store.getAll("lost")]);
		const kept = works.map((work, index) => ({ ...work, id: ids[index] ?? 0 }));
		return kept.reverse();
	});
}

/** Somebody needs it no more. */
export async function forgetLost(id: number): Promise<void> {
	await withStore((store) => store.delete("lost", id));
}

async function withStore<Result>(
	use: (store: IDBPDatabase<LostSchema>) => Promise<Result>,
): Promise<Result> {
	const store = await openDB<LostSchema>("weft-lost", 1, {
		upgrade: (fresh) => void fresh.createObjectStore("lost", { autoIncrement: true }),
	});
	try {
		return await use(store);
	} finally {
		store.close();
	}
}
