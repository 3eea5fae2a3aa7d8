/**
 * What may stand in the doc of a guarded room, value by value. Where it is liberal, an old or a
 * stock client writes so, and everybody's app reads it safely.
 */
import { parseBlobId, parsePhotoId } from "../../../shared/ids.ts";
import { captionLengthMax, chatBodyLengthMax, roomTitleLengthMax } from "../../../shared/limits.ts";
import { decodeEnd, readName } from "../../../shared/surfaces/arrange/ends.ts";
import { decodeGaps } from "../../../shared/surfaces/arrange/gaps.ts";
import { readLift } from "../../../shared/surfaces/arrange/heights.ts";
import { decodePose } from "../../../shared/surfaces/arrange/pose.ts";
import { readMessage } from "../../../shared/surfaces/chat.ts";
import { isOpacity } from "../../../shared/surfaces/item-look.ts";
import {
	checkStroke,
	coordinateMax,
	decodeOffset,
	itemPointsMax,
	styleIndexMax,
} from "../../../shared/surfaces/stroke-codec.ts";
import { isTextFormat, photoOfEmbed } from "../../../shared/surfaces/text.ts";

/** Longest id, name of a person, colour or key: twice what ours take. */
const wordLengthMax = 128;
/** Longest name of a format or of a key that we do not know. */
const keyLengthMax = 64;
/** What a stock client may keep beside what we know. */
const smallLengthMax = 4_096;
/** An anchor: two relative positions and a quote take 500 units; in values, and letters of all. */
const anchorLengthMax = 2_048;
const anchorPartsMax = 64;
/** The last moment that a `Date` can hold (ECMA-262 section 21.4.1.1). */
const timeMsMax = 8.64e15;

type Check = (value: unknown) => boolean;
type Loose = Readonly<Record<string, unknown>>;

/** True for a format of the document; null ends any. */
export function isFormat(name: string, value: unknown): boolean {
	return value == null ? name.length <= keyLengthMax : isTextFormat(name, value);
}

/** True for what may stand in the document like a letter: a photo of the room. */
export function isEmbed(value: unknown): boolean {
	return isPlain(value) && photoOfEmbed(value) !== null && Object.keys(value).length === 1;
}

/** True for a message of the chat; whose it is, is another question. */
export function isChatEntry(value: unknown): value is Loose {
	if (!isPlain(value)) return false;
	for (const key of Object.keys(value)) {
		const check = Object.hasOwn(chatKeys, key) ? chatKeys[key] : undefined;
		if (check === undefined || (value[key] != null && !check(value[key]))) return false;
	}
	return readMessage(value) !== null;
}

const chatKeys: Readonly<Record<string, Check>> = {
	id: isWord,
	by: isWord,
	name: isWord,
	at: isTime,
	body: (value) => typeof value === "string" && value.length <= chatBodyLengthMax,
	replyTo: isWord,
	corrects: isWord,
	retracts: isWord,
	reacts: isWord,
	photo: (value) => typeof value === "string" && parsePhotoId(value) !== null,
	anchor: isAnchor,
};

/** True for a value of an item of the board under that key. */
export function isItemValue(key: string, value: unknown): boolean {
	if (value === null || value === undefined) return key.length <= keyLengthMax;
	if (partKey.test(key)) return isStroke(value);
	if (gapKey.test(key) && value instanceof Uint8Array) return decodeGaps(value) !== null;
	const check = Object.hasOwn(itemKeys, key) ? itemKeys[key] : undefined;
	if (check !== undefined) return check(value);
	// A stock client's own: nobody reads it, and it is small.
	return key.length <= keyLengthMax && isSmall(value);
}

/** The parts of a stroke; how many it may have, the reader bounds. */
const partKey = /^d\d{0,3}$/;
/** What somebody erased of a stroke; the codec throws where it is damaged. */
const gapKey = /^e[\da-z]{1,11}$/;

const itemKeys: Readonly<Record<string, Check>> = {
	x: (value) => (value instanceof Uint8Array ? isOffset(value) : isCoordinate(value)),
	y: isCoordinate,
	// Throws where it is damaged; what is no bytes is a stranger's own.
	s: (value) => (value instanceof Uint8Array ? decodePose(value) !== null : isSmall(value)),
	a0: isEnd,
	a1: isEnd,
	n: (value) => (Array.isArray(value) ? readName(value) !== null : isSmall(value)),
	c: isStyle,
	w: isStyle,
	f: isStyle,
	l: isStyle,
	h: isStyle,
	o: isOpacity,
	color: isWord,
	width: isCoordinate,
	z: (value) => (typeof value === "number" ? Number.isFinite(value) : readLift(value) !== null),
	g: isWord,
	photo: (value) => typeof value === "string" && parsePhotoId(value) !== null,
	by: isWord,
	at: isTime,
	lock: (value) => typeof value === "boolean",
	points: isPoints,
};

