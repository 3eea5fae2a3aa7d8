import { expect, test } from "vitest";
import { type Fault, faults, makePlan } from "../../scripts/converge/plan.ts";
import { streamsOf } from "../../scripts/converge/random.ts";
import { type Outcome, playRun } from "../../scripts/converge/run.ts";
import { SimTestbed } from "../../scripts/converge/sim/testbed.ts";

const everyFault = Object.keys(faults) as Fault[];

function run(seed: number): Promise<Outcome> {
	const plan = makePlan({ seed, people: 5, ops: 200, faults: everyFault }, streamsOf(seed));
	return playRun(plan, new SimTestbed(seed));
}

test("five people end with one room, whatever fails, on 40 seeds", {
	timeout: 120_000,
}, async () => {
	for (let seed = 1; seed <= 40; seed++) {
		expect((await run(seed)).findings, `seed ${seed}`).toEqual([]);
	}
});

test("a seed is repeatable to the byte", async () => {
	const [first, second] = [await run(7), await run(7)];
	expect(second).toEqual(first);
});
