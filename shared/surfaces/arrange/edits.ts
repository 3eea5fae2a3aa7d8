/**
 * What is done to items that are there: each edit changes keys of the items it is about and takes
 * nothing out of the array, so that people who do different things to one item all get them, and of
 * those who do the same the last one wins. Call them inside `doc.transact`.
 *
 * What is locked is left as it is. Another client's plain entry cannot change: it becomes an item
 * of ours in its place, under the name it had (twins.ts).
 */
import * as Y from "yjs";
import type { PhotoId } from "../../ids.ts";
import { type BoardItem, getterOf, isPenKind, lineWidths, readItem } from "../board.ts";
import { type ItemLook, lookKeys, plainLook } from "../item-look.ts";
import { type Bounds, encodeOffset, encodeStroke } from "../stroke-codec.ts";
import { encodeEnd } from "./ends.ts";
import { encodeGaps, type Gaps, gapKeyOf, joinGaps, readGaps } from "./gaps.ts";
import type { Lift } from "./heights.ts";
import { renameEnds, settledEnds, Targets } from "./joins.ts";
import { encodePose, type Pose } from "./pose.ts";

/** Colour and width by index, and the rest by its name. */
export interface ItemStyle extends ItemLook {
	readonly color: number;
	readonly width: number;
}

/** Where an item is, and how it lies there; null as it was drawn. */
export interface Stand {
	readonly x: number;
	readonly y: number;
	readonly pose: Pose | null;
}

/** Puts a photo of the room on the board. @throws WeftError `bad_item` */
export function addPhoto(board: Y.Array<unknown>, photo: PhotoId, box: Bounds): Y.Map<unknown> {
	const d = encodeStroke({
		kind: "photo",
		color: 0,
		width: 0,
		points: Float64Array.of(box.minX, box.minY, box.maxX, box.maxY),
		pressures: null,
		times: null,
	});
	const item = new Y.Map<unknown>([
		["d", d],
		["photo", photo],
	]);
	board.push([item]);
	return item;
}

/** Moves items by so many units. @throws WeftError `bad_item` where one would leave the board */
export function moveItems(
	board: Y.Array<unknown>,
	entries: ReadonlySet<unknown>,
	by: { readonly x: number; readonly y: number },
): void {
	for (const [map, item] of changeable(board, entries)) {
		setOffset(map, encodeOffset(item.x + by.x, item.y + by.y));
	}
}

/** Puts items where they are told. @throws WeftError `bad_item` where one would leave the board */
export function standItems(board: Y.Array<unknown>, stands: ReadonlyMap<unknown, Stand>): void {
	for (const [map, item, entry] of changeable(board, new Set(stands.keys()))) {
		const stand = stands.get(entry) ?? item;
		if (stand.x !== item.x || stand.y !== item.y) setOffset(map, encodeOffset(stand.x, stand.y));
		setOrDrop(map, "s", stand.pose === null ? null : encodePose(stand.pose));
	}
}

/** Changes how items look. */
export function restyleItems(
	board: Y.Array<unknown>,
	entries: ReadonlySet<unknown>,
	style: Partial<ItemStyle>,
): void {
	for (const [map] of changeable(board, entries)) {
		if (style.color !== undefined) map.set("c", style.color);
		if (style.width !== undefined) map.set("w", style.width);
		for (const key of ["fill", "dash", "opacity"] as const) {
			if (style[key] === undefined) continue;
			const [only] = lookKeys({ ...plainLook, [key]: style[key] });
			setOrDrop(map, lookNames[key], only?.[1] ?? null);
		}
	}
}

const lookNames = { fill: "f", dash: "l", opacity: "o" } as const;

/** Lays items above or below others. */
export function liftItems(board: Y.Array<unknown>, lifts: ReadonlyMap<unknown, Lift>): void {
	for (const [map, , entry] of changeable(board, new Set(lifts.keys()))) {
		const lift = lifts.get(entry);
		if (lift !== undefined) map.set("z", [...lift]);
	}
}

/** Makes items one group, or none by null. */
export function groupItems(
	board: Y.Array<unknown>,
	entries: ReadonlySet<unknown>,
	group: string | null,
): void {
	for (const [map] of changeable(board, entries)) setOrDrop(map, "g", group);
}

/** Locks items, or unlocks them. */
export function lockItems(
	board: Y.Array<unknown>,
	entries: ReadonlySet<unknown>,
	isLocked: boolean,
): void {
	for (const [map] of writable(board, entries)) setOrDrop(map, "lock", isLocked ? true : null);
}

/**
 * Puts copies on top of all others, moved by so many units; a copy is not locked, and is whoever
 * made it's. Groups of copies have the names that `groupOf` gives; arrows between copies stay on
 * those, and what else they pointed at they do not.
 *
 * @returns the new entries, in the order of the old ones
 */
