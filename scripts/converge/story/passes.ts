/** Ways to make a plan simpler. Each keeps what `accept` says still fails. */
import type { Deed, Plan, Step } from "../plan.ts";
import { reduceList, reducePairs } from "./reduce.ts";

/** True where that plan fails as the first one did. */
export type Accept = (plan: Plan) => Promise<boolean>;

/** Gives the simplest plan it found: the one it was given, or one that was accepted. */
export type Pass = (plan: Plan, accept: Accept) => Promise<Plan>;

/** Shorter times that are tried, the shortest first. */
const simplerMs = [0, 10, 100, 1_000, 5_000, 20_000];
/** Simpler places: the beginning, the middle, else two digits. */
const simplerPlaces = [0, 0.5];
/** Simpler deeds, the simplest first. */
const simplerDeeds: readonly Deed[] = ["type", "remove"];

/** All ways, what takes away most first. They are gone through again until none finds anything. */
export const passes: readonly Pass[] = [
	withoutRights,
	fewerPeople,
	(plan, accept) => fewerSteps(plan, accept, ({ kind }) => kind === "turn"),
	(plan, accept) => fewerSteps(plan, accept, ({ kind }) => kind === "fault"),
	(plan, accept) => fewerSteps(plan, accept, ({ kind }) => kind !== "wait"),
	joinWaits,
	(plan, accept) => fewerSteps(plan, accept, () => true),
	simplerSteps,
	fewerPairs,
	evenMode,
];

/** Everybody may do everything. */
async function withoutRights(plan: Plan, accept: Accept): Promise<Plan> {
	if (!plan.rights) return plan;
	const steps = plan.steps.filter(({ kind }) => kind !== "turn");
	const free: Plan = { ...plan, rights: false, steps };
	return (await accept(free)) ? free : plan;
}

/** Leaves out steps of a kind; waits stay, so that what is left happens when it did. */
async function fewerSteps(
	plan: Plan,
	accept: Accept,
	isTried: (step: Step) => boolean,
): Promise<Plan> {
	const withOnly = (kept: readonly Step[]): Plan => {
		const isKept = new Set(kept);
		return { ...plan, steps: plan.steps.filter((step) => !isTried(step) || isKept.has(step)) };
	};
	const tried = plan.steps.filter(isTried);
	return withOnly(await reduceList(tried, (kept) => accept(withOnly(kept))));
}

async function fewerPairs(plan: Plan, accept: Accept): Promise<Plan> {
	const steps = await reducePairs(plan.steps, (kept) => accept({ ...plan, steps: kept }));
	return { ...plan, steps };
}

/** Waits that follow each other are one. */
async function joinWaits(plan: Plan, accept: Accept): Promise<Plan> {
	const steps: Step[] = [];
	for (const step of plan.steps) {
		const last = steps[steps.length - 1];
		if (step.kind === "wait" && last?.kind === "wait") {
			steps[steps.length - 1] = { kind: "wait", ms: last.ms + step.ms };
		} else steps.push(step);
	}
	const joined = { ...plan, steps };
	return steps.length < plan.steps.length && (await accept(joined)) ? joined : plan;
}

/** Takes out one person after the other, or lets another do what they did. */
async function fewerPeople(plan: Plan, accept: Accept): Promise<Plan> {
	let left = plan;
	for (let person = plan.people - 1; person >= 0 && left.people > 1; person--) {
		const others = Array.from({ length: left.people }, (_, index) => index);
		const heirs = [null, ...others.filter((other) => other !== person)];
		for (const heir of heirs) {
			const without = withoutPerson(left, person, heir);
			if (!(await accept(without))) continue;
			left = without;
			break;
		}
	}
	return left;
}

/** The plan without one person, whose deeds an heir does, or nobody; who comes later moves up. */
function withoutPerson(plan: Plan, gone: number, heir: number | null): Plan {
	const place = (person: number) => (person > gone ? person - 1 : person);
	const steps = plan.steps.flatMap((step): Step[] => {
		if (step.kind === "wait") return [step];
		const person = step.person % plan.people;
		if (person !== gone) return [{ ...step, person: place(person) }];
		if (heir !== null) return [{ ...step, person: place(heir) }];
		// A fault of the server is the same whoever it is told of.
		return step.kind === "fault" ? [{ ...step, person: 0 }] : [];
	});
	return { ...plan, people: plan.people - 1, steps };
}

async function simplerSteps(plan: Plan, accept: Accept): Promise<Plan> {
	let left = plan;
	for (let index = plan.steps.length - 1; index >= 0; index--) {
		const step = plan.steps[index];
		if (step === undefined) continue;
		for (const options of variantsOf(step)) {
			for (const change of options) {
				const candidate = {
					...left,
					steps: left.steps.with(index, change(left.steps[index] ?? step)),
				};
				if (!(await accept(candidate))) continue;
				left = candidate;
				break;
			}
		}
	}
	return left;
}

type Change = (step: Step) => Step;

/** For each argument of a step the simpler ones, the simplest first. */
function variantsOf(step: Step): Change[][] {
	if (step.kind === "turn") return [simplerSizes(step.size)];
	if (step.kind !== "deed") {
		const half = Math.round(step.ms / 2);
		const shorter = [...simplerMs.filter((ms) => ms < half), half].filter((ms) => ms < step.ms);
		return [shorter.map((ms) => (now) => ("ms" in now ? { ...now, ms } : now))];
	}
	const change = (change: Partial<Extract<Step, { kind: "deed" }>>): Change => {
		return (now) => (now.kind === "deed" ? { ...now, ...change } : now);
	};
	const rank = simplerDeeds.indexOf(step.deed);
	const deeds = rank === -1 ? simplerDeeds : simplerDeeds.slice(0, rank);
	const places = [...simplerPlaces, Math.floor(step.at * 100) / 100];
	return [
		deeds.map((deed) => change({ deed })),
		simplerSizes(step.size),
		places.slice(0, placeRank(step.at)).map((at) => change({ at })),
	];
}

function simplerSizes(size: number): Change[] {
	return Array.from({ length: size - 1 }, (_, index): Change => {
		return (now) => ("size" in now ? { ...now, size: index + 1 } : now);
	});
}

/** How many places are simpler than this one. */
function placeRank(at: number): number {
	const rank = simplerPlaces.indexOf(at);
	if (rank !== -1) return rank;
	return simplerPlaces.length + (Math.floor(at * 100) / 100 === at ? 0 : 1);
}

async function evenMode(plan: Plan, accept: Accept): Promise<Plan> {
	const even: Plan = { ...plan, mode: "even" };
	return plan.mode !== "even" && (await accept(even)) ? even : plan;
}
