/**
 * Items of the board as JSON: on the clipboard and in files. One object,
 *
 *     { "type": "weft/board", "version": 1, "items": [{ "d": "AQEA…", "c": 2 }] }
 *
 * where an item has the keys of its entry in the doc (shared/surfaces/board.ts), back to front,
 * bytes in base64. It says nothing of the room: a room's name is a key to it. Who made an item, its
 * height and its lock stay behind. Reading is strict: one damaged item, and nothing is taken.
 */
import * as Y from "yjs";
import { parsePhotoId } from "../../../shared/ids.ts";
import { itemTextLengthMax, itemTextStoredMax } from "../../../shared/limits.ts";
import { foreignKeys } from "../../../shared/surfaces/arrange/edits.ts";
import {
	decodeEnd,
	type EntryName,
	encodeEnd,
	nameText,
	readName,
} from "../../../shared/surfaces/arrange/ends.ts";
import { decodeGaps, encodeGaps, gapsOf } from "../../../shared/surfaces/arrange/gaps.ts";
import { settledEnds, Targets } from "../../../shared/surfaces/arrange/joins.ts";
import { hasGaps, readItem } from "../../../shared/surfaces/board.ts";
import { isOpacity } from "../../../shared/surfaces/item-look.ts";
import { itemBounds } from "../../../shared/surfaces/item-outline.ts";
import {
	type Bounds,
	checkStroke,
	coordinateMax,
	decodeOffset,
	encodeOffset,
	styleIndexMax,
} from "../../../shared/surfaces/stroke-codec.ts";
import { mayHaveWords } from "../../../shared/surfaces/words/letters.ts";

/** What says of a JSON that it is ours. */
export const boardType = "weft/board";
const boardVersion = 1;

/** Longest JSON that is read, in UTF-16 code units: 100,000 strokes take about 25 million. */
export const carriedLengthMax = 64 * 1024 * 1024;
/** Most items at once, in a file; the board's own goal. */
export const carriedItemsMax = 100_000;
/** The clipboard is in the memory of many programs at once. */
export const clipboardLengthMax = 8 * 1024 * 1024;

/** Longest colour and name of a group, as board.ts reads them. */
const wordLengthMax = 64;
/** Most bytes of a key that is not points. */
const smallBytesMax = 64;

/** An item on its way: the keys of its entry, checked, and what it covers without its width. */
export interface Carried {
	readonly keys: ReadonlyMap<string, unknown>;
	readonly box: Bounds;
}

/** Why something cannot be taken. */
export type Refusal = "damaged" | "newer" | "tooMuch" | "empty";

/** What was read, or why nothing was; `leftOut` counts what the board has no item for. */
export type Reading =
	| { readonly kind: "read"; readonly items: readonly Carried[]; readonly leftOut: number }
	| { readonly kind: "refused"; readonly why: Refusal };

type Value = Readonly<Record<string, unknown>>;

/** How a key's value is checked; what it gives stands in the doc. Undefined refuses it. */
type Check = (value: unknown) => unknown;

/** Half of a character: no text of a doc may have one. */
const halfPair = /[\ud800-\udfff]/u;
const partKey = /^d([1-9]\d{0,2})?$/;
/** What somebody erased of a stroke. */
const gapKey = /^e[\da-z]{1,11}$/;

const checks: Readonly<Record<string, Check>> = {
	x: (value) => bytesThat(value, decodeOffset),
	// How it was sized and turned: what reads the item says whether that can be.
	s: (value) => bytesThat(value, refuseLong),
	// What an arrow stays on goes along where that is carried, too: by its place in the list.
	a0: end,
	a1: end,
	n: (value) => (readName(value) === null ? undefined : value),
	g: (value) => (typeof value === "string" && isName(value) ? value : undefined),
	c: styleIndex,
	w: styleIndex,
	f: styleIndex,
	l: styleIndex,
	h: styleIndex,
	o: (value) => (isOpacity(value) ? value : undefined),
	color: (value) =>
		typeof value === "string" && value.length <= wordLengthMax ? value : undefined,
	t: (value) =>
		typeof value === "string" && value.length <= itemTextStoredMax && !halfPair.test(value)
			? value
			: undefined,
	photo: (value) => (typeof value === "string" ? (parsePhotoId(value) ?? undefined) : undefined),
};

