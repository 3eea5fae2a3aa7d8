/**
 * The items of the board in the doc: how they are read, and how strokes come there. What is done to
 * items that are there is in arrange/edits.ts.
 *
 * `strokes` is a Y.Array, back to front, of one Y.Map an item. A key exists only when it says
 * something:
 *
 *     d            bytes of stroke-codec.ts, immutable
 *     d1, d2, ...  further parts of a stroke that took longer than two seconds
 *     x            where it was moved: bytes of `encodeOffset`; one key, so that a move is 32 bytes
 *     s            how it was sized and turned: bytes of arrange/pose.ts
 *     c, w         another colour, another width, by index
 *     color        a CSS colour, where another client's item was moved
 *     f, l, o      fill, dash, opacity: item-look.ts
 *     z            what it was laid above or below: arrange/heights.ts. A stranger's is a number:
 *                  above all items with a smaller one; 0 where missing
 *     a0, a1       where the ends of a line are, and what they stay on: arrange/ends.ts
 *     n            its name for those who point at it: ends.ts, too; that of the plain entry it was
 *     g            name of its group: items with one name are chosen together
 *     e...         which parts of a stroke were erased, a key for each who did: arrange/gaps.ts
 *     photo        the photo's id, where `d` has the kind photo
 *     t            letters that people type: of texts, notes, and in shapes: words/words.ts
 *     h            height of the letters in a shape, by index; 1 where missing
 *     by, at       who made it and when, where that is not the writer of the entry (imports)
 *     lock         true: not to be moved, changed or erased by hand
 *
 * Reading is liberal: `{ points, color, width }` of other people's clients is an item too, as a
 * Y.Map or as plain JSON, with `x` and `y` as numbers. What cannot be read is kept and not shown.
 */
import * as Y from "yjs";
import { type PhotoId, parsePhotoId } from "../ids.ts";
import { type Lift, readLift } from "./arrange/heights.ts";
import { decodePose, type Pose } from "./arrange/pose.ts";
import { type ItemLook, lookKeys, plainLook, readLook } from "./item-look.ts";
import {
	coordinateMax,
	decodeOffset,
	decodeStrokeHead,
	encodeStroke,
	type ItemKind,
	itemPointsMax,
	type Stroke,
	styleIndexMax,
} from "./stroke-codec.ts";
import { isWordsKind, letterSizes, mayHaveWords, readLetters } from "./words/letters.ts";

/** Names of the colours by their index; how they look is the theme's. */
export const paletteNames = [
	"ink",
	"grey",
	"red",
	"orange",
	"yellow",
	"green",
	"blue",
	"violet",
] as const;
/** A name of the palette. */
export type PaletteName = (typeof paletteNames)[number];

/** Widths of a line by their index, in board units. */
export const lineWidths = [2.5, 5, 10, 20] as const;

/** A highlighter is so much wider than a pen. */
const highlighterWide = 4;

/** Parts of one stroke: with one every two seconds, longer than `itemPointsMax` allows. */
const itemPartsMax = 150;

/** Widest line of a stranger's item, in units. */
const foreignWidthMax = 400;
/** Longest name, id or colour of a stranger's item, in UTF-16 code units. */
const foreignTextLengthMax = 64;

/** An item as it is drawn. */
export interface BoardItem {
	readonly kind: ItemKind;
	/** Bytes of stroke-codec.ts, in order; at least one. Not to be written to. */
	readonly parts: readonly Uint8Array[];
	/** Index into the palette, or a stranger's CSS colour. */
	readonly color: number | string;
	/** In board units; of words it is the height of their letters. */
	readonly width: number;
	readonly look: ItemLook;
	/** Bytes of arrange/gaps.ts: what was erased of a stroke. Empty for most. */
	readonly gaps: readonly Uint8Array[];
	/** Where it was moved to from where it was drawn, in units. */
	readonly x: number;
	readonly y: number;
	/** How it was sized and turned; null where it lies as it was drawn. */
	readonly pose: Pose | null;
	/** A stranger's first thing to sort by, back to front; then the place in the array. */
	readonly z: number;
	/** What it was laid above or below; null where it lies at its place in the array. */
	readonly lift: Lift | null;
	/** Name of its group. */
	readonly group: string | null;
	readonly photo: PhotoId | null;
	/** The letters of words; null where it has none. */
	readonly text: string | null;
	/** Height of the letters in a shape, in units, where somebody chose one. */
	readonly letterSize?: number;
	readonly by: string | null;
	readonly isLocked: boolean;
}

/**
 * Reads one entry of `strokes`.
 *
 * @returns null where it cannot be drawn: newer than this code, damaged, or no item at all
 */
