/**
 * The copy of a room on this device: every update of the doc, in IndexedDB.
 *
 * The layout is that of y-indexeddb (stores `updates` and `custom`). Ours tells when a write is
 * on the device and when it failed, which the warning on leaving and the light need to be honest.
 */
import * as Y from "yjs";
import type { Cancel, Clock, Millis } from "../../shared/clock.ts";
import { answerOf, openDatabase, readFrom, removeDatabase, writeTo } from "./device/database.ts";
import { isKeeping } from "./device/keeping.ts";
import { deviceMemory } from "./me.ts";

/** Where updates are kept; one writer at a time is `OfflineCopy`'s care. */
export interface UpdateStore {
	/** All updates that were added after the last call, by any tab. */
	readNew(): Promise<Uint8Array[]>;
	/**
	 * Puts updates on the device, and with them how many local changes the server does not have;
	 * resolves when all is there. Returns how many updates are stored, as far as this tab knows.
	 */
	append(updates: readonly Uint8Array[], waiting: number): Promise<number>;
	/** Replaces all updates that `readNew` has returned, and those appended, by one. */
	squash(readState: (unseen: Uint8Array[]) => Uint8Array): Promise<void>;
	/** The last `waiting` that was given to `append`; 0 where none was. */
	readWaiting(): Promise<number>;
	close(): void;
}

/** More stored updates than this are folded into one. */
const updatesMax = 500;
const waitingKey = "waiting";

/**
 * That less waits than is noted is noted with the next update, or after so long: with each key
 * something waits and is saved, and a write of its own costs as much as the key.
 */
