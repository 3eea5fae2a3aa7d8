/** The lines that an item is drawn with, as points: for hits, previews and small pictures. */
import { type BoardItem, itemPoints } from "./board.ts";
import type { ItemKind } from "./stroke-codec.ts";

/** Straight lines that stand for an ellipse. */
const ellipseLines = 48;
/** How far the two lines of an arrow's head open to each side, in radians. */
const headTurn = Math.PI / 6;

/** Corners of closed shapes in a box from -1 to 1; the last one is the first one again. */
const corners: Readonly<Partial<Record<ItemKind, readonly number[]>>> = {
	rectangle: [-1, -1, 1, -1, 1, 1, -1, 1, -1, -1],
	note: [-1, -1, 1, -1, 1, 1, -1, 1, -1, -1],
	diamond: [0, -1, 1, 0, 0, 1, -1, 0, 0, -1],
	ellipse: Array.from({ length: ellipseLines * 2 + 2 }, (_, index) => {
		const angle = ((index >> 1) / ellipseLines) * 2 * Math.PI;
		return index % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
	}),
};

/** True where an item has an inside that can be filled. */
export function isClosed(kind: ItemKind): boolean {
	return corners[kind] !== undefined;
}

/**
 * One line through all that is drawn of an item: x0, y0, x1, y1 and so on, in units, where it is
 * now. A pen's is the way of its point.
 *
 * @throws WeftError `bad_item`
 */
export function itemOutline(item: BoardItem): Float64Array {
	const { points } = itemPoints(item);
	if (item.kind === "arrow") return withHead(points, headLength(item.width));
	const [x0 = 0, y0 = 0, x1 = x0, y1 = y0] = points;
	return Float64Array.from(corners[item.kind] ?? points, (share, index) => {
		if (!isClosed(item.kind)) return share;
		const [from, to] = index % 2 === 0 ? [x0, x1] : [y0, y1];
		return (from + to + share * (to - from)) / 2;
	});
}

/** Length of the two lines of an arrow's head, in units; a short arrow's are shorter. */
export function headLength(width: number): number {
	return 10 + 3 * width;
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
