/** Photos that are not on the server yet, kept on this device: closing the tab loses none. */
import type { Millis } from "../../../shared/clock.ts";
import type { PhotoId, RoomName } from "../../../shared/ids.ts";
import { openDatabase, readFrom, writeTo } from "../../sync/device/database.ts";
import { isKeeping } from "../../sync/device/keeping.ts";
import { deviceMemory } from "../../sync/me.ts";

/** One photo that waits to be sent. */
export interface KeptUpload {
	readonly room: RoomName;
	readonly id: PhotoId;
	readonly file: Blob;
	/** What the file was called; only ever shown to the person who chose it. */
	readonly fileName: string;
	/** When it was chosen. */
	readonly at: Millis;
	/** True for the very bytes that are sent: only the same are the same photo to the server. */
	readonly isPrepared?: boolean;
	/** It shall be kept as it was chosen too, where the server can. */
	readonly isWhole?: boolean;
	/** Who chose it; of an earlier Weft nobody knows. */
	readonly by?: string;
	/** It will not be sent: it is kept until its placeholder may be taken away. */
	readonly isGivenUp?: boolean;
}

/** Where waiting photos are kept. Every method fails where the device takes no more. */
export interface UploadStore {
	put(upload: KeptUpload): Promise<void>;
	delete(room: RoomName, id: PhotoId): Promise<void>;
	/** All that wait in a room, oldest first. */
	list(room: RoomName): Promise<KeptUpload[]>;
}

/** A device without space or store still sends: only a closed tab then loses the photo. */
export async function keep(store: UploadStore, upload: KeptUpload): Promise<boolean> {
	try {
		await store.put(upload);
		return true;
	} catch (error) {
		console.warn("Weft cannot keep this photo on this device:", error);
		return false;
	}
}

/** Where that fails it is sent once more at the next visit, which does no harm. */
export async function forget(store: UploadStore, { room, id }: KeptUpload): Promise<void> {
	try {
		await store.delete(room, id);
	} catch (error) {
		console.warn("Weft cannot forget this photo on this device:", error);
	}
}

let opening: Promise<IDBDatabase> | null = null;

/** The browser's own store, one for all rooms; opened at its first use. */
export const browserUploads: UploadStore & { listAll(): Promise<KeptUpload[]> } = {
	async put(upload) {
		if (!isKeeping(deviceMemory())) throw new Error("Somebody does not want photos kept here.");
		await change((waiting) => waiting.put(upload));
	},
	async delete(room, id) {
		await change((waiting) => waiting.delete([room, id]));
	},
	async list(room) {
		const kept = await read((waiting) => waiting.index("room").getAll(room));
		return kept.sort((left, right) => left.at - right.at);
	},
	/** All that wait in any room. */
	async listAll() {
		return read((waiting) => waiting.getAll());
	},
};

async function read(
	ask: (waiting: IDBObjectStore) => IDBRequest<KeptUpload[]>,
): Promise<KeptUpload[]> {
	return readFrom(await openOnce(), "waiting", ask);
}

async function change(how: (waiting: IDBObjectStore) => IDBRequest): Promise<void> {
	await writeTo(await openOnce(), ["waiting"], (storeOf) => void how(storeOf("waiting")));
}

function openOnce(): Promise<IDBDatabase> {
	opening ??= openDatabase("weft-photos", 1, {
		upgrade(database) {
			const waiting = database.createObjectStore("waiting", { keyPath: ["room", "id"] });
			waiting.createIndex("room", "room");
		},
		ended() {
			opening = null;
		},
	});
	opening.catch(() => {
		opening = null; // Say, private browsing: whoever asked is told, the next may try again.
	});
	return opening;
}
