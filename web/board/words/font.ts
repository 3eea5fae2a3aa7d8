/** The letters of the board: what this device writes in anyway, on the page and in the worker. */
import type { PaintContext } from "../paint/painter.ts";
import type { Measure } from "./layout.ts";

/** As CSS names it. */
export const family = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** Lets a canvas write letters of a size, as wide at every zoom. */
export function setFont(context: PaintContext, size: number): void {
	context.font = `400 ${size}px ${family}`;
	context.textBaseline = "alphabetic";
	context.textAlign = "start";
	// Safari has no such property, and spaces letters evenly by itself.
	if ("textRendering" in context) context.textRendering = "geometricPrecision";
}

/** Where letters stand in their line: how far below its upper edge. */
export function baselineIn(context: PaintContext, lineHeight: number): number {
	const { fontBoundingBoxAscent, fontBoundingBoxDescent } = context.measureText("x");
	const [ascent, descent] = [fontBoundingBoxAscent, fontBoundingBoxDescent].map(Math.round);
	return (lineHeight - (ascent ?? 0) - (descent ?? 0)) / 2 + (ascent ?? 0);
}

/** Measures on a canvas of its own. */
export function openMeasure(): Measure {
	const context = document.createElement("canvas").getContext("2d");
	if (context === null) throw new Error("this browser has no 2d canvas");
	let set = 0;
	return (text, size) => {
		if (size !== set) setFont(context, size);
		set = size;
		return context.measureText(text).width;
	};
}
