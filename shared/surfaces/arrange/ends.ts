/**
 * The ends of lines and arrows: the bytes under `a0`, where one begins, and `a1`, where it leads
 * to. Each is written as a whole and never changed, so that of two who move one end the last one
 * wins, and who moves the other end at once gets it, too. A key exists only where an end was put
 * elsewhere than it was drawn, or stays on what it points at.
 *
 *     a0, a1     = version x y target?
 *     version      1 byte   1
 *     x, y         int      in sixteenths of a unit, counted as the points of `d`: `x` and `s` of
 *                           the item move it along; where the end is while its target is gone
 *     target     = low high clock across down
 *     low, high    uint     Yjs's client id of the entry that it points at: low + 2^27 high
 *     clock        uint
 *     across, down uint     where in the target's box, in 256ths of its width and height: 0 to 256
 *     int, uint    as in stroke-codec.ts
 *
 * Where a bound end is drawn nobody writes: joins.ts works it out of where the target lies now.
 * An entry that is pointed at has its own name under `n = [client, clock]`: erased and brought
 * back, or in a doc that was cleaned, it has another one for Yjs, and keeps that. Everybody who
 * points at it writes the same. Lines and arrows are never followed: so there is no circle.
 */
import * as Y from "yjs";
import { coordinateMax, stepsPerUnit } from "../stroke-codec.ts";
import { bad, NumberReader, writeInt, writeUint } from "../stroke-numbers.ts";

/** Names an entry of the board, wherever it goes. */
export interface EntryName {
	readonly client: number;
	readonly clock: number;
}

/** What an end points at, and where in the box of that: 0 to 1, from the left and from above. */
export interface Target extends EntryName {
	readonly across: number;
	readonly down: number;
}

/** One end of a line. */
export interface End {
	/** In units, as the points of `d`. */
	readonly x: number;
	readonly y: number;
	/** Null for one that lies free. */
	readonly target: Target | null;
}

/** Where a line begins and where it leads to; null for an end that is as it was drawn. */
export type Ends = readonly [from: End | null, to: End | null];

/** The keys of both ends, in this order. */
export const endKeys = ["a0", "a1"] as const;

const version = 1;
const shareSteps = 256;
const lowSteps = 2 ** 27;
const stepMax = coordinateMax * stepsPerUnit;
/** Yjs's ids have 32 bits; 53 could be read. */
const clientMax = 2 ** 53;
const clockMax = 2 ** 31 - 1;

/** Writes an end, rounded. @throws WeftError `bad_item` where it is out of bounds */
export function encodeEnd({ x, y, target }: End): Uint8Array {
	const bytes: number[] = [version];
	writeInt(bytes, within(Math.round(x * stepsPerUnit), -stepMax, stepMax));
	writeInt(bytes, within(Math.round(y * stepsPerUnit), -stepMax, stepMax));
	if (target !== null) {
		const client = within(target.client, 0, clientMax);
		writeUint(bytes, client % lowSteps);
		writeUint(bytes, Math.floor(client / lowSteps));
		writeUint(bytes, within(target.clock, 0, clockMax));
		for (const share of [target.across, target.down]) {
			writeUint(bytes, within(Math.round(share * shareSteps), 0, shareSteps));
		}
	}
	return Uint8Array.from(bytes);
}

/**
 * Reads what `encodeEnd` wrote.
 *
 * @returns null where its version is newer than this code: the end is shown as it was drawn
 * @throws WeftError `bad_item` where the bytes are damaged
 */
export function decodeEnd(bytes: Uint8Array): End | null {
	const reader = new NumberReader(bytes, 0);
	if (reader.byte() !== version) return null;
	const x = within(reader.int(), -stepMax, stepMax) / stepsPerUnit;
	const y = within(reader.int(), -stepMax, stepMax) / stepsPerUnit;
	if (reader.at === bytes.length) return { x, y, target: null };
	const low = within(reader.uint(), 0, lowSteps - 1);
	const client = within(low + reader.uint() * lowSteps, 0, clientMax);
	const clock = within(reader.uint(), 0, clockMax);
	const across = within(reader.uint(), 0, shareSteps) / shareSteps;
	const down = within(reader.uint(), 0, shareSteps) / shareSteps;
	if (reader.at !== bytes.length) throw bad("bytes left over");
	return { x, y, target: { client, clock, across, down } };
}

/** Both ends of an entry; null where no key of theirs can be read. */
export function readEnds(entry: unknown): Ends | null {
	if (!(entry instanceof Y.Map)) return null;
	const [from, to] = endKeys.map((key) => readEnd(entry.get(key)));
	return from || to ? [from ?? null, to ?? null] : null;
}

function readEnd(value: unknown): End | null {
	if (!(value instanceof Uint8Array)) return null;
	try {
		return decodeEnd(value);
	} catch {
		return null; // Damaged: the end is where it was drawn.
	}
}

/** Reads `n`; null where it says nothing of the kind. */
export function readName(n: unknown): EntryName | null {
	if (!Array.isArray(n) || n.length !== 2) return null;
	const [client, clock]: unknown[] = n;
	return isCount(client, clientMax) && isCount(clock, clockMax) ? { client, clock } : null;
}

/** The name by which an entry of the board is pointed at; null for one that is not in a doc. */
export function nameOf(entry: Y.Map<unknown>): EntryName | null {
	return readName(entry.get("n")) ?? entry._item?.id ?? null;
}

/** A name as the key of a map. */
export function nameText({ client, clock }: EntryName): string {
	return `${client} ${clock}`;
}

function isCount(value: unknown, max: number): value is number {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= max;
}

function within(value: number, min: number, max: number): number {
	if (!(value >= min && value <= max)) throw bad("an end out of bounds");
	return value;
}