/** Entries of the doc, back to front, as JSON; what cannot be read is left out. */
export function writeItems(entries: Iterable<unknown>): string {
	const all = [...entries];
	const names = new Map<string, EntryName>();
	for (const [clock, entry] of all.entries()) {
		const name = entry instanceof Y.Map ? readName(entry.get("n")) : null;
		if (name !== null) names.set(nameText(name), { client: 0, clock });
	}
	const items = all.flatMap((entry) => writeItem(entry, names) ?? []);
	return JSON.stringify({ type: boardType, version: boardVersion, items });
}

/** Reads what `writeItems` wrote, here or elsewhere. */
export function readItems(value: Value): Reading {
	if (value["version"] !== boardVersion) {
		return refused(typeof value["version"] === "number" ? "newer" : "damaged");
	}
	const list = value["items"];
	if (!Array.isArray(list)) return refused("damaged");
	if (list.length > carriedItemsMax) return refused("tooMuch");
	if (list.length === 0) return refused("empty");
	const items: Carried[] = [];
	for (const each of list as unknown[]) {
		const item = readKeys(each);
		if (item === null) return refused("damaged");
		items.push(item);
	}
	return { kind: "read", items, leftOut: 0 };
}

/** Nothing is taken, and why. */
export function refused(why: Refusal): Reading {
	return { kind: "refused", why };
}

/** What of somebody's text an item may hold; empty where there is nothing to see in it. */
export function plainLetters(text: string): string {
	const short = text.slice(0, itemTextLengthMax).trimEnd();
	const letters = short.replace(/[\ud800-\udfff]/gu, "\ufffd").replace(/\r\n?/g, "\n");
	return letters.trim() === "" ? "" : letters;
}

/** Checks what the keys say together; null where no board could show it. */
export function carriedOf(keys: ReadonlyMap<string, unknown>): Carried | null {
	const item = readItem(Object.fromEntries(keys));
	const box = item === null ? null : itemBounds(item);
	const isWhole = item !== null && (keys.has("t") ? mayHaveWords(item.kind) : true);
	return box === null || !isWhole ? null : { keys, box };
}

/**
 * An entry for the doc, so many units away from where it was; `groupOf` names its group anew: what
 * is pasted twice is two groups.
 *
 * @throws WeftError `bad_item`
 */
export function entryAt(
	carried: Carried,
	by: { readonly x: number; readonly y: number },
	groupOf: (name: string) => string,
): Y.Map<unknown> {
	const item = readItem(Object.fromEntries(carried.keys));
	const [x, y] = [(item?.x ?? 0) + by.x, (item?.y ?? 0) + by.y];
	const [letters = "", group] = [carried.keys.get("t"), carried.keys.get("g")];
	const hasWords = item !== null && mayHaveWords(item.kind);
	return new Y.Map<unknown>([
		...carried.keys,
		...(hasWords ? [["t", new Y.Text(String(letters))] as const] : []),
		...(typeof group === "string" ? [["g", groupOf(group)] as const] : []),
		["x", encodeOffset(x, y)],
	]);
}

