import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { type Fault, faults, makePlan } from "../../scripts/converge/plan.ts";
import { streamsOf } from "../../scripts/converge/random.ts";
import { type Outcome, playRun } from "../../scripts/converge/run.ts";
import type { Plants } from "../../scripts/converge/sim/server.ts";
import { SimTestbed } from "../../scripts/converge/sim/testbed.ts";
import { replace } from "../planted/wrap.ts";

const everyFault = Object.keys(faults) as Fault[];

function run(seed: number, plants: Plants = {}): Promise<Outcome> {
	const plan = makePlan({ seed, people: 5, ops: 200, faults: everyFault }, streamsOf(seed));
	return playRun(plan, new SimTestbed(seed, plants));
}

/** Of 40: all others are played in converge.test.ts, where people have rights in every third. */
const seeds = Array.from({ length: 13 }, (_, index) => 3 * (index + 1));

test("five people who all may everything end with one room, on every third of 40 seeds", {
	timeout: 300_000,
}, async () => {
	for (const seed of seeds) {
		expect((await run(seed)).findings, `seed ${seed}`).toEqual([]);
	}
});

// The last one stores a snapshot so large that a server at work hands it to another thread.
test.each([7, 10_911])("seed %i is repeatable to the byte of every frame", async (seed) => {
	const [first, second] = [await framesOf(seed), await framesOf(seed)];
	expect(first.outcome.findings).toEqual([]);
	expect(second).toEqual(first);
});

/** What came of a seed, and a digest of all that the server heard and said, in order. */
async function framesOf(seed: number): Promise<{ outcome: Outcome; digest: string }> {
	const hash = createHash("sha256");
	const outcome = await run(seed, {
		wire: (wire) =>
			replace(wire, {
				listen: (events) =>
					wire.listen({
						...events,
						message: (bytes) => {
							hash.update("heard").update(bytes);
							events.message(bytes);
						},
					}),
				send: (messages) => {
					for (const message of messages) hash.update("said").update(message);
					wire.send(messages);
				},
			}),
	});
	return { outcome, digest: hash.digest("hex") };
}
