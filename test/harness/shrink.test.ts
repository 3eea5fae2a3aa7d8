import { describe, expect, test } from "vitest";
import type { Finding } from "../../scripts/converge/checks/room.ts";
import { type Fault, faults, makePlan, type Plan, type Step } from "../../scripts/converge/plan.ts";
import { streamsOf } from "../../scripts/converge/random.ts";
import { playRun } from "../../scripts/converge/run.ts";
import type { Plants } from "../../scripts/converge/sim/server.ts";
import { SimTestbed } from "../../scripts/converge/sim/testbed.ts";
import { brokenRun, failsIn, shrink } from "../../scripts/converge/story/shrink.ts";
import type { RoomLog } from "../../server/store/room-log.ts";

const everyFault = Object.keys(faults) as Fault[];
const lost: Finding = { check: "nothing lost", say: "⟨ann1👋⟩ is gone" };
/** Of a plan in which several paste, and then the power goes. */
const seed = 46;

function planOf(seed: number, ops = 200): Plan {
	return makePlan({ seed, people: 5, ops, faults: everyFault }, streamsOf(seed));
}

function isPaste(step: Step | undefined): boolean {
	return step?.kind === "deed" && step.deed === "paste";
}

/** True where somebody pastes, and the power goes at some time after it. */
function pastesBeforePowerCut({ steps }: Plan): boolean {
	const cut = steps.findLastIndex((step) => step.kind === "fault" && step.fault === "powerCut");
	return steps.slice(0, Math.max(0, cut)).some(isPaste);
}

describe("a plan that fails by a rule", () => {
	test("is reduced to what the rule needs, with the smallest arguments", async () => {
		const plan = planOf(seed);
		const fails = async (candidate: Plan) => (pastesBeforePowerCut(candidate) ? lost : null);
		const shrunk = await shrink(plan, { fails });
		expect(shrunk?.plan).toEqual({
			seed,
			people: 1,
			mode: "even",
			rights: false,
			steps: [
				{ kind: "deed", person: 0, deed: "paste", at: 0, size: 1 },
				{ kind: "fault", fault: "powerCut", person: 0, ms: 0 },
			],
		});
		expect(shrunk?.isMinimal).toBe(true);
	});

	test("keeps the people that the rule needs, and renumbers them", async () => {
		const isDoneBy = ({ steps }: Plan) =>
			new Set(
				steps.flatMap((step) => (isPaste(step) && step.kind !== "wait" ? [step.person] : [])),
			);
		const fails = async (plan: Plan) => (isDoneBy(plan).size >= 2 ? lost : null);
		const shrunk = await shrink(planOf(seed), { fails });
		expect(shrunk?.plan.people).toBe(2);
		expect(isDoneBy(shrunk?.plan ?? planOf(1))).toEqual(new Set([0, 1]));
		expect(shrunk?.plan.steps).toHaveLength(2);
	});

	test("keeps a wait as long as it must be, to a half", async () => {
		const waited = ({ steps }: Plan) =>
			steps.reduce((sum, step) => sum + (step.kind === "wait" ? step.ms : 0), 0);
		const fails = async (plan: Plan) => (waited(plan) >= 3_000 ? lost : null);
		const shrunk = await shrink(planOf(seed), { fails });
		expect(shrunk?.plan.steps).toHaveLength(1);
		expect(waited(shrunk?.plan ?? planOf(1))).toBeLessThan(6_000);
	});

	test("leaves out two deeds that cannot be missed alone", async () => {
		const count = (plan: Plan, wanted: string) =>
			plan.steps.filter((step) => step.kind === "deed" && step.deed === wanted).length;
		const isHome = (plan: Plan) => count(plan, "goOffline") === count(plan, "goOnline");
		const deed = (name: "type" | "goOffline" | "goOnline"): Step => {
			return { kind: "deed", person: 0, deed: name, at: 0, size: 1 };
		};
		const steps = [deed("goOffline"), deed("type"), deed("goOnline")];
		const fails = async (plan: Plan) => (count(plan, "type") > 0 && isHome(plan) ? lost : null);
		const plan: Plan = { seed: 1, people: 1, mode: "even", rights: false, steps };
		const shrunk = await shrink(plan, { fails });
		expect(shrunk?.plan.steps).toEqual([deed("type")]);
	});

	test("is not reduced to one that fails in another check", async () => {
		const other: Finding = { check: "equal copies", say: "" };
		const fails = async (plan: Plan) => {
			if (plan.steps.length > 50) return lost;
			return plan.steps.length > 0 ? other : null;
		};
		const shrunk = await shrink(planOf(seed), { fails });
		expect(shrunk?.finding).toEqual(lost);
		expect(shrunk?.plan.steps).toHaveLength(51);
	});

	test("that fails every third time is reduced with five tries each", async () => {
		let runCount = 0;
		const fails = async (plan: Plan) => {
			return ++runCount % 3 === 0 && pastesBeforePowerCut(plan) ? lost : null;
		};
		const shrunk = await shrink(planOf(seed), { fails, tries: 5 });
		expect(shrunk?.plan.steps).toHaveLength(2);
	});

	test("that throws is reduced to what throws, and nothing else becomes that", async () => {
		const play = async (plan: Plan) => {
			if (!pastesBeforePowerCut(plan)) return { ...(await nothingFound), findings: [lost] };
			throw new Error("a saved write that nobody sent");
		};
		const nothingFound = playRun({ ...planOf(seed), steps: [] }, new SimTestbed(seed));
		const broken = await shrink(planOf(seed), { fails: failsIn(brokenRun, play) });
		expect(broken?.plan.steps).toHaveLength(2);
		expect(broken?.finding).toEqual({
			check: brokenRun,
			say: "Error: a saved write that nobody sent",
		});
	});

	test("that does not fail is nothing to reduce", async () => {
		expect(await shrink(planOf(seed), { fails: async () => null })).toBeNull();
	});

	test("is reduced until time or runs are used up, and no further", async () => {
		let nowMs = 0;
		const fails = async (plan: Plan) => {
			nowMs += 100;
			return pastesBeforePowerCut(plan) ? lost : null;
		};
		const options = { fails, now: () => nowMs };
		const timed = await shrink(planOf(seed), { ...options, msMax: 1_000 });
		expect([timed?.runCount, timed?.isMinimal]).toEqual([10, false]);
		const counted = await shrink(planOf(seed), { ...options, runsMax: 20 });
		expect([counted?.runCount, counted?.isMinimal]).toEqual([20, false]);
		expect(pastesBeforePowerCut(counted?.plan ?? planOf(1))).toBe(true);
	});

	test("tells of each shorter plan", async () => {
		const stepCounts: number[] = [];
		const fails = async (plan: Plan) => (pastesBeforePowerCut(plan) ? lost : null);
		await shrink(planOf(seed), { fails, progress: ({ stepCount }) => stepCounts.push(stepCount) });
		expect(stepCounts[0]).toBe(planOf(seed).steps.length);
		expect(stepCounts.at(-1)).toBe(2);
		expect(stepCounts).toEqual(stepCounts.toSorted((a, b) => b - a));
	});
});

