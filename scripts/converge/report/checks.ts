/** The table of checks in a report: one system in full, several beside each other. */
import type { Cell, RichCell, Table } from "../../report/content.ts";
import { formatNumber } from "../../report/format.ts";
import type { CheckRow } from "./converge-report.ts";

/** The checks of all systems; a column each where there are several. */
export function checksTable(rows: readonly CheckRow[], systems: readonly string[]): Table {
	const emptySay = "Nothing was checked.";
	if (new Set(systems).size > 1) return { ...besideEachOther(rows, systems), emptySay };
	const heads = ["asked", "passed", "failed"].map((label) => ({ label, isNumber: true }));
	return {
		caption: "Each check over all seeds",
		columns: [{ label: "must be true" }, { label: "result" }, ...heads],
		rows: rows.map((row) => [row.check, resultOf(row), ...countsOf(row)]),
		emptySay,
	};
}

/** What could not be asked of whom, and why. */
export function notTestableItems(rows: readonly CheckRow[]): string[] {
	return rows.flatMap(({ check, system, notTestable }) => {
		if (notTestable === null) return [];
		return [`${check}${system === undefined ? "" : `, ${system}`}: ${notTestable}`];
	});
}

function besideEachOther(rows: readonly CheckRow[], systems: readonly string[]) {
	const checks = [...new Set(rows.map(({ check }) => check))];
	return {
		caption: "Each check over all seeds, for each server",
		columns: [{ label: "must be true" }, ...systems.map((label) => ({ label }))],
		rows: checks.map((check): Cell[] => {
			const cells = systems.map((system) => {
				const row = rows.find((one) => one.check === check && one.system === system);
				return row === undefined ? null : resultOf(row);
			});
			return [check, ...cells];
		}),
	};
}

function countsOf({ asked, passed, failed, notTestable }: CheckRow): Cell[] {
	return notTestable === null ? [asked, passed, failed] : [null, null, null];
}

function resultOf({ asked, passed, failed, notTestable }: CheckRow): RichCell {
	if (notTestable !== null) return { text: "not testable", tone: "warn" };
	if (!(asked > 0)) return { text: "never asked", tone: "warn" };
	const share = passed / asked;
	if (failed === 0) return { text: "passed", tone: "good", share };
	return { text: `failed ${formatNumber(failed)} times`, tone: "bad", share };
}
