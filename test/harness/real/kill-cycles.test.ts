/** People type while their server is killed again and again: what was promised is kept. */
import { readdir, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { killCycles } from "../../../scripts/converge/real/kill-cycles.ts";
import type { System } from "../../../scripts/converge/systems/system.ts";
import { weft } from "../../../scripts/converge/systems/weft.ts";

test("20 kills lose nothing that was shown or called saved", { timeout: 120_000 }, async () => {
	const both = await Promise.all([1, 2].map((seed) => killCycles(10, { system: weft(), seed })));
	for (const { findings, cycleCount, promisedCount } of both) {
		expect(findings).toEqual([]);
		expect(cycleCount).toBe(10);
		expect(promisedCount).toBeGreaterThan(300);
	}
});

test("a disk that loses what was written last is found out", { timeout: 60_000 }, async () => {
	const { findings, cycleCount } = await killCycles(10, { system: forgetful(weft()), seed: 3 });
	expect(findings.map(({ check }) => check)).toContain("saved stays");
	expect(cycleCount).toBeLessThan(10);
});

test("cycles end when they are told to", { timeout: 60_000 }, async () => {
	const counts: number[] = [];
	const cycled = (count: number) => counts.push(count) < 2;
	const { cycleCount } = await killCycles(10, { system: weft(), seed: 4, cycled });
	expect([cycleCount, counts]).toEqual([2, [1, 2]]);
});

/** Before each start the newest log of the store is cut to three quarters. */
function forgetful(system: System): System {
	return {
		...system,
		start: async (directory, port) => {
			const store = join(directory, "store");
			const names = await readdir(store).catch(() => []);
			const [newest] = names
				.filter((name) => name.endsWith(".log"))
				.sort()
				.reverse();
			if (newest !== undefined) {
				const path = join(store, newest);
				await truncate(path, Math.floor(((await stat(path)).size * 3) / 4));
			}
			return system.start(directory, port);
		},
	};
}
