/** The items of the doc as the board needs them: found by place, numbered, told when changed. */
import type * as Y from "yjs";
import { headLength, plainBounds } from "../../shared/surfaces/arrange/item-points.ts";
import { type BoardItem, hasGaps, readItem } from "../../shared/surfaces/board.ts";
import type { Bounds } from "../../shared/surfaces/stroke-codec.ts";
import { isWordsKind } from "../../shared/surfaces/words/letters.ts";
import { contains, grow, overlaps, union } from "./camera.ts";
import { curveBulge } from "./paint/dense-line.ts";
import type { SceneItem } from "./paint/scene-item.ts";
import type { Measures } from "./shapes/measures.ts";
import type { WordsLayout } from "./words/layout.ts";

/** What changed on the board in one transaction. */
export interface SceneChange {
	/** New, or looking different. */
	readonly put: readonly SceneItem[];
	/** Ids of what is gone. */
	readonly removed: readonly number[];
	/** What looks different now; a few boxes, however many items. */
	readonly areas: readonly Bounds[];
}

/** An entry of the doc, drawable or not. */
interface Entry {
	readonly id: number;
	readonly value: unknown;
	order: number;
	scene: SceneItem | null;
}

/** A change while it is put together. */
interface Draft {
	readonly put: SceneItem[];
	readonly removed: number[];
	readonly areas: Bounds[];
}

/** Lays out an item's letters; null where it has none. */
export type LayWords = (item: BoardItem) => WordsLayout | null;

/** True for an item that was sized, turned, or laid above others, or of which parts were erased. */
export function isArranged({ item }: SceneItem): boolean {
	return item.pose !== null || item.lift !== null || hasGaps(item);
}

/** More boxes than that become one around them all. */
const areasMax = 100;
/** So many are appended at once without a look at all others. */
const appendedMax = 64;
/** Orders that lie closer than that are numbered anew. */
const orderGapMin = 1e-6;

/** Follows `strokes` of a doc. `close()` it when the board goes. */
export class Scene {
	readonly #board: Y.Array<unknown>;
	readonly #onChange: (change: SceneChange) => void;
	readonly #byId = new Map<number, Entry>();
	readonly #byValue = new Map<unknown, Entry>();
	/** Those that were laid above or below others. */
	readonly #lifted = new Set<Entry>();
	#entries: Entry[] = [];
	#lay: LayWords = () => null;
	#lastId = 0;
	/** True where orders lie so close that none fits between. */
	#isTight = false;
	#measures: Measures = { boundsOf: plainBounds, placeOf: () => null, joiner: null };
	/** True where something was brought back, or made of a stranger's: to tell takes a joiner. */
	mayHaveTwins = false;