const calmMs: Millis = 1_000;

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
	readonly #clock: Clock;
	#store: UpdateStore | null = null;
	#queue: Uint8Array[] = [];
	#isWriting = false;
	#hasFailed = false;
	#isClosed = false;
	#waiting = 0;
	#waitingStored = 0;
	#cancelCalm: Cancel | null = null;

	constructor(doc: Y.Doc, opening: Promise<UpdateStore>, reports: CopyReports, clock: Clock) {
		this.#doc = doc;
		this.#reports = reports;
		this.#clock = clock;
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
		if (count > this.#waitingStored) this.#write();
		else this.#cancelCalm ??= this.#clock.after(calmMs, () => this.#onCalm());
	}

	/** Stops; what is queued is still written. Safe to call twice. */
	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#doc.off("update", this.#onUpdate);
		this.#onCalm();
		if (!this.#isWriting) this.#store?.close();
	}

	#onCalm(): void {
		this.#cancelCalm?.();
		this.#cancelCalm = null;
		this.#write();
	}

	readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
		if (origin === this || this.#hasFailed) return;
		this.#queue.push(update);
		this.#write();
	};

	async #load(store: UpdateStore): Promise<void> {
		const [updates, waiting] = await Promise.all([store.readNew(), store.readWaiting()]);
		// Closed before it was open: what was typed until then is written all the same.
		if (this.#isClosed && this.#queue.length === 0) return store.close();
		this.#apply(updates);
		this.#store = store;
		this.#waitingStored = waiting;
		this.#waiting += waiting;
		if (!this.#isClosed) this.#reports.loaded(waiting);
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
				const isNews = this.#queue.length > 0 || this.#waiting > this.#waitingStored;
				// That less waits may wait itself, as long as somebody will come back to it.
				if (isNews || this.#cancelCalm === null) this.#write();
				if (this.#isClosed && !this.#isWriting) store.close();
			})
			.catch((error) => this.#fail(error));
	}

	async #writeRound(store: UpdateStore): Promise<void> {
		// What happens in the same breath is one write: several updates, and that they wait.
		await null;
		const updates = this.#queue;
		const waiting = this.#waiting;
		this.#queue = [];
		const storedCount = await store.append(updates, waiting);
		this.#waitingStored = waiting;
		if (storedCount <= updatesMax) return;
		await store.squash((unseen) => {
			this.#apply(unseen);
			return Y.encodeStateAsUpdate(this.#doc);
		});
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
export function copyName(userId: string, room: string): string {
	return `weft:${userId}:${room}`;
}

/**
 * Opens the store in IndexedDB, with all that is in those of `former` names: of the guests that
 * somebody was before they signed in. Rejects where the browser has none or gives none.
 */
export async function openUpdateStore(
	name: string,
	former: readonly string[],
): Promise<UpdateStore> {
	if (!("indexedDB" in globalThis)) throw new Error("This browser has no IndexedDB.");
	if (!isKeeping(deviceMemory())) throw new Error("Somebody does not want rooms kept here.");
	const store = await openCopy(name);
	for (const old of former.length === 0 ? [] : await keptOf(former)) {
		const from = await openCopy(old);
		await moveUpdates(from, store);
		from.close();
		await removeDatabase(old); // Only now: what is in both is in the doc once.
	}
	return store;
}

/** Puts all of one copy into another, and what waits there. */
export async function moveUpdates(from: UpdateStore, to: UpdateStore): Promise<void> {
	const updates = await from.readNew();
	const waiting = (await from.readWaiting()) + (await to.readWaiting());
	if (updates.length > 0) await to.append(updates, waiting);
}

/** Those of these names that are there; none where the browser does not say. */
async function keptOf(names: readonly string[]): Promise<string[]> {
	const kept = new Set((await indexedDB.databases?.())?.map(({ name }) => name));
	return names.filter((name) => kept.has(name));
}

async function openCopy(name: string): Promise<IndexedUpdates> {
	const database = await openDatabase(name, 1, {
		upgrade(fresh) {
			fresh.createObjectStore("updates", { autoIncrement: true });
			fresh.createObjectStore("custom");
		},
		blocking: (copy) => copy.close(), // Somebody removes this copy.
	});
	return new IndexedUpdates(database);
}

/** Forgets what this device keeps of a room. */
export async function forgetCopy(name: string): Promise<void> {
	await removeDatabase(name);
}

class IndexedUpdates implements UpdateStore {
	readonly #database: IDBDatabase;
	/** Everything up to this key is in the doc, or was put there by us. */
	#seenKey = 0;
	/** Of all updates that this tab has seen or put there: asking costs as much as adding one. */
	#storedCount = 0;
	/** What is noted as waiting; NaN while that was not read. */
	#waiting = Number.NaN;

	constructor(database: IDBDatabase) {
		this.#database = database;
	}

	async readNew(): Promise<Uint8Array[]> {
		const updates = this.#database.transaction("updates").objectStore("updates");
		const [unseen, keys] = await this.#unseenIn(updates);
		this.#seenKey = Number(keys.at(-1) ?? this.#seenKey);
		this.#storedCount += unseen.length;
		return unseen;
	}

	async append(updates: readonly Uint8Array[], waiting: number): Promise<number> {
		const isNews = waiting !== this.#waiting;
		const names = isNews ? ["updates", "custom"] : ["updates"];
		await writeTo(this.#database, names, (storeOf) => {
			for (const update of updates) storeOf("updates").add(update);
			if (isNews) storeOf("custom").put(waiting, waitingKey);
		});
		this.#waiting = waiting;
		this.#storedCount += updates.length;
		return this.#storedCount;
	}

	async squash(readState: (unseen: Uint8Array[]) => Uint8Array): Promise<void> {
		this.#seenKey = await writeTo(this.#database, ["updates"], async (storeOf) => {
			const updates = storeOf("updates");
			const [unseen, keys] = await this.#unseenIn(updates);
			const lastKey = Number(keys.at(-1) ?? this.#seenKey);
			updates.add(readState(unseen));
			updates.delete(IDBKeyRange.upperBound(lastKey));
			return lastKey;
		});
		this.#storedCount = 1;
	}

	async readWaiting(): Promise<number> {
		const value: unknown = await readFrom(this.#database, "custom", (custom) =>
			custom.get(waitingKey),
		);
		this.#waiting = typeof value === "number" ? value : 0;
		return this.#waiting;
	}

	close(): void {
		this.#database.close();
	}

	/** With the key of each. */
	#unseenIn(updates: IDBObjectStore): Promise<[Uint8Array[], IDBValidKey[]]> {
		const range = IDBKeyRange.lowerBound(this.#seenKey, true);
		return Promise.all([answerOf(updates.getAll(range)), answerOf(updates.getAllKeys(range))]);
	}
}
