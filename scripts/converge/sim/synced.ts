/** Reads a room from a disk as a power cut would leave it now, beside the server on it. */
import * as Y from "yjs";
import { decompressSnapshot, foldStored } from "../../../server/fold/fold.ts";
import { promptCompression } from "../../../server/store/compress.ts";
import { openStoreOn } from "../../../server/store/level-store.ts";
import type { StoredRoom } from "../../../server/store/room-log.ts";
import type { Millis } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { SimBinding, type SimDisk } from "./disk.ts";
import { SimTime } from "./time.ts";

/** More than reading takes. */
const readingMsMax: Millis = 5_000;

/**
 * The doc of a room from what is synced. Time stands still meanwhile: the copy has a time of its
 * own.
 *
 * @throws Error where it cannot be read
 */
export async function readSynced(disk: SimDisk, room: RoomName): Promise<Y.Doc> {
	const time = new SimTime();
	const read = load(disk.syncedCopy(), time, room);
	let stored: StoredRoom | null = null;
	let failure: unknown = new Error("reading took too long");
	read.then(
		(found) => {
			stored = found;
		},
		(error: unknown) => {
			failure = error;
		},
	);
	for (let ms = 0; ms < readingMsMax && stored === null; ms += 20) await time.advance(20);
	if (stored === null) throw failure;
	const doc = new Y.Doc();
	Y.applyUpdate(doc, decompressSnapshot(foldStored(stored)));
	return doc;
}

async function load(disk: SimDisk, time: SimTime, room: RoomName): Promise<StoredRoom> {
	const store = await openStoreOn({
		directory: "/simulated",
		clock: time,
		historyMs: 60_000,
		compression: promptCompression,
		openBinding: () =>
			new SimBinding({
				disk,
				clock: time,
				random: () => 0,
				isAlive: () => true,
				isSyncing: () => true,
			}),
		probeDisk: () => Promise.resolve(),
	});
	return store.log.load(room);
}
