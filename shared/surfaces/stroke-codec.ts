/**
 * The bytes of one item of the board, written once when the pen is lifted and never changed.
 *
 *     d          = head kind style count point* pressures? times?
 *     head         1 byte   bits 0-3 version (1), bit 4 pressures, bit 5 times follow, rest 0
 *     kind         1 byte   see `itemKinds`
 *     style        1 byte   low half: index of the colour, high half: index of the width
 *     count        uint     points, 1 to `itemPointsMax`
 *     point        int int  x, then y, in sixteenths of a unit: the difference to a guess
 *     pressures    1 byte for two samples, low half first, 0 to 15; one sample for every fourth
 *                  point beginning with the first, and one for the last; a half left over is 0
 *     times        uint for every point: milliseconds since the one before; the first's is 0
 *     uint         7 bits a byte, lowest first, high bit says more follow
 *     int          zig-zag: 0 -1 1 -2 2 as uint 0 1 2 3 4
 *
 * The guess is 0 for the first point, the first point for the second, and then the straight line:
 * 2 * previous - the one before. On recorded pen strokes of 60 points that saves 20 % against plain
 * differences (132 bytes for 166), because hands move smoothly, and costs 1 % on thinned drawings.
 *
 * Pressures are thinned because a hand's force changes slowly: on a recorded tablet stroke the
 * outline moves by less than a quarter of a pixel, for 8 bytes in place of 60. Times have a plane,
 * but the app writes none: nothing shows them, and they would cost 60 bytes a stroke.
 */
import { bad, NumberReader, writeInt, writeUint } from "./stroke-numbers.ts";

/** What an item is, and its number in the bytes. Numbers are for ever. */
export const itemKinds = {
	pen: 1,
	highlighter: 2,
	rectangle: 3,
	ellipse: 4,
	diamond: 5,
	line: 6,
	arrow: 7,
	text: 8,
	note: 9,
	photo: 10,
} as const;
/** A name of the table above. */
export type ItemKind = keyof typeof itemKinds;

/** Four minutes of a pen that reports 120 points a second. */
export const itemPointsMax = 4 * 60 * 120;
/** Farthest coordinate from the origin, in units: second differences still fit 31 bits. */
export const coordinateMax = 2 ** 23;
/** Steps of a coordinate in one unit. */
export const stepsPerUnit = 16;
/** Colours and widths that the style byte can tell apart. */
export const styleIndexMax = 15;

/** An item as it was drawn. Arrays belong to whoever holds the stroke. */
export interface Stroke {
	readonly kind: ItemKind;
	/** Index into the palette, 0 to 15. */
	readonly color: number;
	/** Index into the widths, 0 to 15. */
	readonly width: number;
	/** x0, y0, x1, y1 and so on, in board units. */
	readonly points: Float64Array;
	/** One a point, 0 to 1; null where the device told none. */
	readonly pressures: Float32Array | null;
	/** One a point, milliseconds since the first; null where nobody kept them. */
	readonly times: Float64Array | null;
}

/** A rectangle in board units. */
export interface Bounds {
	readonly minX: number;
	readonly minY: number;
	readonly maxX: number;
	readonly maxY: number;
}

const version = 1;
const pressureFlag = 0x10;
const timeFlag = 0x20;
const pointsPerPressure = 4;
const pressureSteps = 15;
const stepMax = coordinateMax * stepsPerUnit;

const kindNames = new Map<number, ItemKind>(
	Object.entries(itemKinds).map(([name, kind]) => [kind, name as ItemKind]),
);

/**
 * Writes a stroke. Coordinates are rounded to a sixteenth of a unit.
 *
 * @throws WeftError `bad_item` where it has no points, too many, or one that is out of bounds
 */
export function encodeStroke(stroke: Stroke): Uint8Array {
	const count = stroke.points.length / 2;
	refuseUnwritable(stroke, count);
	const bytes: number[] = [
		version | (stroke.pressures ? pressureFlag : 0) | (stroke.times ? timeFlag : 0),
		itemKinds[stroke.kind],
		stroke.color | (stroke.width << 4),
	];
	writeUint(bytes, count);
	writePoints(bytes, stroke.points);
	if (stroke.pressures) writePressures(bytes, stroke.pressures);
	if (stroke.times) writeTimes(bytes, stroke.times);
	return Uint8Array.from(bytes);
}

/**
 * Reads a stroke to its last byte.
 *
 * @returns null where its version or kind is newer than this code: keep it, do not draw it
 * @throws WeftError `bad_item` where the bytes are damaged
 */
