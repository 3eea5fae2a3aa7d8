/** Rights that change while people write, by chance: who may is served, who may not is refused. */
import { expect, test } from "vitest";
import { type Fault, faults, makePlan, type Plan } from "../../../scripts/converge/plan.ts";
import { streamsOf } from "../../../scripts/converge/random.ts";
import { Rulebook } from "../../../scripts/converge/rights/rulebook.ts";
import { type Outcome, playRun } from "../../../scripts/converge/run.ts";
import { SimTestbed } from "../../../scripts/converge/sim/testbed.ts";
import { rightsOf } from "../../../shared/roles.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";

const everyFault = Object.keys(faults) as Fault[];

function planOf(seed: number): Plan {
	const options = { seed, people: 5, ops: 200, faults: everyFault, rights: "on" } as const;
	return makePlan(options, streamsOf(seed));
}

function play(plan: Plan): Promise<Outcome> {
	return playRun(plan, new SimTestbed(plan.seed, {}, plan));
}

test("what may be is taken, and nothing else, whatever fails beside it, on 12 seeds", {
	timeout: 300_000,
}, async () => {
	const asked: Record<string, number> = {};
	const acts = new Set<string>();
	let refusedCount = 0;
	for (let seed = 1; seed <= 12; seed++) {
		const outcome = await play(planOf(seed));
		expect(outcome.findings, `seed ${seed}`).toEqual([]);
		for (const [name, count] of Object.entries(outcome.asked)) {
			asked[name] = (asked[name] ?? 0) + count;
		}
		for (const { act, say } of outcome.events) {
			if (act !== null) acts.add(act);
			if (say.includes("is refused a write")) refusedCount++;
		}
	}
	// Chance came by on both sides.
	expect(asked["rights hold"]).toBeGreaterThan(1_000);
	expect(asked["the honest stay"]).toBeGreaterThan(20);
	expect(asked["the hostile are told"]).toBeGreaterThan(10);
	expect(refusedCount).toBeGreaterThan(10);
	for (const act of [
		"give",
		"open",
		"link",
		"revoke",
		"signIn",
		"present",
		"mute",
		"knock",
		"bin",
		"restore",
		"purge",
		"stolenPhoto",
	]) {
		expect([...acts], act).toContain(act);
	}
});

test("a run with rights is repeatable, and without its turns it is another run", async () => {
	const [first, second] = [await play(planOf(4)), await play(planOf(4))];
	expect(second).toEqual(first);
	const plain = makePlan({ seed: 4, people: 5, ops: 200, faults: everyFault }, streamsOf(4));
	const withoutTurns = planOf(4).steps.filter(({ kind }) => kind !== "turn");
	expect(withoutTurns).toEqual(plain.steps);
	expect(plain.rights).toBe(false);
});

test("what somebody may is known but while it is decided", () => {
	const clock = new ManualClock();
	const rulebook = new Rulebook(clock);
	const since = (fromMs: number) => ({ fromMs, toMs: clock.elapsed() });
	expect(rulebook.couldHave("ann", "chat", since(0))).toBe(true);
	expect(rulebook.surelyHad("ann", [], since(0))).toBe(false);
	rulebook.note("ann", rightsOf("editor"));
	const editorMs = clock.elapsed();
	clock.advance(1_000);
	expect(rulebook.surelyHad("ann", ["document", "chat"], since(editorMs))).toBe(true);
	rulebook.note("ann", undefined);
	clock.advance(1_000);
	expect(rulebook.surelyHad("ann", ["chat"], since(editorMs))).toBe(false);
	rulebook.note("ann", rightsOf("commenter"));
	clock.advance(1_000);
	const laterMs = clock.elapsed();
	expect(rulebook.couldHave("ann", "document", since(editorMs))).toBe(true);
	expect(rulebook.couldHave("ann", "document", since(laterMs))).toBe(false);
	expect(rulebook.couldHave("ann", "chat", since(laterMs))).toBe(true);
	rulebook.note("ann", null);
	clock.advance(1);
	expect(rulebook.couldHave("ann", "chat", since(clock.elapsed()))).toBe(false);
});
