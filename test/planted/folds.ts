/** Servers whose compaction is wrong: they change a room while they shorten its log. */
import { deflateRawSync } from "node:zlib";
import * as Y from "yjs";
import type { Plants } from "../../scripts/converge/sim/server.ts";
import { decompressSnapshot } from "../../server/fold/fold.ts";
import type { Snapshot, StoredRoom } from "../../server/store/room-log.ts";

/** An update with nothing in it: no clients, no deletes. */
const emptyUpdate = Uint8Array.of(0, 0);

/** Keeps what was deleted since the last compaction, and forgets that it was. */
export function forgetsDeletes(): Plants {
	return {
		fold: (stored) => {
			const doc = openStored(stored, false);
			const stateVector = Y.encodeStateVector(doc);
			const update = Y.encodeStateAsUpdate(doc);
			// An update is its structs, then its deletes; alone, those stand behind one zero.
			const deletesLength = Y.encodeStateAsUpdate(doc, stateVector).length - 1;
			const structs = update.subarray(0, update.length - deletesLength);
			return snapshotOf(Uint8Array.of(...structs, 0), stateVector, emptyUpdate);
		},
	};
}

/** Puts the last message of the chat first. */
export function shufflesChat(): Plants {
	return {
		fold: (stored) => {
			const doc = openStored(stored, true);
			const contents: Y.ContentAny[] = [];
			for (let item = doc.getArray("chat")._start; item !== null; item = item.right) {
				if (!item.deleted && item.content instanceof Y.ContentAny) contents.push(item.content);
			}
			const messages = contents.flatMap(({ arr }) => arr);
			messages.unshift(...messages.splice(-1));
			for (const content of contents) content.arr = messages.splice(0, content.arr.length);
			return snapshotOfDoc(doc);
		},
	};
}

/** Splits the first character beyond U+FFFF as Yjs does: two halves that are none. */
export function splitsPairs(): Plants {
	return {
		fold: (stored) => {
			const doc = openStored(stored, true);
			for (let item = doc.getText("text")._start; item !== null; item = item.right) {
				if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
				item.content.str = item.content.str.replace(
					/[\ud800-\udbff][\udc00-\udfff]/,
					"\ufffd\ufffd",
				);
				break;
			}
			return snapshotOfDoc(doc);
		},
	};
}

function openStored({ snapshot, tail }: StoredRoom, gc: boolean): Y.Doc {
	const doc = new Y.Doc({ gc });
	if (snapshot !== null) Y.applyUpdate(doc, decompressSnapshot(snapshot));
	for (const { updates } of tail) for (const { bytes } of updates) Y.applyUpdate(doc, bytes);
	return doc;
}

function snapshotOfDoc(doc: Y.Doc): Snapshot {
	const stateVector = Y.encodeStateVector(doc);
	const deletes = Y.encodeStateAsUpdate(doc, stateVector);
	return snapshotOf(Y.encodeStateAsUpdate(doc), stateVector, deletes);
}

function snapshotOf(update: Uint8Array, stateVector: Uint8Array, deleteSet: Uint8Array): Snapshot {
	const compressed = Uint8Array.from(deflateRawSync(update));
	return { compressed, sizeBytes: update.length, stateVector, deleteSet };
}
