import * as Y from "yjs";
import { WeftError } from "../../shared/errors.ts";
import type { StoredRoom } from "../store/room-log.ts";
import { fateOf } from "./fates.ts";
import { holdingsOf } from "./inspect.ts";
import type { Fate } from "./pieces/taking.ts";
import { atOnce } from "./scheduler.ts";

/** Updates that came to a doc. */
interface Divided<Update> {
	readonly fitting: readonly Update[];
	/** Those for which the room has no space, and what becomes of each. */
	readonly tooBig: readonly Update[];
	readonly fates: readonly Fate[];
}

const refused: Fate = { verdict: "refused", error: new WeftError("room_too_big") };

function allOf<Update>(updates: readonly Update[]): Divided<Update> {
	return { fitting: updates, tooBig: [], fates: [] };
}

/**
 * How large a room is, at most: the sum of what was written since it was last measured. Measuring
 * costs a pass over the doc, so it is done only where the sum would be too large.
 */
export class RoomSize {
	readonly #bytesMax: number;
	#bytes: number;

	constructor(bytesMax: number, stored: StoredRoom) {
		this.#bytesMax = bytesMax;
		const updates = stored.tail.flatMap((batch) => batch.updates);
		const tailBytes = updates.reduce((sum, { bytes }) => sum + bytes.length, 0);
		this.#bytes = (stored.snapshot?.sizeBytes ?? 0) + tailBytes;
	}

	/** How large it is, at most. */
	get bytes(): number {
		return this.#bytes;
	}

	/** Of updates that come to a room's doc those fit that do all together, or bring nothing. */
	divide<Update extends { readonly bytes: Uint8Array }>(
		updates: readonly Update[],
		doc: Y.Doc,
	): Divided<Update> {
		const allBytes = updates.reduce((sum, { bytes }) => sum + bytes.length, 0);
		if (this.#bytes + allBytes <= this.#bytesMax) return allOf(updates);
		let batchBytes = 0;
		const fits = ({ bytes }: Update) => {
			if (this.#hasSpaceFor(batchBytes + bytes.length, doc)) {
				batchBytes += bytes.length;
				return true;
			}
			return atOnce(fateOf(bytes, holdingsOf(doc))).verdict === "known";
		};
		const fitting = updates.filter(fits);
		if (fitting.length === updates.length) return allOf(updates);
		const tooBig = updates.filter((update) => !fitting.includes(update));
		return { fitting, tooBig, fates: tooBig.map(() => refused) };
	}

	/** These were written; comes back with their size. */
	add(updates: readonly { readonly bytes: Uint8Array }[]): number {
		const bytes = updates.reduce((sum, update) => sum + update.bytes.length, 0);
		this.#bytes += bytes;
		return bytes;
	}

	#hasSpaceFor(bytes: number, doc: Y.Doc): boolean {
		if (this.#bytes + bytes > this.#bytesMax) this.#bytes = Y.encodeStateAsUpdate(doc).length;
		return this.#bytes + bytes <= this.#bytesMax;
	}
}
