/** Draws shapes onto a canvas: in the worker, and on the page for what stands above the tiles. */

import type { Dash } from "../../../shared/surfaces/item-look.ts";
import { isClosed, itemOutline } from "../../../shared/surfaces/item-outline.ts";
import type { Brush, PaintContext } from "../paint/painter.ts";
import type { SceneItem } from "../paint/scene-item.ts";
import type { PathSink } from "../paint/stroke-path.ts";

/** Corners of a rectangle are round by so many units, or less where it is small. */
const cornerMax = 10;
/** How much a tint hides of what lies behind it, of 1. */
export const tintAlpha = 0.16;
/** Lines are at least so wide on the screen, in device pixels. */
const linePixelsMin = 0.8;

/** Paints one shape. @throws WeftError `bad_item` */
export function paintShape(context: PaintContext, scene: SceneItem, brush: Brush): void {
	const { kind, look, width } = scene.item;
	const path = new Path2D();
	traceShape(scene.item, path);
	const alpha = context.globalAlpha;
	if (isClosed(kind) && look.fill !== "none") {
		context.fillStyle = brush.color;
		if (look.fill === "tint") context.globalAlpha = alpha * tintAlpha;
		context.fill(path);
		context.globalAlpha = alpha;
	}
	context.strokeStyle = brush.color;
	context.lineWidth = Math.max(width, linePixelsMin / brush.scale);
	context.lineCap = "round";
	context.lineJoin = "round";
	context.setLineDash(dashOf(look.dash, width));
	context.stroke(path);
	context.setLineDash([]);
}

/** What a shape is drawn into. */
export interface ShapeSink extends PathSink {
	roundRect(...box: [x: number, y: number, width: number, height: number, radius: number]): void;
	ellipse: Path2D["ellipse"];
}

/** What is drawn of a shape; smooth at any size. @throws WeftError `bad_item` */
export function traceShape(item: SceneItem["item"], path: ShapeSink): void {
	const points = itemOutline(item);
	if (item.kind === "ellipse" || item.kind === "rectangle") {
		const [left, top, right, bottom] = extremesOf(points);
		const [width, height] = [right - left, bottom - top];
		if (item.kind === "rectangle") {
			path.roundRect(left, top, width, height, Math.min(cornerMax, width / 4, height / 4));
		} else
			path.ellipse(left + width / 2, top + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI);
		return;
	}
	for (let index = 0; index < points.length; index += 2) {
		path.lineTo(points[index] ?? 0, points[index + 1] ?? 0);
	}
	if (isClosed(item.kind)) path.closePath();
}

function extremesOf(points: Float64Array): [number, number, number, number] {
	const [xs, ys] = [0, 1].map((axis) => points.filter((_, index) => index % 2 === axis));
	const [across, down] = [xs ?? points, ys ?? points];
	return [Math.min(...across), Math.min(...down), Math.max(...across), Math.max(...down)];
}

/** Dashes grow with the line; a dot is a dash of no length with round ends. */
export function dashOf(dash: Dash, width: number): number[] {
	if (dash === "solid") return [];
	return dash === "dashed" ? [4 + 2 * width, 4 + 2 * width] : [0, 2 + 2 * width];
}
