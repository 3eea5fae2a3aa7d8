/** What is played: recorded sessions, drawings, photos and lines of chat, from a folder of data. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { chatBodyLengthMax } from "../../shared/limits.ts";
import type { Stroke } from "../../shared/surfaces/stroke-codec.ts";
import { readTrace, type Trace } from "./traces.ts";

/** A file somebody shares as a photo, whether it is one or not. */
export interface PhotoFile {
	readonly name: string;
	readonly type: string;
	readonly bytes: Uint8Array;
}

/** All that a replay needs. */
export interface Material {
	readonly traces: readonly Trace[];
	readonly strokes: readonly Stroke[];
	readonly photos: readonly PhotoFile[];
	readonly lines: readonly string[];
}

/** Reads a folder laid out as shared/data is; what is missing in it is left out. */
export function readMaterial(dataDir: string): Material {
	const at = (path: string) => join(dataDir, path);
	const present = (path: string) => existsSync(at(path));
	if (!existsSync(dataDir)) throw new Error(`There is no folder ${dataDir}.`);
	const traces = ["friendsforever", "automerge-paper", "sveltecomponent"].filter((name) =>
		present(`traces/${name}.json.gz`),
	);
	const drawings = "drawings/quickdraw-simplified.ndjson.gz";
	const handwriting = "drawings/tablet-handwriting.json";
	const lines = "hostile/blns.json";
	return {
		traces: traces.map((name) => readTrace(name, at(`traces/${name}.json.gz`))),
		strokes: [
			...(present(drawings) ? readQuickDraw(at(drawings)) : []),
			...(present(handwriting) ? readHandwriting(at(handwriting)) : []),
		],
		photos: present("photos") ? readPhotos(at("photos")) : [],
		lines: present(lines) ? readLines(at(lines)) : [],
	};
}

interface QuickDrawing {
	readonly drawing: readonly (readonly [xs: readonly number[], ys: readonly number[]])[];
}

/** A drawing takes a square of 256 units; twenty stand in a row. */
const drawingsPerRow = 20;
const squareUnits = 280;

function readQuickDraw(path: string): Stroke[] {
	const lines = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
	return lines.flatMap((line, drawingIndex) => {
		const { drawing } = JSON.parse(line) as QuickDrawing;
		const left = (drawingIndex % drawingsPerRow) * squareUnits;
		const top = Math.floor(drawingIndex / drawingsPerRow) * squareUnits;
		return drawing.map(([xs, ys]) => penStroke(xs, ys, { left, top, color: drawingIndex % 8 }));
	});
}

interface Handwriting {
	readonly data: Readonly<
		Record<"x" | "y" | "time" | "pen_status" | "pressure", readonly number[]>
	>;
}

/** The tablet also says where its pen was in the air; a stroke is where it was down. */
function readHandwriting(path: string): Stroke[] {
	const { data } = JSON.parse(readFileSync(path, "utf8")) as Handwriting;
	const strokes: Stroke[] = [];
	let samples: number[] = [];
	const lift = () => {
		const pick = (values: readonly number[]) => samples.map((index) => values[index] ?? 0);
		if (samples.length > 0) {
			const pen = penStroke(pick(data.x), pick(data.y), { left: 0, top: -squareUnits, color: 0 });
			strokes.push({ ...pen, pressures: scaled(pick(data.pressure)) });
		}
		samples = [];
	};
	for (const [sampleIndex, isDown] of data.pen_status.entries()) {
		if (isDown === 1) samples.push(sampleIndex);
		else lift();
	}
	lift();
	return strokes;
}

function scaled(pressures: readonly number[]): Float32Array {
	const most = Math.max(1, ...pressures);
	return Float32Array.from(pressures, (pressure) => pressure / most);
}

interface Place {
	readonly left: number;
	readonly top: number;
	readonly color: number;
}

/** A stroke of the thin pen through these points. */
export function penStroke(xs: readonly number[], ys: readonly number[], place: Place): Stroke {
	const points = new Float64Array(xs.length * 2);
	for (const [pointIndex, x] of xs.entries()) {
		points[pointIndex * 2] = x + place.left;
		points[pointIndex * 2 + 1] = (ys[pointIndex] ?? 0) + place.top;
	}
	return { kind: "pen", color: place.color, width: 0, points, pressures: null, times: null };
}

const photoTypes: Readonly<Record<string, string>> = {
	".jpg": "image/jpeg",
	".png": "image/png",
	".webp": "image/webp",
};

function readPhotos(folder: string): PhotoFile[] {
	return readdirSync(folder, { recursive: true, encoding: "utf8" })
		.filter((path) => extname(path) in photoTypes)
		.sort()
		.map((path) => ({
			name: `${basename(dirname(path))}/${basename(path)}`,
			type: photoTypes[extname(path)] ?? "",
			bytes: readFileSync(join(folder, path)),
		}));
}

function readLines(path: string): string[] {
	const lines = JSON.parse(readFileSync(path, "utf8")) as string[];
	return lines.filter((line) => line.trim() !== "" && line.length <= chatBodyLengthMax);
}
