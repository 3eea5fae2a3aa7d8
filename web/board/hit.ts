/** Whether a finger touches an item: distances of straight lines. */
import { itemPoints } from "../../shared/surfaces/board.ts";
import type { Point } from "./camera.ts";
import type { SceneItem } from "./paint/scene-item.ts";

/** True where a straight way comes as near to an item as `reach` units, its width included. */
export function isTouched(scene: SceneItem, [from, to]: [Point, Point], reach: number): boolean {
	if (scene.item.kind === "photo") return true; // Its box was touched.
	const points = readPoints(scene);
	const far = reach + scene.item.width / 2;
	let last: Point = { x: points[0] ?? 0, y: points[1] ?? 0 };
	for (let index = 0; index < points.length; index += 2) {
		const next: Point = { x: points[index] ?? 0, y: points[index + 1] ?? 0 };
		if (segmentDistance([from, to], [last, next]) <= far) return true;
		last = next;
	}
	return false;
}

/** None where the item is damaged behind its points. */
function readPoints({ item }: SceneItem): Float64Array {
	try {
		return itemPoints(item).points;
	} catch {
		return new Float64Array(); // Not drawn either.
	}
}

/** The distance of two straight lines; either may be a point. */
function segmentDistance([a, b]: [Point, Point], [c, d]: [Point, Point]): number {
	if (doCross([a, b], [c, d])) return 0;
	return Math.min(
		pointDistance(a, [c, d]),
		pointDistance(b, [c, d]),
		pointDistance(c, [a, b]),
		pointDistance(d, [a, b]),
	);
}

function pointDistance(point: Point, [from, to]: [Point, Point]): number {
	const alongX = to.x - from.x;
	const alongY = to.y - from.y;
	const length = alongX ** 2 + alongY ** 2;
	const share =
		length === 0 ? 0 : ((point.x - from.x) * alongX + (point.y - from.y) * alongY) / length;
	const nearest = Math.min(1, Math.max(0, share));
	return Math.hypot(point.x - from.x - alongX * nearest, point.y - from.y - alongY * nearest);
}

function doCross([a, b]: [Point, Point], [c, d]: [Point, Point]): boolean {
	const side = (p: Point, q: Point, r: Point) =>
		Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
	return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
