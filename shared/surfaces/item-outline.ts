/** What is drawn of an item, as points, where it is now: for hits, previews and small pictures. */

import { linesLeft } from "./arrange/gaps.ts";
import {
	cosSinOf,
	drawnBounds,
	headLength,
	itemPoints,
	matrixOf,
	plainBounds,
} from "./arrange/item-points.ts";
import { plainPose } from "./arrange/pose.ts";
import { type BoardItem, hasGaps } from "./board.ts";
import type { Bounds, ItemKind } from "./stroke-codec.ts";

/** Straight lines that stand for an ellipse. */
const ellipseLines = 48;
/** How far the two lines of an arrow's head open to each side, in radians. */
const headTurn = Math.PI / 6;

const box = [-1, -1, 1, -1, 1, 1, -1, 1, -1, -1];
/** Corners of what has a body in a box from -1 to 1; the last one is the first one again. */
const corners: Readonly<Partial<Record<ItemKind, readonly number[]>>> = {
	photo: box,
	rectangle: box,
	note: box,
	text: box,
	diamond: [0, -1, 1, 0, 0, 1, -1, 0, 0, -1],
	ellipse: Array.from({ length: ellipseLines * 2 + 2 }, (_, index) => {
		const angle = ((index >> 1) / ellipseLines) * 2 * Math.PI;
		return index % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
	}),
};

/** True where an item has an inside that can be filled. */
export function isClosed(kind: ItemKind): boolean {
	return kind !== "photo" && corners[kind] !== undefined;
}

/** The box that an item was drawn in, as it lies now: sized, then turned around its middle. */
export interface ItemFrame {
	/** The middle, in units. */
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
	/** Clockwise, in degrees. */
	readonly turn: number;
}

/** See above; null where a part cannot be read. @throws WeftError `bad_item` */
export function itemFrame(item: BoardItem): ItemFrame | null {
	const box = seenBounds(item);
	if (box === null) return null;
	const { wide, high, turn } = item.pose ?? plainPose;
	const [a, b, c, d, e, f] = matrixOf(item);
	const [x, y] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2];
	return {
		x: a * x + c * y + e,
		y: b * x + d * y + f,
		width: (box.maxX - box.minX) * Math.abs(wide),
		height: (box.maxY - box.minY) * Math.abs(high),
		turn,
	};
}

/**
 * The box around what is drawn of an item, without its width; null where a part cannot be read,
 * and where all of it was erased.
 *
 * @throws WeftError `bad_item`
 */
export function itemBounds(item: BoardItem): Bounds | null {
	if (hasGaps(item)) return boundsOf(...itemLines(item));
	const box = plainBounds(item);
	return box === null || item.pose === null ? box : boundsOf(itemOutline(item));
}

/**
 * Lines through all that is drawn of an item, as below: one, or several where parts of a stroke
 * were erased; none where nothing is left.
 *
 * @throws WeftError `bad_item`
 */
export function itemLines(item: BoardItem): Float64Array[] {
	return linesLeft(item, itemOutline(item));
}

/**
 * One line through all that is drawn of an item: x0, y0, x1, y1 and so on, in units, where it is
 * now. A pen's is the way of its point, a photo's its edge.
 *
 * @throws WeftError `bad_item`
 */
export function itemOutline(item: BoardItem): Float64Array {
	const shares = corners[item.kind];
	const frame = shares === undefined ? null : itemFrame(item);
	if (shares === undefined || frame === null) {
		const { points } = itemPoints(item);
		return item.kind === "arrow" ? withHead(points, headLength(item.width)) : points;
	}
	return frameOutline(frame, shares);
}

/** The edge of a frame as it lies, or what has such corners in it; the last point is the first. */
export function frameOutline(frame: ItemFrame, shares: readonly number[] = box): Float64Array {
	const [cos, sin] = cosSinOf(frame.turn);
	return Float64Array.from(shares, (_, index) => {
		const across = ((shares[index & ~1] ?? 0) * frame.width) / 2;
		const down = ((shares[index | 1] ?? 0) * frame.height) / 2;
		return index % 2 === 0
			? frame.x + across * cos - down * sin
			: frame.y + across * sin + down * cos;
	});
}

/** The box of a frame before it was turned. */
export function uprightBox({ x, y, width, height }: ItemFrame): Bounds {
	const [across, down] = [width / 2, height / 2];
	return { minX: x - across, minY: y - down, maxX: x + across, maxY: y + down };
}

/** The box around a box that is turned around a point, such as the middle of a frame. */
export function turnedBox(
	box: Bounds,
	{ x, y, turn }: Pick<ItemFrame, "x" | "y" | "turn">,
): Bounds {
	if (turn === 0) return box;
	const [cos, sin] = cosSinOf(turn);
	const corners = [box.minX, box.maxX].flatMap((left) =>
		[box.minY, box.maxY].map((top) => ({
			x: x + (left - x) * cos - (top - y) * sin,
			y: y + (left - x) * sin + (top - y) * cos,
		})),
	);
	const [across, down] = [corners.map((at) => at.x), corners.map((at) => at.y)];
	return {
		minX: Math.min(...across),
		minY: Math.min(...down),
		maxX: Math.max(...across),
		maxY: Math.max(...down),
	};
}

/** The box that an item was drawn in, without what was erased of it. */
function seenBounds(item: BoardItem): Bounds | null {
	if (!hasGaps(item)) return drawnBounds(item);
	return boundsOf(...itemLines({ ...item, x: 0, y: 0, pose: null }));
}

/** The box around the points of lines; null for none. */
function boundsOf(...lines: readonly Float64Array[]): Bounds | null {
	let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const points of lines) {
		for (let index = 0; index < points.length; index += 2) {
			const [x = 0, y = 0] = [points[index], points[index + 1]];
			minX = Math.min(minX, x);
			minY = Math.min(minY, y);
			maxX = Math.max(maxX, x);
			maxY = Math.max(maxY, y);
		}
	}
	return minX > maxX ? null : { minX, minY, maxX, maxY };
}

/** Behind the last point the line runs along the head: there, back, there. */
function withHead(points: Float64Array, length: number): Float64Array {
	const [fromX = 0, fromY = 0, x = fromX, y = fromY] = points.subarray(-4);
	const far = Math.hypot(x - fromX, y - fromY);
	const back = Math.atan2(fromY - y, fromX - x);
	const reach = Math.min(length, far / 2);
	const tip = (turn: number) => [
		x + Math.cos(back + turn) * reach,
		y + Math.sin(back + turn) * reach,
	];
	return Float64Array.of(...points, ...tip(headTurn), x, y, ...tip(-headTurn));
}
