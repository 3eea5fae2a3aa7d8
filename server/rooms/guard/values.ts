/**
 * Reads the values that an update brings, as `readAny` of lib0 (decoding.js) and `readJSON` of yjs
 * (src/utils/UpdateDecoder.js) do, and bounds them while it reads. One value is one piece of work
 * to whoever holds the doc: what is nested deep ends their stack, and what has a million parts, two
 * megabytes of nothing, stops their loop.
 */
import * as decoding from "lib0/decoding";
import { WeftError } from "../../../shared/errors.ts";

/**
 * Structs and values that an update may still bring. Where there is no end to them it was let in
 * before, by whatever bounds there were then: nothing of it is refused.
 */
export interface Budget {
	left: number;
}

/** Deepest nesting inside one value: what a browser's JSON survives with room to spare. */
const valueDepthMax = 32;
/** Most entries in one object or array of a value. */
const valueEntriesMax = 10_000;
/** Most parts of one value, over all that it nests: to read them takes some milliseconds. */
const valuePartsMax = 200_000;

/** JSON up to this has not many parts. */
const shortJsonLength = 64 * 1024;

/** How lib0 marks what has parts; all else is read by lib0 itself. */
const tags = { object: 118, array: 117 } as const;

/** Takes from what is left. @throws WeftError `refused_update` where it is not as much */
export function spend(budget: Budget, count: number): void {
	budget.left -= count;
	if (budget.left < 0) refuse("too many structs");
}

/** A value as lib0 writes it. @throws WeftError `refused_update`, an error of lib0 */
export function readAny(decoder: decoding.Decoder, budget: Budget): unknown {
	if (isLetIn(budget)) return decoding.readAny(decoder);
	const parts: Budget = { left: valuePartsMax };
	const value = readPart(decoder, parts, 0);
	spend(budget, valuePartsMax - parts.left);
	return value;
}

/** A value as JSON, which Yjs parses too. @throws WeftError `refused_update`, a SyntaxError */
export function readJson(decoder: decoding.Decoder, budget: Budget): unknown {
	return parse(decoding.readVarString(decoder), budget);
}

/** The same where Yjs has a word for undefined: in what its first versions wrote. */
export function readOldJson(decoder: decoding.Decoder, budget: Budget): unknown {
	const json = decoding.readVarString(decoder);
	if (json !== "undefined") return parse(json, budget);
	spend(budget, 1);
	return undefined;
}

/**
 * The options of a doc within the doc. Yjs hands all of them to a doc that it makes, whoever reads
 * them, and writes down what came of it: options that are none end every copy of the room.
 *
 * @throws as `readAny`
 */
export function readDocOptions(decoder: decoding.Decoder, budget: Budget): void {
	const options = readAny(decoder, budget);
	if (isLetIn(budget)) return;
	if (typeof options !== "object" || options === null || options instanceof Uint8Array) {
		refuse("no options of a doc");
	}
	const { guid, gcFilter } = options as Readonly<Record<string, unknown>>;
	const isName = guid === undefined || typeof guid === "string";
	if (!isName || gcFilter !== undefined) refuse("no options of a doc");
}

function isLetIn({ left }: Budget): boolean {
	return left === Number.POSITIVE_INFINITY;
}

function readPart(decoder: decoding.Decoder, parts: Budget, depth: number): unknown {
	if (depth > valueDepthMax) refuse("a value nested too deep");
	parts.left--;
	if (parts.left < 0) refuse("a value with too many parts");
	const tag = decoding.readUint8(decoder);
	if (tag === tags.object) return readObject(decoder, parts, depth);
	if (tag === tags.array) return readArray(decoder, parts, depth);
	decoder.pos--;
	return decoding.readAny(decoder);
}

function readArray(decoder: decoding.Decoder, parts: Budget, depth: number): unknown[] {
	const array: unknown[] = [];
	for (let left = readCount(decoder); left > 0; left--) {
		array.push(readPart(decoder, parts, depth + 1));
	}
	return array;
}

function readObject(decoder: decoding.Decoder, parts: Budget, depth: number): unknown {
	const object: Record<string, unknown> = {};
	for (let left = readCount(decoder); left > 0; left--) {
		const key = decoding.readVarString(decoder);
		// lib0 makes it the object's prototype, of which it writes the keys as if they were its own.
		if (key === "__proto__") refuse("a key that no object has");
		object[key] = readPart(decoder, parts, depth + 1);
	}
	return object;
}

function readCount(decoder: decoding.Decoder): number {
	const count = decoding.readVarUint(decoder);
	if (count > valueEntriesMax) refuse("a value with too many entries");
	return count;
}

function parse(json: string, budget: Budget): unknown {
	if (isLetIn(budget)) return JSON.parse(json);
	if (json.length > shortJsonLength) refuseManyParts(json);
	const value: unknown = JSON.parse(json);
	checkValue(value, budget);
	return value;
}

/** Each part but the first stands behind a comma or a bracket; some of these may be letters. */
function refuseManyParts(json: string): void {
	let partCount = 1;
	for (let at = 0; at < json.length; at++) {
		const unit = json.charCodeAt(at);
		if (unit === units.comma || unit === units.bracket || unit === units.brace) partCount++;
	}
	if (partCount > valuePartsMax) refuse("a value with too many parts");
}

const units = { comma: 0x2c, bracket: 0x5b, brace: 0x7b } as const;

/** Walks a value without recursion: a bomb must not reach the stack's end here. */
function checkValue(value: unknown, budget: Budget): void {
	let level: unknown[] = [value];
	for (let depth = 0; level.length > 0; depth++) {
		if (depth > valueDepthMax) refuse("a value nested too deep");
		spend(budget, level.length);
		const next: unknown[] = [];
		for (const part of level) {
			if (typeof part !== "object" || part === null) continue;
			const children: unknown[] = Object.values(part);
			if (children.length > valueEntriesMax) refuse("a value with too many entries");
			for (const child of children) next.push(child);
		}
		level = next;
	}
}

function refuse(detail: string): never {
	throw new WeftError("refused_update", detail);
}
