/** What is chosen: ids of items, whole groups, and the way from one item to the next. */
import type { ItemFrame } from "../../../shared/surfaces/item-outline.ts";
import { mayHaveWords } from "../../../shared/surfaces/words/letters.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Scene } from "../scene.ts";
import { frameAround } from "./stretch.ts";

/** What the bar must know of what is chosen. */
export interface ChosenSummary {
	readonly count: number;
	/** All of it. */
	readonly isLocked: boolean;
	/** All of it is one group. */
	readonly isGroup: boolean;
	/** It is one item, into which one may type. */
	readonly hasWords: boolean;
}

/** The items that somebody chose on one board. */
export class Chosen {
	readonly #scene: Scene;
	readonly #changed: () => void;
	#ids: ReadonlySet<number> = new Set();
	#framed: readonly SceneItem[] = [];
	#frame: ItemFrame | null = null;

	constructor(scene: Scene, changed: () => void) {
		this.#scene = scene;
		this.#changed = changed;
	}

	/** Ids of what is chosen. */
	get ids(): ReadonlySet<number> {
		return this.#ids;
	}

	/** What is chosen and still there. */
	get items(): SceneItem[] {
		return [...this.#ids].flatMap((id) => this.#scene.get(id) ?? []);
	}

	/** What of it may be changed. */
	get free(): SceneItem[] {
		return this.items.filter(({ item }) => !item.isLocked);
	}

	/** The doc's entries of what is chosen. */
	get values(): Set<unknown> {
		return this.#scene.valuesOf(this.#ids);
	}

	/** The doc's entries of what may be changed. */
	get freeValues(): Set<unknown> {
		return this.#scene.valuesOf(this.free.map(({ id }) => id));
	}

	/**
	 * The frame around what is chosen; null where nothing is. While nothing of it changes it is
	 * worked out once: it is drawn sixty times a second, and reads all points.
	 */
	get frame(): ItemFrame | null {
		const { items } = this;
		const isSame = (item: SceneItem, index: number) => item === this.#framed[index];
		if (items.length !== this.#framed.length || !items.every(isSame)) {
			this.#framed = items;
			this.#frame = frameAround(items);
		}
		return this.#frame;
	}

	/** What the bar must know of it. */
	get summary(): ChosenSummary {
		const { items } = this;
		const groups = new Set(items.map(({ item }) => item.group));
		const [only, ...more] = items;
		const isWritable = only !== undefined && !only.item.isLocked && mayHaveWords(only.item.kind);
		return {
			count: items.length,
			isLocked: items.every(({ item }) => item.isLocked),
			isGroup: groups.size === 1 && !groups.has(null),
			hasWords: isWritable && more.length === 0,
		};
	}

	/** Chooses these and no others. */
	set(ids: Iterable<number>): void {
		this.#ids = new Set(ids);
		this.#changed();
	}

	/** Adds these, or where they are chosen already takes them away. */
	toggle(ids: readonly number[]): void {
		const isIn = ids.every((id) => this.#ids.has(id));
		const rest = [...this.#ids].filter((id) => !ids.includes(id));
		this.set(isIn ? rest : [...rest, ...ids]);
	}

	/** Forgets what is no longer on the board. */
	refresh(): void {
		const left = [...this.#ids].filter((id) => this.#scene.get(id) !== null);
		if (left.length < this.#ids.size) this.set(left);
	}

	/** An item's whole group, or the item alone. */
	groupOf({ id, item }: SceneItem): number[] {
		return item.group === null ? [id] : this.withGroups([id]);
	}

	/** These, and whoever shares a group with one of them. */
	withGroups(ids: readonly number[]): number[] {
		const groups = new Set(ids.flatMap((id) => this.#scene.get(id)?.item.group ?? []));
		if (groups.size === 0) return [...ids];
		const mates = this.#scene
			.items()
			.filter(({ item }) => item.group !== null && groups.has(item.group));
		return [...new Set([...ids, ...mates.map(({ id }) => id)])];
	}

	/** The first item where one goes forward, the last one where one goes back. */
	end(step: 1 | -1): SceneItem | null {
		return this.#inOrder().at(step > 0 ? 0 : -1) ?? null;
	}

	/**
	 * The item after what is chosen, or before it, as one reads: by lines from above, in a line
	 * from the left. Null at the end; the first one where nothing is chosen.
	 */
	next(step: 1 | -1): SceneItem | null {
		const all = this.#inOrder();
		const places = all.flatMap(({ id }, index) => (this.#ids.has(id) ? [index] : []));
		const from = step > 0 ? places.at(-1) : places[0];
		if (from === undefined) return all[0] ?? null;
		return all[from + step] ?? null;
	}

	#inOrder(): SceneItem[] {
		const all = this.#scene.items();
		return all.sort((a, b) => a.box.minY - b.box.minY || a.box.minX - b.box.minX);
	}
}
