import { expect, test } from "vitest";
import { makeFixture } from "../../scripts/replay/fixture.ts";
import { readOptions } from "../../scripts/replay/options.ts";
import { renderTable } from "../../scripts/replay/table.ts";
import { versionsOf } from "../../scripts/replay/traces.ts";
import { hasChromium } from "../fixtures/app/chromium.ts";
import { projectRoot, runNode } from "../fixtures/project.ts";
import { sharedData } from "../fixtures/shared-data.ts";

const replayMsMax = 240_000;

function replay(...args: string[]) {
	return runNode(projectRoot, ["scripts/run.mjs", "replay", ...args]);
}

test(
	"a session of every surface is the same after the server was killed",
	async () => {
		const run = replay(...(hasChromium ? [] : ["--no-browser"]));
		expect(await run.ended, run.output()).toBe(0);
		const lines = run.output().split("\n");
		for (const name of ["two writers", "one writer", "board", "chat", "photos"]) {
			const line = lines.find((one) => one.startsWith(`  ${name} `));
			expect(line, name).toMatch(/equal: yes/);
		}
		expect(run.output()).toContain("2 shown, 2 refused in words");
		expect(lines).toContain("equal: yes");
	},
	replayMsMax,
);

test.skipIf(sharedData("traces") === null)(
	"two people's recorded session ends as it did when it was recorded",
	async () => {
		const data = sharedData("") ?? "";
		const run = replay("--no-browser", "--data", data, "--only", "friendsforever");
		expect(await run.ended, run.output()).toBe(0);
		expect(run.output()).toMatch(/friendsforever +26,078 .*equal: yes \(2 writers at once\)/);
	},
	replayMsMax,
);

test("the fixture is the same for the same seed, and another for another", () => {
	expect(makeFixture(7)).toEqual(makeFixture(7));
	expect(makeFixture(7).traces[0]?.endContent).not.toBe(makeFixture(8).traces[0]?.endContent);
});

test("the fixture's two writers really write at once", () => {
	const [trace] = makeFixture(1).traces;
	if (trace === undefined) throw new Error("no trace");
	const versions = versionsOf(trace);
	const apart = trace.edits.filter((edit, editIndex) => {
		const other = versions[editIndex]?.[1 - edit.agent] ?? 0;
		const made = trace.edits.slice(0, editIndex).filter(({ agent }) => agent !== edit.agent).length;
		return other < made;
	});
	expect(apart.length).toBeGreaterThan(100);
	expect(versions.some((version) => (version[0] ?? 0) > 0 && (version[1] ?? 0) > 0)).toBe(true);
});

test("an edit that forgets its own writer's last one is no trace", () => {
	const edit = { agent: 0, parents: [], patches: [] };
	const trace = { name: "broken", agentCount: 1, edits: [edit, edit], endContent: "" };
	expect(() => versionsOf(trace)).toThrow("nobody forgets own edits");
});

test("arguments that make no sense are refused in a sentence", () => {
	expect(() => readOptions(["--url", "http://localhost:1"])).toThrow("go together");
	expect(() => readOptions(["--seed", "x"])).toThrow("whole number");
	expect(() => readOptions(["--nonsense"])).toThrow();
	expect(readOptions(["--url", "http://h/", "--room", "garden"])).toMatchObject({
		mode: "watch",
		url: "http://h",
	});
});

test("what differs stands in the table", () => {
	const row = {
		name: "paper",
		editCount: 2_000,
		playedMs: 1_000,
		sentBytes: 12_345,
		receivedBytes: 1,
		diskBytes: 12_345_678,
		diskRatio: 1.5,
		joinMs: 12,
		shownMs: null,
		note: "",
		problems: ["text: 1 characters for 2"],
	};
	const table = renderTable([row]);
	expect(table).toMatch(/paper +2,000 +2,000 +12 kB +1 B +12\.3 MB +1\.50 x +12 ms +- +equal: NO/);
	expect(table).toContain("    text: 1 characters for 2");
});