/** The first plan from there on that fails on a server with that fault, and in which check. */
async function firstFailing(plants: Plants): Promise<{ plan: Plan; check: string }> {
	for (let seed = 5_000; seed < 5_100; seed++) {
		const plan = planOf(seed, 60);
		const [finding] = (await playRun(plan, new SimTestbed(seed, plants))).findings;
		if (finding !== undefined) return { plan, check: finding.check };
	}
	throw new Error("no seed fails");
}

describe("a planted fault", { timeout: 300_000 }, () => {
	const serveStale = (real: RoomLog): RoomLog =>
		new Proxy(real, {
			get(target, name: keyof RoomLog) {
				if (name !== "load") return target[name].bind(target);
				const load: RoomLog["load"] = async (room) => {
					const stored = await target.load(room);
					return { ...stored, tail: stored.tail.slice(0, -1) };
				};
				return load;
			},
		});
	const faulty: Record<string, Plants> = {
		"a server that syncs no write": { isSyncing: () => false },
		"a server that serves what was there one write ago": { log: serveStale },
	};

	test.each(Object.entries(faulty))("shrinks to a handful of steps: %s", async (_, plants) => {
		const { plan, check } = await firstFailing(plants);
		const play = (candidate: Plan) => playRun(candidate, new SimTestbed(candidate.seed, plants));
		const shrunk = await shrink(plan, { fails: failsIn(check, play) });
		expect(shrunk?.plan.steps.length).toBeLessThanOrEqual(8);
		expect(shrunk?.finding.check).toBe(check);
		expect(shrunk?.isMinimal).toBe(true);
	});
});
