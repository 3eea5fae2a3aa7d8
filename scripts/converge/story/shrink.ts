/** Reduces a run that fails to the shortest one that fails in the same check. */
import type { Finding } from "../checks/room.ts";
import type { Plan } from "../plan.ts";
import type { Outcome } from "../run.ts";
import { passes } from "./passes.ts";

/** The check that a run fails in which throws: a fault of the harness, or a server beyond words. */
export const brokenRun = "the run ends";

/** Plays a plan; the finding for which it failed, or null. */
export type Fails = (plan: Plan) => Promise<Finding | null>;

/** How far the work has come. */
export interface ShrinkProgress {
	readonly stepCount: number;
	readonly people: number;
	readonly runCount: number;
	readonly elapsedMs: number;
}

/** How a plan is reduced. */
export interface ShrinkOptions {
	readonly fails: Fails;
	/** Runs of one candidate, of which one must fail: real servers do not always. 1. */
	readonly tries?: number;
	/** Longest time that it may take: 60 s. What was found until then counts. */
	readonly msMax?: number;
	/** Most runs that it may take: 5,000. */
	readonly runsMax?: number;
	/** Called for each shorter plan. */
	readonly progress?: (progress: ShrinkProgress) => void;
	/** Milliseconds; the process's own where nothing is said. */
	readonly now?: () => number;
}

/** What a plan was reduced to. */
export interface Shrunk {
	readonly plan: Plan;
	/** For what it fails. */
	readonly finding: Finding;
	readonly runCount: number;
	readonly elapsedMs: number;
	/** False where time or runs were used up: it might be shorter still. */
	readonly isMinimal: boolean;
}

/** Reduces a plan. Null where it does not fail at all, in as many tries. */
export async function shrink(plan: Plan, options: ShrinkOptions): Promise<Shrunk | null> {
	const shrinker = new Shrinker(options);
	return (await shrinker.begin(plan)) ? shrinker.reduce() : null;
}

/**
 * What `shrink` asks for, from a way to play: of several findings the one of that check counts. A
 * run that breaks off is a finding of its own, `brokenRun`.
 */
export function failsIn(check: string, play: (plan: Plan) => Promise<Outcome>): Fails {
	return async (plan) => {
		try {
			const { findings } = await play(plan);
			return findings.find((finding) => finding.check === check) ?? findings[0] ?? null;
		} catch (error) {
			return { check: brokenRun, say: String(error) };
		}
	};
}

class Shrinker {
	readonly #options: Required<ShrinkOptions>;
	readonly #startedMs: number;
	/** What was tried: passes ask for some again. */
	readonly #known = new Set<string>();
	#best: { readonly plan: Plan; readonly finding: Finding } | null = null;
	#runCount = 0;

	constructor(options: ShrinkOptions) {
		this.#options = {
			tries: 1,
			msMax: 60_000,
			runsMax: 5_000,
			progress: () => undefined,
			now: () => performance.now(),
			...options,
		};
		this.#startedMs = this.#options.now();
	}

	/** False where the plan does not fail. */
	begin(plan: Plan): Promise<boolean> {
		return this.#accept(plan);
	}

	async reduce(): Promise<Shrunk> {
		let best = this.#best;
		if (best === null) throw new Error("nothing has failed yet");
		for (let before: Plan | null = null; before !== best.plan && !this.#isSpent; ) {
			before = best.plan;
			for (const pass of passes) {
				await pass(best.plan, (candidate) => this.#accept(candidate));
				best = this.#best ?? best;
			}
		}
		const { plan, finding } = best;
		const [runCount, elapsedMs] = [this.#runCount, this.#elapsedMs];
		return { plan, finding, runCount, elapsedMs, isMinimal: !this.#isSpent };
	}

	get #elapsedMs(): number {
		return this.#options.now() - this.#startedMs;
	}

	get #isSpent(): boolean {
		return this.#elapsedMs >= this.#options.msMax || this.#runCount >= this.#options.runsMax;
	}

	/** True where the candidate fails as the best one does: it is the best one then. */
	async #accept(plan: Plan): Promise<boolean> {
		const key = JSON.stringify(plan);
		if (this.#known.has(key)) return false;
		this.#known.add(key);
		for (let left = this.#options.tries; left > 0 && !this.#isSpent; left--) {
			this.#runCount++;
			const finding = await this.#options.fails(plan);
			if (finding === null || finding.check !== (this.#best?.finding.check ?? finding.check))
				continue;
			this.#best = { plan, finding };
			const [runCount, elapsedMs] = [this.#runCount, this.#elapsedMs];
			const [stepCount, people] = [plan.steps.length, plan.people];
			this.#options.progress({ stepCount, people, runCount, elapsedMs });
			return true;
		}
		return false;
	}
}