export function decodeStroke(d: Uint8Array): Stroke | null {
	const head = readHead(d);
	if (head === null) return null;
	const reader = new NumberReader(d, head.at);
	const points = new Float64Array(head.count * 2);
	readPoints(reader, head.count, (pointIndex, x, y) => {
		points[pointIndex * 2] = x;
		points[pointIndex * 2 + 1] = y;
	});
	const pressures = head.hasPressures ? readPressures(reader, head.count) : null;
	const times = head.hasTimes ? readTimes(reader, head.count) : null;
	if (reader.at !== d.length) throw bad("bytes left over");
	return { kind: head.kind, color: head.color, width: head.width, points, pressures, times };
}

/**
 * Reads a stroke as `decodeStroke` does, and keeps nothing of it.
 *
 * @returns false where version or kind are newer than this code
 * @throws WeftError `bad_item` where the bytes are damaged
 */
export function checkStroke(d: Uint8Array): boolean {
	const head = readHead(d);
	if (head === null) return false;
	const reader = new NumberReader(d, head.at);
	readPoints(reader, head.count, ignore);
	if (head.hasPressures) readSamples(reader, pressureSampleCount(head.count), ignore);
	if (head.hasTimes) readTimes(reader, head.count);
	if (reader.at !== d.length) throw bad("bytes left over");
	return true;
}

function ignore(): void {
	// What was read is in order: nobody asked what it is.
}

/**
 * The box around a stroke's points, without its width; one pass that allocates nothing a point.
 *
 * @returns null where version or kind are newer than this code
 * @throws WeftError `bad_item` where the points are damaged; what follows them is not looked at
 */
export function strokeBounds(d: Uint8Array): Bounds | null {
	const head = readHead(d);
	if (head === null) return null;
	let minX = Number.POSITIVE_INFINITY;
	let minY = Number.POSITIVE_INFINITY;
	let maxX = Number.NEGATIVE_INFINITY;
	let maxY = Number.NEGATIVE_INFINITY;
	readPoints(new NumberReader(d, head.at), head.count, (_pointIndex, x, y) => {
		if (x < minX) minX = x;
		if (x > maxX) maxX = x;
		if (y < minY) minY = y;
		if (y > maxY) maxY = y;
	});
	return { minX, minY, maxX, maxY };
}

/** Kind and style of a stroke, without reading its points. */
export interface StrokeHead {
	readonly kind: ItemKind;
	readonly color: number;
	readonly width: number;
	readonly count: number;
}

/**
 * Reads what stands before the points.
 *
 * @returns null where version or kind are newer than this code
 * @throws WeftError `bad_item`
 */
export function decodeStrokeHead(d: Uint8Array): StrokeHead | null {
	return readHead(d);
}

/** Two numbers as one value of a map, so that moving an item is one key: x, then y. */
export function encodeOffset(x: number, y: number): Uint8Array {
	const bytes: number[] = [];
	writeInt(bytes, toSteps(x));
	writeInt(bytes, toSteps(y));
	return Uint8Array.from(bytes);
}

/**
 * Reads what `encodeOffset` wrote.
 *
 * @throws WeftError `bad_item`
 */
export function decodeOffset(bytes: Uint8Array): { x: number; y: number } {
	const reader = new NumberReader(bytes, 0);
	const x = inBounds(reader.int()) / stepsPerUnit;
	const y = inBounds(reader.int()) / stepsPerUnit;
	if (reader.at !== bytes.length) throw bad("bytes left over");
	return { x, y };
}

function refuseUnwritable(stroke: Stroke, count: number): void {
	if (!Number.isInteger(count) || count < 1 || count > itemPointsMax) throw bad(`${count} points`);
	if (!isStyleIndex(stroke.color) || !isStyleIndex(stroke.width)) throw bad("no such style");
	if (stroke.pressures && stroke.pressures.length !== count) throw bad("pressures do not match");
	if (stroke.times && stroke.times.length !== count) throw bad("times do not match");
}

function isStyleIndex(index: number): boolean {
	return Number.isInteger(index) && index >= 0 && index <= styleIndexMax;
}

interface Head extends StrokeHead {
	readonly hasPressures: boolean;
	readonly hasTimes: boolean;
	/** Where the points begin. */
	readonly at: number;
}

function readHead(d: Uint8Array): Head | null {
	const [first, kindByte, style] = d;
	if (first === undefined || kindByte === undefined || style === undefined) throw bad("cut short");
	if ((first & 0x0f) !== version) return null;
	const kind = kindNames.get(kindByte);
	if (kind === undefined) return null;
	if ((first & ~(0x0f | pressureFlag | timeFlag)) !== 0) throw bad("unknown flags");
	const reader = new NumberReader(d, 3);
	const count = reader.uint();
	if (count < 1 || count > itemPointsMax) throw bad(`${count} points`);
	if (count * 2 > d.length - reader.at) throw bad("cut short");
	return {
		kind,
		color: style & 0x0f,
		width: style >> 4,
		count,
		hasPressures: (first & pressureFlag) !== 0,
		hasTimes: (first & timeFlag) !== 0,
		at: reader.at,
	};
}

