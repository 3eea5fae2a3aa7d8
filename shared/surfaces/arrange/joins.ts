/** Where the ends of lines and arrows are that stay on what they point at (ends.ts). */
import * as Y from "yjs";
import { type BoardItem, readItem } from "../board.ts";
import { type ItemFrame, isClosed, itemFrame, itemOutline } from "../item-outline.ts";
import { coordinateMax, encodeStroke, type ItemKind } from "../stroke-codec.ts";
import {
	type End,
	type Ends,
	type EntryName,
	encodeEnd,
	endKeys,
	nameOf,
	nameText,
	readEnds,
	readName,
	type Target,
} from "./ends.ts";
import { cosSinOf, itemPoints, matrixOf } from "./item-points.ts";
import { twinsIn } from "./twins.ts";

/** A place on the board, in units. */
interface Place {
	readonly x: number;
	readonly y: number;
}

/** What an end points at, as it lies now. */
export interface Pointed {
	/** The box that shares are of. */
	readonly frame: ItemFrame;
	/** The closed line at which an arrow stops; null where it goes on to the point itself. */
	readonly outline: Float64Array | null;
	/** Half the width of that line. */
	readonly air: number;
}

/** How what an end points at lies now; null where it is not there. */
export type PointedOf = (target: Target) => Pointed | null;

/** Air between an arrow and what it points at, in units; half its own width comes to it. */
const gap = 4;

/** True for what has two ends. */
export function hasEnds(kind: ItemKind): boolean {
	return kind === "line" || kind === "arrow";
}

/** Where a line through these points begins, and where it leads to. */
export function endPlaces(points: Float64Array): readonly [from: Place, to: Place] {
	return [placeAt(points, 0), placeAt(points, points.length - 2)];
}

/** What is pointed at as it lies now; null for lines: nobody follows those. */
export function pointedAs(item: BoardItem): Pointed | null {
	const frame = hasEnds(item.kind) ? null : itemFrame(item);
	if (frame === null) return null;
	const isWhole = isClosed(item.kind) || item.kind === "photo";
	const hasLine = isWhole && !["photo", "text", "note"].includes(item.kind);
	const outline = isWhole ? itemOutline(item) : null;
	return { frame, outline, air: hasLine ? item.width / 2 : 0 };
}

/**
 * A line with its ends where they are now, as if it had been drawn so.
 *
 * @throws WeftError `bad_item`
 */
export function joinedItem(item: BoardItem, ends: Ends, pointedOf: PointedOf): BoardItem {
	const points = joinedPoints(item, ends, pointedOf).map(onBoard);
	const plain = { color: 0, width: 0, pressures: null, times: null };
	const drawn = encodeStroke({ kind: item.kind, points, ...plain });
	return { ...item, parts: [drawn], x: 0, y: 0, pose: null };
}

/** The points of a line whose ends are where they are now. @throws WeftError `bad_item` */
function joinedPoints(item: BoardItem, ends: Ends, pointedOf: PointedOf): Float64Array {
	const points = itemPoints(item).points.slice();
	const matrix = matrixOf(item);
	const pointed = ends.map((end) => (end?.target ? pointedOf(end.target) : null));
	// First where both lead to: each stops at an outline on its way there.
	const firstAts = [0, points.length - 2] as const;
	for (const [index, at] of firstAts.entries()) {
		const end = ends[index];
		if (!end) continue;
		const on = pointed[index];
		const place = on && end.target ? placeIn(on.frame, end.target) : moved(matrix, end);
		points.set([place.x, place.y], at);
	}
	const meant = points.slice();
	const reach = gap + item.width / 2;
	const [first, last] = firstAts;
	const neighbours = [Math.min(2, last), Math.max(0, last - 2)];
	for (const [index, at] of firstAts.entries()) {
		const on = pointed[index];
		if (!on?.outline) continue;
		const [to, from] = [placeAt(meant, at), placeAt(meant, neighbours[index] ?? first)];
		const stop = stopAt(on.outline, [from, to], reach + on.air);
		points.set([stop.x, stop.y], at);
	}
	// Of two that lie in each other nothing would be left.
	return isTurnedRound(points, meant) ? meant : points;
}

