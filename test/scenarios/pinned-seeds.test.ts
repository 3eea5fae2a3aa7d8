/**
 * Runs that failed once, made as short as they would go: each is played again on today's Weft. How
 * one is added stands in `npm run converge -- --help`, under `--pin`.
 */
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Outcome, playRun } from "../../scripts/converge/run.ts";
import { SimTestbed } from "../../scripts/converge/sim/testbed.ts";
import { pinName } from "../../scripts/converge/story/pin.ts";
import { tell } from "../../scripts/converge/story/tell.ts";
import { readTrace, type Trace } from "../../scripts/converge/story/trace.ts";

const directory = join(import.meta.dirname, "pinned-seeds");

/**
 * Each is also played with so many other seeds: the same deeds with other delays. What failed by a
 * few milliseconds fails so even when the server takes its time differently. With their mends
 * undone, the first five fail with 6 to 10 of these 10 seeds.
 */
const otherSeedCount = 9;

function play({ plan }: Trace, seed: number): Promise<Outcome> {
	return playRun({ ...plan, seed }, new SimTestbed(seed));
}

const names = readdirSync(directory).filter((name) => name.endsWith(".json"));

test("there are pinned runs", () => {
	expect(names.length).toBeGreaterThan(0);
});

describe.each(names)("%s", (name) => {
	const trace = readTrace(join(directory, name));

	test(trace.why ?? "nobody wrote down what was wrong", async () => {
		for (let more = 0; more <= otherSeedCount; more++) {
			const seed = trace.plan.seed + more;
			const outcome = await play(trace, seed);
			const story = outcome.findings.length === 0 ? "" : tell(trace, outcome);
			expect(story, `with seed ${seed}`).toBe("");
		}
	});

	test("says what was wrong, and is called after its check and seed", () => {
		expect(trace.why ?? "").toMatch(/^[A-Z].{20,}\.$/);
		expect(basename(name)).toBe(pinName(trace));
	});
});
