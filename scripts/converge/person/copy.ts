/** The doc of a page, as whatever client it has finds it, and how that page takes edits back. */
import * as Y from "yjs";
import type { PersonParts } from "./person.ts";

/** A doc with all that the device keeps; from now on the device keeps what the doc gets. */
export function openCopy({ device, nextClientId }: PersonParts): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = nextClientId();
	for (const update of device.updates) Y.applyUpdate(doc, update);
	device.updates = [Y.encodeStateAsUpdate(doc)];
	doc.on("update", (update: Uint8Array) => device.updates.push(update));
	return doc;
}

/** Takes back what was done with that origin, one edit at a time. */
export function openUndo(doc: Y.Doc, hand: unknown): Y.UndoManager {
	return new Y.UndoManager([doc.getText("text"), doc.getArray("strokes")], {
		trackedOrigins: new Set([hand]),
		captureTimeout: 0,
	});
}
