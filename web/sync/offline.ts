/**
 * The copy of a room on this device: every update of the doc, in IndexedDB.
 *
 * The layout is that of y-indexeddb (stores `updates` and `custom`). Ours tells when a write is
 * on the device and when it failed, which the warning on leaving and the light need to be honest.
 */
import { deleteDB, type IDBPDatabase, openDB } from "idb";
import * as Y from "yjs";
import type { UserId } from "../../shared/ids.ts";

/** Where updates are kept; one writer at a time is `OfflineCopy`'s care. */
export interface UpdateStore {
	/** All updates that were added after the last call, by any tab. */
	readNew(): Promise<Uint8Array[]>;
	/** Puts updates on the device; resolves when they are there. Returns how many are stored. */
	append(updates: readonly Uint8Array[]): Promise<number>;
	/** Replaces all updates that `readNew` has returned, and those appended, by one. */
	squash(readState: (unseen: Uint8Array[]) => Uint8Array): Promise<void>;
	readNumber(key: string): Promise<number>;
	writeNumber(key: string, value: number): Promise<void>;
	close(): void;
}

/** More stored updates than this are folded into one. */
const updatesMax = 500;
const waitingKey = "waiting";

/** What an `OfflineCopy` tells. */
export interface CopyReports {
	/** The doc holds what was stored; `waiting` local changes of earlier visits are unsent. */
	loaded(waiting: number): void;
	/** The copy cannot be kept (any more). Called once. */
	failed(error: unknown): void;
}

/** Keeps a doc's updates in a store from the moment it is made. */
export class OfflineCopy {
	readonly #doc: Y.Doc;
	readonly #reports: CopyReports;
	#store: UpdateStore | null = null;
	#queue: Uint8Array[] = [];
	#isWriting = false;
	#hasFailed = false;
	#isClosed = false;
	#waiting = 0;
	#waitingStored = 0;

	constructor(doc: Y.Doc, opening: Promise<UpdateStore>, reports: CopyReports) {
		this.#doc = doc;
		this.#reports = reports;
		doc.on("update", this.#onUpdate);
		opening.then((store) => this.#load(store)).catch((error) => this.#fail(error));
	}

	/** True where everything in the doc is on this device. */
	isKept(): boolean {
		return this.#store !== null && !this.#hasFailed && this.#queue.length === 0 && !this.#isWriting;
	}

	/** Remembers, over reloads, how many local changes the server does not have. */
	setWaiting(count: number): void {
		this.#waiting = count;
		if (!this.#isWriting) this.#write();
	}

	/** Stops; what is queued is still written. Safe to call twice. */
	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#doc.off("update", this.#onUpdate);
		if (!this.#isWriting) this.#store?.close();
	}

	readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
		if (origin === this || this.#hasFailed) return;
		this.#queue.push(update);
		this.#write();
	};

	async #load(store: UpdateStore): Promise<void> {
		const [updates, waiting] = await Promise.all([store.readNew(), store.readNumber(waitingKey)]);
		if (this.#isClosed) return store.close();
		this.#apply(updates);
		this.#store = store;
		this.#waitingStored = waiting;
		this.#waiting += waiting;
		this.#reports.loaded(waiting);
		this.#write();
	}

	#apply(updates: readonly Uint8Array[]): void {
		if (updates.length === 0) return;
		this.#doc.transact(() => {
			for (const update of updates) Y.applyUpdate(this.#doc, update, this);
		}, this);
	}

	/** Writes what is queued; what comes meanwhile goes out with the next round. */
	#write(): void {
		const store = this.#store;
		if (store === null || this.#isWriting || this.#hasFailed) return;
		if (this.#queue.length === 0 && this.#waiting === this.#waitingStored) return;
		this.#isWriting = true;
		this.#writeRound(store)
			.then(() => {
				this.#isWriting = false;
				this.#write();
				if (this.#isClosed && !this.#isWriting) store.close();
			})
			.catch((error) => this.#fail(error));
	}

	async #writeRound(store: UpdateStore): Promise<void> {
		const updates = this.#queue;
		this.#queue = [];
		if (updates.length > 0) {
			const storedCount = await store.append(updates);
			if (storedCount > updatesMax) {
				await store.squash((unseen) => {
					this.#apply(unseen);
					return Y.encodeStateAsUpdate(this.#doc);
				});
			}
		}
		const waiting = this.#waiting;
		if (waiting === this.#waitingStored) return;
		await store.writeNumber(waitingKey, waiting);
		this.#waitingStored = waiting;
	}

	#fail(error: unknown): void {
		if (this.#hasFailed) return;
		this.#hasFailed = true;
		this.#isWriting = false;
		this.#queue = [];
		this.#store?.close();
		if (!this.#isClosed) this.#reports.failed(error);
	}
}

/** The name of the database for one person and room. */
export function copyName(userId: UserId | string, room: string): string {
	return `weft:${userId}:${room}`;
}

/** Opens the store in IndexedDB; rejects where the browser has none or gives none. */
export async function openUpdateStore(name: string): Promise<UpdateStore> {
	if (!("indexedDB" in globalThis)) throw new Error("This browser has no IndexedDB.");
	const database = await openDB(name, 1, {
		upgrade(fresh) {
			fresh.createObjectStore("updates", { autoIncrement: true });
			fresh.createObjectStore("custom");
		},
	});
	return new IndexedUpdates(database);
}

/** Forgets what this device keeps of a room. */
export async function forgetCopy(name: string): Promise<void> {
	await deleteDB(name);
}

class IndexedUpdates implements UpdateStore {
	readonly #database: IDBPDatabase;
	/** Everything up to this key is in the doc, or was put there by us. */
	#seenKey = 0;

	constructor(database: IDBPDatabase) {
		this.#database = database;
	}

	async readNew(): Promise<Uint8Array[]> {
		const reading = this.#database.transaction("updates");
		const range = IDBKeyRange.lowerBound(this.#seenKey, true);
		const [updates, keys] = await Promise.all([
			reading.store.getAll(range),
			reading.store.getAllKeys(range),
		]);
		this.#seenKey = Number(keys.at(-1) ?? this.#seenKey);
		return updates;
	}

	async append(updates: readonly Uint8Array[]): Promise<number> {
		const writing = this.#database.transaction("updates", "readwrite");
		await Promise.all(updates.map((update) => writing.store.add(update)));
		const storedCount = await writing.store.count();
		await writing.done;
		return storedCount;
	}

	async squash(readState: (unseen: Uint8Array[]) => Uint8Array): Promise<void> {
		const writing = this.#database.transaction("updates", "readwrite");
		const range = IDBKeyRange.lowerBound(this.#seenKey, true);
		const [unseen, keys] = await Promise.all([
			writing.store.getAll(range),
			writing.store.getAllKeys(range),
		]);
		const lastKey = Number(keys.at(-1) ?? this.#seenKey);
		await writing.store.add(readState(unseen));
		await writing.store.delete(IDBKeyRange.upperBound(lastKey));
		await writing.done;
		this.#seenKey = lastKey;
	}

	async readNumber(key: string): Promise<number> {
		const value: unknown = await this.#database.get("custom", key);
		return typeof value === "number" ? value : 0;
	}

	async writeNumber(key: string, value: number): Promise<void> {
		await this.#database.put("custom", value, key);
	}

	close(): void {
		this.#database.close();
	}
}
