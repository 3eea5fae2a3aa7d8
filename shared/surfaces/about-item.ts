/**
 * Finds the item of the board that a message speaks of.
 *
 * The anchor has Yjs's name of the entry. What was erased and brought back has another one, and so
 * has what was imported: it is found by the bytes it was drawn with, which never change.
 */
import * as Y from "yjs";
import type { AboutItem, Anchor } from "./about.ts";
import { readItem } from "./board.ts";
import { strokesOf } from "./root.ts";

/** The anchor of a message about an entry of the board; null where it is no item. */
export function anchorAtItem(board: Y.Array<unknown>, entry: unknown): Anchor | null {
	const id = idOf(board, entry);
	const drawn = readItem(entry)?.parts[0];
	if (id === null || drawn === undefined) return null;
	const { client, clock } = id;
	return { item: { client, clock }, size: drawn.length, print: printOf(drawn) };
}

/** Finds items of the board as it is now; make a new one when it has changed. */
export class ItemFinder {
	readonly #doc: Y.Doc;
	/** Entries by the length of their bytes: made for the first item that is not there by name. */
	#bySize: ReadonlyMap<number, readonly Y.Map<unknown>[]> | null = null;

	constructor(doc: Y.Doc) {
		this.#doc = doc;
	}

	/** The entry of an item; null where it is not on the board. */
	find(about: AboutItem): unknown {
		return entryNamed(this.#doc, about) ?? this.#drawnLike(about);
	}

	#drawnLike({ size, print }: AboutItem): unknown {
		this.#bySize ??= groupBySize(strokesOf(this.#doc));
		const alike = this.#bySize.get(size) ?? [];
		return alike.find((entry) => printOf(drawnOf(entry)) === print) ?? null;
	}
}

/** FNV-1a, 32 bits: it tells strokes apart, and guards nothing. */
function printOf(bytes: Uint8Array): number {
	let hash = 0x811c9dc5;
	for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
	return hash;
}

/** Yjs's name of an entry; null for what is not on the board. */
export function idOf(board: Y.Array<unknown>, entry: unknown): Y.ID | null {
	if (entry instanceof Y.Map) return entry._item?.id ?? null;
	const index = board.toArray().indexOf(entry);
	return index < 0 ? null : Y.createRelativePositionFromTypeIndex(board, index).item;
}

/** A stranger's anchor may name anything that is in the doc, or that is not. */
function entryNamed(doc: Y.Doc, { client, clock }: AboutItem): unknown {
	if (clock >= Y.getState(doc.store, client)) return null;
	const item = Y.getItem(doc.store, Y.createID(client, clock));
	if (!(item instanceof Y.Item) || item.deleted || item.parent !== strokesOf(doc)) return null;
	return item.content.getContent()[clock - item.id.clock] ?? null;
}

function groupBySize(board: Y.Array<unknown>): Map<number, Y.Map<unknown>[]> {
	const groups = new Map<number, Y.Map<unknown>[]>();
	for (const entry of board.toArray()) {
		if (!(entry instanceof Y.Map)) continue;
		const { length } = drawnOf(entry);
		const group = groups.get(length);
		if (group === undefined) groups.set(length, [entry]);
		else group.push(entry);
	}
	return groups;
}

function drawnOf(entry: Y.Map<unknown>): Uint8Array {
	const drawn = entry.get("d");
	return drawn instanceof Uint8Array ? drawn : new Uint8Array();
}
