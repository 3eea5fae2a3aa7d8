/** Whether a finger touches an item: distances of straight lines, and insides. */
import { isClosed, itemLines } from "../../shared/surfaces/item-outline.ts";
import { isWordsKind, mayHaveWords } from "../../shared/surfaces/words/letters.ts";
import { contains, grow, type Point, toBoard } from "./camera.ts";
import { byHeight, type SceneItem } from "./paint/scene-item.ts";
import type { Scene } from "./scene.ts";
import type { Stage } from "./stage.ts";

/** The uppermost item within so many CSS pixels of a point of the screen; null for none. */
export function itemAt(
	{ scene, stage }: { readonly scene: Scene; readonly stage: Stage },
	screen: Point,
	reachPixels: number,
): SceneItem | null {
	const { camera } = stage;
	const at = toBoard(camera, screen);
	return hitAlong(scene, [at, at], reachPixels / camera.zoom).at(-1) ?? null;
}

/** The smallest shape around a point of the screen that may have words; null for none. */
export function shapeAround(
	{ scene, stage }: { scene: Pick<Scene, "near">; stage: Pick<Stage, "camera"> },
	screen: Point,
): SceneItem | null {
	const at = toBoard(stage.camera, screen);
	const around = scene.near({ minX: at.x, minY: at.y, maxX: at.x, maxY: at.y }).filter((one) => {
		const isOpen = mayHaveWords(one.item.kind) && !one.item.isLocked;
		return isOpen && readLines(one).some((points) => isInside(points, at));
	});
	return around.sort((a, b) => areaOf(a) - areaOf(b))[0] ?? null;
}

function areaOf({ box }: SceneItem): number {
	return (box.maxX - box.minX) * (box.maxY - box.minY);
}

/** All items that a straight way touches, with so many units of reach; back to front. */
export function hitAlong(scene: Scene, way: [Point, Point], reach: number): SceneItem[] {
	const [from, to] = way;
	const box = {
		minX: Math.min(from.x, to.x),
		minY: Math.min(from.y, to.y),
		maxX: Math.max(from.x, to.x),
		maxY: Math.max(from.y, to.y),
	};
	const touched = scene.near(grow(box, reach)).filter((item) => isTouched(item, way, reach));
	return touched.sort(byHeight);
}

/** True where a straight way comes as near to an item as `reach` units, its width included. */
export function isTouched(scene: SceneItem, [from, to]: [Point, Point], reach: number): boolean {
	if (isWordsKind(scene.item.kind)) return true; // Its box was touched.
	if (isOnWords(scene, from)) return true;
	const lines = readLines(scene);
	const far = reach + scene.item.width / 2;
	if (lines.some((points) => isNear(points, [from, to], far))) return true;
	return hasInside(scene.item) && lines.some((points) => isInside(points, from));
}

/** True on the words in a shape. */
function isOnWords({ words }: SceneItem, { x, y }: Point): boolean {
	if (!words?.isInside) return false;
	return contains(words.box, { minX: x, minY: y, maxX: x, maxY: y });
}

function isNear(points: Float64Array, [from, to]: [Point, Point], far: number): boolean {
	let last: Point = { x: points[0] ?? 0, y: points[1] ?? 0 };
	for (let index = 0; index < points.length; index += 2) {
		const next: Point = { x: points[index] ?? 0, y: points[index + 1] ?? 0 };
		if (segmentDistance([from, to], [last, next]) <= far) return true;
		last = next;
	}
	return false;
}

/** True for what one touches where it has no line, too. */
function hasInside({ kind, look }: SceneItem["item"]): boolean {
	return kind === "photo" || (isClosed(kind) && look.fill !== "none");
}

/** True where a ray to the right leaves the closed line more often than it enters it. */
export function isInside(points: Float64Array, { x, y }: Point): boolean {
	let is = false;
	for (let index = 2; index < points.length; index += 2) {
		const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = points.subarray(index - 2, index + 2);
		if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) is = !is;
	}
	return is;
}

/** None where the item is damaged behind its points. */
function readLines({ item }: SceneItem): readonly Float64Array[] {
	try {
		return itemLines(item);
	} catch {
		return []; // Not drawn either.
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
