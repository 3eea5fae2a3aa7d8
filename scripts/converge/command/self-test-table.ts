/** `--self-test` as text: which planted server was found, at which seed, and by which check. */
import type { SelfTestRow } from "../self-test.ts";
import { columns } from "./table.ts";

/** A line for each server with a planted fault, and the last for the one that is right. */
export function selfTestTable(rows: readonly SelfTestRow[]): string {
	const head = ["a server that", "found at seed", "seeds", "seconds", "by the check"];
	const lines = rows.map(({ plant, seed, seedCount, seconds, check }) => [
		plant ?? "does nothing wrong",
		String(seed ?? "never"),
		String(seedCount),
		seconds.toFixed(1),
		check ?? "none",
	]);
	return columns([head, ...lines]).join("\n");
}
