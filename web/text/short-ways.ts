/**
 * Ways into a text that do not begin at its start. Yjs remembers places of a text without formats
 * (its search markers) for `insert` and `delete`; `applyDelta` and relative positions walk through
 * all that stands before, which in a long text costs more than all else that a key does.
 */
import type { Op } from "quill/core";
import * as Y from "yjs";

/**
 * Does what `applyDelta` would, where text and ops have no formats.
 *
 * @param origin of the transaction
 * @returns false where nothing was done: they have some
 */
export function writePlainly(text: Y.Text, ops: readonly Op[], origin: unknown): boolean {
	if (text.doc === null || text._searchMarker === null || !ops.every(isPlain)) return false;
	text.doc.transact(() => {
		let at = 0;
		for (const { retain, insert, delete: count } of ops) {
			if (typeof retain === "number") at += retain;
			else if (count !== undefined) text.delete(at, count);
			else if (typeof insert === "string") {
				text.insert(at, insert);
				at += insert.length;
			}
		}
	}, origin);
	return true;
}

function isPlain({ retain, insert, attributes }: Op): boolean {
	return attributes === undefined && typeof retain !== "object" && typeof insert !== "object";
}

/** Where the letters end that a change wrote; null where it did anything else than to type. */
export function endOfTyped(ops: readonly Op[]): number | null {
	const [first, second] = ops;
	const at = typeof first?.retain === "number" && !first.attributes ? first.retain : 0;
	const typed = ops.length === 1 ? first : ops.length === 2 && at > 0 ? second : undefined;
	return typeof typed?.insert === "string" ? at + typed.insert.length : null;
}

/**
 * The same as `createRelativePositionFromTypeIndex`.
 *
 * @param isTyped true where this is where the newest struct of the doc's own client id ends
 */
export function placeAt(text: Y.Text, index: number, isTyped = false): Y.RelativePosition {
	const { type, tname, assoc } = Y.createRelativePositionFromTypeIndex(text, 0);
	const near = (isTyped ? behindOwn(text) : null) ?? nearest(text, index);
	let { item, left } = near;
	while (item !== null && (item.deleted || !item.countable || item.length <= left)) {
		if (!item.deleted && item.countable) left -= item.length;
		item = item.right;
	}
	const id = item && Y.createID(item.id.client, item.id.clock + left);
	return new Y.RelativePosition(type, tname, id, assoc);
}

/** A struct, and how many units behind its beginning. */
interface Near {
	readonly item: Y.Item | null;
	readonly left: number;
}

function behindOwn(text: Y.Text): Near | null {
	const { doc } = text;
	const own = doc?.store.clients.get(doc.clientID)?.at(-1);
	return own instanceof Y.Item && own.parent === text ? { item: own.right, left: 0 } : null;
}

function nearest(text: Y.Text, index: number): Near {
	let near: Near = { item: text._start, left: index };
	for (const marker of text._searchMarker ?? []) {
		const left = index - marker.index;
		if (left >= 0 && left < near.left) near = { item: marker.p, left };
	}
	return near;
}
