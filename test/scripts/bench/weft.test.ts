/** Scenarios that end and restart servers, against the built Weft server, at tiny sizes. */
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { contestant } from "../../../scripts/bench/contestants.ts";
import { Stage } from "../../../scripts/bench/drive/stage.ts";
import { usualSlowness } from "../../../scripts/bench/felt/slowness.ts";
import { joins } from "../../../scripts/bench/scenarios/joins.ts";
import { kill } from "../../../scripts/bench/scenarios/kill.ts";
import type { Scenario, Shape } from "../../../scripts/bench/scenarios/scenario.ts";
import { dropFolder, makeFolder } from "../../fixtures/project.ts";

let folder: string;
let stage: Stage;

beforeEach(async () => {
	folder = makeFolder();
	stage = new Stage({
		contestant: await contestant("weft", null),
		cores: null,
		seed: 1,
		slowness: usualSlowness,
		dataDir: null,
		folder: join(folder, "run"),
		storeroom: join(folder, "storeroom"),
	});
});

afterEach(async () => {
	await stage.close();
	dropFolder(folder);
});

/** Its figures at a tiny size, all of which count. */
async function figuresOf({ run }: Scenario, shape: Shape) {
	const { figures, refusal } = await run(stage, shape);
	expect(refusal).toBeNull();
	return figures;
}

test("what was shown when Weft was killed is there when it is back", async () => {
	const figures = await figuresOf(kill, { label: "tiny", count: 10, rate: 500, seconds: 0.5 });
	// How many were shown in half a second is the machine's affair.
	expect(figures["shown"]).toBeGreaterThan(0);
	expect(figures["lost"]).toBe(0);
});

test("joiners of a server that was just started get the whole document", async () => {
	const shape = { label: "paper, 2 joiners", count: 2, rate: 300, seconds: 0 };
	const figures = await figuresOf(joins, shape);
	expect(figures["synced"]).toBeGreaterThan(0);
	expect(figures["received"]).toBeGreaterThan(0.1);
});