export function copyItems(
	board: Y.Array<unknown>,
	entries: ReadonlySet<unknown>,
	how: {
		readonly by: { readonly x: number; readonly y: number };
		readonly groupOf: (group: string) => string;
	},
): Y.Map<unknown>[] {
	const targets = new Targets(board);
	const copies = [...entries].flatMap((entry) => {
		const item = readItem(entry);
		if (item === null) return [];
		const copy = new Y.Map<unknown>(keysOf(entry, item));
		for (const [key, end] of settledEnds(entry, targets.pointed)) {
			copy.set(key, encodeEnd(end));
		}
		copy.set("x", encodeOffset(item.x + how.by.x, item.y + how.by.y));
		if (item.group !== null) copy.set("g", how.groupOf(item.group));
		return [copy];
	});
	board.push(copies);
	renameEnds(copies);
	return copies;
}

/** What a copy does not take over: it is another item, by somebody else, at another place. */
const notCopied: readonly string[] = ["x", "y", "z", "g", "by", "at", "id", "lock"];

function keysOf(entry: unknown, item: BoardItem): [key: string, value: unknown][] {
	if (!(entry instanceof Y.Map)) return foreignKeys(item);
	return [...entry.entries()].flatMap(([key, value]: [string, unknown]) => {
		if (notCopied.includes(key)) return [];
		return [[key, value instanceof Y.AbstractType ? value.clone() : value]];
	});
}

/** Takes items off the board. */
export function eraseItems(board: Y.Array<unknown>, entries: ReadonlySet<unknown>): void {
	const all = board.toArray();
	let end = all.length;
	while (end > 0) {
		if (!isErasable(all[end - 1], entries)) {
			end--;
			continue;
		}
		let start = end - 1;
		while (start > 0 && isErasable(all[start - 1], entries)) start--;
		board.delete(start, end - start);
		end = start;
	}
}

/** Erases parts of strokes, beside what this client erased of them before. */
export function eraseParts(board: Y.Array<unknown>, parts: ReadonlyMap<unknown, Gaps>): void {
	const key = gapKeyOf(board.doc?.clientID ?? 0);
	for (const [map, item, entry] of changeable(board, new Set(parts.keys()))) {
		const gaps = joinGaps([...readGaps(map.get(key)), ...(parts.get(entry) ?? [])]);
		if (isPenKind(item.kind) && gaps.length > 0) map.set(key, encodeGaps(gaps));
	}
}

function isErasable(entry: unknown, entries: ReadonlySet<unknown>): boolean {
	return entries.has(entry) && getterOf(entry)?.("lock") !== true;
}

type Writable = readonly [map: Y.Map<unknown>, item: BoardItem, entry: unknown];

function* changeable(
	board: Y.Array<unknown>,
	entries: ReadonlySet<unknown>,
): Generator<Writable, void, undefined> {
	for (const one of writable(board, entries, (item) => !item.isLocked)) yield one;
}

function* writable(
	board: Y.Array<unknown>,
	entries: ReadonlySet<unknown>,
	isMeant: (item: BoardItem) => boolean = () => true,
): Generator<Writable, void, undefined> {
	for (const entry of entries) {
		const item = readItem(entry);
		if (item === null || !isMeant(item)) continue;
		if (entry instanceof Y.Map) {
			if (isThere(entry)) yield [entry, item, entry];
			continue;
		}
		const index = board.toArray().indexOf(entry);
		if (index === -1) continue;
		const name = Y.createRelativePositionFromTypeIndex(board, index).item;
		const map = new Y.Map<unknown>(foreignKeys(item));
		if (name !== null) map.set("n", [name.client, name.clock]);
		board.delete(index);
		board.insert(index, [map]);
		yield [map, item, entry];
	}
}

/** Somebody may have erased it since it was chosen. */
function isThere(entry: Y.Map<unknown>): boolean {
	return entry.doc !== null && entry._item?.deleted === false;
}

function setOffset(map: Y.Map<unknown>, offset: Uint8Array): void {
	map.set("x", offset);
	if (map.has("y")) map.delete("y");
}

/** A key that says nothing is not there. */
function setOrDrop(map: Y.Map<unknown>, key: string, value: unknown): void {
	if (value !== null) map.set(key, value);
	else if (map.has(key)) map.delete(key);
}

/** The keys that another client's plain entry has as one of ours, with the width nearest to its. */
export function foreignKeys(item: BoardItem): [key: string, value: unknown][] {
	const nearest = lineWidths.reduce((best, width) =>
		Math.abs(width - item.width) < Math.abs(best - item.width) ? width : best,
	);
	return [
		["d", item.parts[0]],
		["x", encodeOffset(item.x, item.y)],
		["w", lineWidths.indexOf(nearest)],
		typeof item.color === "number" ? ["c", item.color] : ["color", item.color],
	];
}
