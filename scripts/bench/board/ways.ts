/** The ways that a hand takes over a board: where one looks at which time. */
import { type Camera, middleAt, overview, type Strokes, zoomMin } from "./strokes.ts";

/** The paper is moved; the view is enlarged and back; the paper is moved with all in view. */
export const gestures = ["pan", "zoom", "overview"] as const;
/** One of them. */
export type Gesture = (typeof gestures)[number];

/** A way: cameras at equal times from the first to the last moment. */
export interface Way {
	/** Where it begins. */
	readonly start: Camera;
	readonly cameras: readonly Camera[];
	readonly seconds: number;
	/** True where the wheel turns with Ctrl. */
	readonly isZoom: boolean;
}

/** So far from the middle the paper is moved, in CSS pixels; with all in view it stays in view. */
const panReach = { x: 700, y: 250 };
const overviewReach = { x: 40, y: 24 };
/** A loop over a board in view takes so long. */
const overviewLoopSeconds = 1;
const steps = 240;

/** The way of a gesture over these strokes, so many seconds long. */
export function wayOf(gesture: Gesture, strokes: Strokes, seconds: number): Way {
	switch (gesture) {
		case "pan":
			return loops({ start: middleAt(strokes, 1), reach: panReach, count: 1 }, seconds);
		case "overview": {
			const count = Math.max(1, Math.round(seconds / overviewLoopSeconds));
			return loops({ start: overview(strokes), reach: overviewReach, count }, seconds);
		}
		case "zoom":
			return sweep(strokes, seconds);
	}
}

/** An eight lying on its side, from its middle back to its middle. */
function loops(
	eight: { readonly start: Camera; readonly reach: typeof panReach; readonly count: number },
	seconds: number,
): Way {
	const { start, reach, count } = eight;
	const cameras = Array.from({ length: steps + 1 }, (_, step): Camera => {
		const turn = (2 * Math.PI * count * step) / steps;
		const x = start.x + (reach.x * Math.sin(turn)) / start.zoom;
		const y = start.y + (reach.y * Math.sin(2 * turn)) / start.zoom;
		return { ...start, x, y };
	});
	return { start, cameras, seconds, isZoom: false };
}

/** From 100 % to the farthest and back, in equal factors. */
function sweep(strokes: Strokes, seconds: number): Way {
	const cameras = Array.from({ length: steps + 1 }, (_, step): Camera => {
		const share = 1 - Math.abs(1 - (2 * step) / steps);
		return middleAt(strokes, zoomMin ** share);
	});
	return { start: middleAt(strokes, 1), cameras, seconds, isZoom: true };
}