	constructor(board: Y.Array<unknown>, onChange: (change: SceneChange) => void) {
		this.#board = board;
		this.#onChange = onChange;
		this.#entries = board.toArray().map((value, index) => this.#enter(value, index));
		for (const entry of this.#lifted) entry.scene = this.#read(entry);
		board.observeDeep(this.#onEvents);
	}

	/** Everything that can be drawn, in no particular order of height. */
	items(): SceneItem[] {
		return this.#entries.flatMap(({ scene }) => (scene === null ? [] : [scene]));
	}

	/** True where there is nothing to see. */
	get isEmpty(): boolean {
		return !this.#entries.some((entry) => entry.scene !== null);
	}

	/** An item by its id; null where it is gone. */
	get(id: number): SceneItem | null {
		return this.#byId.get(id)?.scene ?? null;
	}

	/** The doc's entries of some items, for edits. */
	valuesOf(ids: Iterable<number>): Set<unknown> {
		const values = new Set<unknown>();
		for (const id of ids) {
			const entry = this.#byId.get(id);
			if (entry !== undefined) values.add(entry.value);
		}
		return values;
	}

	/** The item of an entry of the doc. */
	itemOf(value: unknown): SceneItem | null {
		return this.#byValue.get(value)?.scene ?? null;
	}

	/** Everything that can be drawn with its entry of the doc, newest first. */
	*newest(): Generator<{ readonly value: unknown; readonly scene: SceneItem }> {
		for (let index = this.#entries.length - 1; index >= 0; index--) {
			const entry = this.#entries[index];
			if (entry?.scene) yield { value: entry.value, scene: entry.scene };
		}
	}

	/** The box around everything; null for an empty board. */
	bounds(): Bounds | null {
		let all: Bounds | null = null;
		for (const { scene } of this.#entries) {
			if (scene === null || (all !== null && contains(all, scene.box))) continue;
			all = all === null ? scene.box : union(all, scene.box);
		}
		return all;
	}

	/** All items that lie in a box as a whole. */
	inside(box: Bounds): SceneItem[] {
		return this.near(box).filter((scene) => contains(box, scene.box));
	}

	/**
	 * All items whose boxes touch one, in no order. One comparison an item: 0.2 ms for 50,000, so the
	 * page needs no tree.
	 */
	near(box: Bounds): SceneItem[] {
		const near: SceneItem[] = [];
		for (const { scene } of this.#entries) {
			if (scene !== null && overlaps(scene.box, box)) near.push(scene);
		}
		return near;
	}

	/** From now on words take the room of their letters. */
	layWords(lay: LayWords): void {
		this.#lay = lay;
		const words = this.#entries.filter(({ scene }) => (scene?.item.text ?? null) !== null);
		this.#tell([], new Set(), new Set(words));
	}

	/** How an item's words would lie; null where it has none, or nobody knows yet. */
	get lay(): LayWords {
		return this.#lay;
	}

	/** What stands there as it will be seen: words have other lines where they are wider. */
	laid(scene: SceneItem): SceneItem {
		const words = this.#lay(scene.item);
		if (words === null) return scene;
		return { ...scene, box: words.isInside ? union(scene.box, words.box) : words.box, words };
	}

	/** Gives what it takes for items that were sized, turned, laid above others, or joined. */
	measure(measures: Measures): void {
		this.#measures = measures;
		const measured = this.#entries.filter(({ scene }) => {
			return scene && (isArranged(scene) || isLine(scene.item));
		});
		this.#tell([], new Set(), new Set(measured));
	}

	/** Entries will go, their twins too; what points at them stays. Call it in that transaction. */
	settle(values: ReadonlySet<unknown>): void {
		this.#measures.joiner?.settle(values);
	}

	/** Stops following the doc. Safe to call twice. */
	close(): void {
		this.#board.unobserveDeep(this.#onEvents);
	}

	readonly #onEvents = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
		const gone: Entry[] = [];
		const fresh = new Set<Entry>();
		const changed = new Set<Entry>();
		for (const event of events) {
			if (event.target !== this.#board) this.#markChanged(event.target, changed);
			else if (!this.#append(event.transaction, fresh)) this.#compare(gone, fresh);
		}
		if (gone.length > 0 || fresh.size > 0) this.#layAgain(changed);
		this.#tell(gone, fresh, changed);
		if (this.#isTight) this.#numberAnew();
	};

	#markChanged(target: Y.AbstractType<unknown>, changed: Set<Entry>): void {
		let type: Y.AbstractType<unknown> | null = target;
		while (type !== null && type.parent !== this.#board) {
			type = type.parent as Y.AbstractType<unknown> | null;
		}
		const entry = this.#byValue.get(type);
		if (entry !== undefined) changed.add(entry);
	}

	#tell(gone: readonly Entry[], fresh: ReadonlySet<Entry>, changed: ReadonlySet<Entry>): void {
		const draft: Draft = { put: [], removed: [], areas: [] };
		const isThere = ({ id }: Entry) => this.#byId.has(id);
		for (const entry of gone) this.#leave(entry.scene, draft);
		const followers = this.#followersOf([gone, fresh, changed]);
		// What is followed is read before what follows it.
		for (const entry of [...changed].filter((one) => !followers.has(one)).concat(...followers)) {
			if (!isThere(entry)) continue;
			if (fresh.has(entry)) entry.scene = this.#read(entry);
			else this.#readAgain(entry, draft);
		}
		for (const { scene } of [...fresh].filter(isThere)) {
			if (scene !== null) draft.put.push(scene);
		}
		for (const { box } of draft.put) draft.areas.push(box);
		if (draft.areas.length > 0) this.#onChange({ ...draft, areas: fewer(draft.areas) });
	}

