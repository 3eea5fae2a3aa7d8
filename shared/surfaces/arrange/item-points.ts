/**
 * Where the points of an item are: what was moved, sized and turned (pose.ts) is worked out here,
 * for everybody. Only what drawing begins with; outlines and exact boxes are in item-outline.ts.
 */
import type { BoardItem } from "../board.ts";
import { type Bounds, decodeStroke, type Stroke, strokeBounds } from "../stroke-codec.ts";

/**
 * What makes the place of a point from where it was drawn: x is a x + c y + e, and y is
 * b x + d y + f, the order that a canvas takes them in.
 */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** See `Matrix`. @throws WeftError `bad_item` */
export function matrixOf({ pose, parts, x, y }: BoardItem): Matrix {
	const box = pose === null || parts[0] === undefined ? null : strokeBounds(parts[0]);
	if (pose === null || box === null) return [1, 0, 0, 1, x, y];
	const [cos, sin] = cosSinOf(pose.turn);
	const [a, b, c, d] = [cos * pose.wide, sin * pose.wide, -sin * pose.high, cos * pose.high];
	const [middleX, middleY] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
	const e = middleX + x - a * middleX - c * middleY;
	return [a, b, c, d, e, middleY + y - b * middleX - d * middleY];
}

/** The points of an item where they are now, all parts together. @throws WeftError `bad_item` */
export function itemPoints(item: BoardItem): Pick<Stroke, "points" | "pressures"> {
	const strokes = item.parts.map(decodeStroke).filter((stroke) => stroke !== null);
	const drawn = strokes.flatMap((stroke) => Array.from(stroke.points));
	const [a, b, c, d, e, f] = matrixOf(item);
	const points = new Float64Array(drawn.length);
	for (let index = 0; index < drawn.length; index += 2) {
		const [x = 0, y = 0] = [drawn[index], drawn[index + 1]];
		points[index] = a * x + c * y + e;
		points[index + 1] = b * x + d * y + f;
	}
	const isPressed = strokes.some((stroke) => stroke.pressures !== null);
	const pressures = isPressed ? joinPressures(strokes) : null;
	return { points, pressures };
}

/**
 * The box around an item's points where nothing was sized or turned: else where they were before.
 *
 * @throws WeftError `bad_item`
 */
export function plainBounds(item: BoardItem): Bounds | null {
	const box = drawnBounds(item);
	if (box === null) return null;
	const { x, y } = item;
	return { minX: box.minX + x, minY: box.minY + y, maxX: box.maxX + x, maxY: box.maxY + y };
}

/** The box around the points as they were drawn; null where a part cannot be read. */
export function drawnBounds({ parts }: BoardItem): Bounds | null {
	let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const part of parts) {
		const bounds = strokeBounds(part);
		if (bounds === null) return null;
		minX = Math.min(minX, bounds.minX);
		minY = Math.min(minY, bounds.minY);
		maxX = Math.max(maxX, bounds.maxX);
		maxY = Math.max(maxY, bounds.maxY);
	}
	return { minX, minY, maxX, maxY };
}

/** Length of the two lines of an arrow's head, in units; a short arrow's are shorter. */
export function headLength(width: number): number {
	return 10 + 3 * width;
}

/** Of an angle in degrees; exact for what stands upright. */
export function cosSinOf(degrees: number): [cos: number, sin: number] {
	if (degrees === 0) return [1, 0];
	const turn = (degrees * Math.PI) / 180;
	return [Math.cos(turn), Math.sin(turn)];
}

function joinPressures(strokes: readonly Stroke[]): Float32Array {
	return Float32Array.from(
		strokes.flatMap((stroke) =>
			Array.from(stroke.pressures ?? new Float32Array(stroke.points.length / 2).fill(0.5)),
		),
	);
}
