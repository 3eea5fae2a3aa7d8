import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { playLog, playSeed, playTrace } from "../../../scripts/converge/command/again.ts";
import { OptionError, planOf, readOptions } from "../../../scripts/converge/command/options.ts";
import { writeEventLog } from "../../../scripts/converge/real/event-log.ts";
import { playRun } from "../../../scripts/converge/run.ts";
import { SimTestbed } from "../../../scripts/converge/sim/testbed.ts";
import { type Trace, writeTrace } from "../../../scripts/converge/story/trace.ts";
import { dropFolder, makeFolder, writeTree } from "../../fixtures/project.ts";

let folder: string;

beforeEach(() => {
	folder = makeFolder();
	writeTree(folder, { "notes.txt": "Not a run.\n", "other.json": "{}\n" });
});

afterEach(() => dropFolder(folder));

describe.each([
	["a trace", playTrace],
	["an event log", playLog],
] as const)("%s that is to be played again", (_, play) => {
	test.each([
		["absent.json", /^There is no file .*absent\.json\.$/],
		[".", /is a folder: name a file in it\.$/],
		["notes.txt", /notes\.txt is no /],
		["other.json", /other\.json is no /],
	])("is refused in words where it is %s", async (name, sentence) => {
		const refusal = play(join(folder, name), readOptions([], 2));
		await expect(refusal).rejects.toThrow(OptionError);
		await expect(refusal).rejects.toThrow(sentence);
	});
});

/** A short run of two people, in the simulation. */
const options = readOptions(["--seed", "5", "--ops", "12", "--people", "2"], 1);
const plan = planOf(options, "sim", 5);
const trace: Trace = {
	...{ weft: "0.0.1", system: "weft", mode: "sim", plan },
	...{ findings: [], why: "It was so." },
};

test("a seed and the trace of its run are one run, told as what they are", async () => {
	const seed = await playSeed(options);
	expect(seed.story).toMatch(/^weft .*, simulated, seed 5: ann and ben, /);
	expect(seed.outcome).toEqual(await playRun(plan, new SimTestbed(5)));
	const path = join(folder, "trace.json");
	writeTrace(path, trace);
	const again = await playTrace(path, readOptions([], 1));
	expect(again.outcome.events.length).toBeGreaterThan(plan.steps.length);
	expect(again.outcome).toEqual(seed.outcome);
	expect(again.story).toMatch(/^weft 0\.0\.1, simulated, seed 5: ann and ben, .*\nIt was so\.\n/);
});

test("a run of a server that nobody knows is refused in words", async () => {
	const name = "nobody's";
	const path = join(folder, "trace.json");
	writeTrace(path, { ...trace, mode: "real", system: name });
	const system = { name, version: "1" };
	const log = await writeEventLog(folder, { plan, system, events: [], findings: [] });
	for (const play of [() => playTrace(path, options), () => playLog(log, options)]) {
		await expect(play()).rejects.toThrow(OptionError);
		await expect(play()).rejects.toThrow(name);
	}
});
