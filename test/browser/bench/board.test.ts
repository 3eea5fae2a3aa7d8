/** The board under the benchmark, in little: is everything there, and is the picture right? */
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { boardCrowd } from "../../../scripts/bench/board/crowd.ts";
import { boardHand } from "../../../scripts/bench/board/hand.ts";
import { contestant } from "../../../scripts/bench/contestants.ts";
import { Stage } from "../../../scripts/bench/drive/stage.ts";
import { usualSlowness } from "../../../scripts/bench/felt/slowness.ts";
import type { Scenario } from "../../../scripts/bench/scenarios/scenario.ts";
import { hasChromium } from "../../fixtures/app/chromium.ts";
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

async function played(scenario: Scenario) {
	const [shape] = scenario.quickShapes;
	if (shape === undefined) throw new Error("there is no quick size");
	return scenario.run(stage, shape);
}

test.skipIf(!hasChromium)("200 strokes are opened, moved, drawn on, and look right", async () => {
	const { figures, refusal, notes } = await played(boardHand);
	expect(refusal).toBeNull();
	for (const { key } of boardHand.measures) {
		expect(figures[key], `${key}; ${notes?.join("; ")}`).not.toBeNaN();
	}
	expect(figures["zoomCpu"]).toBeGreaterThan(0);
	expect(notes?.join()).toContain("farthest out: 0.");
});

test.skipIf(!hasChromium)("who looks on sees what a few people draw", async () => {
	const { figures, refusal } = await played(boardCrowd);
	expect(refusal).toBeNull();
	expect(figures["fps"]).toBeGreaterThan(0);
});
