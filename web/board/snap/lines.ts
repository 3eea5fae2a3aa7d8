/** Where a box comes to lie that snaps: to lines of items nearby, else to the grid. Arithmetic. */
import type { Bounds } from "../../../shared/surfaces/stroke-codec.ts";
import type { Point } from "../camera.ts";

/** What a box may snap to. */
export interface SnapField {
	/** Between two dots of the grid, in units. */
	readonly gap: number;
	/** How near a line of an item must be to be meant, in units. */
	readonly reach: number;
	/** Items: their edges and middles are lines. */
	readonly boxes: readonly Bounds[];
}

/** A line that shows what a box snapped to. */
export interface Guide {
	/** "x": upright, all its points have this x. */
	readonly axis: Axis;
	readonly at: number;
	/** Its ends on the other axis. */
	readonly from: number;
	readonly to: number;
}

/** Which axes of a box may snap. */
export type SnapAxes = Readonly<Record<Axis, boolean>>;

type Axis = "x" | "y";

const both: SnapAxes = { x: true, y: true };
const sides = { x: ["minX", "maxX"], y: ["minY", "maxY"] } as const;
const other = { x: "y", y: "x" } as const;
/** Lines that lie closer than that are one. */
const alike = 1e-3;

/**
 * How far a box goes that a hand moves by `by`. On each axis the nearest line of an item wins;
 * where none is near, the box's first edge meets the grid.
 */
export function snapBox(
	box: Bounds,
	by: Point,
	field: SnapField,
	axes: SnapAxes = both,
): { readonly by: Point; readonly guides: Guide[] } {
	const moved = shifted(box, by);
	const x = axes.x ? snapAxis("x", moved, field) : free;
	const y = axes.y ? snapAxis("y", moved, field) : free;
	const there = shifted(moved, { x: x.by, y: y.by });
	return {
		by: { x: by.x + x.by, y: by.y + y.by },
		guides: [
			...(x.isMet ? guidesOf("x", there, field.boxes) : []),
			...(y.isMet ? guidesOf("y", there, field.boxes) : []),
		],
	};
}

/** The box of one point. */
export function boxOfPoint({ x, y }: Point): Bounds {
	return { minX: x, minY: y, maxX: x, maxY: y };
}

interface SnappedAxis {
	readonly by: number;
	/** True where a line of an item was met, and not the grid. */
	readonly isMet: boolean;
}

const free: SnappedAxis = { by: 0, isMet: false };

function snapAxis(axis: Axis, box: Bounds, { gap, reach, boxes }: SnapField): SnappedAxis {
	const own = linesOf(axis, box);
	let nearest: number | null = null;
	for (const line of boxes.flatMap((each) => linesOf(axis, each))) {
		for (const at of own) {
			const far = Math.abs(line - at);
			if (far <= reach && far < Math.abs(nearest ?? Infinity)) nearest = line - at;
		}
	}
	if (nearest !== null) return { by: nearest, isMet: true };
	const [first] = own;
	return { by: Math.round(first / gap) * gap - first, isMet: false };
}

function linesOf(axis: Axis, box: Bounds): readonly [number, number, number] {
	const [min, max] = [box[sides[axis][0]], box[sides[axis][1]]];
	return [min, (min + max) / 2, max];
}

/** A line through all that lies on it, for each line of the box on which something else does. */
function guidesOf(axis: Axis, box: Bounds, boxes: readonly Bounds[]): Guide[] {
	const [min, max] = sides[other[axis]];
	return [...new Set(linesOf(axis, box))].flatMap((at) => {
		const met = boxes.filter((each) =>
			linesOf(axis, each).some((line) => Math.abs(line - at) < alike),
		);
		const ends = [box, ...met].flatMap((each) => [each[min], each[max]]);
		return met.length === 0 ? [] : [{ axis, at, from: Math.min(...ends), to: Math.max(...ends) }];
	});
}

function shifted({ minX, minY, maxX, maxY }: Bounds, { x, y }: Point): Bounds {
	return { minX: minX + x, minY: minY + y, maxX: maxX + x, maxY: maxY + y };
}
