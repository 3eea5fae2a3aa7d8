/**
 * Size and turn of an item: the bytes under its key `s`, written as a whole and never changed, so
 * that of two who size and turn it at once the last one wins, and nothing is torn.
 *
 *     s          = version wide high turn
 *     version      1 byte   1
 *     wide, high   int      how many times as wide and as high as it was drawn, in 4096ths; below
 *                           0 where it is mirrored; never 0
 *     turn         int      clockwise on the screen, in 32nds of a degree: -5760 to 5759
 *     int          as in stroke-codec.ts
 *
 * An item is sized and turned around the middle of the box of `d`, which never changes either, and
 * then moved by `x`: so what one person turns and another moves at once is turned and moved.
 * Lines keep their width. A 32nd of a degree is a pixel at 1,800 units from the middle.
 */
import { bad, NumberReader, writeInt } from "../stroke-numbers.ts";

/** Sizes in one: an item as it was drawn. */
const sizeSteps = 4_096;
/** Largest and smallest size; a dot becomes a page. */
const sizeMax = 2_048;
const turnSteps = 32;
const turnStepsAround = 360 * turnSteps;
const version = 1;

/** How an item lies that was sized or turned. */
export interface Pose {
	/** Times as wide and as high as drawn; below 0 where mirrored. */
	readonly wide: number;
	readonly high: number;
	/** Clockwise, in degrees, from -180 on and below 180. */
	readonly turn: number;
}

/** As it was drawn. */
export const plainPose: Pose = Object.freeze({ wide: 1, high: 1, turn: 0 });

/** Writes a pose, rounded. @throws WeftError `bad_item` where a size is out of bounds */
export function encodePose({ wide, high, turn }: Pose): Uint8Array {
	const bytes: number[] = [version];
	writeInt(bytes, toSteps(wide));
	writeInt(bytes, toSteps(high));
	const steps = Math.round(turn * turnSteps);
	if (!Number.isFinite(steps)) throw bad("no turn");
	const around = steps + turnStepsAround / 2;
	writeInt(
		bytes,
		around - Math.floor(around / turnStepsAround) * turnStepsAround - turnStepsAround / 2,
	);
	return Uint8Array.from(bytes);
}

/**
 * Reads what `encodePose` wrote.
 *
 * @returns null where its version is newer than this code: the item is shown as it was drawn
 * @throws WeftError `bad_item` where the bytes are damaged
 */
export function decodePose(bytes: Uint8Array): Pose | null {
	const reader = new NumberReader(bytes, 0);
	if (reader.byte() !== version) return null;
	const wide = inBounds(reader.int()) / sizeSteps;
	const high = inBounds(reader.int()) / sizeSteps;
	const turn = reader.int();
	if (turn < -turnStepsAround / 2 || turn >= turnStepsAround / 2) throw bad("turned too far");
	if (reader.at !== bytes.length) throw bad("bytes left over");
	return { wide, high, turn: turn / turnSteps };
}

/** The size nearest to one that is asked for which can be written. */
export function sizeWithin(size: number): number {
	const far = Math.min(sizeMax, Math.max(1 / sizeSteps, Math.abs(size)));
	return size < 0 ? -far : far;
}

function toSteps(size: number): number {
	return inBounds(Math.round(size * sizeSteps));
}

function inBounds(steps: number): number {
	if (steps === 0 || !(Math.abs(steps) <= sizeMax * sizeSteps)) throw bad("no such size");
	return steps;
}
