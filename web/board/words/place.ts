/** Where words are put down, and where one must look to type into them. Pure arithmetic. */

import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import { letterSizes, type WordsKind } from "../../../shared/surfaces/words/letters.ts";
import {
	type Camera,
	freeViewOf,
	type Point,
	panBy,
	type Size,
	toScreen,
	zoomAt,
} from "../camera.ts";
import { lineHeightOf } from "./layout.ts";

/** A note is a square of so many units. */
const noteSide = 200;
/** Notes of a row stand so far apart. */
const noteGap = 24;
/** A text's lines are so wide where there is room, in units, and never narrower. */
const textWidth = 480;
const textWidthMin = 160;
/** A hand that trembles clicks and does not drag, in CSS pixels. */
const dragPixelsMin = 8;
/** Air around the caret, in CSS pixels. */
const caretAir = 24;

/** A press that puts words down. */
export interface Spot {
	readonly from: Point;
	readonly to: Point;
	readonly camera: Camera;
	readonly size: Size;
}

/** The box of new words: a note around the point, a text to its right; a drag says how wide. */
export function boxAt(
	kind: WordsKind,
	sizeIndex: number,
	{ from, to, camera, size }: Spot,
): Bounds {
	if (kind === "note") {
		const half = noteSide / 2;
		return { minX: to.x - half, minY: to.y - half, maxX: to.x + half, maxY: to.y + half };
	}
	const dragged = Math.abs(to.x - from.x);
	const isDrag = dragged * camera.zoom >= dragPixelsMin;
	const minX = Math.min(from.x, to.x);
	const seen = (size.width - toScreen(camera, from).x - caretAir) / camera.zoom;
	const free = Math.max(textWidthMin, Math.min(textWidth, seen));
	const lineHeight = lineHeightOf(letterSizes[sizeIndex] ?? letterSizes[0]);
	const minY = from.y - lineHeight / 2;
	return { minX, minY, maxX: minX + (isDrag ? dragged : free), maxY: minY + lineHeight };
}

/** The place of the next note: to the right of a card, behind those that stand there. */
export function boxBeside(card: Bounds, isTaken: (box: Bounds) => boolean): Bounds {
	const step = noteSide + noteGap;
	const minX = card.maxX + noteGap;
	const { minY } = card;
	let box = { minX, minY, maxX: minX + noteSide, maxY: minY + noteSide };
	for (let tries = 0; tries < 50 && isTaken(box); tries++) {
		box = { ...box, minX: box.minX + step, maxX: box.maxX + step };
	}
	return box;
}

/** A camera that shows a caret clear of the tools, its letters at least so many pixels high. */
export function cameraFor(
	caret: Bounds,
	{ camera, size }: { readonly camera: Camera; readonly size: Size },
	zoomLeast: number,
): Camera {
	const middle = toScreen(camera, { x: caret.minX, y: (caret.minY + caret.maxY) / 2 });
	const zoomed = camera.zoom < zoomLeast ? zoomAt(camera, middle, zoomLeast) : camera;
	const view = freeViewOf(zoomed, size);
	const air = caretAir / zoomed.zoom;
	const x = shift([caret.minX - air, caret.maxX + air], [view.minX, view.maxX]);
	const y = shift([caret.minY - air, caret.maxY + air], [view.minY, view.maxY]);
	if (x === 0 && y === 0) return zoomed;
	return panBy(zoomed, { x: x * zoomed.zoom, y: y * zoomed.zoom });
}

type Range = readonly [from: number, to: number];

/** How far a range must go to lie in another; its beginning counts most. */
function shift([from, to]: Range, [outerFrom, outerTo]: Range): number {
	const back = to > outerTo ? outerTo - to : 0;
	return from + back < outerFrom ? outerFrom - from : back;
}
