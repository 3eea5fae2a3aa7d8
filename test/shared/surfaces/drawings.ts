/** Recorded strokes from the shared data, or nothing where that is not at hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { sharedData } from "../../fixtures/shared-data.ts";

const folder = sharedData("drawings");

/** True where the recorded drawings can be read. */
export const hasDrawings = folder !== null;

/** Points of one stroke as they were recorded. */
export interface Recorded {
	readonly points: number[];
	readonly pressures: number[] | null;
}

/** The mouse stroke of perfect-freehand, 360 points. */
export function mouseStroke(): Recorded {
	const rows: number[][] = JSON.parse(read("freehand-pressure-time.json"));
	return { points: rows.flatMap(([x, y]) => [x ?? 0, y ?? 0]), pressures: null };
}

/** The tablet's handwriting, millimetres made CSS pixels, 100 points with pressure. */
export function tabletStroke(): Recorded {
	const { x, y, pressure } = JSON.parse(read("tablet-handwriting.json")).data;
	const millimetre = 96 / 25.4;
	return {
		points: x.flatMap((value: number, index: number) => [
			value * millimetre,
			y[index] * millimetre,
		]),
		pressures: pressure,
	};
}

/** The strokes of Quick, Draw!, 1,380 in 250 drawings; x and y from 0 to 255. */
export function quickDrawings(): number[][][] {
	const lines = gunzipSync(bytesOf("quickdraw-simplified.ndjson.gz")).toString().trim().split("\n");
	return lines.map((line) =>
		JSON.parse(line).drawing.map(([xs, ys]: [number[], number[]]) =>
			xs.flatMap((x, index) => [x, ys[index] ?? 0]),
		),
	);
}

function read(name: string): string {
	return bytesOf(name).toString();
}

function bytesOf(name: string): Buffer {
	return readFileSync(join(folder ?? "", name));
}
