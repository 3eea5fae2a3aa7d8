/** Results of the benchmark, made up. */
import type { Answer } from "../../../scripts/bench/drive/order.ts";
import { Results, type Row } from "../../../scripts/bench/results.ts";
import type { Scenario } from "../../../scripts/bench/scenarios/scenario.ts";

type Figures = Readonly<Record<string, number>>;

/** What a run came to. */
export function answer(
	figures: Figures,
	more: Partial<Answer> & { refusal?: string } = {},
): Answer {
	const { refusal = null, ...rest } = more;
	const finding = { figures, refusal };
	return { finding, clientShare: 0.2, othersShare: 0, complaints: [], ...rest };
}

/** Results of one size: a list of answers for each server. */
export function resultsOf(
	scenario: Scenario,
	label: string,
	answers: Readonly<Record<string, readonly Answer[]>>,
): Results {
	const shape = scenario.shapes.find((one) => one.label === label);
	if (shape === undefined) throw new Error(`${scenario.name} has no size ${label}`);
	const results = new Results();
	for (const [contestant, list] of Object.entries(answers)) {
		for (const one of list) results.add({ scenario, shape, contestant, answer: one, seconds: 1 });
	}
	return results;
}

/** The row of that measure, of the first size. */
export function rowOf(results: Results, key: string): Row {
	const row = results.rows().find(({ measure }) => measure.key === key);
	if (row === undefined) throw new Error(`no row ${key}`);
	return row;
}
