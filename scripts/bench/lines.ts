/**
 * How good is good enough: for the figures that were promised, a line below which it is not done,
 * and the goal. Held against the floor F and the best peer B of the same run.
 */
import { type Figures, figuresOf } from "./ratios.ts";
import type { Row } from "./results.ts";
import { threeDigits } from "./statistics.ts";

/** `times` what `of` has, and `plus`; or `plus` alone. `smallest` is Weft at the smallest size. */
interface Bound {
	readonly of?: "floor" | "best" | "smallest";
	readonly times?: number;
	readonly plus?: number;
}

interface Line {
	readonly scenario: string;
	/** A part of the shape's label; any shape where it is left out. */
	readonly shape?: string;
	readonly measure: string;
	readonly pass: readonly Bound[];
	readonly goal: readonly Bound[];
}

const f = (times: number, plus = 0): Bound => ({ of: "floor", times, plus });
const b = (times: number): Bound => ({ of: "best", times });
const small = (times: number): Bound => ({ of: "smallest", times });
const is = (plus: number): Bound => ({ plus });

const lines: readonly Line[] = [
	{
		scenario: "storm",
		shape: "50 people",
		measure: "rate",
		pass: [b(2), f(5)],
		goal: [b(4), f(10)],
	},
	{ scenario: "storm", shape: "50 people", measure: "cpu", pass: [b(1 / 3)], goal: [b(1 / 6)] },
	{ scenario: "fan-out", shape: "500 readers", measure: "p50", pass: [f(1, 2)], goal: [f(1, 1)] },
	{ scenario: "fan-out", shape: "500 readers", measure: "p99", pass: [f(1.5)], goal: [f(1.25)] },
	{ scenario: "fan-out", shape: "500 readers", measure: "cpu", pass: [f(1.2)], goal: [f(1)] },
	{
		scenario: "many-rooms",
		shape: "1000 rooms",
		measure: "onTime",
		pass: [is(99)],
		goal: [is(99)],
	},
	{ scenario: "many-rooms", shape: "1000 rooms", measure: "p99", pass: [is(30)], goal: [is(10)] },
	{ scenario: "many-rooms", shape: "1000 rooms", measure: "cpu", pass: [b(0.8)], goal: [b(0.5)] },
	{ scenario: "cursors", shape: "100 at", measure: "p99", pass: [is(60)], goal: [is(50)] },
	{ scenario: "cursors", shape: "100 at", measure: "core", pass: [is(0.25)], goal: [is(0.15)] },
	{
		scenario: "joins",
		shape: "paper, 1 ",
		measure: "synced",
		pass: [b(1 / 10)],
		goal: [b(1 / 20)],
	},
	{ scenario: "joins", shape: "paper, 20", measure: "synced", pass: [b(1 / 8)], goal: [b(1 / 12)] },
	{ scenario: "joins", shape: "board, 1 ", measure: "synced", pass: [b(1 / 4)], goal: [b(1 / 8)] },
	{ scenario: "idle", shape: "10,000", measure: "socket", pass: [f(1.2)], goal: [f(1)] },
	{ scenario: "idle", shape: "10,000", measure: "room", pass: [is(10)], goal: [is(6)] },
	{ scenario: "disk", shape: "paper", measure: "live", pass: [is(1)], goal: [is(0.7)] },
	{ scenario: "kill", measure: "lost", pass: [is(0)], goal: [is(0)] },
	{ scenario: "slow-reader", measure: "worse", pass: [is(1.2)], goal: [is(1.05)] },
	{ scenario: "comeback", shape: "1,000 ", measure: "back", pass: [is(15_000)], goal: [is(5_000)] },
	{ scenario: "comeback", shape: "1,000 ", measure: "grown", pass: [is(2)], goal: [is(1.5)] },
	{ scenario: "judge", measure: "us", pass: [is(10)], goal: [is(5)] },
	{ scenario: "judge", measure: "slow", pass: [is(100)], goal: [is(50)] },
	{ scenario: "judge", measure: "share", pass: [is(1)], goal: [is(0.75)] },
	{ scenario: "merges", measure: "hold", pass: [is(20)], goal: [is(10)] },
	{ scenario: "page-typing", measure: "cpu", pass: [f(1.1)], goal: [f(1.05)] },
	{ scenario: "page-remote", measure: "shown", pass: [b(0.2)], goal: [b(0.15)] },
	{ scenario: "comeback", shape: "1,000 ", measure: "lag", pass: [is(200)], goal: [is(100)] },
	...felt("first ink, cold", 1_500),
	...felt("first letter, cold", 1_500),
	...felt("first ink, warm", 300),
	...felt("first letter, warm", 300),
	// A round trip of 80 ms and 60 more.
	...felt("pen point", 140),
	...felt("key to", 140),
	...felt("link scanned", 4_000),
	...felt("large room", 2_000),
	...felt("frames", 33),
	...felt("network back", 1_000),
	...felt("name changed", 1_000),
	...felt("placeholder", 300),
	...felt("thumbnail", 1_000),
	{ scenario: "felt-load", shape: "board", measure: "kib", pass: [is(70)], goal: [is(60)] },
	{ scenario: "felt-load", shape: "document", measure: "kib", pass: [is(110)], goal: [is(100)] },
	{ scenario: "felt-load", shape: "all", measure: "kib", pass: [is(150)], goal: [is(130)] },
	...board("10,000", {
		panCpu: [b(0.5), b(0.4)],
		panWorst: [is(34), is(25)],
		zoomFps: [is(55), is(57)],
		zoomWorst: [is(50), is(34)],
		overviewFps: [is(57), is(57)],
		overviewCpu: [b(0.25), b(0.17)],
		inkP99: [is(17), is(12)],
		inkCpu: [b(0.4), b(0.3)],
		penUp: [is(34), is(25)],
		load: [b(0.8), b(0.6)],
		grown: [b(0.4), b(0.3)],
	}),
	...board("50,000", {
		panCpu: [small(1.6), small(1.3)],
		overviewFps: [is(50), is(55)],
		load: [b(0.6), b(0.45)],
		grown: [b(0.2), b(0.15)],
	}),
	...board("100,000", {
		panFps: [is(45), is(50)],
		zoomFps: [is(45), is(50)],
		overviewFps: [is(45), is(50)],
		inkFps: [is(45), is(50)],
	}),
	{ scenario: "board-wire", measure: "stroke", pass: [is(190)], goal: [is(190)] },
	{ scenario: "board-wire", measure: "move", pass: [is(32)], goal: [is(32)] },
	{ scenario: "board-crowd", measure: "p99", pass: [is(34)], goal: [is(34)] },
];

