/** What a server refused to take, kept on this device until its person does something about it. */
import type { Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { answerOf, openDatabase, readFrom, writeTo } from "./database.ts";

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

/**
 * Keeps it, in the place of the one of that number where one is given; rejects where this device
 * cannot.
 *
 * @returns its number
 */
export async function keepLost(work: LostWork, id?: number): Promise<number> {
	return withStore((database) =>
		writeTo(database, ["lost"], async (storeOf) => {
			const lost = storeOf("lost");
			const key = await answerOf(lost.put(work, id));
			const keys = await answerOf(lost.getAllKeys());
			for (const old of keys.slice(0, -lostMax)) lost.delete(old);
			return Number(key);
		}),
	);
}

/** All that is kept, the newest first; none where the browser keeps nothing. */
export async function listLost(): Promise<KeptWork[]> {
	if (globalThis.indexedDB === undefined) return [];
	return withStore(async (database) => {
		const [ids, works] = await Promise.all([
			readFrom(database, "lost", (lost) => lost.getAllKeys()),
			readFrom<LostWork[]>(database, "lost", (lost) => lost.getAll()),
		]);
		const kept = works.map((work, index) => ({ ...work, id: Number(ids[index] ?? 0) }));
		return kept.reverse();
	});
}

/** Somebody needs it no more. */
export async function forgetLost(id: number): Promise<void> {
	await withStore((database) =>
		writeTo(database, ["lost"], (storeOf) => void storeOf("lost").delete(id)),
	);
}

async function withStore<Result>(use: (database: IDBDatabase) => Promise<Result>): Promise<Result> {
	const database = await openDatabase("weft-lost", 1, {
		upgrade: (fresh) => void fresh.createObjectStore("lost", { autoIncrement: true }),
	});
	try {
		return await use(database);
	} finally {
		database.close();
	}
}
