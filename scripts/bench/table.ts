/** Results as text for a terminal. */
import { columns } from "../converge/command/table.ts";
import { missOf, promiseOf, type Standing, standingOf } from "./lines.ts";
import { ratiosOf } from "./ratios.ts";
import type { Remark, Results, Row } from "./results.ts";
import { type Spread, threeDigits } from "./statistics.ts";

/** Remarks of one kind that are shown. */
const remarksShownMax = 40;

/** Who is in the table, and how it was made. */
export interface TableParts {
	readonly contestants: readonly string[];
	/** Sentences below it: what is pinned, which data. */
	readonly about: readonly string[];
}

/** The whole table, with what was refused and what to be careful with. */
export function tableOf(results: Results, parts: TableParts): string {
	const rows = results.rows();
	const contestants = parts.contestants.filter((name) => rows.some(({ cells }) => name in cells));
	const isBefore = contestants.includes("before");
	const head = [
		"",
		...contestants,
		...["of floor", "of best", ...(isBefore ? ["of before"] : []), "line", "to pass"],
	];
	const body: string[][] = [];
	let last = "";
	for (const row of rows) {
		const title = `${row.scenario.name}: ${row.shape.label}`;
		if (title !== last) body.push([], [title]);
		last = title;
		body.push(lineOf(row, contestants, isBefore));
	}
	return [
		...columns([head, ...body]),
		"",
		"Medians of the repeats [least most]; ratios are Weft's median over the other's.",
		...parts.about,
		...remarksOf("REFUSED", results.refusals()),
		...remarksOf("CAREFUL", results.warnings()),
		"",
	].join("\n");
}

function lineOf(row: Row, contestants: readonly string[], isBefore: boolean): string[] {
	const { ofFloor, ofBest, ofBefore } = ratiosOf(row);
	return [
		`  ${row.measure.label}`,
		...contestants.map((name) => cellOf(row.cells[name])),
		times(ofFloor),
		times(ofBest),
		...(isBefore ? [times(ofBefore)] : []),
		standingCell(row),
		promiseOf(row)?.pass ?? "",
	];
}

/** `goal`, or `SHORT by 12 %`. */
function standingCell(row: Row): string {
	const miss = missOf(row);
	return `${standingWords[standingOf(row) ?? "none"]}${miss === null ? "" : ` by ${miss}`}`;
}

const standingWords: Readonly<Record<NonNullable<Standing> | "none", string>> = {
	goal: "goal",
	pass: "pass",
	short: "SHORT",
	none: "",
};

/** `4.10 [3.90 4.40]`; a word where there is nothing to show. */
function cellOf(cell: Spread | null | undefined): string {
	if (cell === undefined) return "";
	if (cell === null) return "refused";
	const median = threeDigits(cell.median);
	if (cell.min === cell.max || Number.isNaN(cell.median)) return median;
	return `${median} [${threeDigits(cell.min)} ${threeDigits(cell.max)}]`;
}

function times(ratio: number | null): string {
	return ratio === null ? "" : `${threeDigits(ratio)} x`;
}

function remarksOf(word: string, remarks: readonly Remark[]): string[] {
	const lines = remarks.slice(0, remarksShownMax).map(({ scenario, shape, contestant, say }) => {
		return `${word} ${scenario}, ${shape}, ${contestant}: ${say}`;
	});
	const more = remarks.length - remarksShownMax;
	if (more > 0) lines.push(`${word} … and ${more} more`);
	return lines.length === 0 ? [] : ["", ...lines];
}
