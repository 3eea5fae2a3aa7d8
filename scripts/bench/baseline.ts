/** Ratios of an earlier run, and whether those of this one are worse. */
import { readFileSync, writeFileSync } from "node:fs";
import { spreadOfRatio } from "./ratios.ts";
import type { Row } from "./results.ts";
import type { Spread } from "./statistics.ts";

/** A ratio may be so much worse. */
const worseMax = 0.15;
/** Where the repeats of a run differ by more than this, their median says less. */
const steadyMax = 0.15;

/** Whom Weft is held against. */
const others = ["floor", "best"] as const;
type Other = (typeof others)[number];
const otherWords = { floor: "the floor", best: "the best peer" } as const;

/** Weft's ratios in one row, with the least and the most of the repeats. */
type Stored = Readonly<Record<Other, Spread | null>>;

/** Ratios by row. */
export interface Baseline {
	readonly about: string;
	/** Versions of those who took part and of Node, in words. */
	readonly made: string;
	readonly rows: Readonly<Record<string, Stored>>;
}

/** What a comparison found, in sentences. */
export interface Comparison {
	readonly comparedCount: number;
	/** Worse than may be. */
	readonly worse: readonly string[];
	/** The median is worse than may be, and the repeats differ too much to be sure. */
	readonly unsure: readonly string[];
	/** So much better that the baseline would not notice a fall. */
	readonly betterCount: number;
}

const about = "Weft's figures as multiples of others': npm run bench -- --store";

/** Compares rows with a baseline: all that it has of the scenarios that were run. */
export function compare(rows: readonly Row[], baseline: Baseline): Comparison {
	const judged = pairsOf(rows, baseline).map((pair) => ({
		verdict: judge(pair),
		say: `${pair.name}: ${wordsFor(pair.now)}, and was ${wordsFor(pair.before)}`,
	}));
	const those = (wanted: Verdict) =>
		judged.filter(({ verdict }) => verdict === wanted).map(({ say }) => say);
	return {
		comparedCount: judged.length,
		worse: those("worse"),
		unsure: those("unsure"),
		betterCount: those("better").length,
	};
}

/** A ratio of then and of now; null where there is none now. */
interface Pair {
	readonly name: string;
	readonly now: Spread | null;
	readonly before: Spread;
	readonly better: "less" | "more";
}

/** What the baseline has of the scenarios that were run. */
function pairsOf(rows: readonly Row[], baseline: Baseline): Pair[] {
	const byName = new Map(rows.map((row) => [nameOf(row), row]));
	const wasRun = (name: string) => rows.some((row) => name.startsWith(`${row.scenario.name}, `));
	return Object.entries(baseline.rows)
		.filter(([name]) => wasRun(name))
		.flatMap(([name, stored]) =>
			others.flatMap((other) => {
				const before = stored[other];
				if (before === null) return [];
				const row = byName.get(name);
				const now = row === undefined ? null : spreadOfRatio(row, other);
				const better = row?.measure.better ?? "less";
				return [{ name: `${name}, of ${otherWords[other]}`, now, before, better }];
			}),
		);
}

/** A comparison for people, line by line; the last one sums it up. */
export function comparisonLines(comparison: Comparison, { made }: Baseline): readonly string[] {
	const { comparedCount, worse, unsure, betterCount } = comparison;
	const parts = [
		`${comparedCount} ratios compared with the baseline`,
		`${worse.length} worse by more than ${worseMax * 100} %`,
		`${unsure.length} too noisy to tell`,
		`${betterCount} better by as much`,
	];
	return [
		`the baseline was made with ${made}`,
		...unsure.map((say) => `NOISY ${say}`),
		...worse.map((say) => `WORSE ${say}`),
		comparedCount === 0 ? "the baseline has no ratio of what was run" : parts.join(", "),
	];
}

type Verdict = "same" | "worse" | "unsure" | "better";

/**
 * The medians decide where the repeats of both runs lie close together. Where they do not, a fall
 * is one only if the best repeat of now is worse than may be over the worst one of then.
 */
function judge({ now, before, better }: Pair): Verdict {
	if (now === null) return "worse";
	const [newer, older] = [asCosts(now, better), asCosts(before, better)];
	if (!isWorse(newer.median, older.median)) {
		return isWorse(older.min, newer.max) ? "better" : "same";
	}
	const isSteady = [newer, older].every(({ min, max }) => max <= min * (1 + steadyMax));
	return isSteady || isWorse(newer.min, older.max) ? "worse" : "unsure";
}

/** Turned round where more is better, so that more is always worse. */
function asCosts(ratio: Spread, better: "less" | "more"): Spread {
	if (better === "less") return ratio;
	return { min: 1 / ratio.max, median: 1 / ratio.median, max: 1 / ratio.min };
}

function isWorse(now: number, before: number): boolean {
	// An infinitely small part above the bound is a matter of how numbers are kept.
	return now / before > 1 / (1 - worseMax) + 1e-9;
}

function wordsFor(ratio: Spread | null): string {
	if (ratio === null) return "does not count or was not measured";
	const { min, median, max } = ratio;
	const [least, middle, most] = [min, median, max].map((ratio) => ratio.toFixed(2));
	return min === max ? `${middle} x` : `${middle} x [${least} ${most}]`;
}

/** The ratios of these rows over those of `earlier`, whose other rows stay. */
export function baselineOf(
	rows: readonly Row[],
	made: string,
	earlier: Baseline | null = null,
): Baseline {
	const stored = { ...earlier?.rows };
	for (const row of rows) {
		const [floor, best] = others.map((other) => rounded(spreadOfRatio(row, other)));
		if (floor || best) stored[nameOf(row)] = { floor: floor ?? null, best: best ?? null };
	}
	return { about, made, rows: stored };
}

/**
 * Reads a baseline; null where there is none.
 *
 * @throws Error with a sentence where it cannot be read
 */
export function readBaseline(path: string): Baseline | null {
	let text: string;
	try {
		text = readFileSync(path, "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
		throw error;
	}
	try {
		return JSON.parse(text) as Baseline;
	} catch (cause) {
		throw new Error(`${path} is not a baseline.`, { cause });
	}
}

/** Writes a baseline. */
export function writeBaseline(path: string, baseline: Baseline): void {
	writeFileSync(path, `${JSON.stringify(baseline, null, "\t")}\n`);
}

function rounded(spread: Spread | null): Spread | null {
	if (spread === null) return null;
	const [min = 0, median = 0, max = 0] = [spread.min, spread.median, spread.max].map((ratio) =>
		Number(ratio.toPrecision(4)),
	);
	return { min, median, max };
}

function nameOf({ scenario, shape, measure }: Row): string {
	return `${scenario.name}, ${shape.label}, ${measure.key}`;
}
