/** The frame around what is chosen: its grips, where a hand takes them, and how all is drawn. */
import type { ItemFrame } from "../../../shared/surfaces/item-outline.ts";
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { type Camera, distance, freeViewOf, type Point, type Size, toScreen } from "../camera.ts";
import type { PaintContext } from "../paint/painter.ts";
import { type Grip, turned } from "./stretch.ts";

/** Air between items and frame, in CSS pixels. */
const airPixels = 6;
/** Half a grip's side as it is drawn, and how near a mouse and a finger must come. */
const gripPixels = 4.5;
const reachPixels = { mouse: 9, pen: 12, touch: 22 } as const;
/** The grip that turns stands so far above the frame, or below it where tools lie over that. */
const turnPixels = 26;
/** What is narrower or lower has grips at its corners only: room is left to move it by. */
const sidePixelsMin = 56;
const lockPixels = 16;

/** What a hand takes: a side or corner, or the grip that turns. */
export type Hold = Grip | "turn";

const corners: readonly Grip[] = [
	{ x: -1, y: -1 },
	{ x: 1, y: -1 },
	{ x: 1, y: 1 },
	{ x: -1, y: 1 },
];
const sides: readonly Grip[] = [
	{ x: 0, y: -1 },
	{ x: 1, y: 0 },
	{ x: 0, y: 1 },
	{ x: -1, y: 0 },
];

/** How near a pointer of a type must come: what is no pen and no finger is a mouse. */
export function reachOf(
	pointerType: string,
	reach: Readonly<Record<"mouse" | "pen" | "touch", number>>,
): number {
	return pointerType === "touch" || pointerType === "pen" ? reach[pointerType] : reach.mouse;
}

/** Where one looks, and how large the view is. */
interface Sight {
	readonly camera: Camera;
	readonly size: Size;
}

/** What is taken at a point of the screen; null where no grip is. */
export function holdAt(
	frame: ItemFrame,
	sight: Sight,
	{ screen, pointerType }: { readonly screen: Point; readonly pointerType: string },
): Hold | null {
	const reach = reachOf(pointerType, reachPixels);
	const middle = distance(toScreen(sight.camera, frame), screen);
	const near = gripsOf(frame, sight)
		.map(({ hold, at }) => ({ hold, far: distance(at, screen) }))
		// Who presses nearer to the middle wants to move it, however small it is.
		.filter(({ far }) => far <= reach && far < middle)
		.sort((a, b) => a.far - b.far);
	return near[0]?.hold ?? null;
}

const cursors = ["ew-resize", "nwse-resize", "ns-resize", "nesw-resize"] as const;

/** The CSS cursor over a grip of a frame that is turned by so many degrees. */
export function cursorOf(hold: Hold, turn: number): string {
	if (hold === "turn") return "grab";
	const eighths = Math.round((Math.atan2(hold.y, hold.x) * 180) / Math.PI / 45 + turn / 45);
	return cursors[((eighths % 4) + 4) % 4] ?? "default";
}

/** How a frame is drawn. */
export interface FrameLook extends Sight {
	/** CSS colours of its line, and of the paper. */
	readonly color: string;
	readonly paper: string;
	readonly hasGrips: boolean;
	readonly isLocked: boolean;
}

/** Draws a frame; the context's unit is the board's. */
export function drawFrame(context: PaintContext, frame: ItemFrame, look: FrameLook): void {
	const { zoom } = look.camera;
	const [width, height] = [frame.width * zoom + 2 * airPixels, frame.height * zoom + 2 * airPixels];
	context.save();
	context.translate(frame.x, frame.y);
	context.rotate((frame.turn * Math.PI) / 180);
	context.scale(1 / zoom, 1 / zoom);
	context.strokeStyle = look.color;
	context.fillStyle = look.paper;
	context.lineWidth = 1.5;
	context.setLineDash(look.isLocked ? [5, 4] : []);
	context.strokeRect(-width / 2, -height / 2, width, height);
	context.setLineDash([]);
	if (look.hasGrips) drawGrips(context, { width, height }, turnSideOf(frame, look));
	if (look.isLocked) drawLock(context, { x: width / 2, y: -height / 2 }, look.color);
	context.restore();
}