/** Where in a box shares of it are. */
export function placeIn(
	frame: ItemFrame,
	{ across, down }: Pick<Target, "across" | "down">,
): Place {
	const [cos, sin] = cosSinOf(frame.turn);
	const [x, y] = [(across - 0.5) * frame.width, (down - 0.5) * frame.height];
	return { x: frame.x + x * cos - y * sin, y: frame.y + x * sin + y * cos };
}

/** Near the middle an arrow leads to the middle: no hand finds it. */
const middleShare = 0.18;

/** Which shares of a box a place has; what is outside is at its edge. */
export function sharesIn(frame: ItemFrame, at: Place): Pick<Target, "across" | "down"> {
	const [cos, sin] = cosSinOf(-frame.turn);
	const [x, y] = [at.x - frame.x, at.y - frame.y];
	const share = (way: number, side: number) =>
		side === 0 ? 0.5 : Math.min(1, Math.max(0, way / side + 0.5));
	const across = share(x * cos - y * sin, frame.width);
	const down = share(x * sin + y * cos, frame.height);
	const isMiddle = Math.hypot(across - 0.5, down - 0.5) < middleShare;
	return isMiddle ? { across: 0.5, down: 0.5 } : { across, down };
}

/** Finds entries of a board by their names; make a new one when it has changed. */
export class Targets {
	readonly #board: Y.Array<unknown>;
	/** By `n`: made for the first that is not there by Yjs's own name. */
	#byName: ReadonlyMap<string, Y.Map<unknown>> | null = null;
	#twins: ReadonlyMap<unknown, unknown> | null = null;

	constructor(board: Y.Array<unknown>) {
		this.#board = board;
	}

