/** Strokes as a hand writes them, the same for every board, and where one looks at them. */
import { below, seeded } from "../../converge/random.ts";

/** Points of each stroke. */
export const pointsEach = 60;
/** Width of its line, in units. */
export const strokeWidth = 2.5;
/** What is seen of a board, in CSS pixels: as wide as Weft shows it with nothing beside it. */
export const view = { width: 1_080, height: 720 } as const;
/** Farthest that every board zooms out: Excalidraw's limit. */
export const zoomMin = 0.1;

/** A stroke has so many square units for itself, up to this many strokes; more stand closer. */
const fieldUnits = 6_400;
const looseMax = 10_000;
/** Weft's step of a coordinate: what all are given can be written without loss. */
const stepsPerUnit = 16;
/** Of the view: what is left free around all strokes. */
const airShare = 0.08;
const strokesSeed = 7;

/** All strokes of a board. */
export interface Strokes {
	readonly count: number;
	/** x and y in turns, `pointsEach` points a stroke, in sixteenths of a unit. */
	readonly points: Float32Array;
	/** The paper that they cover, from 0 on. */
	readonly width: number;
	readonly height: number;
}

/** Where one looks: the board point in the upper left corner, and CSS pixels a unit. */
export interface Camera {
	readonly x: number;
	readonly y: number;
	readonly zoom: number;
}

/** Writes so many strokes, row by row. */
export function writeStrokes(count: number): Strokes {
	const random = seeded(strokesSeed);
	const height = Math.sqrt((Math.min(count, looseMax) * fieldUnits * view.height) / view.width);
	const width = (height * view.width) / view.height;
	const columns = Math.ceil(Math.sqrt((count * view.width) / view.height));
	const rows = Math.ceil(count / columns);
	const points = new Float32Array(count * pointsEach * 2);
	for (let index = 0; index < count; index++) {
		const x = (((index % columns) + 0.5) * width) / columns;
		const y = ((Math.floor(index / columns) + 0.5) * height) / rows;
		points.set(writeStroke(x, y, random), index * pointsEach * 2);
	}
	return { count, points, width, height };
}

/** A word, more or less: a wave that runs to the right, with loops and a little tremble. */
function writeStroke(x: number, y: number, random: () => number): number[] {
	const [length, rise] = [40 + below(random, 30), 6 + below(random, 10)];
	const [waves, loops, phase] = [1.5 + random() * 2, 1.5 + random() * 2, random() * 2 * Math.PI];
	const slope = (random() - 0.5) * 0.4;
	return Array.from({ length: pointsEach }, (_, index) => {
		const share = index / (pointsEach - 1);
		const along = (share - 0.5) * length + 3 * Math.cos(2 * Math.PI * loops * share + phase);
		const up = rise * Math.sin(2 * Math.PI * waves * share + phase) + slope * along;
		return [x + along, y + up].map(
			(value) => Math.round((value + (random() - 0.5) * 0.4) * stepsPerUnit) / stepsPerUnit,
		);
	}).flat();
}

/** One stroke's coordinates, x and y in turns. */
export function strokeAt({ points }: Strokes, index: number): Float32Array {
	return points.subarray(index * pointsEach * 2, (index + 1) * pointsEach * 2);
}

/** The camera with the middle of all strokes in the middle of the view. */
export function middleAt({ width, height }: Strokes, zoom: number): Camera {
	return {
		x: width / 2 - view.width / 2 / zoom,
		y: height / 2 - view.height / 2 / zoom,
		zoom,
	};
}

/** The camera that shows all strokes with some air, enlarged at most to 100 %. */
export function overview(strokes: Strokes): Camera {
	const fit = Math.min(view.width / strokes.width, view.height / strokes.height);
	return middleAt(strokes, Math.min(1, Math.max(zoomMin, fit * (1 - airShare))));
}

/** Places in the view that must be ink where all strokes are shown, in CSS pixels. */
export function inkPlaces(
	strokes: Strokes,
	camera: Camera,
	count: number,
): readonly (readonly [number, number])[] {
	const air = Math.round(view.height * 0.15);
	const places: [number, number][] = [];
	// A prime: the next place is never the neighbour of the last one.
	for (let step = 0; step < strokes.count && places.length < count; step++) {
		const stroke = strokeAt(strokes, (step * 7_919) % strokes.count);
		const at = pointsEach & ~1;
		const x = ((stroke[at] ?? 0) - camera.x) * camera.zoom;
		const y = ((stroke[at + 1] ?? 0) - camera.y) * camera.zoom;
		const isInside = x > air && x < view.width - air && y > air && y < view.height - air;
		if (isInside) places.push([Math.round(x), Math.round(y)]);
	}
	return places;
}