/** The box that has two points at its corners. */
export function boxBetween(a: Point, b: Point): Bounds {
	return {
		minX: Math.min(a.x, b.x),
		minY: Math.min(a.y, b.y),
		maxX: Math.max(a.x, b.x),
		maxY: Math.max(a.y, b.y),
	};
}

/** Draws the box that a hand draws to choose what lies in it. */
export function drawBox(
	context: PaintContext,
	{ minX, minY, maxX, maxY }: Bounds,
	{ zoom, color }: { readonly zoom: number; readonly color: string },
): void {
	const size = [maxX - minX, maxY - minY] as const;
	context.strokeStyle = color;
	context.fillStyle = color;
	context.lineWidth = 1.5 / zoom;
	context.globalAlpha = 0.12;
	context.fillRect(minX, minY, ...size);
	context.globalAlpha = 1;
	context.strokeRect(minX, minY, ...size);
}

function drawGrips(
	context: PaintContext,
	size: { width: number; height: number },
	turnSide: 1 | -1,
): void {
	const { width, height } = size;
	const edge = (turnSide * height) / 2;
	context.beginPath();
	context.moveTo(0, edge);
	context.lineTo(0, edge + turnSide * (turnPixels - gripPixels));
	context.stroke();
	context.beginPath();
	context.arc(0, edge + turnSide * turnPixels, gripPixels + 0.5, 0, 2 * Math.PI);
	context.fill();
	context.stroke();
	for (const { x, y } of shownGrips(size)) {
		context.beginPath();
		const [left, top] = [(x * width) / 2 - gripPixels, (y * height) / 2 - gripPixels];
		context.roundRect(left, top, 2 * gripPixels, 2 * gripPixels, 2);
		context.fill();
		context.stroke();
	}
}

/** A padlock at a corner. */
function drawLock(context: PaintContext, { x, y }: Point, color: string): void {
	const side = lockPixels;
	context.beginPath();
	context.arc(x, y, side * 0.75, 0, 2 * Math.PI);
	context.fill();
	context.stroke();
	context.beginPath();
	context.arc(x, y - side * 0.12, side * 0.2, Math.PI, 2 * Math.PI);
	context.stroke();
	context.fillStyle = color;
	context.fillRect(x - side * 0.32, y - side * 0.1, side * 0.64, side * 0.46);
}

function gripsOf(frame: ItemFrame, sight: Sight): { hold: Hold; at: Point }[] {
	const { zoom } = sight.camera;
	const size = {
		width: frame.width * zoom + 2 * airPixels,
		height: frame.height * zoom + 2 * airPixels,
	};
	const grips = shownGrips(size).map((grip) => {
		const at = { x: (grip.x * size.width) / 2, y: (grip.y * size.height) / 2 };
		return { hold: grip, at: placeOf(frame, sight, at) };
	});
	return [{ hold: "turn", at: turnPlace(frame, sight, turnSideOf(frame, sight)) }, ...grips];
}

/** Where on the screen a point of a frame is, counted in CSS pixels from its middle. */
function placeOf(frame: ItemFrame, { camera }: Sight, at: Point): Point {
	const middle = toScreen(camera, frame);
	const way = turned(at, frame.turn);
	return { x: middle.x + way.x, y: middle.y + way.y };
}

function turnPlace(frame: ItemFrame, sight: Sight, side: 1 | -1): Point {
	const far = (frame.height * sight.camera.zoom) / 2 + airPixels + turnPixels;
	return placeOf(frame, sight, { x: 0, y: side * far });
}

/** Below the frame, where above it tools lie and below it none; else above. */
function turnSideOf(frame: ItemFrame, sight: Sight): 1 | -1 {
	const { minY, maxY } = freeViewOf(sight.camera, sight.size);
	const [top, bottom] = [minY, maxY].map((y) => toScreen(sight.camera, { x: 0, y }).y);
	const isFree = (side: 1 | -1) => {
		const { y } = turnPlace(frame, sight, side);
		return y >= (top ?? 0) && y <= (bottom ?? 0);
	};
	return !isFree(-1) && isFree(1) ? 1 : -1;
}

function shownGrips({ width, height }: { width: number; height: number }): Grip[] {
	return Math.min(width, height) < sidePixelsMin ? [...corners] : [...corners, ...sides];
}