function writePoints(bytes: number[], points: Float64Array): void {
	let [x1, y1, x2, y2] = [0, 0, 0, 0];
	for (let index = 0; index < points.length; index += 2) {
		const x = toSteps(points[index] ?? Number.NaN);
		const y = toSteps(points[index + 1] ?? Number.NaN);
		writeInt(bytes, x - guess(index >> 1, x1, x2));
		writeInt(bytes, y - guess(index >> 1, y1, y2));
		x2 = x1;
		y2 = y1;
		x1 = x;
		y1 = y;
	}
}

function readPoints(
	reader: NumberReader,
	count: number,
	take: (pointIndex: number, x: number, y: number) => void,
): void {
	let [x1, y1, x2, y2] = [0, 0, 0, 0];
	for (let pointIndex = 0; pointIndex < count; pointIndex++) {
		const x = inBounds(reader.int() + guess(pointIndex, x1, x2));
		const y = inBounds(reader.int() + guess(pointIndex, y1, y2));
		take(pointIndex, x / stepsPerUnit, y / stepsPerUnit);
		x2 = x1;
		y2 = y1;
		x1 = x;
		y1 = y;
	}
}

/** Where a point is expected: `last` is the one before it, `before` the one before that. */
function guess(pointIndex: number, last: number, before: number): number {
	return pointIndex < 2 ? last : 2 * last - before;
}

function toSteps(coordinate: number): number {
	return inBounds(Math.round(coordinate * stepsPerUnit));
}

function inBounds(steps: number): number {
	if (!(Math.abs(steps) <= stepMax)) throw bad("out of bounds");
	return steps;
}

function pressureSampleCount(count: number): number {
	return Math.ceil((count - 1) / pointsPerPressure) + 1;
}

function writePressures(bytes: number[], pressures: Float32Array): void {
	const sampleCount = pressureSampleCount(pressures.length);
	for (let sampleIndex = 0; sampleIndex < sampleCount; sampleIndex += 2) {
		const low = pressureSample(pressures, sampleIndex);
		const high = sampleIndex + 1 < sampleCount ? pressureSample(pressures, sampleIndex + 1) : 0;
		bytes.push(low | (high << 4));
	}
}

function pressureSample(pressures: Float32Array, sampleIndex: number): number {
	const pointIndex = Math.min(sampleIndex * pointsPerPressure, pressures.length - 1);
	const pressure = pressures[pointIndex] ?? 0;
	if (Number.isNaN(pressure)) throw bad("no number");
	return Math.round(Math.min(1, Math.max(0, pressure)) * pressureSteps);
}

/** Calls `take` for each sample, in its order. */
function readSamples(
	reader: NumberReader,
	count: number,
	take: (sampleIndex: number, sample: number) => void,
): void {
	for (let sampleIndex = 0; sampleIndex < count; sampleIndex += 2) {
		const byte = reader.byte();
		take(sampleIndex, byte & 15);
		if (sampleIndex + 1 < count) take(sampleIndex + 1, byte >> 4);
		else if (byte >> 4 !== 0) throw bad("a half too many");
	}
}

function readPressures(reader: NumberReader, count: number): Float32Array {
	const sampleCount = pressureSampleCount(count);
	const samples = new Float32Array(sampleCount);
	readSamples(reader, sampleCount, (sampleIndex, sample) => {
		samples[sampleIndex] = sample / pressureSteps;
	});
	const pressures = new Float32Array(count);
	for (let pointIndex = 0; pointIndex < count; pointIndex++) {
		pressures[pointIndex] = between(samples, pointIndex, count);
	}
	return pressures;
}

/** The pressure of a point, on the line between the two samples around it. */
function between(samples: Float32Array, pointIndex: number, count: number): number {
	const sampleIndex = Math.floor(pointIndex / pointsPerPressure);
	const from = sampleIndex * pointsPerPressure;
	const to = Math.min(from + pointsPerPressure, count - 1);
	const low = samples[sampleIndex] ?? 0;
	if (to <= from) return low;
	return low + ((samples[sampleIndex + 1] ?? low) - low) * ((pointIndex - from) / (to - from));
}

function writeTimes(bytes: number[], times: Float64Array): void {
	let previous = times[0] ?? 0;
	for (const time of times) {
		const passed = Math.round(time) - Math.round(previous);
		if (!(passed >= 0 && passed < 2 ** 31)) throw bad("time runs backwards");
		writeUint(bytes, passed);
		previous = time;
	}
}

function readTimes(reader: NumberReader, count: number): Float64Array {
	const times = new Float64Array(count);
	let time = 0;
	for (let pointIndex = 0; pointIndex < count; pointIndex++) {
		time += reader.uint();
		if (pointIndex === 0 && time !== 0) throw bad("time begins late");
		times[pointIndex] = time;
	}
	return times;
}
