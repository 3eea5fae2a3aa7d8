/**
 * Is what is shown what was drawn? Screenshots are held against the same strokes drawn plainly:
 * lines of one width with round ends, each pixel by its distance from them.
 */
import { type Camera, pointsEach, type Strokes, strokeAt, strokeWidth, view } from "./strokes.ts";

/** A part of the view, in CSS pixels. */
export interface Clip {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** How much ink is on each pixel of a clip, row by row: 0 none, 255 all. */
export interface Ink {
	readonly width: number;
	readonly height: number;
	readonly values: Uint8Array;
}

/** What a comparison found. */
export interface Likeness {
	/** Of the plain drawing's ink what is not there, or of the ink there what should not be. */
	readonly wrongShare: number;
	/** How steep edges are, of the plain drawing's. */
	readonly sharpness: number;
}

/** The middle of the view, free of everybody's tools. */
export const clip: Clip = {
	x: 60,
	y: 90,
	width: view.width - 120,
	height: view.height - 180,
};

/** Zooms at which boards are looked at. */
export const lookedAtZooms = [0.1, 1, 4] as const;
/** So much of the ink may be wrong; lines of peers are smoothed, and end a little elsewhere. */
export const wrongShareMax = 0.02;
/** Edges less steep than that are a blur: a picture enlarged twice has half. */
export const sharpnessMin = 0.6;

/** Ink counts from here on: surely there, there at all. */
const [full, faint] = [96, 20];
/** A step from one pixel to the next that is an edge, and which one of all edges is looked at. */
const edgeMin = 16;
const edgeShare = 0.9;

/** The strokes drawn plainly, as a camera sees them. Lines are a pixel wide at least. */
export function drawPlainly(strokes: Strokes, camera: Camera, part: Clip = clip): Ink {
	const { width, height } = part;
	const values = new Uint8Array(width * height);
	const half = Math.max(strokeWidth * camera.zoom, 1) / 2;
	for (let index = 0; index < strokes.count; index++) {
		const line = strokeAt(strokes, index);
		const at = (point: number): [number, number] => [
			((line[point * 2] ?? 0) - camera.x) * camera.zoom - part.x,
			((line[point * 2 + 1] ?? 0) - camera.y) * camera.zoom - part.y,
		];
		for (let point = 1; point < pointsEach; point++) {
			drawPiece({ width, height, values }, [at(point - 1), at(point)], half);
		}
	}
	return { width, height, values };
}

function drawPiece({ width, height, values }: Ink, [a, b]: [Place, Place], half: number): void {
	const [ax, ay] = a;
	const [bx, by] = b;
	const air = half + 1;
	const left = Math.max(0, Math.floor(Math.min(ax, bx) - air));
	const right = Math.min(width - 1, Math.ceil(Math.max(ax, bx) + air));
	const top = Math.max(0, Math.floor(Math.min(ay, by) - air));
	const bottom = Math.min(height - 1, Math.ceil(Math.max(ay, by) + air));
	for (let y = top; y <= bottom; y++) {
		for (let x = left; x <= right; x++) {
			const share = half + 0.5 - distance([x + 0.5, y + 0.5], a, b);
			const value = Math.round(255 * Math.min(1, Math.max(0, share)));
			const at = y * width + x;
			if (value > (values[at] ?? 0)) values[at] = value;
		}
	}
}

type Place = readonly [number, number];

/** From a point to the nearest one of a straight piece. */
function distance([x, y]: Place, [ax, ay]: Place, [bx, by]: Place): number {
	const [dx, dy] = [bx - ax, by - ay];
	const length = dx * dx + dy * dy;
	const share =
		length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length));
	return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}

/** What came on a picture since it was empty: grid, paper and tools are on both. */
export function inkBetween(empty: Uint8Array, shown: Uint8Array, part: Clip = clip): Ink {
	const values = shown.map((value, at) => Math.max(0, (empty[at] ?? 0) - value));
	return { width: part.width, height: part.height, values };
}

/** Holds what is shown against the plain drawing; ink may lie so many pixels beside its place. */
export function compare(plain: Ink, shown: Ink, tolerancePixels: number): Likeness {
	const missing = strayShare([plain, full], [shown, faint], tolerancePixels);
	const extra = strayShare([shown, full], [plain, faint], tolerancePixels);
	return {
		wrongShare: Math.max(missing, extra),
		sharpness: steepness(shown) / steepness(plain),
	};
}

/** A pixel and a unit: outlines swell and shrink by so much with the speed of the hand. */
export function toleranceAt(zoom: number): number {
	return Math.ceil(1 + zoom);
}

type Floored = readonly [ink: Ink, floor: number];

/** Of the pixels of `one` that have so much ink: those with none of `other` within some pixels. */
function strayShare([one, oneMin]: Floored, [other, otherMin]: Floored, within: number): number {
	const near = spread(other, otherMin, within);
	let count = 0;
	let strayCount = 0;
	for (const [at, value] of one.values.entries()) {
		if (value < oneMin) continue;
		count++;
		if (near[at] === 0) strayCount++;
	}
	return count === 0 ? 1 : strayCount / count;
}

/** 1 for every pixel with ink within so many pixels, in a square. */
function spread({ width, height, values }: Ink, min: number, within: number): Uint8Array {
	const isInk = values.map((value) => (value >= min ? 1 : 0));
	const rows = spreadAlong(
		isInk,
		{ count: width, step: 1, lines: height, lineStep: width },
		within,
	);
	return spreadAlong(rows, { count: height, step: width, lines: width, lineStep: 1 }, within);
}

interface Grain {
	readonly count: number;
	readonly step: number;
	readonly lines: number;
	readonly lineStep: number;
}

function spreadAlong(values: Uint8Array, grain: Grain, within: number): Uint8Array {
	const { count, step, lines, lineStep } = grain;
	const result = new Uint8Array(values.length);
	for (let line = 0; line < lines; line++) {
		let last = Number.NEGATIVE_INFINITY;
		for (let index = 0; index < count + within; index++) {
			if (index < count && values[line * lineStep + index * step] === 1) last = index;
			const at = index - within;
			if (at >= 0 && last >= at - within) result[line * lineStep + at * step] = 1;
		}
	}
	return result;
}

/** The step that nine of ten edges do not exceed. */
function steepness({ width, values }: Ink): number {
	const counts = new Uint32Array(256);
	let total = 0;
	for (let at = 1; at < values.length; at++) {
		if (at % width === 0) continue;
		const step = Math.abs((values[at] ?? 0) - (values[at - 1] ?? 0));
		if (step < edgeMin) continue;
		counts[step] = (counts[step] ?? 0) + 1;
		total++;
	}
	let seen = 0;
	for (const [step, count] of counts.entries()) {
		seen += count;
		if (seen >= edgeShare * total) return step;
	}
	return Number.NaN;
}
