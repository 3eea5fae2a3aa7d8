import { describe, expect, test } from "vitest";
import type { Finding } from "../../scripts/converge/checks/room.ts";
import type { EventKind, RunEvent } from "../../scripts/converge/journal.ts";
import type { Deed, Fault, Plan } from "../../scripts/converge/plan.ts";
import { playRun } from "../../scripts/converge/run.ts";
import { SimTestbed } from "../../scripts/converge/sim/testbed.ts";
import type { Told } from "../../scripts/converge/story/summary.ts";
import { tell } from "../../scripts/converge/story/tell.ts";
import type { Trace } from "../../scripts/converge/story/trace.ts";

const lost: Finding = { check: "nothing lost", say: "⟨ben1👋⟩ was saved and is gone" };
const plan: Plan = { seed: 7, people: 2, mode: "even", rights: false, steps: [] };
const trace: Trace = {
	weft: "0.1.0",
	system: "weft",
	mode: "sim",
	why: null,
	findings: [lost],
	plan,
};

/** An event; `who` begins the sentence. */
function event(
	ms: number,
	kind: EventKind,
	say: string,
	{ who = null, words = [], act = null }: Partial<RunEvent> = {},
): RunEvent {
	return { ms, kind, say: who === null ? say : `${who} ${say}`, stepIndex: null, who, words, act };
}

function types(ms: number, who: string, word: string, act: Deed = "type"): RunEvent {
	return event(ms, "deed", `types ${word}`, { who, words: [word], act });
}

function outcomeOf(events: RunEvent[], findings: Finding[] = [lost]): Told {
	return { findings, events };
}

const powerCut: Fault = "powerCut";
const opening = [
	event(50, "server", "the server starts"),
	event(51, "network", "opens the page", { who: "ann" }),
	event(51, "network", "opens the page", { who: "ben" }),
];
const losing = [
	types(1_200, "ben", "⟨ben1👋⟩"),
	event(1_230, "shown", "sees ⟨ben1👋⟩", { who: "ann", words: ["⟨ben1👋⟩"] }),
	event(1_240, "saved", "⟨ben1👋⟩ is called saved", { words: ["⟨ben1👋⟩"] }),
	event(3_400, "fault", "the power goes", { act: powerCut }),
	event(3_401, "network", "loses the connection", { who: "ann" }),
	event(3_402, "network", "loses the connection", { who: "ben" }),
	event(3_450, "server", "the server is back"),
	event(3_460, "finding", `nothing lost: ${lost.say}`, { words: ["⟨ben1👋⟩"] }),
];

test("a short run is told line by line, and what was lost is marked", () => {
	expect(tell(trace, outcomeOf([...opening, ...losing]))).toBe(`\
weft 0.1.0, simulated, seed 7: ann and ben, 0 steps
▸ is about what was found, ! is what went wrong

     0.05 s  the server starts
     0.05 s  ann and ben open the page
▸    1.20 s  ben types ⟨ben1⟩
▸    1.23 s  ann sees ⟨ben1⟩
▸    1.24 s  ⟨ben1⟩ is called saved
!    3.40 s  the power goes
     3.40 s  ann and ben lose the connection
     3.45 s  the server is back
▸    3.46 s  ✗ nothing lost

What must be: Everything that was written and not removed is there in the end.
✗ nothing lost: ⟨ben1⟩ was saved and is gone

In short: At 1.20 s ben types ⟨ben1⟩. At 1.23 s ann sees ⟨ben1⟩. At 1.24 s it is called saved. \
At 3.40 s the power goes. After that it is gone, though nobody removed it.
`);
});

test("in a long run the deeds that are about other words are counted", () => {
	const others = Array.from({ length: 40 }, (_, index) =>
		types(100 + index, index % 2 === 0 ? "ann" : "ben", `⟨ann${index}👋⟩`),
	);
	const story = tell(trace, outcomeOf([...opening, ...others, ...losing]));
	expect(story).toContain(
		"     0.10 s  … 40 more deeds by ann and ben\n▸    1.20 s  ben types ⟨ben1⟩\n",
	);
	expect(story.split("\n").length).toBeLessThan(20);
});

test("a connection that ends because its page went is not told", () => {
	const events = [
		event(100, "deed", "goes offline", { who: "ann", act: "goOffline" }),
		event(101, "network", "loses the connection", { who: "ann" }),
		event(900, "network", "loses the connection", { who: "ben" }),
	];
	const story = tell(trace, outcomeOf(events));
	expect(story).not.toContain("ann loses");
	expect(story).toContain("ben loses the connection");
});

