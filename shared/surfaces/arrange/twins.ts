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
 * A plain entry that is brought back is found by its struct: several of them may stand in one, and
 * their names count on from it. Items of ours are seen before plain ones.
 *
 * They must be drawn alike, too: a stranger's editor may put a new item where one was erased.
 */
import * as Y from "yjs";
import { getterOf, readItem } from "../board.ts";
import { nameText, readName } from "./ends.ts";

/** An entry may have been erased and brought back so often. */
const erasedMax = 1_000;
/** Entries of one name that are drawn differently: only strangers make any. */
const unlikeMax = 8;

/** Entries that are not seen, each with the one that is seen in its place. */
export function twinsIn(board: Y.Array<unknown>): Map<unknown, unknown> {
	const seen = new Map<string, unknown[]>();
	const twins = new Map<unknown, unknown>();
	for (const { entry, names } of namedIn(board)) {
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
export function mayBeTwin(entry: unknown): boolean {
	if (!(entry instanceof Y.Map)) return typeof entry === "object" && entry !== null;
	return (entry._item?.rightOrigin ?? null) !== null;
}

/** The entries that people see, in the order of the array. */
export function seenEntries(board: Y.Array<unknown>): unknown[] {
	const entries = board.toArray();
	const twins = twinsIn(board);
	return twins.size === 0 ? entries : entries.filter((entry) => !twins.has(entry));
}

/**
 * Takes away what is not seen of these entries: they will go, and nothing may come to light in
 * their place. Call it inside `doc.transact`.
 */
export function eraseTwins(board: Y.Array<unknown>, entries: ReadonlySet<unknown>): void {
	const all = board.toArray();
	const twins = twinsIn(board);
	for (let index = all.length - 1; twins.size > 0 && index >= 0; index--) {
		const seen = twins.get(all[index]);
		const isErased = seen !== undefined && entries.has(seen);
		if (isErased && getterOf(seen)?.("lock") !== true) board.delete(index);
	}
}

/** An entry, and what it was before: no name for one that was never anything else. */
interface Named {
	readonly entry: unknown;
	readonly names: readonly string[];
}

/** Entries that may be twins: items of ours from the lowest on, then plain ones. */
function namedIn(board: Y.Array<unknown>): Named[] {
	const [ours, plain]: [Named[], Named[]] = [[], []];
	for (let item = board._start; item !== null; item = item.right) {
		if (item.deleted || item.rightOrigin === null) continue;
		for (const [index, entry] of item.content.getContent().entries()) {
			if (!mayBeTwin(entry)) continue;
			const names = namesOf(entry, item, index);
			(entry instanceof Y.Map ? ours : plain).push({ entry, names });
		}
	}
	return [...ours, ...plain];
}

function namesOf(entry: unknown, item: Y.Item, index: number): string[] {
	const isOurs = entry instanceof Y.Map;
	const names = [erasedOf(item, index, isOurs), isOurs ? readName(entry.get("n")) : null];
	return names.flatMap((name) => (name === null ? [] : nameText(name)));
}

/**
 * The first that was erased of those that were brought back as one element of a struct; null where
 * none was.
 */
function erasedOf(item: Y.Item, index: number, isOurs: boolean): Y.ID | null {
	const { parent } = item;
	const store = parent instanceof Y.AbstractType ? parent.doc?.store : undefined;
	let name: Y.ID | null = null;
	let held = item;
	let clock = item.id.clock + index;
	for (let count = 0; held.rightOrigin && store !== undefined && count < erasedMax; count++) {
		const { client, clock: first } = held.rightOrigin;
		const id = Y.createID(client, isOurs ? first : first + clock - clockOfRun(store, held));
		const next = id.clock < Y.getState(store, client) ? Y.getItem(store, id) : null;
		if (!(next instanceof Y.Item) || !next.deleted || next.parent !== parent) break;
		if (clockOfRun(store, next, first) > first) break; // Something else that was erased there.
		name = id;
		held = next;
		clock = id.clock;
	}
	return name;
}

/**
 * Where plain entries begin that came as one struct, of which this one is a part or all; looked for
 * as far as to some clock.
 */
function clockOfRun(store: Y.Doc["store"], item: Y.Item, least = 0): number {
	let start = item;
	for (let count = 0; count < erasedMax && start.id.clock > least; count++) {
		const { origin, rightOrigin, id } = start;
		if (origin?.client !== id.client || origin.clock !== id.clock - 1) break;
		const before: Y.Item | Y.GC = Y.getItem(store, origin);
		if (!(before instanceof Y.Item) || !Y.compareIDs(before.rightOrigin, rightOrigin)) break;
		start = before;
	}
	return start.id.clock;
}

function isDrawnLike(a: unknown, b: unknown): boolean {
	const [drawn, other] = [a, b].map((entry) => readItem(entry)?.parts[0]);
	if (drawn === undefined || drawn.length !== other?.length) return false;
	return drawn.every((byte, index) => byte === other[index]);
}