function writeItem(entry: unknown, names: ReadonlyMap<string, EntryName>): Value | null {
	const item = readItem(entry);
	if (item === null) return null;
	const isOurs = entry instanceof Y.Map && entry.get("d") instanceof Uint8Array;
	const keys = isOurs ? [...entry.entries(), ...joinKeys(entry, names)] : foreignKeys(item);
	const carried = keys.flatMap(([key, value]): [string, unknown][] => {
		if (value === undefined || gapKey.test(key) || checkOf(key) === undefined) return [];
		// A shape without words: older apps know of none in shapes.
		if (key === "t" && item.text === null) return [];
		return [[key, asJson(value)]];
	});
	// Under one key: those of the doc name who erased.
	if (hasGaps(item)) carried.push(["e0", asJson(encodeGaps(gapsOf(item)))]);
	return Object.fromEntries(carried);
}

/** The keys that say what stays on what, by places in the list in place of names of the room. */
function joinKeys(
	entry: Y.Map<unknown>,
	names: ReadonlyMap<string, EntryName>,
): [string, unknown][] {
	const { parent } = entry;
	const own = readName(entry.get("n"));
	const name = own === null ? undefined : names.get(nameText(own));
	const keys: [string, unknown][] = [
		["a0", undefined],
		["a1", undefined],
		["n", name && [name.client, name.clock]],
	];
	if (!(parent instanceof Y.Array)) return keys;
	for (const [key, { x, y, target }] of settledEnds(entry, new Targets(parent).pointed)) {
		const to = target === null ? undefined : names.get(nameText(target));
		keys.push([key, encodeEnd({ x, y, target: target && to ? { ...target, ...to } : null })]);
	}
	return keys;
}

function asJson(value: unknown): unknown {
	if (value instanceof Uint8Array) return toBase64(value);
	return value instanceof Y.Text ? value.toString() : value;
}

function readKeys(value: unknown): Carried | null {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
	const keys = new Map<string, unknown>();
	for (const [key, given] of Object.entries(value)) {
		const taken = checkOf(key)?.(given);
		if (taken === undefined) return null;
		keys.set(key, taken);
	}
	try {
		const carried = keys.has("d") ? carriedOf(keys) : null;
		return carried !== null && isOnBoard(carried.box) ? carried : null;
	} catch {
		return null; // Damaged, and said so by the codec.
	}
}

/** How what stands under a key is read; undefined for a key that stays behind. */
function checkOf(key: string): Check | undefined {
	if (partKey.test(key)) return part;
	if (gapKey.test(key)) return gaps;
	return Object.hasOwn(checks, key) ? checks[key] : undefined;
}

function gaps(value: unknown): Uint8Array | undefined {
	return bytesThat(value, (bytes) => {
		if (decodeGaps(bytes) === null) throw new RangeError("of a version that is newer");
	});
}

function end(value: unknown): Uint8Array | undefined {
	return bytesThat(value, (bytes) => {
		if (decodeEnd(bytes) === null) throw new RangeError("of a version that is newer");
	});
}

function refuseLong({ length }: Uint8Array): void {
	if (length > smallBytesMax) throw new RangeError("too long");
}

function isName({ length }: string): boolean {
	return length > 0 && length <= wordLengthMax;
}

function part(value: unknown): Uint8Array | undefined {
	return bytesThat(value, (bytes) => {
		if (!checkStroke(bytes)) throw new RangeError("of a kind that is newer");
	});
}

function isOnBoard({ minX, minY, maxX, maxY }: Bounds): boolean {
	return [minX, minY, maxX, maxY].every((at) => Math.abs(at) <= coordinateMax);
}

function styleIndex(value: unknown): number | undefined {
	const isIndex = typeof value === "number" && Number.isInteger(value);
	return isIndex && value >= 0 && value <= styleIndexMax ? value : undefined;
}

function bytesThat(value: unknown, check: (bytes: Uint8Array) => unknown): Uint8Array | undefined {
	if (typeof value !== "string") return;
	try {
		const bytes = Uint8Array.from(atob(value), (letter) => letter.charCodeAt(0));
		check(bytes);
		return bytes;
	} catch {
		return; // No base64, or no bytes of ours.
	}
}

function toBase64(bytes: Uint8Array): string {
	return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