	#followersOf(all: readonly Iterable<Entry>[]): Set<Entry> {
		const { joiner } = this.#measures;
		const values = joiner?.followersOf(all.flatMap((some) => [...some].map(({ value }) => value)));
		return new Set([...(values ?? [])].flatMap((value) => this.#byValue.get(value) ?? []));
	}

	#leave(scene: SceneItem | null, draft: Draft): void {
		if (scene === null) return;
		draft.removed.push(scene.id);
		draft.areas.push(scene.box);
	}

	#readAgain(entry: Entry, draft: Draft): void {
		if (entry.scene !== null) draft.areas.push(entry.scene.box);
		entry.scene = this.#read(entry);
		if (entry.scene === null) draft.removed.push(entry.id);
		else draft.put.push(entry.scene);
	}

	/**
	 * Follows a change that did nothing but append a few things, as a pen that is lifted does.
	 * False for any other: where nothing was deleted, and so many new things stand at the end as the
	 * array is longer, there are no others.
	 */
	#append({ deleteSet }: Y.Transaction, fresh: Set<Entry>): boolean {
		const from = this.#entries.length;
		const moreCount = this.#board.length - from;
		if (moreCount > appendedMax || deleteSet.clients.size > 0) return false;
		const values = Array.from({ length: moreCount }, (_, at) => this.#board.get(from + at));
		if (!values.every((value) => isObject(value) && !this.#byValue.has(value))) return false;
		for (const entry of this.#enterAll(values, undefined)) {
			this.#entries.push(entry);
			fresh.add(entry);
		}
		return true;
	}

	/**
	 * Follows a change of the array by comparing: what is new stays in `fresh`, what went goes to
	 * `gone`. Yjs's own list of changes copies what was inserted once more for every entry (18 s for
	 * a board of 50,000 strokes).
	 */
	#compare(gone: Entry[], fresh: Set<Entry>): void {
		const values = this.#board.toArray();
		const before = this.#entries;
		const same = (a: number, b: number) => before[a]?.value === values[b];
		let start = 0;
		while (start < Math.min(before.length, values.length) && same(start, start)) start++;
		let end = 0;
		const endMax = Math.min(before.length, values.length) - start;
		while (end < endMax && same(before.length - 1 - end, values.length - 1 - end)) end++;
		const kept = new Set(values.slice(start, values.length - end).filter(isObject));
		for (const entry of before.slice(start, before.length - end)) {
			if (kept.has(entry.value)) continue;
			this.#byId.delete(entry.id);
			this.#byValue.delete(entry.value);
			this.#lifted.delete(entry);
			gone.push(entry);
		}
		this.#entries = before.slice(0, start);
		const after = before.slice(before.length - end);
		this.#enterRuns(values.slice(start, values.length - end), after[0]?.order, fresh);
		for (const entry of after) this.#entries.push(entry);
	}

	/** Appends entries for values, of which some are known: runs of new ones lie between those. */
	#enterRuns(values: readonly unknown[], last: number | undefined, fresh: Set<Entry>): void {
		let run: unknown[] = [];
		const flush = (next: number | undefined) => {
			for (const entry of this.#enterAll(run, next)) {
				this.#entries.push(entry);
				fresh.add(entry);
			}
			run = [];
		};
		for (const value of values) {
			const known = isObject(value) ? this.#byValue.get(value) : undefined;
			if (known === undefined) {
				run.push(value);
				continue;
			}
			flush(known.order);
			this.#entries.push(known);
		}
		flush(last);
	}

	/** Makes entries that stand between the last one so far and one of the order `after`. */
	#enterAll(values: readonly unknown[], after: number | undefined): Entry[] {
		const before = this.#entries.at(-1)?.order ?? (after ?? 0) - values.length - 1;
		const step = after === undefined ? 1 : (after - before) / (values.length + 1);
		this.#isTight ||= step < orderGapMin;
		return values.map((value, at) => this.#enter(value, before + step * (at + 1)));
	}

	/** So many insertions at one spot that numbers between ran out: rare, and dear. */
	#numberAnew(): void {
		this.#isTight = false;
		for (const [index, entry] of this.#entries.entries()) {
			entry.order = index;
			if (entry.scene !== null) entry.scene = { ...entry.scene, order: index };
		}
		for (const entry of this.#lifted) entry.scene = this.#read(entry);
		this.#onChange({ put: this.items(), removed: [], areas: [] });
	}

	#enter(value: unknown, order: number): Entry {
		this.#lastId++;
		const entry: Entry = { id: this.#lastId, value, order, scene: null };
		const struct = (value as Y.Map<unknown> | null)?._item;
		this.mayHaveTwins ||= struct ? struct.rightOrigin !== null : isObject(value);
		entry.scene = this.#read(entry);
		this.#byId.set(entry.id, entry);
		this.#byValue.set(value, entry);
		return entry;
	}

	/** What lies at another item lies elsewhere when that came or went. */
	#layAgain(changed: Set<Entry>): void {
		for (const entry of this.#lifted) {
			const { scene } = entry;
			if (scene === null) continue;
			const { order, lifted } = this.#layOf(entry, scene.item);
			if (order !== scene.order || lifted?.[0] !== scene.lifted?.[0]) changed.add(entry);
			entry.scene = { ...scene, order, lifted };
		}
	}

	#layOf({ order }: Entry, { lift }: BoardItem): Pick<SceneItem, "order" | "lifted"> {
		const place = lift === null ? null : this.#measures.placeOf(this.#board, lift);
		if (lift === null || place === null) return { order, lifted: null };
		const at = this.#byValue.get(place.value)?.order ?? Number.NEGATIVE_INFINITY;
		return { order: at, lifted: [place.goneCount, lift[2], order] };
	}

	#read(entry: Entry): SceneItem | null {
		const item = readItem(entry.value);
		if (item?.lift) this.#lifted.add(entry);
		else this.#lifted.delete(entry);
		if (item === null) return null;
		try {
			const { joiner } = this.#measures;
			const seen = joiner === null ? { item } : joiner.join(item, entry.value);
			if (seen === null) return null;
			const bounds = this.#measures.boundsOf(seen.item);
			if (bounds === null) return null;
			const box = grow(bounds, airOf(item));
			return this.laid({ id: entry.id, ...this.#layOf(entry, item), ...seen, box });
		} catch {
			return null; // Damaged behind its head: kept in the doc, not drawn.
		}
	}
}

/** How far a line may leave the box of its points, in units. */
export function airOf({ kind, width }: BoardItem): number {
	if (kind === "photo" || isWordsKind(kind)) return 0;
	return width + (kind === "arrow" ? headLength(width) : curveBulge);
}

function isLine({ kind }: BoardItem): boolean {
	return kind === "line" || kind === "arrow";
}

function isObject(value: unknown): boolean {
	return typeof value === "object" && value !== null;
}

function fewer(areas: readonly Bounds[]): Bounds[] {
	if (areas.length <= areasMax) return [...areas];
	return [areas.reduce(union)];
}
