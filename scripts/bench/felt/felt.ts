/** What people feel: how long they wait for what they do to be seen, on a slow device and line. */
import { loadavg } from "node:os";
import { streamsOf } from "../../converge/random.ts";
import type { Stage } from "../drive/stage.ts";
import { type Finding, refused, type Scenario, type Shape } from "../scenarios/scenario.ts";
import { framesInCrowd } from "./crowd.ts";
import { largeRoom, newByAddress, newCold, newWarm, scanned, type Trial } from "./firsts.ts";
import { House } from "./house.ts";
import { keyEveryMs, keyToOther, penEveryMs, penToOther } from "./live.ts";
import { backOnline, photoPlaceholder, photoThumbnail, renamed } from "./others.ts";
import { sayOf } from "./slowness.ts";
import { lateByLineAlone } from "./tcp-model.ts";

/** One thing that is felt. */
interface Feeling {
	readonly label: string;
	/** How often it is tried, or how many points, keys or people. */
	readonly count: number;
	/** With `--quick`; what takes long is left out there. */
	readonly quickCount?: number;
	/** Strokes on the board that it is tried on. */
	readonly size?: number;
	/** Between two of many small messages: then the line alone is told too. */
	readonly everyMs?: number;
	measure(house: House, shape: Shape): Promise<number[]>;
}

/** The paper has so many edits for each stroke of the board: 260,000 beside 10,000. */
const editsAStroke = 26;
/** Messages from which it is told how late the line alone is. */
const lineCount = 20_000;
/** As many per cent as page.ts has for a curve. */
const curveShares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1];

const feelings: readonly Feeling[] = [
	{ ...tried("New to first ink, cold", newCold("ink")), quickCount: 1 },
	tried("New to first letter, cold", newCold("letter")),
	tried("a new room's address to first ink, cold", newByAddress),
	tried("New to first ink, warm", newWarm("ink")),
	tried("New to first letter, warm", newWarm("letter")),
	{
		label: "pen point to the other screen",
		count: 600,
		everyMs: penEveryMs,
		measure: (house, { count }) => penToOther(house, count),
	},
	{
		label: "key to the other screen",
		count: 200,
		quickCount: 8,
		everyMs: keyEveryMs,
		measure: (house, { count }) => keyToOther(house, count),
	},
	tried("link scanned to first stroke seen", scanned),
	{
		...tried("joining a large room", largeRoom({ strokes: 0, edits: 0 })),
		size: 10_000,
		measure: async (house, { count, rate: strokes }) =>
			again(house, count, largeRoom({ strokes, edits: strokes * editsAStroke })),
	},
	{
		label: "frames while 35 people draw and write",
		count: 35,
		quickCount: 4,
		measure: (house, { count, seconds }) => framesInCrowd(house, { people: count, seconds }),
	},
	tried("network back to synced", backOnline),
	tried("name changed to seen by others", renamed),
	tried("photo picked to placeholder at others", photoPlaceholder),
	tried("photo uploaded to thumbnail at others", photoThumbnail),
];

function tried(label: string, trial: Trial): Feeling {
	const measure: Feeling["measure"] = (house, { count }) => again(house, count, trial);
	return { label, count: 20, measure };
}

async function again(house: House, count: number, trial: Trial): Promise<number[]> {
	const once = await trial(house);
	const values: number[] = [];
	for (let index = 0; index < count; index++) values.push(await once(index));
	return values;
}

async function run(stage: Stage, shape: Shape): Promise<Finding> {
	const feeling = feelings.find(({ label }) => label === shape.label);
	if (feeling === undefined) return refused(`nobody feels "${shape.label}"`);
	const load = loadavg()[0] ?? Number.NaN;
	const house = await House.open(stage);
	try {
		const values = await feeling.measure(house, shape);
		const sorted = values.toSorted((a, b) => a - b);
		const { everyMs } = feeling;
		const random = streamsOf(1)("line");
		const alone =
			everyMs === undefined
				? []
				: lateByLineAlone(stage.slowness, random, { count: lineCount, everyMs });
		const figures = {
			median: quantile(sorted, 0.5),
			p95: quantile(sorted, 0.95),
			line: quantile(alone, 0.95),
		};
		return {
			figures,
			notes: [`${values.length} values; ${sayOf(stage.slowness)}; load before: ${load.toFixed(1)}`],
			curve: curveShares.map((share) => quantile(sorted, share)),
			refusal: null,
		};
	} finally {
		await house.close();
	}
}

/** The value that `share` of all do not exceed; NaN where there is none. */
function quantile(sorted: readonly number[], share: number): number {
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function shapeOf({ label, count, size = 0 }: Feeling): Shape {
	return { label, count, rate: size, seconds: 10 };
}

/** All of them, each with a server and a browser of its own. */
export const felt: Scenario = {
	name: "felt-waits",
	title: "What people feel",
	about:
		"Real Chromium, its pages slowed, behind a proxy that is a model of TCP with delay and loss " +
		"(felt/tcp-model.ts). Each person has a fresh profile and a line of their own. Counted is " +
		"from what the hand does until the frame is painted that shows it; frames are counted from " +
		"one to the next. The line alone is what the same messages need without page or server.",
	measures: [
		{ key: "median", label: "median ms", better: "less" },
		{ key: "p95", label: "p95 ms", better: "less" },
		{ key: "line", label: "the line alone, p95 ms", better: "less", isContext: true },
	],
	shapes: feelings.map(shapeOf),
	quickShapes: feelings.flatMap((feeling) => {
		const { quickCount: count } = feeling;
		return count === undefined ? [] : [{ ...shapeOf(feeling), count, seconds: 1 }];
	}),
	repeatsMax: 1,
	runSeconds: 60,
	needs: "page",
	isAlone: true,
	usesAllCores: true,
	run,
};
