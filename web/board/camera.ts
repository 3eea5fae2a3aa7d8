/** Where one looks on the board. Pure arithmetic on plain data. */
import { type Bounds, coordinateMax } from "../../shared/surfaces/stroke-codec.ts";

/** `x`, `y`: the board point in the upper left corner; `zoom`: CSS pixels a unit. */
export interface Camera {
	readonly x: number;
	readonly y: number;
	readonly zoom: number;
}

/** A point: on the board in units, or on the screen in CSS pixels from the board's corner. */
export interface Point {
	readonly x: number;
	readonly y: number;
}

/** The size of the view, in CSS pixels. */
export interface Size {
	readonly width: number;
	readonly height: number;
}

/** Farthest out: a board of 50,000 units on a laptop. */
export const zoomMin = 0.02;
/** Farthest in: a sixteenth of a unit is a pixel. */
export const zoomMax = 16;

/** Farthest place to look at, in units. */
const placeMax = coordinateMax / 2;

/** The board's own upper left corner at 100 %. */
export const homeCamera: Camera = { x: 0, y: 0, zoom: 1 };

/** The board point under a point of the screen. */
export function toBoard(camera: Camera, screen: Point): Point {
	return { x: camera.x + screen.x / camera.zoom, y: camera.y + screen.y / camera.zoom };
}

/** The point of the screen over a board point. */
export function toScreen(camera: Camera, board: Point): Point {
	return { x: (board.x - camera.x) * camera.zoom, y: (board.y - camera.y) * camera.zoom };
}

/** Moves the paper by so many CSS pixels. */
export function panBy(camera: Camera, by: Point): Camera {
	return onBoard({
		x: camera.x - by.x / camera.zoom,
		y: camera.y - by.y / camera.zoom,
		zoom: camera.zoom,
	});
}

/** Another zoom, with what is under `screen` staying there. */
export function zoomAt(camera: Camera, screen: Point, zoom: number): Camera {
	const next = clampZoom(zoom);
	const fixed = toBoard(camera, screen);
	return onBoard({ x: fixed.x - screen.x / next, y: fixed.y - screen.y / next, zoom: next });
}

/** Two fingers that went from `from` to `to`: the paper stays under both. */
export function pinch(camera: Camera, from: [Point, Point], to: [Point, Point]): Camera {
	const before = middle(from);
	const after = middle(to);
	const grown = distance(...to) / Math.max(1, distance(...from));
	const zoomed = zoomAt(camera, before, camera.zoom * grown);
	return panBy(zoomed, { x: after.x - before.x, y: after.y - before.y });
}

/** Bars of tools lie along the top and the bottom, and take so much with the air around them. */
const barPixels = 76;

/** A camera that shows all of a box clear of the tools, enlarged at most to 100 %. */
export function fitTo(box: Bounds, size: Size): Camera {
	const air = Math.min(64, size.width / 8);
	const bar = barOf(size);
	const zoom = clampZoom(
		Math.min(
			(size.width - 2 * air) / Math.max(1, box.maxX - box.minX),
			(size.height - 2 * bar) / Math.max(1, box.maxY - box.minY),
			1,
		),
	);
	return {
		x: (box.minX + box.maxX) / 2 - size.width / 2 / zoom,
		y: (box.minY + box.maxY) / 2 - size.height / 2 / zoom,
		zoom,
	};
}

/** A camera that shows all of a box, as large as it goes, tools lying over it or not. */
export function lookAt(box: Bounds, size: Size): Camera {
	const wide = size.width / Math.max(1, box.maxX - box.minX);
	const high = size.height / Math.max(1, box.maxY - box.minY);
	const zoom = clampZoom(Math.min(wide, high));
	return onBoard({
		x: (box.minX + box.maxX) / 2 - size.width / 2 / zoom,
		y: (box.minY + box.maxY) / 2 - size.height / 2 / zoom,
		zoom,
	});
}

function barOf({ height }: Size): number {
	return Math.min(barPixels, height / 4);
}

/** What the view shows of the board where no tools lie over it. */
export function freeViewOf(camera: Camera, size: Size): Bounds {
	const { minX, minY, maxX, maxY } = viewOf(camera, size);
	const bar = barOf(size) / camera.zoom;
	return { minX, minY: minY + bar, maxX, maxY: maxY - bar };
}

/** What the view shows of the board. */
export function viewOf(camera: Camera, size: Size): Bounds {
	const { x, y, zoom } = camera;
	return { minX: x, minY: y, maxX: x + size.width / zoom, maxY: y + size.height / zoom };
}

/** True where two boxes share a point. */
export function overlaps(a: Bounds, b: Bounds): boolean {
	return a.minX <= b.maxX && a.maxX >= b.minX && a.minY <= b.maxY && a.maxY >= b.minY;
}

/** True where a box lies in another as a whole. */
export function contains(outer: Bounds, inner: Bounds): boolean {
	return (
		inner.minX >= outer.minX &&
		inner.maxX <= outer.maxX &&
		inner.minY >= outer.minY &&
		inner.maxY <= outer.maxY
	);
}

/** The smallest box around two. */
export function union(a: Bounds, b: Bounds): Bounds {
	return {
		minX: Math.min(a.minX, b.minX),
		minY: Math.min(a.minY, b.minY),
		maxX: Math.max(a.maxX, b.maxX),
		maxY: Math.max(a.maxY, b.maxY),
	};
}

/** A box with so many units more on each side. */
export function grow(box: Bounds, by: number): Bounds {
	return { minX: box.minX - by, minY: box.minY - by, maxX: box.maxX + by, maxY: box.maxY + by };
}

/** The distance of two points. */
export function distance(a: Point, b: Point): number {
	return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle([a, b]: [Point, Point]): Point {
	return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

/** Nobody gets lost: beyond this, coordinates could not be written. */
function onBoard({ x, y, zoom }: Camera): Camera {
	const clamp = (value: number) => Math.min(placeMax, Math.max(-placeMax, value));
	return { x: clamp(x), y: clamp(y), zoom };
}

function clampZoom(zoom: number): number {
	return Math.min(zoomMax, Math.max(zoomMin, zoom));
}
