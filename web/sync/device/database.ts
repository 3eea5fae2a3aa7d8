/**
 * IndexedDB as promises: the few things that we do with it. A library that wraps all of it weighs
 * three times as much in every first load of a room.
 */

/** What happens to a database besides being asked. */
export interface DatabaseNews {
	/** It is new on this device, or older than asked for. */
	readonly upgrade?: (database: IDBDatabase) => void;
	/** Somebody wants to remove it, or a newer page to change it: close it. */
	readonly blocking?: (database: IDBDatabase) => void;
	/** The browser took it away. */
	readonly ended?: () => void;
}

/** Opens it. Rejects where the browser does not give it. */
export async function openDatabase(
	name: string,
	version: number,
	{ upgrade, blocking, ended }: DatabaseNews,
): Promise<IDBDatabase> {
	const opening = indexedDB.open(name, version);
	opening.onupgradeneeded = () => upgrade?.(opening.result);
	const database = await answerOf(opening);
	database.onversionchange = () => blocking?.(database);
	database.onclose = () => ended?.();
	return database;
}

/** Removes it; resolves when it is gone. */
export async function removeDatabase(name: string): Promise<void> {
	await answerOf(indexedDB.deleteDatabase(name));
}

/** What a request brings. */
export function answerOf<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

/** Reads from one store. */
export function readFrom<Answer>(
	database: IDBDatabase,
	name: string,
	ask: (store: IDBObjectStore) => IDBRequest<Answer>,
): Promise<Answer> {
	return answerOf(ask(database.transaction(name).objectStore(name)));
}

/**
 * Changes stores in one transaction: all of it is on the device when this resolves, or nothing is.
 * `work` may wait for answers of these stores, and for nothing else.
 */
export async function writeTo<Result>(
	database: IDBDatabase,
	names: readonly string[],
	work: (storeOf: (name: string) => IDBObjectStore) => Result | Promise<Result>,
): Promise<Result> {
	const writing = database.transaction(names, "readwrite");
	return new Promise((resolve, reject) => {
		const working = work((name) => writing.objectStore(name));
		writing.oncomplete = () => resolve(working);
		writing.onabort = () => reject(writing.error ?? new Error("The browser gave it up."));
		if (working instanceof Promise) working.catch(reject);
		// Else the browser asks this tab whether more comes: one that ends meanwhile has put nothing.
		else writing.commit();
	});
}
