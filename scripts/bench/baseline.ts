/** Ratios of an earlier run, and whether those of this one are worse. */
import { readFileSync, writeFileSync } from "node:fs";
import { ratiosOf } from "./ratios.ts";
import type { Row } from "./results.ts";

/** A ratio may be so much worse: less is noise. */
const worseMax = 0.15;

/** Weft's ratios in one row. */
interface Stored {
	readonly floor: number | null;
	readonly best: number | null;
}

/** Ratios by row. */
export interface Baseline {
	readonly about: string;
	readonly rows: Readonly<Record<string, Stored>>;
}

/** What became worse, in sentences, and how many ratios were compared. */
export interface Comparison {
	readonly comparedCount: number;
	readonly worse: readonly string[];
}

const about = "Weft's figures as multiples of others': npm run bench -- --store";

/** Compares rows with a baseline: those that are in both. */
export function compare(rows: readonly Row[], baseline: Baseline): Comparison {
	let comparedCount = 0;
	const worse: string[] = [];
	for (const row of rows) {
		const stored = baseline.rows[nameOf(row)];
		const now = storedOf(row);
		if (stored === undefined) continue;
		for (const against of ["floor", "best"] as const) {
			const before = stored[against];
			if (before === null) continue;
			comparedCount += 1;
			const say = judge(row, { before, now: now[against], against });
			if (say !== null) worse.push(say);
		}
	}
	return { comparedCount, worse };
}

function judge(
	row: Row,
	{ before, now, against }: { before: number; now: number | null; against: "floor" | "best" },
): string | null {
	const whom = against === "floor" ? "the floor" : "the best peer";
	if (now === null) return `${nameOf(row)}: no ratio to ${whom}, which the baseline has`;
	const change = row.measure.better === "less" ? now / before : before / now;
	// An infinitely small part above the bound is a matter of how numbers are kept.
	if (change <= 1 / (1 - worseMax) + 1e-9) return null;
	return `${nameOf(row)}: ${now.toFixed(2)} x ${whom}, and was ${before.toFixed(2)} x`;
}

/** The ratios of these rows over those of `earlier`, whose other rows stay. */
export function baselineOf(rows: readonly Row[], earlier: Baseline | null): Baseline {
	const stored = { ...earlier?.rows };
	for (const row of rows) {
		const ratios = storedOf(row);
		if (ratios.floor !== null || ratios.best !== null) stored[nameOf(row)] = ratios;
	}
	return { about, rows: stored };
}

/** Reads a baseline; null where there is none. @throws Error where it cannot be read */
export function readBaseline(path: string): Baseline | null {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
		throw error;
	}
	return JSON.parse(text) as Baseline;
}

/** Writes a baseline. */
export function writeBaseline(path: string, baseline: Baseline): void {
	writeFileSync(path, `${JSON.stringify(baseline, null, "\t")}\n`);
}

function storedOf(row: Row): Stored {
	const { ofFloor, ofBest } = ratiosOf(row);
	return { floor: rounded(ofFloor), best: rounded(ofBest) };
}

function rounded(ratio: number | null): number | null {
	return ratio === null ? null : Number(ratio.toPrecision(4));
}

function nameOf({ scenario, shape, measure }: Row): string {
	return `${scenario.name}, ${shape.label}, ${measure.key}`;
}
