/**
 * Which parts of a stroke were erased: bytes under one key for each client that erased some, so
 * that what several erase at once adds up, and who takes back their own leaves that of others.
 * `d` stays whole: who does not know these keys sees the stroke as it was drawn.
 *
 *     e...     = version gap*            `e` and Yjs's client id in base 36
 *     version    1 byte   1
 *     gap      = from length
 *     from       uint     since the end of the gap before it, or the stroke's first point
 *     length     uint     at least 1
 *     uint       as in stroke-codec.ts, in 1024ths of the way from one point to the next
 *
 * Points are counted over all parts of a stroke: 2.5 is half-way between its third and its fourth.
 * A value is written as a whole and never changed. How wide the eraser was says nobody: what is
 * left ends where it began, with a round end.
 */
import { type BoardItem, hasGaps } from "../board.ts";
import { itemPointsMax } from "../stroke-codec.ts";
import { bad, NumberReader, writeUint } from "../stroke-numbers.ts";

/** Stretches of a stroke, in points: from, to, from, to, and so on; in order, and apart. */
export type Gaps = readonly number[];

/** One stretch. */
export type Stretch = readonly [from: number, to: number];

/** Most gaps of one value: the bytes of a small drawing. Nearer ones become one. */
export const gapsMax = 500;
const version = 1;
const stepsPerPoint = 1_024;
const stepMax = itemPointsMax * stepsPerPoint;

/** The key under which a client writes what it erased. */
export function gapKeyOf(client: number): string {
	return `e${client.toString(36)}`;
}

/** Writes gaps, rounded. @throws WeftError `bad_item` where they are none */
export function encodeGaps(gaps: Gaps): Uint8Array {
	const bytes = [version];
	let at = 0;
	for (const [from, to] of stretchesOf(fewer(joinGaps(roundGaps(gaps))))) {
		const [start, end] = [from * stepsPerPoint, to * stepsPerPoint];
		if (!(start >= at && end > start && end <= stepMax)) throw bad("no such gap");
		writeUint(bytes, start - at);
		writeUint(bytes, end - start);
		at = end;
	}
	return Uint8Array.from(bytes);
}

/**
 * Reads what `encodeGaps` wrote.
 *
 * @returns null where its version is newer than this code: nothing was erased then
 * @throws WeftError `bad_item` where the bytes are damaged
 */
export function decodeGaps(bytes: Uint8Array): Gaps | null {
	const reader = new NumberReader(bytes, 0);
	if (reader.byte() !== version) return null;
	const gaps: number[] = [];
	let at = 0;
	while (reader.at < bytes.length) {
		const from = at + reader.uint();
		at = from + reader.uint();
		if (at === from || at > stepMax) throw bad("no such gap");
		gaps.push(from / stepsPerPoint, at / stepsPerPoint);
	}
	if (gaps.length > gapsMax * 2) throw bad("too many gaps");
	return gaps;
}

/** What was erased of an item, by anybody. */
export function gapsOf({ gaps }: Pick<BoardItem, "gaps">): Gaps {
	return joinGaps(gaps.flatMap((bytes) => readable(bytes)));
}

/** The same of one value that may be damaged, or no bytes at all. */
export function readGaps(value: unknown): Gaps {
	return value instanceof Uint8Array ? readable(value) : [];
}

/** Puts stretches in order; those that touch become one. */
export function joinGaps(gaps: Gaps): Gaps {
	const joined: number[] = [];
	for (const [from, to] of [...stretchesOf(gaps)].sort(([a], [b]) => a - b)) {
		const end = joined.at(-1);
		if (end === undefined || from > end) joined.push(from, to);
		else joined[joined.length - 1] = Math.max(end, to);
	}
	return joined;
}

/** The stretches that are left of a stroke of so many points. Of a dot either all or nothing is. */
export function stretchesLeft(pointCount: number, gaps: Gaps): Stretch[] {
	const last = pointCount - 1;
	if (last === 0) return gaps.length === 0 ? [[0, 0]] : [];
	const left: Stretch[] = [];
	let at = 0;
	for (const [from, to] of stretchesOf(gaps)) {
		if (from > at) left.push([at, Math.min(from, last)]);
		at = Math.max(at, to);
		if (at >= last) break;
	}
	if (at < last) left.push([at, last]);
	return left;
}

/** One stretch of a line: x, y, x, y, and so on. */
export function cutLine(points: Float64Array, [from, to]: Stretch): Float64Array {
	const cut = [...placeOn(points, from)];
	for (let index = Math.floor(from) + 1; index < to; index++) {
		cut.push(points[index * 2] ?? 0, points[index * 2 + 1] ?? 0);
	}
	if (to > from) cut.push(...placeOn(points, to));
	return Float64Array.from(cut);
}

/** What is drawn of a pen's line, whose points these are: one line, or what is left of it. */
export function linesLeft(item: BoardItem, points: Float64Array): Float64Array[] {
	if (!hasGaps(item)) return [points];
	return stretchesLeft(points.length / 2, gapsOf(item)).map((left) => cutLine(points, left));
}

/** The stretches, one after another. */
export function* stretchesOf(gaps: Gaps): Generator<Stretch, void, undefined> {
	for (let index = 1; index < gaps.length; index += 2) {
		yield [gaps[index - 1] ?? 0, gaps[index] ?? 0];
	}
}

function placeOn(points: Float64Array, at: number): [x: number, y: number] {
	const index = Math.min(Math.floor(at), points.length / 2 - 1);
	const [x = 0, y = 0, nextX = x, nextY = y] = points.subarray(index * 2, index * 2 + 4);
	const share = at - index;
	return [x + (nextX - x) * share, y + (nextY - y) * share];
}

/** To whole steps, outwards: no crumb stays between two gaps that touched. */
function roundGaps(gaps: Gaps): Gaps {
	return gaps.map((at, index) => {
		const steps = at * stepsPerPoint;
		return (index % 2 === 0 ? Math.floor(steps) : Math.ceil(steps)) / stepsPerPoint;
	});
}

/** Closes the shortest stretches between gaps where there are too many. */
function fewer(gaps: Gaps): Gaps {
	const over = gaps.length / 2 - gapsMax;
	if (over <= 0) return gaps;
	const lengthAt = (index: number) => (gaps[index + 1] ?? 0) - (gaps[index] ?? 0);
	const betweens = Array.from({ length: gaps.length / 2 - 1 }, (_, index) => index * 2 + 1);
	const closed = new Set(betweens.sort((a, b) => lengthAt(a) - lengthAt(b)).slice(0, over));
	return gaps.filter((_, index) => !closed.has(index) && !closed.has(index - 1));
}

/** Damaged bytes erase nothing. */
function readable(bytes: Uint8Array): Gaps {
	try {
		return decodeGaps(bytes) ?? [];
	} catch {
		return [];
	}
}
