/** Carries out one order, in the process that calls it. */
import { contestant } from "../contestants.ts";
import { type Finding, refused } from "../scenarios/scenario.ts";
import { scenarioNamed } from "../scenarios.ts";
import type { Answer, Order } from "./order.ts";
import { type Contestant, Stage } from "./stage.ts";

/** Plays a scenario once; whatever goes wrong is a refusal in words. */
export async function play(order: Order, given?: Contestant): Promise<Answer> {
	const stage = new Stage({
		...order,
		contestant: given ?? (await contestant(order.contestant, order.against)),
	});
	let finding: Finding;
	try {
		finding = await scenarioNamed(order.scenario).run(stage, order.shape);
	} catch (error) {
		finding = refused(error instanceof Error ? error.message : String(error));
	}
	const { clientShare, othersShare, complaints } = stage;
	await stage.close();
	return { finding, clientShare, othersShare, complaints };
}
