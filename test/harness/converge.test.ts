import { expect, test } from "vitest";
import { projectRoot, runNode } from "../fixtures/project.ts";

const converge = (...args: string[]) =>
	runNode(projectRoot, ["scripts/run.mjs", "converge", ...args]);

/** What each row of the table says: its name, and its numbers. */
function rowsOf(output: string): ReadonlyMap<string, readonly string[]> {
	const rows = output.split("\n").map((line) => line.split(/ {2,}/));
	return new Map(rows.map(([name = "", ...cells]) => [name, cells]));
}

test("200 seeds of 200 deeds by five people, three real runs and 20 kills end equal", {
	timeout: 480_000,
}, async () => {
	const run = converge();
	expect(await run.ended, run.output()).toBe(0);
	const lines = run.output().trimEnd().split("\n");
	expect(lines[lines.length - 1]).toBe("200 seeds, 200 ops, 5 people: equal");
	const rows = rowsOf(run.output());
	expect(rows.get("simulated")?.[0]).toBe("200");
	expect(rows.get("real, weft")?.[0]).toBe("3");
	expect(rows.get("kill -9, weft")?.[0]).toBe("20");
	for (const check of ["equal copies", "shown stays", "saved stays", "chat authors"]) {
		const [asked = "0", failed] = rows.get(check) ?? [];
		expect(Number(asked.replaceAll(",", "")), check).toBeGreaterThanOrEqual(200);
		expect(failed, check).toBe("0");
	}
});

test("an option that makes no sense ends with a sentence and status 2", async () => {
	const run = converge("--seeds", "none");
	expect(await run.ended).toBe(2);
	expect(run.output()).toContain('converge: --seeds must be a whole number from 1 on, not "none".');
});
