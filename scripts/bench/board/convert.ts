/** The same strokes in everybody's own kind. Runs in Node and in the peers' pages. */
import type { Stroke } from "../../../shared/surfaces/stroke-codec.ts";

/** Coordinates of a stroke, x and y in turns. */
type Line = ArrayLike<number>;

/** A pen stroke of Weft: the first colour, the thinnest line. */
export function weftStroke(line: Line): Stroke {
	const points = Float64Array.from(line);
	return { kind: "pen", color: 0, width: 0, points, pressures: null, times: null };
}

/** Units of an Excalidraw line of stroke width 1 (its `getFreedrawOutlinePoints`: size 4.25). */
const excalidrawSize = 4.25;

/** A freedraw element of Excalidraw 0.18; `restoreElements` gives it its place in the order. */
export function excalidrawElement(line: Line, id: string, width: number) {
	const { left, top, right, bottom } = boxOf(line);
	const [x = 0, y = 0] = [line[0], line[1]];
	return {
		id,
		type: "freedraw",
		x,
		y,
		width: right - left,
		height: bottom - top,
		angle: 0,
		strokeColor: "#1e1e1e",
		backgroundColor: "transparent",
		fillStyle: "solid",
		strokeWidth: width / excalidrawSize,
		strokeStyle: "solid",
		roughness: 0,
		opacity: 100,
		groupIds: [],
		frameId: null,
		roundness: null,
		seed: 1,
		version: 1,
		versionNonce: 1,
		isDeleted: false,
		boundElements: null,
		updated: 1,
		link: null,
		locked: false,
		points: pairsOf(line).map(([px, py]) => [px - x, py - y]),
		pressures: [],
		simulatePressure: true,
		lastCommittedPoint: null,
	};
}

/** tldraw's line of size "s", in units at scale 1 (its `STROKE_SIZES` and 1). */
const tldrawSize = 3;

/** A draw shape of tldraw 5 without id, parent and index; `encode` is its `encodePoints`. */
export function tldrawShape(
	line: Line,
	width: number,
	encode: (points: { x: number; y: number; z: number }[]) => string,
) {
	const [x = 0, y = 0] = [line[0], line[1]];
	const points = pairsOf(line).map(([px, py]) => ({ x: px - x, y: py - y, z: 0.5 }));
	return {
		type: "draw",
		x,
		y,
		rotation: 0,
		opacity: 1,
		isLocked: false,
		meta: {},
		props: {
			color: "black",
			fill: "none",
			dash: "draw",
			size: "s",
			segments: [{ type: "free", path: encode(points) }],
			isComplete: true,
			isClosed: false,
			isPen: false,
			scale: width / tldrawSize,
			scaleX: 1,
			scaleY: 1,
		},
	};
}

function pairsOf(line: Line): (readonly [number, number])[] {
	return Array.from({ length: line.length / 2 }, (_, index) => {
		return [line[index * 2] ?? 0, line[index * 2 + 1] ?? 0] as const;
	});
}

function boxOf(line: Line) {
	const pairs = pairsOf(line);
	const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
	return {
		left: Math.min(...xs),
		top: Math.min(...ys),
		right: Math.max(...xs),
		bottom: Math.max(...ys),
	};
}