export function readItem(entry: unknown): BoardItem | null {
	try {
		const get = getterOf(entry);
		if (get === null) return null;
		const item = get("d") instanceof Uint8Array ? readPacked(get) : readForeign(get);
		const gaps = item !== null && isPenKind(item.kind) ? readGaps(entry) : noGaps;
		return item === null || gaps === noGaps ? item : { ...item, gaps };
	} catch {
		return null; // Damaged, and said so by the codec: shown to nobody, kept in the doc.
	}
}

/** True for what a pen makes: the kinds of which parts can be erased. */
export function isPenKind(kind: ItemKind): boolean {
	return kind === "pen" || kind === "highlighter";
}

/** True where parts of an item were erased. */
export function hasGaps({ gaps }: Pick<BoardItem, "gaps">): boolean {
	return gaps.length > 0;
}

/** The width of a line of that kind in units, by its index; an unknown one is the finest. */
export function widthOf(kind: ItemKind, index: number): number {
	if (isWordsKind(kind)) return letterSizes[index] ?? letterSizes[0];
	const width = lineWidths[index] ?? lineWidths[0];
	return kind === "highlighter" ? width * highlighterWide : width;
}

/** Who wrote an entry, as the doc's client id; null for plain JSON. */
export function writerOf(entry: unknown): number | null {
	return entry instanceof Y.Map ? (entry._item?.id.client ?? null) : null;
}

/**
 * Puts a finished stroke on top of all others. Call it inside `doc.transact`, so that one lift of
 * the pen is one update.
 *
 * @throws WeftError `bad_item`; the board is untouched
 */
export function addStroke(
	board: Y.Array<unknown>,
	stroke: Stroke,
	look: ItemLook = plainLook,
): Y.Map<unknown> {
	const item = packStroke(stroke, look);
	board.push([item]);
	return item;
}

/**
 * The same for many at once. Yjs looks for the array's end at every push: thousands of single ones
 * would take quadratic time (50,000: 14 s, in one push 0.2 s).
 *
 * @throws WeftError `bad_item`; the board is untouched
 */
export function addStrokes(board: Y.Array<unknown>, strokes: readonly Stroke[]): void {
	board.push(strokes.map((stroke) => packStroke(stroke, plainLook)));
}

/**
 * Adds the next part of a stroke that is still being drawn.
 *
 * @returns false where it cannot grow: somebody erased it, or it has all the parts it may have
 * @throws WeftError `bad_item`
 */
export function growStroke(item: Y.Map<unknown>, stroke: Stroke): boolean {
	if (item.doc === null || item._item?.deleted !== false) return false;
	for (let partIndex = 1; partIndex < itemPartsMax; partIndex++) {
		if (item.has(`d${partIndex}`)) continue;
		item.set(`d${partIndex}`, encodeStroke(stroke));
		return true;
	}
	return false;
}

/** Takes everything off the board, locked or not; one step of undo. Call it in `doc.transact`. */
export function clearBoard(board: Y.Array<unknown>): void {
	board.delete(0, board.length);
}

function packStroke(stroke: Stroke, look: ItemLook): Y.Map<unknown> {
	return new Y.Map<unknown>([["d", encodeStroke(stroke)], ...lookKeys(look)]);
}

/** Reads a key of an entry of the board. */
export type Getter = (key: string) => unknown;

/** How the keys of an entry are read, whoever made it; null for what can have none. */
export function getterOf(entry: unknown): Getter | null {
	if (entry instanceof Y.Map) return (key) => entry.get(key);
	if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return null;
	return (key) => (Object.hasOwn(entry, key) ? Reflect.get(entry, key) : undefined);
}

function readPacked(get: Getter): BoardItem | null {
	const parts = readParts(get);
	const head = parts[0] === undefined ? null : decodeStrokeHead(parts[0]);
	if (head === null) return null;
	const photo = get("photo");
	return {
		kind: head.kind,
		parts,
		color: styleIndex(get("c")) ?? readText(get("color")) ?? head.color,
		width: widthOf(head.kind, styleIndex(get("w")) ?? head.width),
		look: readLook(get),
		gaps: noGaps,
		...readPlace(get),
		photo: typeof photo === "string" ? parsePhotoId(photo) : null,
		...readWords(head.kind, get),
		by: readText(get("by")),
		isLocked: get("lock") === true,
	};
}