test("of two texts that differ, the words that only one has are followed", () => {
	const say = 'ben and ann have different text: "⟨ann1👋⟩⟨ben1👋⟩" against "⟨ann1👋⟩"';
	const events = [types(10, "ann", "⟨ann1👋⟩"), ...losing];
	const story = tell(trace, outcomeOf(events, [{ check: "equal copies", say }]));
	expect(story).toContain("     0.01 s  ann types ⟨ann1⟩");
	expect(story).toContain("▸    1.20 s  ben types ⟨ben1⟩");
	expect(story).toContain("After that ben has it and ann does not.");
});

test("where the first finding names no word, the next one that does is followed", () => {
	const late: Finding = { check: "in step again", say: "ann (no refusal)" };
	const story = tell(trace, outcomeOf(losing, [late, lost]));
	expect(story).toContain("▸    1.20 s  ben types ⟨ben1⟩");
	expect(story).toContain("✗ in step again: ann (no refusal)\n✗ nothing lost");
	expect(story).toContain("After that it is gone, though nobody removed it.");
});

test("a removal that was promised is told of the word, too", () => {
	const words = ["⟨ben1👋⟩", "⟨ben2👋⟩"];
	const events = [
		types(10, "ben", "⟨ben1👋⟩"),
		event(20, "deed", "removes ⟨ben1👋⟩ ⟨ben2👋⟩", { who: "ann", words, act: "remove" }),
		event(30, "saved", "the removal of ⟨ben1👋⟩ ⟨ben2👋⟩ is called saved", { words }),
		event(40, "shown", "sees ⟨ben1👋⟩ ⟨ben2👋⟩ go", { who: "ben", words }),
	];
	const back: Finding = { check: "nothing comes back", say: "word ⟨ben1👋⟩ is there" };
	const story = tell(trace, outcomeOf(events, [back]));
	expect(story).toContain("▸    0.03 s  the removal of ⟨ben1⟩ is called saved\n");
	expect(story).toContain("▸    0.04 s  ben sees ⟨ben1⟩ go\n");
	expect(story).toContain("At 0.03 s its removal is called saved. At 0.04 s ben sees ⟨ben1⟩ go.");
});

test("pages have the names that people would give them", () => {
	const say = "newcomer and ben1 have different text";
	const story = tell(trace, outcomeOf([], [{ check: "equal copies", say }]));
	expect(story).toContain("What must be: All copies and a newcomer's have");
	expect(story).toContain("✗ equal copies: somebody new and ben's tab 2 have different text");
});

test("many findings are counted, and those that say the same are one", () => {
	const findings = Array.from({ length: 9 }, (_, index) => ({ ...lost, say: `⟨ben${index}👋⟩` }));
	const story = tell(trace, outcomeOf(losing, [...findings, lost, lost]));
	expect(story).toContain("\n✗ nothing lost: ⟨ben0⟩ (and 9 more)\n");
});

test("bytes are not for a reader", () => {
	const say = `ben and ann have different structs: "${"AbC4".repeat(30)}" against ""`;
	expect(tell(trace, outcomeOf([], [{ check: "equal copies", say }]))).toContain(
		"structs: (bytes)",
	);
});

describe("a trace that does not fail any more", () => {
	test("says so, and what it failed for", () => {
		expect(tell({ ...trace, why: "It was so." }, outcomeOf(opening, []))).toContain(
			"\nIt was so.\n",
		);
		expect(tell(trace, outcomeOf(opening, []))).toContain(
			"= everything was as it must be; when this was written down: nothing lost\n",
		);
	});
});

test("a run on the simulated testbed tells what was typed, seen and saved", async () => {
	const steps: Plan["steps"] = [
		{ kind: "deed", person: 0, deed: "type", at: 0, size: 1 },
		{ kind: "wait", ms: 1_000 },
		{ kind: "deed", person: 1, deed: "type", at: 0.9, size: 1 },
		{ kind: "wait", ms: 1_000 },
		{ kind: "deed", person: 1, deed: "remove", at: 0, size: 1 },
		{ kind: "fault", fault: "powerCut", person: 0, ms: 0 },
	];
	const outcome = await playRun({ ...plan, steps }, new SimTestbed(7));
	const story = tell({ ...trace, plan: { ...plan, steps } }, outcome);
	for (const sentence of [
		"ann types ⟨ann1⟩ into the empty text",
		"ben sees ⟨ann1⟩",
		"⟨ann1⟩ is called saved",
		"ben types ⟨ben1⟩ after ⟨ann1⟩",
		"ben removes ⟨ann1⟩",
		"the power goes, and with it what was not synced",
		"ann loses the connection",
		"the server is back",
	]) {
		expect(story).toContain(`  ${sentence}\n`);
	}
});
