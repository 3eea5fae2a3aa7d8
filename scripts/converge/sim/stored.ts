/** Reads what a room has on a simulated disk, and compares it with its history. */
import * as Y from "yjs";
import { decompressSnapshot, foldStored } from "../../../server/fold/fold.ts";
import { StoreOpenError } from "../../../server/store/level.ts";
import { ownersOf } from "../../../server/store/owners.ts";
import type { Batch, RoomLog, StoredRoom } from "../../../server/store/room-log.ts";
import type { Millis } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import type { RoomName } from "../../../shared/ids.ts";
import type { SimDisk } from "./disk.ts";
import type { SimTime } from "./time.ts";

/** Longest that reading a small room may take. */
const readMsMax: Millis = 5_000;

/**
 * What a log holds of a room now; time passes meanwhile.
 *
 * @throws Error where it is damaged, or does not say whose a client id is
 */
export async function readRoom(log: RoomLog, room: RoomName, clock: SimTime): Promise<Y.Doc> {
	const stored = await inTime(clock, log.load(room));
	const doc = docOf(stored);
	const owners = ownersOf(stored);
	for (const client of doc.store.clients.keys()) {
		if (!owners.has(client)) throw new Error(`client id ${client} is stored as nobody's`);
	}
	return doc;
}

/** What is stored as a doc. @throws WeftError `room_damaged` */
export function docOf(stored: StoredRoom): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, decompressSnapshot(foldStored(stored)));
	return doc;
}

/** True where a room's history, applied from its beginning, gives that doc. */
export async function hasHistory(
	log: RoomLog,
	room: RoomName,
	{ doc, clock }: { readonly doc: Y.Doc; readonly clock: SimTime },
): Promise<boolean> {
	const tail = await inTime(clock, historyOf(log, room));
	const past = decompressSnapshot(foldStored({ snapshot: null, tail }));
	return Buffer.from(past).equals(Buffer.from(Y.encodeStateAsUpdate(doc)));
}

async function historyOf(log: RoomLog, room: RoomName): Promise<Batch[]> {
	const batches: Batch[] = [];
	for await (const batch of log.history(room)) batches.push(batch);
	return batches;
}

/** Lets time pass until a promise has settled. @throws what it throws; Error where it takes long */
async function inTime<Result>(clock: SimTime, promise: Promise<Result>): Promise<Result> {
	let outcome: { readonly settle: () => Result } | null = null;
	promise.then(
		(result) => {
			outcome = { settle: () => result };
		},
		(error: unknown) => {
			outcome = {
				settle: () => {
					throw error;
				},
			};
		},
	);
	const endMs = clock.elapsed() + readMsMax;
	while (outcome === null && clock.elapsed() < endMs) await clock.advance(10);
	const ended = outcome as { readonly settle: () => Result } | null;
	if (ended === null) throw new Error("reading took too long");
	return ended.settle();
}

/** A disk that is gone for a moment is asked again when it is back. */
export async function askedAgain<Answer>(
	ask: () => Promise<Answer>,
	{ disk, clock }: { readonly disk: SimDisk; readonly clock: SimTime },
): Promise<Answer> {
	for (;;) {
		try {
			return await ask();
		} catch (error) {
			const waitMs = disk.unreadableUntilMs - clock.elapsed();
			if (waitMs <= 0 || !isOfDisk(error)) throw error;
			await clock.advance(waitMs);
		}
	}
}

/** True for what a store says of a disk that does not work. */
export function isOfDisk(error: unknown): boolean {
	if (error instanceof StoreOpenError) return error.reason === "unreadable";
	return error instanceof WeftError && ["disk_full", "store_failed"].includes(error.code);
}
