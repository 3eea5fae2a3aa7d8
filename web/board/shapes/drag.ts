/** What a drag of the hand makes of a shape. Pure arithmetic. */
import type { Shape, ShapeKind } from "../../../shared/surfaces/shapes.ts";
import type { Point } from "../camera.ts";

/** A line with Shift keeps to multiples of this, in radians. */
const turnStep = Math.PI / 12;

/** Keys that are held while dragging. */
export interface Held {
	/** As wide as high; a line at a round angle. */
	readonly isShift: boolean;
	/** From the middle, not from a corner. */
	readonly isAlt: boolean;
}

/** The two points of a shape that was drawn from one point to another. */
export function shapeBetween(
	kind: ShapeKind,
	[from, to]: readonly [Point, Point],
	{ isShift, isAlt }: Held,
): Shape["points"] {
	const by = { x: to.x - from.x, y: to.y - from.y };
	const { x, y } = isShift ? (isLine(kind) ? turned(by) : squared(by)) : by;
	const start = isAlt ? { x: from.x - x, y: from.y - y } : from;
	return [start.x, start.y, from.x + x, from.y + y];
}

/** True for what has two ends and no inside. */
export function isLine(kind: ShapeKind): boolean {
	return kind === "line" || kind === "arrow";
}

function squared({ x, y }: Point): Point {
	const side = Math.max(Math.abs(x), Math.abs(y));
	return { x: x < 0 ? -side : side, y: y < 0 ? -side : side };
}

/** The nearest way of a round angle, as long as the hand's is in that direction. */
function turned({ x, y }: Point): Point {
	const angle = Math.round(Math.atan2(y, x) / turnStep) * turnStep;
	const length = x * Math.cos(angle) + y * Math.sin(angle);
	return { x: Math.cos(angle) * length, y: Math.sin(angle) * length };
}
