/** Rows of figures as a table that a person reads in a terminal. */
import type { Row } from "./run-job.ts";

const heads = ["", "edits", "edits/s", "sent", "received", "disk", "of v2", "join", "browser"];

/** The table, and below it what differs. */
export function renderTable(rows: readonly Row[]): string {
	const cells = [heads, ...rows.map(cellsOf)];
	const widths = heads.map((_, column) =>
		Math.max(...cells.map((row) => (row[column] ?? "").length)),
	);
	const lines = cells.map((row, rowIndex) => {
		const padded = row.map((cell, column) => {
			const width = widths[column] ?? 0;
			return column === 0 ? cell.padEnd(width) : cell.padStart(width);
		});
		const last = rowIndex === 0 ? "equal" : equalOf(rows[rowIndex - 1]);
		return `  ${padded.join("  ")}  ${last}`.trimEnd();
	});
	return `${lines.join("\n")}\n`;
}

function cellsOf(row: Row): string[] {
	return [
		row.name,
		sayCount(row.editCount),
		sayCount(row.editCount / (row.playedMs / 1000)),
		sayBytes(row.sentBytes),
		sayBytes(row.receivedBytes),
		sayBytes(row.diskBytes),
		row.diskRatio === null ? "-" : `${row.diskRatio.toFixed(2)} x`,
		sayMs(row.joinMs),
		row.shownMs === null ? "-" : sayMs(row.shownMs),
	];
}

function equalOf(row: Row | undefined): string {
	if (row === undefined) return "";
	const note = row.note === "" ? "" : ` (${row.note})`;
	if (row.problems.length === 0) return `equal: yes${note}`;
	return ["equal: NO", ...row.problems.map((problem) => `    ${problem}`)].join("\n");
}

function sayCount(count: number): string {
	return Math.round(count).toLocaleString("en");
}

function sayBytes(bytes: number): string {
	if (bytes < 10_000) return `${bytes} B`;
	if (bytes < 10_000_000) return `${Math.round(bytes / 1000).toLocaleString("en")} kB`;
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function sayMs(ms: number): string {
	return `${Math.round(ms).toLocaleString("en")} ms`;
}
