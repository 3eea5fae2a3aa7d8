/**
 * Ink in the making: what other people see of a stroke before it is in the doc. Sent as the bytes
 * of an `ink` message (PROTOCOL.md), never stored.
 *
 *     ink       = 00 uint(ink) style uint(from) uint(count) point*     points, appended
 *               | 01 uint(ink) uint(clock)                             it is in the doc
 *               | 02 uint(ink)                                         it was given up
 *               | 03 as 00                                             of a highlighter
 *               | 04 ...                                               a laser's (laser.ts)
 *     style       1 byte    low half: index of the colour, high half: index of the width
 *     point       int(x) int(y) 1 byte(pressure, 255 = 1)   sixteenths of a unit; x and y are the
 *                           difference to the point before, the first's to 0
 *     uint, int             lib0's variable lengths
 *
 * `ink` counts a sender's strokes, so that late bytes of one never join the next. `from` is the
 * number of points that were sent before: what is lost leaves a gap, not a mess. `clock` is the
 * sender's clock in the doc after the stroke went in: whoever has that much has the stroke.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WeftError } from "../../errors.ts";
import { coordinateMax, itemPointsMax, stepsPerUnit } from "../stroke-codec.ts";

/** A point of a pen on the board: units, and force from 0 to 1. */
export interface InkPoint {
	readonly x: number;
	readonly y: number;
	readonly pressure: number;
}

/** What leaves ink. */
export type InkKind = "pen" | "highlighter";

/** What one message says. */
export type Ink =
	| {
			readonly type: "points";
			readonly kind: InkKind;
			readonly ink: number;
			readonly color: number;
			readonly width: number;
			readonly from: number;
			readonly points: readonly InkPoint[];
	  }
	| { readonly type: "end"; readonly ink: number; readonly clock: number }
	| { readonly type: "cancel"; readonly ink: number };

/** Most points of one message: it stays far below `inkBytesMax`. */
export const inkPointsMax = 500;

const typePoints = 0;
const typeEnd = 1;
const typeCancel = 2;
/** An app that does not know it shows the stroke when it is in the doc. */
const typeHighlighter = 3;

/** Writes one message. */
export function encodeInkPayload(ink: Ink): Uint8Array {
	return encoding.encode((encoder) => {
		switch (ink.type) {
			case "points":
				encoding.writeVarUint(encoder, ink.kind === "pen" ? typePoints : typeHighlighter);
				encoding.writeVarUint(encoder, ink.ink);
				encoding.writeUint8(encoder, ink.color | (ink.width << 4));
				encoding.writeVarUint(encoder, ink.from);
				writeInkPoints(encoder, ink.points);
				return;
			case "end":
				encoding.writeVarUint(encoder, typeEnd);
				encoding.writeVarUint(encoder, ink.ink);
				encoding.writeVarUint(encoder, ink.clock);
				return;
			case "cancel":
				encoding.writeVarUint(encoder, typeCancel);
				encoding.writeVarUint(encoder, ink.ink);
		}
	});
}

/**
 * Reads one message to its end.
 *
 * @throws WeftError `bad_frame`
 */
export function decodeInkPayload(bytes: Uint8Array): Ink {
	try {
		const decoder = decoding.createDecoder(bytes);
		const ink = readInkPayload(decoder);
		if (decoding.hasContent(decoder)) throw new WeftError("bad_frame", "bytes left over");
		return ink;
	} catch (error) {
		if (error instanceof WeftError) throw error;
		throw new WeftError("bad_frame", "ink cut short", { cause: error });
	}
}

function readInkPayload(decoder: decoding.Decoder): Ink {
	const type = decoding.readVarUint(decoder);
	const ink = decoding.readVarUint(decoder);
	switch (type) {
		case typePoints:
		case typeHighlighter: {
			const style = decoding.readUint8(decoder);
			const from = decoding.readVarUint(decoder);
			if (from > itemPointsMax) throw new WeftError("bad_frame", "ink without end");
			const points = readInkPoints(decoder);
			const kind = type === typePoints ? "pen" : "highlighter";
			return { type: "points", kind, ink, color: style & 15, width: style >> 4, from, points };
		}
		case typeEnd:
			return { type: "end", ink, clock: decoding.readVarUint(decoder) };
		case typeCancel:
			return { type: "cancel", ink };
		default:
			throw new WeftError("bad_frame", `ink of type ${type}`);
	}
}

/** Writes their number and all of them, each by its difference to the one before. */
export function writeInkPoints(encoder: encoding.Encoder, points: readonly InkPoint[]): void {
	encoding.writeVarUint(encoder, points.length);
	let [lastX, lastY] = [0, 0];
	for (const point of points) {
		const x = Math.round(point.x * stepsPerUnit);
		const y = Math.round(point.y * stepsPerUnit);
		encoding.writeVarInt(encoder, x - lastX);
		encoding.writeVarInt(encoder, y - lastY);
		encoding.writeUint8(encoder, Math.round(Math.min(1, Math.max(0, point.pressure)) * 255));
		lastX = x;
		lastY = y;
	}
}

/** Reads what `writeInkPoints` wrote. @throws WeftError `bad_frame` */
export function readInkPoints(decoder: decoding.Decoder): InkPoint[] {
	const count = decoding.readVarUint(decoder);
	if (count > inkPointsMax) throw new WeftError("bad_frame", `${count} points of ink`);
	const points: InkPoint[] = [];
	let [x, y] = [0, 0];
	for (let pointIndex = 0; pointIndex < count; pointIndex++) {
		x += decoding.readVarInt(decoder);
		y += decoding.readVarInt(decoder);
		if (Math.max(Math.abs(x), Math.abs(y)) > coordinateMax * stepsPerUnit) {
			throw new WeftError("bad_frame", "ink out of bounds");
		}
		const pressure = decoding.readUint8(decoder) / 255;
		points.push({ x: x / stepsPerUnit, y: y / stepsPerUnit, pressure });
	}
	return points;
}
