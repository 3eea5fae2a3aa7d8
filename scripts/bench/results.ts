/** What the runs found, side by side. */
import type { Answer } from "./drive/order.ts";
import type { Measure, Scenario, Shape } from "./scenarios/scenario.ts";
import { type Spread, spreadOf } from "./statistics.ts";

/** One run and what came of it. */
export interface Run {
	readonly scenario: Scenario;
	readonly shape: Shape;
	readonly contestant: string;
	readonly answer: Answer;
	/** How long it took, with the start and the end of its server. */
	readonly seconds: number;
}

/** One figure of one size of one scenario, for all servers. */
export interface Row {
	readonly scenario: Scenario;
	readonly shape: Shape;
	readonly measure: Measure;
	/** By contestant; absent where it was not asked, null where its row is refused. */
	readonly cells: Readonly<Record<string, Figure | null>>;
	/** The same of the smallest size that was run: what a larger one costs more is told by it. */
	readonly smallest?: Readonly<Record<string, Figure | null>>;
}

/** The repeats of one figure, summed up and one by one. */
export interface Figure extends Spread {
	/** By repeat; NaN where it could not be known. */
	readonly values: readonly number[];
}

/** A figure that was not printed, or a figure to be careful with. */
export interface Remark {
	readonly scenario: string;
	readonly shape: string;
	readonly contestant: string;
	readonly say: string;
}

/** What could not be measured: the CPU of a server where there is no /proc. */
const unknown: Spread = { min: Number.NaN, median: Number.NaN, max: Number.NaN };

/** Above this part of its core the client process may be what is measured. */
const clientShareMax = 0.9;
/** Above this part of a core others disturb. */
const othersShareMax = 0.1;

/** More rows than this that others disturbed are not listed one by one. */
const listedMax = 6;

/** All runs. */
export class Results {
	readonly #runs: Run[] = [];

	/** Takes one more. */
	add(run: Run): void {
		this.#runs.push(run);
	}

	/** All that was run, in its order. */
	get runs(): readonly Run[] {
		return this.#runs;
	}

	/** One row for each measure of each size that was run. */
	rows(): readonly Row[] {
		const sizes = this.#sizes();
		const smallest = (scenario: Scenario) =>
			sizes
				.filter((size) => size.scenario === scenario)
				.toSorted((one, other) => one.shape.count - other.shape.count)[0]?.runs ?? [];
		return sizes.flatMap(({ scenario, shape, runs }) =>
			scenario.measures.map((measure) => ({
				scenario,
				shape,
				measure,
				cells: cellsOf(runs, measure),
				smallest: cellsOf(smallest(scenario), measure),
			})),
		);
	}

	/** Rows that are not printed, and why. */
	refusals(): readonly Remark[] {
		const said = this.#runs.flatMap((run) => {
			const { refusal } = run.answer.finding;
			return refusal === null ? [] : [remark(run, refusal)];
		});
		return distinct(said);
	}

	/** Rows to be careful with, and why. What others did to nearly all rows is said once. */
	warnings(): readonly Remark[] {
		const bottleneck = this.#worst("clientShare", clientShareMax);
		const others = this.#worst("othersShare", othersShareMax);
		if (others.length <= listedMax) return [...bottleneck, ...others];
		const most = Math.max(...this.#runs.map(({ answer }) => answer.othersShare));
		const rows = `${others.length} sizes and servers`;
		return [
			...bottleneck,
			{ scenario: "all", shape: rows, contestant: "all", say: wordsFor("othersShare", most) },
		];
	}

	/** What the runs said besides: of each size and server, what its last run said. */
	notes(): readonly Remark[] {
		return this.#runs.flatMap((run) =>
			(run.answer.finding.notes ?? []).map((say) => remark(run, say)),
		);
	}

	/** Each server's first run of a size that counts, for a plot. */
	samples(scenario: Scenario, shape: Shape): readonly Run[] {
		const first = new Map<string, Run>();
		for (const run of this.#runs) {
			const isWanted = run.scenario === scenario && run.shape === shape;
			if (!isWanted || run.answer.finding.refusal !== null) continue;
			if (!first.has(run.contestant)) first.set(run.contestant, run);
		}
		return Array.from(first.values());
	}

	#sizes() {
		const sizes = new Map<string, { scenario: Scenario; shape: Shape; runs: Run[] }>();
		for (const run of this.#runs) {
			const key = `${run.scenario.name}|${run.shape.label}`;
			const size = sizes.get(key) ?? { scenario: run.scenario, shape: run.shape, runs: [] };
			size.runs.push(run);
			sizes.set(key, size);
		}
		return Array.from(sizes.values());
	}

	#worst(key: "clientShare" | "othersShare", max: number): Remark[] {
		const worst = new Map<string, Run>();
		for (const run of this.#runs) {
			const name = `${run.scenario.name}|${run.shape.label}|${run.contestant}`;
			const held = worst.get(name);
			if (run.answer[key] <= max) continue;
			if (held === undefined || run.answer[key] > held.answer[key]) worst.set(name, run);
		}
		return Array.from(worst.values(), (run) => remark(run, wordsFor(key, run.answer[key])));
	}
}

function wordsFor(key: "clientShare" | "othersShare", share: number): string {
	const percent = `${Math.round(share * 100)} %`;
	if (key === "clientShare")
		return `the clients may be what was measured: ${percent} of their core`;
	return `other processes used up to ${percent} of a core on our two`;
}

function cellsOf(runs: readonly Run[], measure: Measure): Record<string, Figure | null> {
	const cells: Record<string, Figure | null> = {};
	for (const contestant of new Set(runs.map((run) => run.contestant))) {
		const findings = runs
			.filter((run) => run.contestant === contestant)
			.map(({ answer }) => answer.finding);
		// One run that did not converge spoils all: what it measured was not the work.
		const isRefused = findings.some(({ refusal }) => refusal !== null);
		const values = findings.map(({ figures }) => figures[measure.key] ?? Number.NaN);
		const spread = spreadOf(values) ?? unknown;
		const median = measure.isWorst === true ? worstOf(spread, measure) : spread.median;
		cells[contestant] = isRefused ? null : { ...spread, median, values };
	}
	return cells;
}

function worstOf({ min, max }: Spread, { better }: Measure): number {
	return better === "less" ? max : min;
}

function remark(run: Run, say: string): Remark {
	return {
		scenario: run.scenario.name,
		shape: run.shape.label,
		contestant: run.contestant,
		say,
	};
}

function distinct(remarks: readonly Remark[]): readonly Remark[] {
	return Array.from(new Map(remarks.map((one) => [JSON.stringify(one), one])).values());
}
