/** What the checks of a run may need, as far as it has it. */
import type { Screens } from "../person/screen.ts";
import type { Plan } from "../plan.ts";
import type { Testbed } from "../testbed.ts";
import type { Need } from "./catalog.ts";

/** See the head of this file. */
export function needsMetBy(
	testbed: Testbed,
	screens: Screens | undefined,
	{ rights }: Pick<Plan, "rights">,
): Need[] {
	const { abilities, sessionCount, waitingCount, synced, checkReturn } = testbed;
	const needs = (["acks", "persistence", "identity"] as const).filter((name) => abilities[name]);
	return [
		...needs,
		...(sessionCount === null ? [] : (["sessions"] as const)),
		...(waitingCount === undefined ? [] : (["timers"] as const)),
		...(synced === undefined ? [] : (["synced"] as const)),
		...(checkReturn === undefined ? [] : (["figures"] as const)),
		...(screens === undefined ? [] : (["screens"] as const)),
		...(rights && testbed.office !== undefined ? (["rights", "schema"] as const) : []),
	];
}
