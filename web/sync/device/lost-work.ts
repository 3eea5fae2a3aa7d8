/** What a server refused to take, kept on this device until its person does something about it. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";

/** All of a room as it was here then. */
export interface LostWork {
	readonly room: RoomName;
	readonly title: string;
	readonly atMs: Millis;
	/** Id of who was here. */
	readonly by: string;
	/** Any Yjs program reads it. */
	readonly update: Uint8Array;
}

/** One that is kept, and its number here. */
export type KeptWork = LostWork & { readonly id: number };

/** Most that are kept on a device, each as large as its room: the oldest goes. */
const lostMax = 50;

interface LostSchema extends DBSchema {
	lost: { key: number; value: LostWork };
}

/**
 * Keeps it, in the place of the one of that number where one is given; rejects where this device
 * cannot.
 *
 * @returns its number
 */
export async function keepLost(work: LostWork, id?: number): Promise<number> {
	return withStore(async (store) => {
		const key = await store.put("lost", work, id);
		const keys = await store.getAllKeys("lost");
		for (const old of keys.slice(0, -lostMax)) await store.delete("lost", old);
		return key;
	});
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
