/**
 * The light of a laser pointer: where somebody points, while they do. Sent as the bytes of an `ink`
 * message (PROTOCOL.md), never stored; apps that do not know it show nothing of it.
 *
 *     laser     = 04 uint(trail) uint(count) point*     points (ink.ts), appended
 *
 * `trail` counts a sender's trails, so that a light that went off and on again draws no line
 * between. There is no end: a point fades by itself, and a light that rests is told again.
 */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WeftError } from "../../errors.ts";
import { type InkPoint, readInkPoints, writeInkPoints } from "./ink.ts";

/** What one message says. */
export interface Laser {
	readonly trail: number;
	readonly points: readonly Pick<InkPoint, "x" | "y">[];
}

/** Most points of one message; two a message are usual. */
export const laserPointsMax = 64;

const typeLaser = 4;
/** A light is as bright wherever it is. */
const pressure = 1;

/** Writes one message of at most `laserPointsMax` points. */
export function encodeLaser({ trail, points }: Laser): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, typeLaser);
		encoding.writeVarUint(encoder, trail);
		writeInkPoints(
			encoder,
			points.map(({ x, y }) => ({ x, y, pressure })),
		);
	});
}

/**
 * Reads one message to its end; null where the ink is no laser's.
 *
 * @throws WeftError `bad_frame`
 */
export function decodeLaser(bytes: Uint8Array): Laser | null {
	if (bytes[0] !== typeLaser) return null;
	try {
		const decoder = decoding.createDecoder(bytes.subarray(1));
		const trail = decoding.readVarUint(decoder);
		const points = readInkPoints(decoder).map(({ x, y }) => ({ x, y }));
		if (points.length > laserPointsMax || decoding.hasContent(decoder)) {
			throw new WeftError("bad_frame", "light without end");
		}
		return { trail, points };
	} catch (error) {
		if (error instanceof WeftError) throw error;
		throw new WeftError("bad_frame", "light cut short", { cause: error });
	}
}
