/**
 * Entries of the board that are one item. What was erased and is brought back by undo is a new
 * entry for Yjs: two who erase an item at once and both take that back put it down twice. So do two
 * who are the first to change a stranger's plain entry. People see the lowest of them alone, and
 * nobody writes anything for that. Which are the same is in the doc already:
 *
 * - Yjs puts what undo brings back directly before what was erased, and names that in the
 *   `rightOrigin` of the new entry for good (`redoItem` in yjs/src/structs/Item.js);
 * - what was made of a plain entry stands before that, too, and has its name under `n` (ends.ts).
 *
 * They must be drawn alike, too: a stranger's editor may put a new item where one was erased.
 */
import * as Y from "yjs";
import { readItem } from "../board.ts";
import { nameText, readName } from "./ends.ts";

/** An entry may have been erased and brought back so often. */
const erasedMax = 1_000;
/** Entries of one name that are drawn differently: only strangers make any. */
const unlikeMax = 8;

/**
 * Entries that are not seen, each with the one that is seen in its place.
 *
 * @param entries of one board, in their order
 */
export function twinsIn(entries: Iterable<unknown>): Map<unknown, Y.Map<unknown>> {
	const seen = new Map<string, Y.Map<unknown>[]>();
	const twins = new Map<unknown, Y.Map<unknown>>();
	for (const entry of entries) {
		if (!mayBeTwin(entry)) continue;
		const names = namesOf(entry);
		const first = names
			.flatMap((name) => seen.get(name) ?? [])
			.find((other) => isDrawnLike(other, entry));
		if (first !== undefined) twins.set(entry, first);
		for (const name of names) {
			const alike = seen.get(name);
			if (alike === undefined) seen.set(name, [first ?? entry]);
			else if (alike.length < unlikeMax) alike.push(first ?? entry);
		}
	}
	return twins;
}

/** False for most entries, and quick: a board may have fifty thousand. */
export function mayBeTwin(entry: unknown): entry is Y.Map<unknown> {
	return entry instanceof Y.Map && (entry._item?.rightOrigin ?? null) !== null;
}

/** The entries that people see, in the order of the array. */
export function seenEntries(board: Y.Array<unknown>): unknown[] {
	const entries = board.toArray();
	const twins = twinsIn(entries);
	return twins.size === 0 ? entries : entries.filter((entry) => !twins.has(entry));
}

/**
 * Takes away what is not seen of these entries: they will go, and nothing may come to light in
 * their place. Call it inside `doc.transact`.
 */
export function eraseTwins(board: Y.Array<unknown>, entries: ReadonlySet<unknown>): void {
	const all = board.toArray();
	const twins = twinsIn(all);
	for (let index = all.length - 1; twins.size > 0 && index >= 0; index--) {
		const seen = twins.get(all[index]);
		if (seen !== undefined && entries.has(seen) && seen.get("lock") !== true) board.delete(index);
	}
}

/** What an entry was before; nothing for one that was never anything else. */
function namesOf(entry: Y.Map<unknown>): string[] {
	const names = [erasedOf(entry), readName(entry.get("n"))];
	return names.flatMap((name) => (name === null ? [] : nameText(name)));
}

/** The first that was erased of those that were brought back as this entry; null where none was. */
function erasedOf({ _item, doc }: Y.Map<unknown>): Y.ID | null {
	let name: Y.ID | null = null;
	let item = _item;
	for (let count = 0; item?.rightOrigin && doc !== null && count < erasedMax; count++) {
		const { rightOrigin, parent } = item;
		const next: Y.Item | Y.GC = Y.getItem(doc.store, rightOrigin);
		if (!(next instanceof Y.Item) || !next.deleted || next.parent !== parent) break;
		name = rightOrigin;
		item = next;
	}
	return name;
}

function isDrawnLike(a: unknown, b: unknown): boolean {
	const [drawn, other] = [a, b].map((entry) => readItem(entry)?.parts[0]);
	if (drawn === undefined || drawn.length !== other?.length) return false;
	return drawn.every((byte, index) => byte === other[index]);
}
