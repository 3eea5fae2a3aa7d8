/** Scenarios that end and restart servers, against the built Weft server, at tiny sizes. */
import { expect, test } from "vitest";
import { joins } from "../../../scripts/bench/scenarios/joins.ts";
import { kill } from "../../../scripts/bench/scenarios/kill.ts";
import type { Scenario, Shape } from "../../../scripts/bench/scenarios/scenario.ts";
import { useStage } from "../../fixtures/app/bench-stage.ts";

const under = useStage();

/** Its figures at a tiny size, all of which count. */
async function figuresOf({ run }: Scenario, shape: Shape) {
	const { figures, refusal } = await run(under.stage, shape);
	expect(refusal).toBeNull();
	return figures;
}

test("what was shown when Weft was killed is there when it is back", async () => {
	let shown = 0;
	// How many are shown in half a second is the machine's affair: a slow one is given longer.
	for (const seconds of [0.5, 4, 30]) {
		const figures = await figuresOf(kill, { label: "tiny", count: 10, rate: 500, seconds });
		expect(figures["lost"]).toBe(0);
		shown = figures["shown"] ?? 0;
		if (shown > 0) break;
	}
	expect(shown).toBeGreaterThan(0);
});

test("joiners of a server that was just started get the whole document", async () => {
	const shape = { label: "paper, 2 joiners", count: 2, rate: 300, seconds: 0 };
	const figures = await figuresOf(joins, shape);
	expect(figures["synced"]).toBeGreaterThan(0);
	expect(figures["received"]).toBeGreaterThan(0.1);
});
