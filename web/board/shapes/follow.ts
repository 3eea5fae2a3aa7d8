/** Lines and arrows that stay on what they point at: which ones follow what, and where they are. */
import * as Y from "yjs";
import {
	type Ends,
	encodeEnd,
	nameOf,
	nameText,
	readEnds,
	type Target,
} from "../../../shared/surfaces/arrange/ends.ts";
import {
	hasEnds,
	joinedItem,
	type Pointed,
	pointedAs,
	settledEnds,
	Targets,
} from "../../../shared/surfaces/arrange/joins.ts";
import { eraseTwins, mayBeTwin, twinsIn } from "../../../shared/surfaces/arrange/twins.ts";
import type { BoardItem } from "../../../shared/surfaces/board.ts";
import { frameOutline } from "../../../shared/surfaces/item-outline.ts";
import { frameAround } from "../choose/stretch.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { Scene } from "../scene.ts";
import type { Joiner } from "./measures.ts";

/** What a line follows: entries that are there, and names of those that are not. */
interface Followed {
	readonly entries: readonly unknown[];
	readonly names: readonly string[];
}

/** Follows for one board. */
export class Follower implements Joiner {
	readonly #board: Y.Array<unknown>;
	readonly #scene: Scene;
	#targets: Targets;
	readonly #followed = new Map<unknown, Followed>();
	/** Lines by what they follow, and by the names of what is not there. */
	readonly #byEntry = new Map<unknown, Set<unknown>>();
	readonly #byName = new Map<unknown, Set<unknown>>();
	/** What is there twice and not seen; null before anybody looked. */
	#twins: ReadonlyMap<unknown, unknown> | null = null;

	constructor(board: Y.Array<unknown>, scene: Scene) {
		this.#board = board;
		this.#scene = scene;
		this.#targets = new Targets(board);
	}

	join(item: BoardItem, value: unknown): Pick<SceneItem, "item" | "joins"> | null {
		if (this.#twins?.has(value)) return null;
		if (!hasEnds(item.kind)) return { item };
		const ends = readEnds(value);
		this.#follow(value, ends);
		if (ends === null) return { item };
		const [from, to] = ends.map((end) => this.#sceneOf(end?.target ?? null)?.id ?? null);
		return {
			item: joinedItem(item, ends, this.#pointed),
			joins: [from ?? null, to ?? null],
		};
	}

	followersOf(values: Iterable<unknown>): Set<unknown> {
		const all = [...values];
		return new Set([...this.#linesOf(all), ...this.#turnedTwins(all)]);
	}

	settle(values: ReadonlySet<unknown>): void {
		eraseTwins(this.#board, values);
		for (const line of this.#linesOf(values)) {
			if (values.has(line) || !(line instanceof Y.Map)) continue;
			for (const [key, end] of settledEnds(line, this.#pointed)) {
				const isLost = end.target !== null && values.has(this.#targets.find(end.target));
				if (isLost) line.set(key, encodeEnd(end));
			}
		}
	}

	#linesOf(values: Iterable<unknown>): Set<unknown> {
		this.#targets = new Targets(this.#board);
		const lines = new Set<unknown>();
		if (this.#followed.size === 0) return lines;
		for (const value of values) {
			for (const line of this.#followersOf(value)) {
				if (isThere(line)) lines.add(line);
				else this.#follow(line, null);
			}
		}
		return lines;
	}

	/** What comes to light, or is not seen any more. */
	#turnedTwins(values: readonly unknown[]): Set<unknown> {
		const before = this.#twins ?? new Map<unknown, unknown>();
		const isSame = this.#twins !== null && !values.some(mayBeTwin);
		this.#twins = isSame ? before : twinsIn(this.#board);
		const all = isSame ? [] : [...before.keys(), ...this.#twins.keys()];
		return new Set(all.filter((value) => before.has(value) !== this.#twins?.has(value)));
	}

	/** By an entry itself, and by both of its names: it may have come back. */
	#followersOf(value: unknown): unknown[] {
		const lines = [...(this.#byEntry.get(value) ?? [])];
		if (this.#byName.size === 0 || !(value instanceof Y.Map)) return lines;
		const names = [nameOf(value), value._item?.id ?? null];
		const waiting = names.map((name) => name && this.#byName.get(nameText(name)));
		return lines.concat(...waiting.map((some) => [...(some || [])]));
	}

	readonly #pointed = (target: Target): Pointed | null => {
		const scene = this.#sceneOf(target);
		return scene === null ? null : pointedScene(scene);
	};

	#sceneOf(target: Target | null): SceneItem | null {
		const entry = target === null ? null : this.#targets.find(target);
		const scene = entry === null ? null : this.#scene.itemOf(entry);
		return scene === null || hasEnds(scene.item.kind) ? null : scene;
	}

	#follow(line: unknown, ends: Ends | null): void {
		const before = this.#followed.get(line);
		for (const entry of before?.entries ?? []) drop(this.#byEntry, entry, line);
		for (const name of before?.names ?? []) drop(this.#byName, name, line);
		this.#followed.delete(line);
		const entries: unknown[] = [];
		const names: string[] = [];
		for (const end of ends ?? []) {
			if (!end?.target) continue;
			const entry = this.#targets.find(end.target);
			if (entry === null) names.push(nameText(end.target));
			else entries.push(entry);
		}
		if (entries.length + names.length === 0) return;
		this.#followed.set(line, { entries, names });
		for (const entry of entries) add(this.#byEntry, entry, line);
		for (const name of names) add(this.#byName, name, line);
	}
}

function isThere(line: unknown): boolean {
	return line instanceof Y.Map && line._item?.deleted === false;
}

/** How an item lies that is pointed at: words take the room of their letters. */
export function pointedScene(scene: SceneItem): Pointed | null {
	const isWords = scene.words !== undefined && !scene.words.isInside;
	const frame = isWords ? frameAround([scene]) : null;
	return frame === null ? pointedAs(scene.item) : { frame, outline: frameOutline(frame), air: 0 };
}

function add(map: Map<unknown, Set<unknown>>, key: unknown, line: unknown): void {
	const lines = map.get(key);
	if (lines === undefined) map.set(key, new Set([line]));
	else lines.add(line);
}

function drop(map: Map<unknown, Set<unknown>>, key: unknown, line: unknown): void {
	const lines = map.get(key);
	lines?.delete(line);
	if (lines?.size === 0) map.delete(key);
}
