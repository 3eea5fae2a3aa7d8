/** Which stretches of a stroke a round eraser sweeps over. Pure arithmetic. */
import {
	type Gaps,
	joinGaps,
	type Stretch,
	stretchesLeft,
} from "../../../shared/surfaces/arrange/gaps.ts";
import type { Point } from "../camera.ts";

/** Points of a stroke on the board: `[x, y, pressure, place]`, as dense-line.ts makes them. */
export type Stroke = readonly (readonly number[])[];

/** A dot has no length; what erases it covers this much of it. */
const dotLength = 0.01;

/**
 * What lies within so many units of a straight way. Each part of a stroke enters and leaves the
 * eraser's track once at most: a track is convex.
 */
export function sweptGaps(
	stroke: Stroke,
	[from, to]: readonly [Point, Point],
	reach: number,
): Gaps {
	const gaps: number[] = [];
	const places = stroke.map(([x = 0, y = 0, , place = 0]) => ({ x, y, place }));
	for (const [index, here] of places.entries()) {
		const next = places[index + 1] ?? (index === 0 ? { ...here, place: dotLength } : null);
		const share = next === null ? null : sharesIn([here, next], [from, to], reach);
		if (next === null || share === null) continue;
		const length = next.place - here.place;
		gaps.push(here.place + share[0] * length, here.place + share[1] * length);
	}
	return joinGaps(gaps);
}

/** What gaps leave of a stroke that is so short, in units, that it would be a crumb. */
export function crumbsOf(stroke: Stroke, gaps: Gaps, shortest: number): Gaps {
	const left = stretchesLeft(pointCountOf(stroke), gaps);
	return left.filter((stretch) => lengthOf(stroke, stretch) < shortest).flat();
}

/** How many points were drawn. */
export function pointCountOf(stroke: Stroke): number {
	return (stroke.at(-1)?.[3] ?? 0) + 1;
}

/** How long a stretch is; of one that ends between two points nearly so. */
function lengthOf(stroke: Stroke, [from, to]: Stretch): number {
	let length = 0;
	for (let index = 1; index < stroke.length; index++) {
		const [x = 0, y = 0, , start = 0] = stroke[index - 1] ?? [];
		const [nextX = x, nextY = y, , end = start] = stroke[index] ?? [];
		const share = (Math.min(end, to) - Math.max(start, from)) / (end - start);
		if (share > 0) length += Math.hypot(nextX - x, nextY - y) * share;
	}
	return length;
}

type Line = readonly [from: Point, to: Point];

/** From where to where a line lies in a track, as shares of it; null where it does not. */
function sharesIn(line: Line, [from, to]: Line, reach: number): Stretch | null {
	const inside = [
		inDisc(line, from, reach),
		inDisc(line, to, reach),
		inBand(line, [from, to], reach),
	].filter((shares) => shares !== null);
	if (inside.length === 0) return null;
	return [Math.min(...inside.map(([a]) => a)), Math.max(...inside.map(([, b]) => b))];
}

function inDisc([a, b]: Line, middle: Point, reach: number): Stretch | null {
	const [alongX, alongY] = [b.x - a.x, b.y - a.y];
	const [offX, offY] = [a.x - middle.x, a.y - middle.y];
	const square = alongX ** 2 + alongY ** 2;
	const near = offX ** 2 + offY ** 2 - reach ** 2;
	if (square === 0) return near <= 0 ? [0, 1] : null;
	const half = (offX * alongX + offY * alongY) / square;
	const root = half ** 2 - near / square;
	if (root < 0) return null;
	return within(-half - Math.sqrt(root), -half + Math.sqrt(root));
}

/** Beside a way, and not beyond its ends. */
function inBand([a, b]: Line, [from, to]: Line, reach: number): Stretch | null {
	const far = Math.hypot(to.x - from.x, to.y - from.y);
	if (far === 0) return null;
	const [unitX, unitY] = [(to.x - from.x) / far, (to.y - from.y) / far];
	const [offX, offY] = [a.x - from.x, a.y - from.y];
	const [alongX, alongY] = [b.x - a.x, b.y - a.y];
	const ahead = between(offX * unitX + offY * unitY, alongX * unitX + alongY * unitY, [0, far]);
	const aside = between(unitX * offY - unitY * offX, unitX * alongY - unitY * alongX, [
		-reach,
		reach,
	]);
	if (ahead === null || aside === null) return null;
	return within(Math.max(ahead[0], aside[0]), Math.min(ahead[1], aside[1]));
}

/** From where to where `start + share * step` is in bounds. */
function between(start: number, step: number, [low, high]: Stretch): Stretch | null {
	if (step === 0) return start >= low && start <= high ? [0, 1] : null;
	const [a, b] = [(low - start) / step, (high - start) / step];
	return [Math.min(a, b), Math.max(a, b)];
}

function within(from: number, to: number): Stretch | null {
	const [start, end] = [Math.max(0, from), Math.min(1, to)];
	return start < end ? [start, end] : null;
}
