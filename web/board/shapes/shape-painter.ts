/** Draws shapes onto a canvas: in the worker, and on the page for what stands above the tiles. */

import { cosSinOf } from "../../../shared/surfaces/arrange/item-points.ts";
import type { Dash } from "../../../shared/surfaces/item-look.ts";
import {
	type ItemFrame,
	isClosed,
	itemFrame,
	itemOutline,
} from "../../../shared/surfaces/item-outline.ts";
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
	const frame = item.kind === "ellipse" || item.kind === "rectangle" ? itemFrame(item) : null;
	if (frame !== null) {
		if (item.kind === "rectangle") traceRectangle(frame, path);
		else {
			const { x, y, width, height, turn } = frame;
			path.ellipse(x, y, width / 2, height / 2, (turn * Math.PI) / 180, 0, 2 * Math.PI);
		}
		return;
	}
	const points = itemOutline(item);
	for (let index = 0; index < points.length; index += 2) {
		path.lineTo(points[index] ?? 0, points[index + 1] ?? 0);
	}
	if (isClosed(item.kind)) path.closePath();
}

/** With round corners. */
function traceRectangle({ x, y, width, height, turn }: ItemFrame, path: ShapeSink): void {
	const [across, down] = [width / 2, height / 2];
	const radius = Math.min(cornerMax, width / 4, height / 4);
	if (turn === 0) {
		path.roundRect(x - across, y - down, width, height, radius);
		return;
	}
	const [cos, sin] = cosSinOf(turn);
	const at = (left: number, top: number): [number, number] => [
		x + left * cos - top * sin,
		y + left * sin + top * cos,
	];
	path.moveTo(...at(radius - across, -down));
	for (const [right, low] of corners) {
		// The hand comes along the upper or lower side to the corners at the right above, left below.
		const [inAcross, inDown] = right === low ? [0, radius] : [radius, 0];
		path.lineTo(...at(right * (across - inAcross), low * (down - inDown)));
		const end = at(right * (across - inDown), low * (down - inAcross));
		path.quadraticCurveTo(...at(right * across, low * down), ...end);
	}
	path.closePath();
}

/** Clockwise, from the upper right on. */
const corners = [
	[1, -1],
	[1, 1],
	[-1, 1],
	[-1, -1],
] as const;

/** Dashes grow with the line; a dot is a dash of no length with round ends. */
export function dashOf(dash: Dash, width: number): number[] {
	if (dash === "solid") return [];
	return dash === "dashed" ? [4 + 2 * width, 4 + 2 * width] : [0, 2 + 2 * width];
}
