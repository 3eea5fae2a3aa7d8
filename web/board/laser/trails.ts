/** Trails of light over the board, drawn above it: bright at their heads, gone after a second. */
import type { Theme } from "../../ui/colors/palette.ts";
import type { Point } from "../camera.ts";
import type { PaintContext } from "../paint/painter.ts";
import type { Frame } from "../paint/tile-view.ts";
import type { Overlay } from "../stage.ts";

/** How long a point is to be seen. */
export const trailMs = 1_000;
/** For this share of that time it is as bright as at first. */
const plainShare = 0.35;
/** Half the width of a trail at its head, in CSS pixels. */
const headPixels = 3.5;
/** Light around light: so many times as wide, and so strong. */
const glows = [
	{ wide: 3.4, alpha: 0.12 },
	{ wide: 2, alpha: 0.22 },
	{ wide: 1, alpha: 1 },
] as const;
/** On dark paper the core is white hot; on light it would look hollow. */
const core = { wide: 0.45, alpha: 0.85 } as const;
/** Trails that are shown at once, and points of each: a second of the fastest hand. */
const trailsMax = 60;
const trailPointsMax = 240;

/** A place that was pointed at. */
export interface LitPoint extends Point {
	/** When it lights up, in milliseconds of `performance.now()`; it may be to come. */
	readonly bornMs: number;
}

interface Trail {
	readonly color: string;
	points: LitPoint[];
}

/** Draws trails. The last point of each fades, too: whoever goes on pointing adds it again. */
export class Trails implements Overlay {
	readonly #theme: () => Theme;
	readonly #trails = new Map<string, Trail>();
	readonly #isCalm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

	/** `theme` says how the paper is. */
	constructor(theme: () => Theme) {
		this.#theme = theme;
	}

	get isEmpty(): boolean {
		return this.#trails.size === 0;
	}

	/** Adds points to the trail of that name, in the order in which they light up. */
	add(name: string, color: string, points: readonly LitPoint[]): void {
		const known = this.#trails.get(name);
		if (known === undefined && this.#trails.size >= trailsMax) return;
		const trail = known ?? { color, points: [] };
		trail.points = [...trail.points, ...points].slice(-trailPointsMax);
		this.#trails.set(name, trail);
	}

	draw(context: PaintContext, { camera }: Frame): boolean {
		const nowMs = performance.now();
		const isCalm = this.#isCalm?.matches === true;
		const isHot = this.#theme() === "dark";
		context.save();
		for (const [name, trail] of this.#trails) {
			trail.points = lit(trail.points, nowMs, isCalm);
			if (trail.points.length === 0) this.#trails.delete(name);
			else drawTrail(context, trail, { nowMs, isCalm, isHot, zoom: camera.zoom });
		}
		context.restore();
		return this.#trails.size > 0;
	}
}

/**
 * The points that are still to be seen at a time. Who wants no motion sees a trail whole until a
 * second after its last point.
 */
export function lit(points: readonly LitPoint[], nowMs: number, isCalm: boolean): LitPoint[] {
	const oldestMs = nowMs - trailMs;
	const last = points.at(-1);
	if (isCalm) return last === undefined || last.bornMs <= oldestMs ? [] : [...points];
	return points.filter(({ bornMs }) => bornMs > oldestMs);
}

/** How much of its width a point has left after so many milliseconds, from 1 to 0. */
export function leftOf(ageMs: number): number {
	const share = Math.min(1, Math.max(0, ageMs / trailMs));
	return share < plainShare ? 1 : 1 - ((share - plainShare) / (1 - plainShare)) ** 2;
}

interface TrailLook {
	readonly nowMs: number;
	readonly isCalm: boolean;
	readonly isHot: boolean;
	readonly zoom: number;
}

function drawTrail(context: PaintContext, { color, points }: Trail, look: TrailLook): void {
	const { nowMs, isCalm, isHot, zoom } = look;
	const shown = points.filter(({ bornMs }) => bornMs <= nowMs);
	if (shown.length === 0) return;
	const discs = shown.map(({ x, y, bornMs }) => {
		const left = isCalm ? 1 : leftOf(nowMs - bornMs);
		return { x, y, radius: (left * headPixels) / zoom };
	});
	context.fillStyle = color;
	for (const { wide, alpha } of glows) {
		context.globalAlpha = alpha;
		context.fill(beads(discs, wide));
	}
	if (!isHot) return;
	context.fillStyle = "white";
	context.globalAlpha = core.alpha;
	context.fill(beads(discs, core.wide));
}

interface Disc extends Point {
	readonly radius: number;
}

/**
 * Discs, and what lies between each and the next. All of it winds in one direction, so that one
 * fill covers all alike, wherever the trail crosses itself.
 */
function beads(discs: readonly Disc[], wide: number): Path2D {
	const path = new Path2D();
	for (const [index, { x, y, radius }] of discs.entries()) {
		path.moveTo(x + radius * wide, y);
		path.arc(x, y, radius * wide, 0, 2 * Math.PI, true);
		const next = discs[index + 1];
		if (next !== undefined) band(path, { x, y, radius: radius * wide }, next, wide);
	}
	return path;
}

function band(path: Path2D, from: Disc, next: Disc, wide: number): void {
	const [dx, dy] = [next.x - from.x, next.y - from.y];
	const length = Math.hypot(dx, dy);
	if (length === 0) return;
	const [across, down] = [-dy / length, dx / length];
	const radius = next.radius * wide;
	path.moveTo(from.x + across * from.radius, from.y + down * from.radius);
	path.lineTo(next.x + across * radius, next.y + down * radius);
	path.lineTo(next.x - across * radius, next.y - down * radius);
	path.lineTo(from.x - across * from.radius, from.y - down * from.radius);
	path.closePath();
}
