/** Plans played on real servers: processes, sockets and a disk. */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Fault, makePlan, type Plan } from "../../../scripts/converge/plan.ts";
import { streamsOf } from "../../../scripts/converge/random.ts";
import { readEventLog, timedPlan } from "../../../scripts/converge/real/event-log.ts";
import { keptTooMuch } from "../../../scripts/converge/real/figures.ts";
import { playReal, replayReal } from "../../../scripts/converge/real/play.ts";
import { trySecond, wrongInRefusal } from "../../../scripts/converge/real/refusals.ts";
import { faultsOf } from "../../../scripts/converge/real/testbed.ts";
import type { Outcome } from "../../../scripts/converge/run.ts";
import { foreign } from "../../../scripts/converge/systems/foreign.ts";
import { weft } from "../../../scripts/converge/systems/weft.ts";
import { dropFolder, makeFolder } from "../../fixtures/project.ts";
import { startRelay } from "../../planted/forgetful-relay.ts";

let folder = "";

beforeEach(() => {
	folder = makeFolder();
});

afterEach(() => {
	vi.unstubAllEnvs();
	dropFolder(folder);
});

function planOf(seed: number, ops: number, faults: readonly Fault[]): Plan {
	return makePlan({ seed, people: 5, ops, faults }, streamsOf(seed));
}

function faultsIn({ events }: Outcome): (string | null)[] {
	return events.filter(({ kind }) => kind === "fault").map(({ act }) => act);
}

describe("a real server of Weft", () => {
	test("everybody ends with one room, whatever fails, on 2 seeds", async () => {
		const system = weft();
		const faults = [...faultsOf(system)];
		const plans = [1, 2].map((seed) => planOf(seed, 60, faults));
		const outcomes = await Promise.all(plans.map((plan) => playReal(plan, system)));
		for (const { findings, asked } of outcomes) {
			expect(findings).toEqual([]);
			// Before the last restart, and after it.
			expect([asked["resources return"], asked["sessions end"]]).toEqual([1, 2]);
		}
	});

	test("a run with each fault of process and store ends with one room", async () => {
		const chosen: Fault[] = ["restartStorm", "pause", "secondProcess", "byteFlip", "terminate"];
		const plan = planOf(3, 0, []);
		const steps = chosen.flatMap((fault, person) => [
			{ kind: "deed", person, deed: "type", at: 0.5, size: 4 } as const,
			{ kind: "fault", fault, person, ms: 1_000 } as const,
		]);
		const outcome = await playReal({ ...plan, steps }, weft());
		expect(outcome.findings).toEqual([]);
		expect(faultsIn(outcome)).toEqual(chosen);
	});

	test("nothing of a run is left on the disk", async () => {
		vi.stubEnv("TMPDIR", folder);
		const { events } = await playReal(planOf(4, 5, []), weft());
		expect(events.map(({ say }) => say)).toContain("the server was killed");
		expect(await readdir(folder)).toEqual([]);
	});

	test("a run is written down, and played again with the same faults", async () => {
		const plan = planOf(9, 30, ["cut", "kill"]);
		const first = await playReal(plan, weft(), { reportDirectory: folder });
		const path = join(folder, "events-9.jsonl");
		const log = await readEventLog(path);
		expect(log.plan).toEqual(plan);
		expect(log.events).toEqual(first.events);
		const again = await replayReal(path, weft());
		expect(again.findings).toEqual([]);
		expect(faultsIn(again)).toEqual(faultsIn(first));
	});
});

describe("a y-websocket server by its address", () => {
	const faults: Fault[] = ["cut", "lag", "splitFrames", "slowReader"];
	/** Of a plan in which not all come anew behind what was forgotten: they would bring it back. */
	const seed = 3;

	test("that forgets nothing is found to be right", async () => {
		const relay = await startRelay({ forgetEvery: Number.POSITIVE_INFINITY });
		try {
			const { findings } = await playReal(planOf(seed, 60, faults), await foreign(relay.address));
			expect(findings).toEqual([]);
		} finally {
			await relay.close();
		}
	});

	test("that forgets every 7th update is found out", async () => {
		const relay = await startRelay({ forgetEvery: 7 });
		try {
			const { findings } = await playReal(planOf(seed, 60, faults), await foreign(relay.address));
			expect(relay.forgottenCount).toBeGreaterThan(0);
			expect(findings.map(({ check }) => check)).toContain("equal copies");
		} finally {
			await relay.close();
		}
	});
});

test("waits of a run that is played again last until its steps came", () => {
	const type = { kind: "deed", person: 0, deed: "type", at: 0, size: 1 } as const;
	const steps = [
		{ kind: "wait", ms: 9_000 } as const,
		type,
		{ kind: "wait", ms: 1 } as const,
		type,
	];
	const event = { kind: "deed", say: "", who: "ann", words: [], act: "type" } as const;
	const events = [
		{ ...event, ms: 120, stepIndex: 1 },
		{ ...event, ms: 450, stepIndex: 3 },
	];
	const plan = timedPlan({ plan: { ...planOf(1, 0, []), steps }, events });
	expect(plan.steps).toEqual([{ kind: "wait", ms: 120 }, type, { kind: "wait", ms: 450 }, type]);
});

test("a second server that starts, or ends well or without a word, did not refuse", async () => {
	const refused = "The server ended with 1 before it was ready.\nweft: the data is in use";
	expect(wrongInRefusal(refused)).toBeNull();
	expect(wrongInRefusal("The server ended with 1 before it was ready.\n")).toContain("a word");
	expect(wrongInRefusal("The server ended with 0 before it was ready.\nbye")).toContain("refuse");
	expect(wrongInRefusal("The server ended with null before it was ready.\nabort")).toContain("not");
	expect(wrongInRefusal("The server was not ready in 30000 ms.\n")).toContain("not");
	expect(await trySecond(weft(), folder)).toBe("a second server started on the same directory");
});

test("memory and files may grow a little, and no more", () => {
	const before = { rssBytes: 80e6, fileCount: 40 };
	expect(keptTooMuch(before, { rssBytes: 120e6, fileCount: 46 })).toBeNull();
	expect(keptTooMuch(before, { rssBytes: 160e6, fileCount: 40 })).toBe("76 MiB more than before");
	expect(keptTooMuch(before, { rssBytes: 80e6, fileCount: 49 })).toBe(
		"9 open files more than before",
	);
});
