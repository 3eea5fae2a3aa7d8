import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makePlan } from "../../scripts/converge/plan.ts";
import { streamsOf } from "../../scripts/converge/random.ts";
import { pin } from "../../scripts/converge/story/pin.ts";
import {
	decodeTrace,
	encodeTrace,
	readTrace,
	type Trace,
	writeTrace,
} from "../../scripts/converge/story/trace.ts";

const trace: Trace = {
	weft: "0.1.0",
	system: "weft",
	mode: "sim",
	why: "The server forgot.",
	findings: [{ check: "nothing lost", say: "⟨ann1👋⟩ was saved and is gone" }],
	plan: makePlan(
		{ seed: 3, people: 3, ops: 40, faults: ["kill", "powerCut", "cut", "lag"], rights: "on" },
		streamsOf(3),
	),
};

let directory = "";
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), "weft-trace-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test("a trace that was written is read as it was", () => {
	const path = join(directory, "run.json");
	writeTrace(path, trace);
	expect(readTrace(path)).toEqual(trace);
	writeTrace(path, { ...trace, why: null, findings: [], plan: { ...trace.plan, steps: [] } });
	expect(readTrace(path)).toMatchObject({ why: null, findings: [], plan: { steps: [] } });
});

test("a step stands on a line of its own", () => {
	const { steps } = trace.plan;
	const lines = encodeTrace(trace).split("\n");
	for (const step of steps) expect(lines.join("\n")).toContain(`\n\t\t\t${JSON.stringify(step)}`);
	expect(lines.length).toBeLessThan(steps.length + 25);
});

describe("a trace that is pinned", () => {
	test("has a file of its check and seed, why it is there, and one finding of each check", () => {
		const [lost] = trace.findings;
		const other = { check: "equal copies", say: "ben and ann differ" };
		const findings = lost === undefined ? [] : [lost, other, { ...lost, say: "more" }];
		const why = "The server forgot what it had called saved.";
		const path = pin({ trace: { ...trace, findings }, why, directory: join(directory, "new") });
		expect(path).toBe(join(directory, "new", "nothing-lost-3.json"));
		expect(readTrace(path)).toEqual({ ...trace, why, findings: findings.slice(0, 2) });
	});

	test("must have failed", () => {
		const passed = { ...trace, findings: [] };
		expect(() => pin({ trace: passed, why: "?", directory })).toThrow("is not pinned");
	});
});

describe("a file that is no trace is refused with what is wrong and where", () => {
	/** The trace as plain data, with one thing changed. */
	function broken(
		change: (data: Record<string, unknown>, plan: typeof trace.plan) => void,
	): string {
		const data = JSON.parse(encodeTrace(trace));
		change(data, data.plan);
		return JSON.stringify(data);
	}

	test.each([
		["no JSON", "{", "run.json is no JSON."],
		["a list", "[]", "run.json is no trace of a run: it names no version."],
		["null", "null", "run.json is no trace of a run: it names no version."],
		[
			"a later version",
			broken((data) => Object.assign(data, { version: 2 })),
			"run.json has version 2; this reads version 1.",
		],
		[
			"a fault nobody knows",
			broken((_, plan) => Object.assign(plan.steps[0] ?? {}, { kind: "fault", fault: "flood" })),
			"run.json cannot be played: plan.steps[0]",
		],
		[
			"a place outside of the text",
			broken((_, plan) => {
				const deed = plan.steps.find(({ kind }) => kind === "deed");
				Object.assign(deed ?? {}, { at: 1.5 });
			}),
			/^run.json cannot be played: plan\.steps\[\d+\]\.at: /,
		],
		[
			"somebody who is not there",
			broken((_, plan) => Object.assign(plan, { people: 1 })),
			/^run.json cannot be played: plan\.steps\[\d+\]\.person: there is no person \d\.$/,
		],
		[
			"nobody at all",
			broken((_, plan) => Object.assign(plan, { people: 0 })),
			"run.json cannot be played: plan.people: ",
		],
		[
			"an unknown field",
			broken((data) => Object.assign(data, { sut: "weft" })),
			"run.json cannot be played: ",
		],
	])("%s", (_, text, message) => {
		expect(() => decodeTrace(text, "run.json")).toThrow(message);
	});

	test("a file that is not there", () => {
		expect(() => readTrace(join(directory, "none.json"))).toThrow("ENOENT");
	});

	test("a file with something else", () => {
		const path = join(directory, "run.json");
		writeFileSync(path, "hello");
		expect(() => readTrace(path)).toThrow(`${path} is no JSON.`);
	});
});