	/** The entry of a name, as it is seen; null where it is not on the board. */
	find(name: EntryName): Y.Map<unknown> | null {
		const held = entryNamed(this.#board, name) ?? this.#named().get(nameText(name));
		if (held?._item?.deleted !== false) return null;
		this.#twins ??= twinsIn(this.#board);
		const seen = this.#twins.get(held);
		return seen instanceof Y.Map ? seen : held;
	}

	/** How what an end points at lies now. */
	readonly pointed: PointedOf = (target) => {
		const item = readItem(this.find(target));
		return item === null ? null : pointedAs(item);
	};

	#named(): ReadonlyMap<string, Y.Map<unknown>> {
		if (this.#byName !== null) return this.#byName;
		const byName = new Map<string, Y.Map<unknown>>();
		for (const entry of this.#board.toArray()) {
			if (!(entry instanceof Y.Map)) continue;
			const name = readName(entry.get("n"));
			// Of two that say the same the lower one is it, for everybody.
			if (name !== null && !byName.has(nameText(name))) byName.set(nameText(name), entry);
		}
		this.#byName = byName;
		return byName;
	}
}

/** Where an end is put, and what it stays on. */
export interface Put {
	/** In units. */
	readonly at: Place;
	readonly on: (Pick<Target, "across" | "down"> & { readonly entry: Y.Map<unknown> }) | null;
}

/**
 * Puts one end of a line elsewhere. Call it inside `doc.transact`. What is locked stays.
 *
 * @throws WeftError `bad_item`
 */
export function putEnd(entry: Y.Map<unknown>, end: 0 | 1, { at, on }: Put): void {
	const item = readItem(entry);
	if (item === null || item.isLocked || entry.doc === null) return;
	const name = on === null || on.entry === entry ? null : nameOf(on.entry);
	if (on !== null && name !== null) on.entry.set("n", [name.client, name.clock]);
	const shares = on && { across: on.across, down: on.down };
	const target = name === null || shares === null ? null : { ...name, ...shares };
	entry.set(endKeys[end], encodeEnd({ ...drawnAt(item, at), target }));
}

/**
 * The keys of a line's ends as they are seen now: what they point at may go, or not be there where
 * they are put down.
 *
 * @throws WeftError `bad_item`
 */
export function settledEnds(
	entry: unknown,
	pointedOf: PointedOf,
): [key: (typeof endKeys)[number], end: End][] {
	const item = readItem(entry);
	const ends = item !== null && hasEnds(item.kind) ? readEnds(entry) : null;
	if (item === null || ends === null) return [];
	const places = endPlaces(itemPoints(joinedItem(item, ends, pointedOf)).points);
	return ends.flatMap((end, index) => {
		const [key, at] = [endKeys[index], places[index]];
		if (end === null || key === undefined || at === undefined) return [];
		return [[key, { ...end, ...drawnAt(item, at) }]];
	});
}

/**
 * Names entries anew that were made of others: what pointed at one of those points at what was made
 * of it, and to nowhere where nothing was. Call it in the transaction that put them on the board.
 */
export function renameEnds(copies: readonly Y.Map<unknown>[]): void {
	const fresh = new Map<string, EntryName>();
	for (const copy of copies) {
		const [old, id] = [readName(copy.get("n")), copy._item?.id];
		if (old === null || id === undefined) continue;
		fresh.set(nameText(old), id);
		copy.set("n", [id.client, id.clock]);
	}
	for (const copy of copies) {
		for (const [index, end] of (readEnds(copy) ?? []).entries()) {
			const key = endKeys[index];
			if (key === undefined || !end?.target) continue;
			const name = fresh.get(nameText(end.target));
			const { across, down } = end.target;
			const target = name ? { client: name.client, clock: name.clock, across, down } : null;
			copy.set(key, encodeEnd({ ...end, target }));
		}
	}
}

/** Yjs's own name; a stranger's plain entry is followed by nobody. */
function entryNamed(board: Y.Array<unknown>, { client, clock }: EntryName): Y.Map<unknown> | null {
	const store = board.doc?.store;
	if (store === undefined || clock >= Y.getState(store, client)) return null;
	const item = Y.getItem(store, Y.createID(client, clock));
	if (!(item instanceof Y.Item) || item.deleted || item.parent !== board) return null;
	const entry: unknown = item.content.getContent()[clock - item.id.clock];
	return entry instanceof Y.Map ? entry : null;
}

/** Where a place of the board was before `x` and `s` moved it. */
function drawnAt(item: BoardItem, { x, y }: Place): Place {
	const [a, b, c, d, e, f] = matrixOf(item);
	const size = a * d - b * c; // A pose is never 0 times as large.
	const [far, low] = [x - e, y - f];
	return { x: onBoard((d * far - c * low) / size), y: onBoard((a * low - b * far) / size) };
}

function moved([a, b, c, d, e, f]: ReturnType<typeof matrixOf>, { x, y }: Place): Place {
	return { x: a * x + c * y + e, y: b * x + d * y + f };
}

function placeAt(points: Float64Array, at: number): Place {
	return { x: points[at] ?? 0, y: points[at + 1] ?? 0 };
}

function onBoard(at: number): number {
	return Math.min(coordinateMax, Math.max(-coordinateMax, at));
}

/** Where a way meets a closed line first, and so much before it; its end where it meets none. */
function stopAt(outline: Float64Array, [from, to]: readonly [Place, Place], air: number): Place {
	const [wayX, wayY] = [to.x - from.x, to.y - from.y];
	const length = Math.hypot(wayX, wayY);
	let first = Number.POSITIVE_INFINITY;
	for (let index = 2; index < outline.length; index += 2) {
		const [a, b] = [placeAt(outline, index - 2), placeAt(outline, index)];
		const [sideX, sideY] = [b.x - a.x, b.y - a.y];
		const cross = wayX * sideY - wayY * sideX;
		const share = ((a.x - from.x) * sideY - (a.y - from.y) * sideX) / cross;
		const along = ((a.x - from.x) * wayY - (a.y - from.y) * wayX) / cross;
		const isMet = share >= 0 && share <= 1 && along >= 0 && along <= 1;
		if (isMet && share < first) first = share;
	}
	if (first > 1) return to;
	const share = Math.max(0, first - air / length);
	return { x: from.x + wayX * share, y: from.y + wayY * share };
}

/** True where stopping left of a straight line nothing, or less. */
function isTurnedRound(points: Float64Array, meant: Float64Array): boolean {
	if (points.length !== 4) return false;
	const way = (all: Float64Array) => {
		const [from, to] = endPlaces(all);
		return { x: to.x - from.x, y: to.y - from.y };
	};
	const [is, was] = [way(points), way(meant)];
	return is.x * was.x + is.y * was.y <= 0;
}
