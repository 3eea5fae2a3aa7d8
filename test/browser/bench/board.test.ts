/** The board under the benchmark, in little: is everything there, and is the picture right? */
import { expect, test } from "vitest";
import { boardCrowd } from "../../../scripts/bench/board/crowd.ts";
import { boardHand } from "../../../scripts/bench/board/hand.ts";
import type { Scenario } from "../../../scripts/bench/scenarios/scenario.ts";
import { useStage } from "../../fixtures/app/bench-stage.ts";
import { hasChromium } from "../../fixtures/app/chromium.ts";

const under = useStage();

async function played(scenario: Scenario) {
	const [shape] = scenario.quickShapes;
	if (shape === undefined) throw new Error("there is no quick size");
	return scenario.run(under.stage, shape);
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