/** True for an item of the board as plain JSON, as stock clients write it. */
export function isPlainItem(value: unknown): boolean {
	if (!isPlain(value)) return false;
	const keys = Object.keys(value);
	return keys.length <= keyLengthMax && keys.every((key) => isItemValue(key, value[key]));
}

/** True for a point in a list of points: a number, `[x, y]`, `{ x, y }`. */
export function isPoint(value: unknown): boolean {
	if (isCoordinate(value)) return true;
	if (Array.isArray(value)) return value.length <= 4 && value.every(isCoordinate);
	if (!isPlain(value)) return false;
	const keys = Object.keys(value);
	return keys.length <= 4 && keys.every((key) => isSmall(value[key]));
}

/** True for a value of a photo's entry under that key; whose it is, is another question. */
export function isEntryValue(key: string, value: unknown): boolean {
	if (value === null || value === undefined) return key.length <= keyLengthMax;
	const check = Object.hasOwn(entryKeys, key) ? entryKeys[key] : undefined;
	if (check !== undefined) return check(value);
	return key.length <= keyLengthMax && isSmall(value);
}

const entryKeys: Readonly<Record<string, Check>> = {
	by: isWord,
	name: isWord,
	at: isTime,
	type: isWord,
	width: isCount,
	height: isCount,
	bytes: isCount,
	originalBytes: isCount,
	blob: (value) => typeof value === "string" && parseBlobId(value) !== null,
	received: isTime,
	caption: (value) => typeof value === "string" && value.length <= captionLengthMax,
	gone: (value) => typeof value === "boolean" || isGone(value),
};

function isGone(value: unknown): boolean {
	return isPlain(value) && Object.keys(value).every((key) => isEntryValue(key, value[key]));
}

/** True for a value of `meta` under that key. */
export function isMetaValue(key: string, value: unknown): boolean {
	if (key === "title") return typeof value === "string" && value.length <= roomTitleLengthMax;
	return key === "schema" && Number.isInteger(value) && Number(value) >= 1;
}

/** An object as JSON makes it: what was read under `__proto__` would else be read as its own. */
function isPlain(value: unknown): value is Loose {
	if (typeof value !== "object" || value === null) return false;
	return Object.getPrototypeOf(value) === Object.prototype;
}

function isWord(value: unknown): boolean {
	return typeof value === "string" && value.length <= wordLengthMax;
}

function isTime(value: unknown): boolean {
	return typeof value === "number" && value >= 0 && value <= timeMsMax;
}

function isCount(value: unknown): boolean {
	return typeof value === "number" && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

function isCoordinate(value: unknown): boolean {
	return typeof value === "number" && Math.abs(value) <= coordinateMax;
}

function isStyle(value: unknown): boolean {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= styleIndexMax;
}

function isSmall(value: unknown): boolean {
	if (typeof value === "string") return value.length <= smallLengthMax;
	return typeof value === "number" || typeof value === "boolean" || value == null;
}

function isStroke(value: unknown): boolean {
	// Throws where it is damaged, and says so by the codec.
	return value instanceof Uint8Array && checkStroke(value);
}

function isOffset(bytes: Uint8Array): boolean {
	decodeOffset(bytes); // Throws where it is none.
	return true;
}

/** Throws where it is damaged; what is no bytes is a stranger's own, and read by nobody. */
function isEnd(value: unknown): boolean {
	return value instanceof Uint8Array ? decodeEnd(value) !== null : isSmall(value);
}

function isPoints(value: unknown): boolean {
	return Array.isArray(value) && value.length <= itemPointsMax * 2 && value.every(isPoint);
}

/** What a message speaks of: we read what we know of it, and its size is bounded. */
function isAnchor(value: unknown): boolean {
	if (!isPlain(value)) return false;
	const parts: unknown[] = [value];
	let length = 0;
	for (let index = 0; index < parts.length; index++) {
		const part = parts[index];
		if (typeof part === "string") length += part.length;
		if (typeof part !== "object" || part === null) continue;
		if (!isPlain(part)) return false;
		for (const key of Object.keys(part)) {
			length += key.length;
			parts.push(part[key]);
		}
		if (parts.length > anchorPartsMax) return false;
	}
	return length <= anchorLengthMax;
}
