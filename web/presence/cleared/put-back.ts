/** Writes anew what was cleared away: as a change of ours, with the names of those who made it. */
import * as Y from "yjs";
import type { ClearedContent, ClearedText } from "../../../shared/cleared.ts";
import { strokesOf, textOf } from "../../../shared/surfaces/root.ts";
import { isHighSurrogate, isLowSurrogate } from "../../../shared/surfaces/text.ts";

/** What came of it. */
export interface PutBack {
	/** Items or letters that are back; 0 where all of it was there again. */
	readonly count: number;
	/** Takes it away again. */
	readonly undo: () => void;
}

/** Says of a change of the doc that it is this. */
const origin = {};
/** One for each doc: what was brought back last is taken away first. */
const undos = new WeakMap<Y.Doc, Y.UndoManager>();

/**
 * Brings it back; what is there already, because somebody else was faster, stays as it is. `isOurs`
 * is true for ids of this person: what they made needs no name.
 */
export function putBack(
	doc: Y.Doc,
	content: ClearedContent,
	isOurs: (id: unknown) => boolean,
): PutBack {
	const undo = undoOf(doc);
	undo.stopCapturing();
	const count = doc.transact(() => {
		if (content.surface === "board") return putItems(doc, content.update, isOurs);
		return content.texts.toReversed().reduce((sum, text) => sum + putText(doc, text), 0);
	}, origin);
	return { count, undo: () => undo.undo() };
}

function undoOf(doc: Y.Doc): Y.UndoManager {
	const known = undos.get(doc);
	if (known !== undefined) return known;
	const scope = [strokesOf(doc), textOf(doc)];
	const made = new Y.UndoManager(scope, { trackedOrigins: new Set([origin]) });
	undos.set(doc, made);
	return made;
}

/** Below what was drawn since. */
function putItems(doc: Y.Doc, update: string, isOurs: (id: unknown) => boolean): number {
	const board = strokesOf(doc);
	const drawn = new Set<string>();
	for (const entry of board.toArray()) drawn.add(drawnAs(entry));
	const kept = new Y.Doc();
	Y.applyUpdate(kept, bytesOf(update));
	const missing = strokesOf(kept)
		.toArray()
		.filter((entry) => entry instanceof Y.Map)
		.filter((entry) => !drawn.has(drawnAs(entry)));
	const entries = missing.map((entry) => {
		const copy = entry.clone();
		if (isOurs(entry.get("by"))) copy.delete("by");
		return copy;
	});
	if (entries.length > 0) board.insert(0, entries);
	kept.destroy();
	return entries.length;
}

/** What says that an item is the same: its bytes, and of a stranger's all that it has. */
function drawnAs(entry: unknown): string {
	if (!(entry instanceof Y.Map)) return "";
	const d = entry.get("d");
	return d instanceof Uint8Array ? d.join() : JSON.stringify(entry.toJSON());
}

function putText(doc: Y.Doc, { at, ops }: ClearedText): number {
	const text = textOf(doc);
	const words = text.toString();
	const own = ops.map(({ insert }) => (typeof insert === "string" ? insert : "")).join("");
	if (own.trim() !== "" && words.includes(own.trim())) return 0;
	const place = Y.decodeRelativePosition(bytesOf(at));
	const found = Y.createAbsolutePositionFromRelativePosition(place, doc);
	const index = beforeCharacter(words, Math.min(found?.index ?? text.length, text.length), text);
	const retained = index === 0 ? [] : [{ retain: index }];
	text.applyDelta([...retained, ...ops]);
	return ops.reduce((sum, { insert }) => sum + (typeof insert === "string" ? insert.length : 1), 0);
}

/** Never inside of a character. Where embeds stand, letters and indexes are not the same. */
function beforeCharacter(words: string, index: number, { length }: Y.Text): number {
	if (words.length !== length || index === 0) return index;
	const isInside =
		isHighSurrogate(words.charCodeAt(index - 1)) && isLowSurrogate(words.charCodeAt(index));
	return isInside ? index - 1 : index;
}

function bytesOf(base64: string): Uint8Array {
	return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}
