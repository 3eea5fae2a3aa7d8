/** What a report says, as plain data. Strings are text, never markup: they are escaped. */
import type { Measure } from "./scale.ts";

/** A whole report: one page. */
export interface Page {
	readonly title: string;
	/** What kind of report it is, above the title: "Convergence report". */
	readonly kind: string;
	/** The one line that people came for. */
	readonly verdict: Verdict;
	/** Small facts below it: the command, the time, the versions. */
	readonly facts: readonly Fact[];
	readonly sections: readonly Section[];
}

/** How it ended. */
export interface Verdict {
	readonly tone: Tone;
	readonly say: string;
}

/** Good, bad, or worth a look; each has its own sign, so that nobody needs the colour. */
export type Tone = "good" | "bad" | "warn" | "plain";

/** A name and what it is. */
export interface Fact {
	readonly label: string;
	readonly value: string;
	/** Something to type or to copy. */
	readonly isCode?: boolean;
}

/** A part of the page with a heading of its own. */
export interface Section {
	readonly heading: string;
	readonly blocks: readonly Block[];
}

/** What a section is made of. */
export type Block =
	| { readonly kind: "heading"; readonly text: string }
	| { readonly kind: "paragraph"; readonly text: string; readonly tone?: Tone }
	| { readonly kind: "command"; readonly text: string }
	| { readonly kind: "list"; readonly items: readonly string[]; readonly tone?: Tone }
	| { readonly kind: "figures"; readonly figures: readonly KeyFigure[] }
	| { readonly kind: "table"; readonly table: Table }
	| { readonly kind: "plot"; readonly plot: Plot }
	/** Lines as they were written, in type of one width. */
	| { readonly kind: "log"; readonly label: string; readonly lines: readonly string[] }
	/** Closed until somebody asks. */
	| { readonly kind: "details"; readonly summary: string; readonly blocks: readonly Block[] }
	/** Beside each other where there is room. */
	| { readonly kind: "row"; readonly blocks: readonly Block[] };

/** A number to be seen from afar. */
export interface KeyFigure {
	readonly label: string;
	readonly value: string;
	/** What it is made of, or what it is held against. */
	readonly note?: string;
	readonly tone?: Tone;
}

/** Rows of equal length. The first column names its row. */
export interface Table {
	readonly caption: string;
	readonly columns: readonly Column[];
	readonly rows: readonly (readonly Cell[])[];
	/** Said in place of rows where there are none. */
	readonly emptySay?: string;
}

/** The head of a column. */
export interface Column {
	readonly label: string;
	readonly isNumber?: boolean;
}

/** Text, a number (said with all its figures), nothing, or text with a tone or a bar. */
export type Cell = string | number | null | RichCell;

/** Text with a tone, and below it a bar over a part of the column. */
export interface RichCell {
	readonly text: string;
	readonly tone?: Tone;
	/** From 0 to 1. */
	readonly share?: number;
}

/** A picture of figures. Each is shown with its title and with its figures as a table. */
export type Plot =
	| LinesPlot
	| QuantilesPlot
	| HistogramPlot
	| BarsPlot
	| TimelinePlot
	| StepsPlot
	| SquaresPlot;

/** What every plot has. */
export interface Titled {
	readonly title: string;
	/** What to look for, in a sentence or two below the title. */
	readonly note?: string;
	/** Said in place of the picture where there is nothing to draw. */
	readonly emptySay?: string;
}

/** An axis of a plot. */
export interface Axis {
	readonly label: string;
	readonly measure?: Measure;
	readonly isLog?: boolean;
	readonly isFromZero?: boolean;
}

/** Lines over a number: memory over time, speed over people. */
export interface LinesPlot extends Titled {
	readonly kind: "lines";
	readonly x: Axis;
	readonly y: Axis;
	/** Only the points, without lines between them. */
	readonly isScatter?: boolean;
	readonly series: readonly PointSeries[];
}

/** Points in the order in which a line runs through them. */
export interface PointSeries {
	readonly label: string;
	readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** Measured values, such as latencies, of one thing. */
export interface ValueSeries {
	readonly label: string;
	readonly values: readonly number[];
}

/** How many of all were at least this good: half, 9 in 10, 99 in 100 … towards the slowest. */
export interface QuantilesPlot extends Titled {
	readonly kind: "quantiles";
	readonly y: Axis;
	readonly series: readonly ValueSeries[];
}

/** How often which value came; one strip for each series, all over one axis. */
export interface HistogramPlot extends Titled {
	readonly kind: "histogram";
	readonly x: Axis;
	readonly series: readonly ValueSeries[];
}

/** Bars beside each other in groups, for a benchmark. */
export interface BarsPlot extends Titled {
	readonly kind: "bars";
	readonly x: Axis;
	readonly groups: readonly BarGroup[];
	/** The label of the bar that the others of its group are held against, as `1.8 x`. */
	readonly baseline?: string;
	/** What a longer bar means. */
	readonly better?: "longer" | "shorter";
}

/** Bars of one question. */
export interface BarGroup {
	readonly label: string;
	readonly bars: readonly Bar[];
}

/** One bar, as long as its median, with a whisker from the least to the most. */
export interface Bar {
	readonly label: string;
	readonly min: number;
	readonly median: number;
	readonly max: number;
}

/** What happened when, in lanes. */
export interface TimelinePlot extends Titled {
	readonly kind: "timeline";
	readonly endMs: number;
	readonly lanes: readonly Lane[];
}

/** One row of a time line. */
export interface Lane {
	readonly label: string;
	readonly spans: readonly Span[];
}

/** Something that lasted from `atMs` to `untilMs`, or happened at one moment (null). */
export interface Span {
	readonly atMs: number;
	readonly untilMs: number | null;
	readonly label: string;
	/** Whom it hit, to give it that person's colour in a steps plot. */
	readonly person?: string | null;
}

/** Who had how much when: a line for each person, and behind them what went wrong. */
export interface StepsPlot extends Titled {
	readonly kind: "steps";
	readonly endMs: number;
	/** What is counted: "words held". */
	readonly yLabel: string;
	readonly people: readonly StepSeries[];
	readonly lanes: readonly Lane[];
	/** Moments to point at. */
	readonly moments?: readonly { readonly atMs: number; readonly say: string }[];
}

/** How much one person had from each moment on. */
export interface StepSeries {
	readonly label: string;
	readonly points: readonly { readonly ms: number; readonly count: number }[];
}

/** A square for each of many things that went well or did not. */
export interface SquaresPlot extends Titled {
	readonly kind: "squares";
	/** What one is: "seed". */
	readonly unit: string;
	/** The number of the first one. */
	readonly from: number;
	readonly count: number;
	/** The numbers of those that failed. */
	readonly failed: readonly number[];
}
