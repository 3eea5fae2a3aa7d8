/**
 * What is left of strokes of which parts were erased. It looks as it did before: each point keeps
 * the width that it has in the whole stroke, and only the ends at the gaps are new.
 */
import {
	getStrokeOutlinePoints,
	getStrokePoints,
	type StrokeOptions,
	type StrokePoint,
} from "perfect-freehand";
import { gapsOf, type Stretch, stretchesLeft } from "../../../shared/surfaces/arrange/gaps.ts";
import type { BoardItem } from "../../../shared/surfaces/board.ts";
import { itemLines } from "../../../shared/surfaces/item-outline.ts";
import { denseLine, type PenLine } from "./dense-line.ts";
import type { PiecesPainter } from "./painter.ts";
import { lineOf, outlineOptions, type PathSink, smoothPath, tracePoints } from "./stroke-path.ts";

/** A point of a stroke, with its place in points and the pressure that its width comes of. */
type Station = StrokePoint & { readonly place: number };

/** As perfect-freehand does it (1.2, simulatePressure): how fast pressure follows the speed. */
const pressureRate = 0.275;
/** It leaves out what comes so near to the end, in units. */
const endLength = 3;
/** Points whose pressures the first one begins with. */
const startCount = 10;

/** For the painters. */
export const piecesPainter: PiecesPainter = {
	outlines: (item) => {
		const path = new Path2D();
		tracePieces(item, path);
		return path;
	},
	trace: (context, item, scale) => {
		for (const line of itemLines(item)) tracePoints(context, line, scale);
	},
};

/** The outlines of what is left of a stroke. @throws WeftError `bad_item` */
export function tracePieces(item: BoardItem, path: PathSink): void {
	const line = lineOf(item);
	const options = outlineOptions(line);
	const stations = stationsOf(line, options);
	for (const stretch of stretchesLeft(line.points.length / 2, gapsOf(item))) {
		const piece = stationsIn(stations, stretch);
		smoothPath(getStrokeOutlinePoints(piece, { ...options, simulatePressure: false }), path);
	}
}

/** The points of the whole stroke that outlines are made of. */
function stationsOf(line: PenLine, options: StrokeOptions): Station[] {
	const dense = fivefold(denseLine(line));
	const pressures = new Map(dense.map(([, , pressure = 0, place = 0]) => [place, pressure]));
	// The place goes through in place of the pressure: of some points none are made.
	const points = getStrokePoints(
		dense.map(([x = 0, y = 0, , place = 0]) => [x, y, place]),
		options,
	);
	const simulated = options.simulatePressure === true ? simulate(points, line.width) : null;
	return points.map((point, index) => {
		const place = point.pressure;
		return { ...point, place, pressure: simulated?.[index] ?? pressures.get(place) ?? 0.5 };
	});
}

/** Of two points perfect-freehand makes five, and would forget their places. */
function fivefold(dense: number[][]): number[][] {
	const [from, to, ...more] = dense;
	if (from === undefined || to === undefined || more.length > 0) return dense;
	return Array.from({ length: 5 }, (_, index) =>
		from.map((at, axis) => mix(at, to[axis], index / 4)),
	);
}

/** The points of one stretch; the first and the last lie at its ends. */
function stationsIn(stations: readonly Station[], [from, to]: Stretch): Station[] {
	const between = stations.filter(({ place }) => place > from && place < to);
	return [stationAt(stations, from), ...between, stationAt(stations, to)];
}

function stationAt(stations: readonly Station[], place: number): Station {
	const index = stations.findIndex((station) => station.place >= place);
	const after = stations[index] ?? stations.at(-1);
	if (after === undefined) throw new RangeError("a stroke without points");
	const before = stations[index - 1];
	if (before === undefined || index === -1) return after;
	const share = (place - before.place) / (after.place - before.place);
	return {
		...after,
		place,
		point: [
			mix(before.point[0], after.point[0], share),
			mix(before.point[1], after.point[1], share),
		],
		pressure: mix(before.pressure, after.pressure, share),
		runningLength: mix(before.runningLength, after.runningLength, share),
	};
}

/** What perfect-freehand takes for the pressure of each point where the device told none. */
function simulate(points: readonly StrokePoint[], size: number): number[] {
	const length = points.at(-1)?.runningLength ?? 0;
	let pressure = points
		.slice(0, startCount)
		.reduce((mean, { distance }) => (mean + followed(mean, distance, size)) / 2, 0.5);
	let way = points[0]?.vector ?? [0, 0];
	let wasTurn = false;
	return points.map((point, index) => {
		const next = points[index + 1];
		if (next !== undefined && length - point.runningLength < endLength) return pressure;
		const own = followed(pressure, point.distance, size);
		const isTurn = next !== undefined && dot(next.vector, point.vector) < 0;
		// At a corner it makes a round end, and goes on with the pressure of before.
		if (isTurn || (!wasTurn && dot(point.vector, way) < 0)) {
			wasTurn ||= isTurn;
			return own;
		}
		wasTurn = false;
		pressure = own;
		way = point.vector;
		return own;
	});
}

function followed(pressure: number, distance: number, size: number): number {
	const speed = Math.min(1, distance / size);
	const aim = Math.min(1, 1 - speed);
	return Math.min(1, pressure + (aim - pressure) * speed * pressureRate);
}

function dot(a: readonly [number, number], b: readonly [number, number]): number {
	return a[0] * b[0] + a[1] * b[1];
}

function mix(from: number, to: number | undefined, share: number): number {
	return from + ((to ?? from) - from) * share;
}
