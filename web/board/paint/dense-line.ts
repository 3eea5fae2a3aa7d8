/** Few points of a quick hand become many on a smooth way: outlines need them near each other. */

/** A line through recorded points, as the canvas wants to fill it. */
export interface PenLine {
	readonly points: ArrayLike<number>;
	/** One a point; null where the device told none: speed then decides. */
	readonly pressures: ArrayLike<number> | null;
	/** In board units. */
	readonly width: number;
	/** As wide everywhere: a highlighter. */
	readonly isEven?: boolean;
	/** False while the pen is still down. */
	readonly isFinished: boolean;
}

/** Longest gap between two points of an outline, in units: wider ones would be cut to curves. */
const gapMax = 8;
/** A hand that turns by more, in radians, means a corner. */
const cornerTurn = (Math.PI * 5) / 12;
/** Longer gaps are straight: a curve through them would leave the item's box. */
const curvedGapMax = 96;
/** How far a curve may leave the straight way: sine of half the turn, a quarter of the gap. */
export const curveBulge = (curvedGapMax * Math.sin(cornerTurn / 2)) / 4;

/**
 * `[x, y, pressure, place]` for every point of a line, and more of them where they stand far apart;
 * the place is counted in points: 2.5 is half-way between the third and the fourth.
 */
export function denseLine({ points, pressures }: PenLine): number[][] {
	const count = points.length / 2;
	const at = (pointIndex: number): Vector => [
		points[pointIndex * 2] ?? 0,
		points[pointIndex * 2 + 1] ?? 0,
	];
	const dense: number[][] = [];
	for (let pointIndex = 0; pointIndex < count; pointIndex++) {
		const pressure = pressures?.[pointIndex] ?? 0.5;
		dense.push([...at(pointIndex), pressure, pointIndex]);
		if (pointIndex + 1 === count) break;
		const [from, to] = [at(pointIndex), at(pointIndex + 1)];
		if (length(minus(to, from)) < gapMax) continue;
		const before = pointIndex > 0 ? at(pointIndex - 1) : null;
		const after = pointIndex + 2 < count ? at(pointIndex + 2) : null;
		const nextPressure = pressures?.[pointIndex + 1] ?? 0.5;
		for (const [share, x, y] of between([before, from, to, after])) {
			dense.push([x, y, pressure + (nextPressure - pressure) * share, pointIndex + share]);
		}
	}
	return dense;
}

type Vector = readonly [number, number];

/**
 * Points between the middle two of four, on a curve (cubic Hermite) that runs on smoothly at both
 * ends, except where the hand made a corner.
 */
function between([before, from, to, after]: readonly [
	Vector | null,
	Vector,
	Vector,
	Vector | null,
]): [number, number, number][] {
	const way = minus(to, from);
	const far = length(way);
	const isCurved = far <= curvedGapMax;
	const start = isCurved ? bend(before === null ? null : minus(from, before), way) : way;
	const end = isCurved ? bend(after === null ? null : minus(after, to), way) : way;
	const count = Math.min(400, Math.floor(far / gapMax));
	return Array.from({ length: count }, (_, index) => {
		const t = (index + 1) / (count + 1);
		const [a, b, c, d] = [
			(1 + 2 * t) * (1 - t) ** 2,
			t * (1 - t) ** 2,
			t ** 2 * (3 - 2 * t),
			t ** 2 * (t - 1),
		];
		const mix = (axis: 0 | 1) => a * from[axis] + b * start[axis] + c * to[axis] + d * end[axis];
		return [t, mix(0), mix(1)];
	});
}

/** The direction between a way and its neighbour, as long as the way; at a corner the way. */
function bend(neighbour: Vector | null, way: Vector): Vector {
	const far = length(way);
	if (neighbour === null || far === 0) return way;
	const near = length(neighbour);
	if (near === 0) return way;
	const sum: Vector = [way[0] / far + neighbour[0] / near, way[1] / far + neighbour[1] / near];
	const sumLength = length(sum);
	// The sum of two unit vectors is as long as 2 cos(half the turn).
	if (sumLength < 2 * Math.cos(cornerTurn / 2)) return way;
	return [(sum[0] / sumLength) * far, (sum[1] / sumLength) * far];
}

function minus(a: Vector, b: Vector): Vector {
	return [a[0] - b[0], a[1] - b[1]];
}

function length([x, y]: Vector): number {
	return Math.hypot(x, y);
}
