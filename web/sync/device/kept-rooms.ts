/** What this device keeps of rooms: which, how much, and what of it the server does not have. */
import { parseRoomName, type RoomName } from "../../../shared/ids.ts";
import { answerOf, readFrom } from "./database.ts";

/** The copy of one room, of one person. */
export interface KeptRoom {
	/** Of the database; `forgetCopy` takes it. */
	readonly name: string;
	readonly userId: string;
	readonly room: RoomName;
	readonly sizeBytes: number;
	/** Changes that the server has not stored. */
	readonly waiting: number;
}

/** All copies of this device, the largest first; none where the browser does not say. */
export async function listKeptRooms(): Promise<KeptRoom[]> {
	const databases = (await globalThis.indexedDB?.databases?.()) ?? [];
	const rooms = await Promise.all(databases.map(({ name = "" }) => measure(name)));
	const kept = rooms.filter((room) => room !== null);
	return kept.sort((left, right) => right.sizeBytes - left.sizeBytes);
}

/** Whose copy of which room a database is; null where it is something else. */
export function parseCopyName(name: string): Pick<KeptRoom, "userId" | "room"> | null {
	const [, userId = "", text = ""] = /^weft:([^:]+):(.+)$/s.exec(name) ?? [];
	const room = parseRoomName(text);
	return userId === "" || room === null ? null : { userId, room };
}

async function measure(name: string): Promise<KeptRoom | null> {
	const whose = parseCopyName(name);
	if (whose === null) return null;
	const database = await openAsItIs(name);
	if (database === null) return null;
	try {
		if (!database.objectStoreNames.contains("updates")) return null;
		const updates: Uint8Array[] = await readFrom(database, "updates", (store) => store.getAll());
		const waiting: unknown = await readFrom(database, "custom", (store) => store.get("waiting"));
		const sizeBytes = updates.reduce((sum, update) => sum + update.length, 0);
		return { ...whose, name, sizeBytes, waiting: typeof waiting === "number" ? waiting : 0 };
	} finally {
		database.close();
	}
}

/** Null where it was removed since it was listed: to open it then would make an empty one. */
async function openAsItIs(name: string): Promise<IDBDatabase | null> {
	const opening = indexedDB.open(name);
	let isGone = false;
	opening.onupgradeneeded = () => {
		isGone = true;
		opening.transaction?.abort();
	};
	try {
		return await answerOf(opening);
	} catch (error) {
		if (isGone) return null;
		throw error;
	}
}