/** The board of so many strokes: by measure, what it takes to pass and the goal. */
function board(
	shape: string,
	measures: Readonly<Record<string, readonly [pass: Bound, goal: Bound]>>,
): Line[] {
	return Object.entries(measures).map(([measure, [pass, goal]]) => {
		return { scenario: "board-hand", shape: `${shape} `, measure, pass: [pass], goal: [goal] };
	});
}

/** What people feel has one line: it is kept or missed. */
function felt(shape: string, msMax: number): Line[] {
	return [{ scenario: "felt-waits", shape, measure: "p95", pass: [is(msMax)], goal: [is(msMax)] }];
}

/** Where Weft stands in a row: null where nothing was promised, or it cannot be told. */
export type Standing = "goal" | "pass" | "short" | null;

/** What was promised of a row, in words; null where nothing was. */
export function promiseOf(row: Row): { readonly pass: string; readonly goal: string } | null {
	const line = lineOf(row);
	if (line === null) return null;
	const words = (bounds: readonly Bound[]) => {
		const sign = row.measure.better === "less" ? "≤" : "≥";
		return `${sign} ${bounds.map(wordsOf).join(", ")}`;
	};
	return { pass: words(line.pass), goal: words(line.goal) };
}

/** `1.2 floor`, `floor + 2`, `best / 8`, `0.4 best`, `60`. */
function wordsOf({ of, times = 1, plus = 0 }: Bound): string {
	if (of === undefined) return plus.toLocaleString("en-US");
	const part = 1 / times;
	const isPart = times < 0.5 && Math.abs(part - Math.round(part)) < 1e-9;
	const share = isPart ? `${of} / ${Math.round(part)}` : `${threeDigits(times)} ${of}`;
	return `${times === 1 ? of : share}${plus === 0 ? "" : ` + ${plus}`}`;
}

function lineOf(row: Row): Line | null {
	const found = lines.find(
		({ scenario, shape = "", measure }) =>
			row.scenario.name === scenario &&
			row.measure.key === measure &&
			`${row.shape.label} `.includes(shape),
	);
	return found ?? null;
}

/** What Weft's figure must be at most, or at least, in numbers; null where that cannot be told. */
export function boundOf(row: Row): number | null {
	const line = lineOf(row);
	if (line === null) return null;
	const bounds = boundsOf(line.pass, figuresOf(row));
	if (bounds === null) return null;
	return row.measure.better === "less" ? Math.min(...bounds) : Math.max(...bounds);
}

/** By which part of its bound Weft misses that, in words: `12 %`; null where it does not. */
export function missOf(row: Row): string | null {
	const bound = boundOf(row);
	const { weft } = figuresOf(row);
	if (bound === null || bound === 0 || weft === null || standingOf(row) !== "short") return null;
	return `${threeDigits(Math.abs(weft / bound - 1) * 100)} %`;
}

/** Where Weft stands in a row. */
export function standingOf(row: Row): Standing {
	const line = lineOf(row);
	const figures = figuresOf(row);
	if (line === null || figures.weft === null) return null;
	const met = (bounds: readonly Bound[]) => meets(bounds, figures, row.measure.better);
	const isPassed = met(line.pass);
	if (isPassed === null) return null;
	if (!isPassed) return "short";
	return met(line.goal) === true ? "goal" : "pass";
}

/** Null where a figure that it takes was not measured. */
function meets(
	bounds: readonly Bound[],
	figures: Figures,
	better: "less" | "more",
): boolean | null {
	const { weft } = figures;
	const numbers = boundsOf(bounds, figures);
	if (numbers === null || weft === null) return null;
	return numbers.every((bound) => (better === "less" ? weft <= bound : weft >= bound));
}

/** Bounds as numbers; null where a figure that one takes was not measured. */
function boundsOf(bounds: readonly Bound[], figures: Figures): readonly number[] | null {
	const numbers: number[] = [];
	for (const { of, times = 1, plus = 0 } of bounds) {
		const other = of === undefined ? 0 : figures[of];
		if (other === null) return null;
		numbers.push(other * times + plus);
	}
	return numbers;
}
