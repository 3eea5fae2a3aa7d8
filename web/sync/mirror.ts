import * as Y from "yjs";

/**
 * A doc that shows another and gives nothing back: what somebody changes in it, by whatever way,
 * stays on their page.
 */
export function mirrorOf(source: Y.Doc): Y.Doc {
	const mirror = new Y.Doc();
	// Awareness, which the mirror's page has, and the connection go by one id.
	mirror.clientID = source.clientID;
	source.on("update", (update: Uint8Array, origin: unknown) => {
		Y.applyUpdate(mirror, update, origin);
	});
	return mirror;
}
