/** Points of a pen become shapes: an outline with pressure near, a thinned line far away. */
import { getStroke, type StrokeOptions } from "perfect-freehand";
import { itemPoints } from "../../../shared/surfaces/arrange/item-points.ts";
import type { BoardItem } from "../../../shared/surfaces/board.ts";
import { denseLine, type PenLine } from "./dense-line.ts";

/** What an outline is drawn into: a path of a canvas, or of a file. */
export type PathSink = Pick<Path2D, "moveTo" | "lineTo" | "quadraticCurveTo" | "closePath">;

/** The filled outline of a line. */
export function outlinePath(line: PenLine): Path2D {
	const path = new Path2D();
	traceOutline(line, path);
	return path;
}

/** Points were smoothed when they were drawn, so not again here. */
function traceOutline(line: PenLine, path: PathSink): void {
	smoothPath(getStroke(denseLine(line), outlineOptions(line)), path);
}

/** How a line of a pen becomes an outline. */
export function outlineOptions(line: PenLine): StrokeOptions {
	return {
		size: line.width,
		thinning: line.isEven ? 0 : line.pressures === null ? 0.35 : 0.6,
		smoothing: 0.5,
		streamline: 0,
		simulatePressure: line.pressures === null && !line.isEven,
		last: line.isFinished,
	};
}

/** The same of an item that is in the doc. @throws WeftError `bad_item` */
export function itemPath(item: BoardItem): Path2D {
	const path = new Path2D();
	traceItem(item, path);
	return path;
}

/** The same, into any path. @throws WeftError `bad_item` */
export function traceItem(item: BoardItem, path: PathSink): void {
	traceOutline(lineOf(item), path);
}

/** The line of an item, as it was drawn and lies now. @throws WeftError `bad_item` */
export function lineOf(item: BoardItem): PenLine & { readonly points: Float64Array } {
	const isEven = item.kind === "highlighter";
	return { ...itemPoints(item), width: item.width, isEven, isFinished: true };
}

/**
 * Draws an item as a line through every so many points into the current path, for small scales.
 *
 * @throws WeftError `bad_item`
 */
export function tracePolyline(
	context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
	item: BoardItem,
	scale: number,
): void {
	tracePoints(context, itemPoints(item).points, scale);
}

/** The same of points. */
export function tracePoints(
	context: Pick<Path2D, "moveTo" | "lineTo">,
	points: Float64Array,
	scale: number,
): void {
	const stride = scale > 0.2 ? 2 : scale > 0.08 ? 4 : 8;
	const count = points.length / 2;
	context.moveTo(points[0] ?? 0, points[1] ?? 0);
	for (let pointIndex = stride; pointIndex < count - 1; pointIndex += stride) {
		context.lineTo(points[pointIndex * 2] ?? 0, points[pointIndex * 2 + 1] ?? 0);
	}
	context.lineTo(points[count * 2 - 2] ?? 0, points[count * 2 - 1] ?? 0);
}

/** A closed curve through the middles between the outline's points. */
export function smoothPath(outline: readonly number[][], path: PathSink): void {
	const first = outline[0];
	if (first === undefined) return;
	path.moveTo(first[0] ?? 0, first[1] ?? 0);
	for (let index = 0; index < outline.length; index++) {
		const [x = 0, y = 0] = outline[index] ?? first;
		const [nextX = 0, nextY = 0] = outline[(index + 1) % outline.length] ?? first;
		path.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
	}
	path.closePath();
}