/** A shape without letters is one without words. */
function readWords(kind: ItemKind, get: Getter): Pick<BoardItem, "text" | "letterSize"> {
	if (!mayHaveWords(kind)) return { text: null };
	const text = readLetters(get("t"));
	if (isWordsKind(kind)) return { text };
	const size = letterSizes[Number(get("h"))];
	return { text: text || null, ...(size === undefined ? {} : { letterSize: size }) };
}

/** Of nearly all items: one array for all of them. */
const noGaps: readonly Uint8Array[] = [];

/** Copies: in the doc these bytes are views of whole updates. */
function readGaps(entry: unknown): readonly Uint8Array[] {
	const gaps: Uint8Array[] = [];
	const take = (value: unknown, key: string): void => {
		if (key.startsWith("e") && value instanceof Uint8Array) gaps.push(value.slice());
	};
	if (entry instanceof Y.Map) entry.forEach(take);
	else for (const [key, value] of Object.entries(entry ?? {})) take(value, key);
	return gaps.length === 0 ? noGaps : gaps;
}

function readParts(get: Getter): Uint8Array[] {
	const parts: Uint8Array[] = [];
	let pointCount = 0;
	for (let partIndex = 0; partIndex < itemPartsMax; partIndex++) {
		const part = get(partIndex === 0 ? "d" : `d${partIndex}`);
		if (!(part instanceof Uint8Array)) break;
		pointCount += decodeStrokeHead(part)?.count ?? 0;
		if (pointCount > itemPointsMax) break;
		parts.push(part);
	}
	return parts;
}

/** Where an item is, and how it lies there; the same for whoever made it. */
function readPlace(get: Getter): Pick<BoardItem, "x" | "y" | "pose" | "z" | "lift" | "group"> {
	const s = get("s");
	const z = get("z");
	return {
		...readOffset(get),
		pose: s instanceof Uint8Array ? decodePose(s) : null,
		z: finite(z) ?? 0,
		lift: readLift(z),
		group: readText(get("g")),
	};
}

function readOffset(get: Getter): { x: number; y: number } {
	const x = get("x");
	if (x instanceof Uint8Array) return decodeOffset(x);
	return { x: finite(x) ?? 0, y: finite(get("y")) ?? 0 };
}

/** A stroke as the tutorials write it: a list of points, a CSS colour, a width in pixels. */
function readForeign(get: Getter): BoardItem | null {
	const points = readForeignPoints(get("points"));
	if (points.length === 0) return null;
	const named = readText(get("color"));
	const paletteIndex = (paletteNames as readonly (string | null)[]).indexOf(named);
	const d = encodeStroke({
		kind: "pen",
		color: 0,
		width: 0,
		points: Float64Array.from(points),
		pressures: null,
		times: null,
	});
	return {
		kind: "pen",
		parts: [d],
		color: paletteIndex === -1 ? (named ?? 0) : paletteIndex,
		width: Math.min(foreignWidthMax, Math.max(0.5, finite(get("width")) ?? lineWidths[0])),
		look: plainLook,
		gaps: noGaps,
		...readPlace(get),
		photo: null,
		text: null,
		by: readText(get("by")),
		isLocked: get("lock") === true,
	};
}

/** `[[x, y]]`, `[{ x, y }]` or `[x, y, x, y]`, as a Y.Array or plain. */
function readForeignPoints(value: unknown): number[] {
	const list: unknown = value instanceof Y.Array ? value.toArray() : value;
	if (!Array.isArray(list) || list.length > itemPointsMax * 2) return [];
	if (list.every((entry) => typeof entry === "number")) {
		return list.length % 2 === 0 ? list.map(clampCoordinate) : [];
	}
	return list.slice(0, itemPointsMax).flatMap((entry: unknown) => {
		const [x, y] = readForeignPoint(entry);
		if (typeof x !== "number" || typeof y !== "number") return [];
		return [clampCoordinate(x), clampCoordinate(y)];
	});
}

function readForeignPoint(entry: unknown): [unknown, unknown] {
	if (Array.isArray(entry)) return [entry[0], entry[1]];
	const get = getterOf(entry);
	return [get?.("x"), get?.("y")];
}

function finite(value: unknown): number | null {
	return typeof value === "number" && Number.isFinite(value) ? clampCoordinate(value) : null;
}

function clampCoordinate(value: number): number {
	if (Number.isNaN(value)) return 0;
	return Math.min(coordinateMax, Math.max(-coordinateMax, value));
}

function styleIndex(value: unknown): number | null {
	return typeof value === "number" &&
		Number.isInteger(value) &&
		value >= 0 &&
		value <= styleIndexMax
		? value
		: null;
}

function readText(value: unknown): string | null {
	return typeof value === "string" && value.length <= foreignTextLengthMax ? value : null;
}
