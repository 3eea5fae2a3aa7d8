/** Results as text for a terminal. */
import type { Results } from "./results.ts";

/** Findings of one run that are shown. */
const shownMax = 3;
/** Failing runs that are shown. */
const failuresShownMax = 5;

/** The whole table, with a line for each kind of run and each check. */
export function tableOf(results: Results): string {
	const failures = results.failures
		.slice(0, failuresShownMax)
		.flatMap(({ mode, seed, findings }) => [
			`${mode} seed ${seed}:`,
			...findings.slice(0, shownMax).map(({ check, say }) => `  ${check}: ${say}`),
		]);
	const parts = ["", ...partRows(results), "", ...faultLines(results), ...checkRows(results), ""];
	return [...failures, ...parts].join("\n");
}

/** A number with commas. */
export function grouped(value: number): string {
	return Math.round(value).toLocaleString("en-US");
}

/** Columns side by side: the first to the left, the others to the right. */
export function columns(rows: readonly (readonly string[])[]): string[] {
	const widths: number[] = [];
	for (const row of rows) {
		for (const [index, cell] of row.entries()) {
			widths[index] = Math.max(widths[index] ?? 0, cell.length);
		}
	}
	return rows.map((row) =>
		row
			.map((cell, index) =>
				index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
			)
			.join("  ")
			.trimEnd(),
	);
}

function partRows({ parts }: Results): string[] {
	const head = ["", "runs", "deeds", "faults", "not equal", "seconds", "runs/min"];
	const rows = parts.map((part) => [
		part.name,
		grouped(part.runCount),
		grouped(part.opCount),
		grouped(part.faultCount),
		grouped(part.failedCount),
		grouped(part.seconds),
		part.seconds > 0 ? grouped((part.runCount * 60) / part.seconds) : "",
	]);
	return columns([head, ...rows]);
}

/** How often each fault happened, in lines that fit. */
function faultLines({ faults }: Results): string[] {
	const lines: string[] = [];
	for (const [fault, times] of [...faults].sort(([, a], [, b]) => b - a)) {
		const item = `${fault} ${grouped(times)}`;
		const last = lines.pop();
		if (last === undefined) lines.push(`faults: ${item}`);
		else if (last.length + item.length > 96) lines.push(`${last},`, `  ${item}`);
		else lines.push(`${last}, ${item}`);
	}
	return lines.length === 0 ? [] : [...lines, ""];
}

function checkRows({ asked, failed, notTestable }: Results): string[] {
	const rows = [...asked].map(([check, times]) => [
		check,
		grouped(times),
		grouped(failed.get(check) ?? 0),
	]);
	const others = [...notTestable].map(([check, { mode, reason }]) => {
		// What one half of the runs was asked and the other cannot be.
		const where = !asked.has(check) ? "" : mode === "sim" ? " in the simulation" : " for real";
		return `${check}: not testable${where}: ${reason}`;
	});
	const unlisted = [...failed.keys()].filter((check) => !asked.has(check));
	const extra = unlisted.map((check) => [check, "", grouped(failed.get(check) ?? 0)]);
	return [...columns([["check", "asked", "runs failed"], ...rows, ...extra]), ...others];
}
