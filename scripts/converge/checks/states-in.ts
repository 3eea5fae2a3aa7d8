import { type AwarenessEntry, decodeAwareness } from "../../../shared/awareness.ts";
import { decodeClientFrame, messageType } from "../../../shared/protocol.ts";

/** The states in an awareness frame; none where it is no such frame, or none that can be read. */
export function statesIn(frame: Uint8Array): readonly AwarenessEntry[] {
	if (frame[0] !== messageType.awareness) return [];
	try {
		const read = decodeClientFrame(frame);
		return read.type === "awareness" ? decodeAwareness(read.update) : [];
	} catch {
		return []; // Strangers send such frames too; the server has to say what becomes of them.
	}
}
