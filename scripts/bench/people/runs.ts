/**
 * Which letters of whom an update holds, and nothing else of it: a reader of thousands of frames a
 * second builds no doc. Knows the structs that come of typing (yjs 13, `readClientsStructRefs`).
 */

/** Told of each run: a client's letters from one number up to, but without, another. */
export type SeenRun = (clientId: number, from: number, to: number) => void;

const gcStruct = 0;
const deletedContent = 1;
const stringContent = 4;
const skipStruct = 10;
const originBit = 0x80;
const rightOriginBit = 0x40;
const parentKeyBit = 0x20;

/**
 * Reads the update that starts at `start`. Strings must be ASCII: a byte is a letter.
 *
 * @throws Error where there is something that nobody here has written
 */
export function readRuns(bytes: Uint8Array, start: number, seen: SeenRun): void {
	const cursor = { bytes, at: start };
	for (let clients = number(cursor); clients > 0; clients--) {
		const structs = number(cursor);
		const clientId = number(cursor);
		let clock = number(cursor);
		for (let structIndex = 0; structIndex < structs; structIndex++) {
			const isGap = (bytes[cursor.at] ?? 0) === skipStruct;
			const length = structLength(cursor);
			if (!isGap) seen(clientId, clock, clock + length);
			clock += length;
		}
	}
}

interface Cursor {
	readonly bytes: Uint8Array;
	at: number;
}

/** Goes behind one struct and gives its length. */
function structLength(cursor: Cursor): number {
	const info = cursor.bytes[cursor.at] ?? 0;
	cursor.at += 1;
	if (info === gcStruct || info === skipStruct) return number(cursor);
	if ((info & originBit) !== 0) skipNumbers(cursor, 2);
	if ((info & rightOriginBit) !== 0) skipNumbers(cursor, 2);
	if ((info & (originBit | rightOriginBit)) === 0) skipParent(cursor);
	if ((info & (originBit | rightOriginBit)) === 0 && (info & parentKeyBit) !== 0) skipText(cursor);
	const content = info & 0x1f;
	if (content === deletedContent) return number(cursor);
	if (content === stringContent) return skipText(cursor);
	throw new Error(`an update holds content ${content}, which nobody wrote`);
}

function skipParent(cursor: Cursor): void {
	if (number(cursor) === 1) skipText(cursor);
	else skipNumbers(cursor, 2);
}

function skipNumbers(cursor: Cursor, count: number): void {
	for (let left = count; left > 0; left--) number(cursor);
}

function skipText(cursor: Cursor): number {
	const length = number(cursor);
	cursor.at += length;
	return length;
}

/** A number of lib0: seven bits a byte, the lowest first. */
function number(cursor: Cursor): number {
	const { bytes } = cursor;
	let value = 0;
	let factor = 1;
	for (;;) {
		const byte = bytes[cursor.at];
		if (byte === undefined) throw new Error("an update is cut short");
		cursor.at += 1;
		value += (byte & 0x7f) * factor;
		if (byte < 0x80) return value;
		factor *= 128;
	}
}
