/** Makes one snapshot of all that is stored of a room. */
import * as Y from "yjs";
import { toWeftError, WeftError } from "../../shared/errors.ts";
import { compressHere, decompressHere } from "../store/compress.ts";
import type { Snapshot, StoredRoom } from "../store/room-log.ts";
import { applyQuietly } from "./apply-quietly.ts";

/**
 * Applies everything in one transaction to a doc that forgets what was deleted, and encodes it.
 * Never through `mergeUpdates`, which is quadratic in the number of updates.
 *
 * @throws WeftError `room_damaged` where an update cannot be read or its predecessor is missing
 */
export function foldStored(stored: StoredRoom): Snapshot {
	return snapshotOf(docOf(stored));
}

/** All that is stored, in a doc that forgets what was deleted. @throws as `foldStored` */
export function docOf(stored: StoredRoom): Y.Doc {
	const doc = new Y.Doc({ gc: true });
	try {
		applyQuietly(doc, () => applyAll(doc, stored));
	} catch (error) {
		throw toWeftError(error, "room_damaged");
	}
	if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) {
		throw new WeftError("room_damaged", "an update's predecessor is missing");
	}
	return doc;
}

/** The snapshot of a doc. */
export function snapshotOf(doc: Y.Doc): Snapshot {
	const update = Y.encodeStateAsUpdate(doc);
	const stateVector = Y.encodeStateVector(doc);
	return {
		compressed: own(compressHere(update)),
		sizeBytes: update.length,
		stateVector,
		// What lies beyond all that is known: no structs, and the whole delete set.
		deleteSet: Y.encodeStateAsUpdate(doc, stateVector),
	};
}

/**
 * The update (Yjs v1) of a snapshot.
 *
 * @throws WeftError `room_damaged` where it does not decompress to its size
 */
export function decompressSnapshot(snapshot: Snapshot): Uint8Array {
	try {
		return decompressHere(snapshot.compressed, snapshot.sizeBytes);
	} catch (error) {
		throw new WeftError("room_damaged", "a snapshot does not decompress", { cause: error });
	}
}

function applyAll(doc: Y.Doc, { snapshot, tail }: StoredRoom): void {
	if (snapshot !== null) Y.applyUpdate(doc, decompressSnapshot(snapshot));
	for (const batch of tail) {
		for (const update of batch.updates) Y.applyUpdate(doc, update.bytes);
	}
}

/** A plain Uint8Array over the same bytes. */
function own(bytes: Uint8Array): Uint8Array {
	return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}
