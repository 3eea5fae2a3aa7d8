import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../../../../server/config.ts";
import { DiskUse } from "../../../../server/http/operator/disk-use.ts";
import { readFigures, rulesOf } from "../../../../server/http/operator/figures.ts";
import { readVersion } from "../../../../server/version.ts";
import { ManualClock } from "../../../fixtures/manual-clock.ts";

let folder: string;
let clock: ManualClock;
let reports: unknown[];

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "weft-figures-"));
	clock = new ManualClock();
	reports = [];
});

afterEach(() => rm(folder, { recursive: true, force: true }));

function useOf(photoDir: string): DiskUse {
	return new DiskUse({ storeDir: folder, photoDir, clock, report: (error) => reports.push(error) });
}

test("bytes of files are counted, those of photos now and then", async () => {
	const photoDir = await mkdtemp(join(folder, "photos-"));
	await writeFile(join(folder, "000001.log"), "x".repeat(10));
	await writeFile(join(photoDir, "photo"), "x".repeat(7));
	const use = useOf(photoDir);
	const first = await use.read();
	expect(first.storeBytes).toBe(17);
	expect(first.freeBytes).toBeGreaterThan(0);
	expect(first.totalBytes).toBeGreaterThanOrEqual(first.freeBytes);
	await use.settled();
	await writeFile(join(photoDir, "another"), "x".repeat(3));
	expect(await use.read()).toMatchObject({ storeBytes: 20, photoBytes: 7 });
	clock.advance(60_000);
	await use.read();
	await use.settled();
	expect((await use.read()).photoBytes).toBe(10);
});

test("a folder of photos that cannot be read is told of, and is of no known size", async () => {
	const use = useOf(join(folder, "missing"));
	await use.read();
	await use.settled();
	expect((await use.read()).photoBytes).toBeNull();
	expect(reports).toHaveLength(1);
});

test("figures say what the server is and does", async () => {
	const counts = { sessionCount: 3, openRoomCount: 2, accountCount: 1, updateCount: 9 };
	const figures = await readFigures({
		...{ version: await readVersion(), startedAtMs: 5, now: () => 7, disk: useOf(folder) },
		...{ rules: rules(), counts: () => counts },
	});
	expect(figures.version).toMatch(/^\d+\.\d+\.\d+/);
	expect(figures).toMatchObject({ startedAtMs: 5, nowMs: 7, sessionCount: 3, openRoomCount: 2 });
	expect(figures.load).toMatchObject({ updateCount: 9 });
	expect(figures.load.memoryBytes).toBeGreaterThan(figures.load.heapBytes / 2);
});

function rules(env: Record<string, string> = {}) {
	const config = readConfig({ env, args: [], cwd: folder, webDir: "" });
	if (config === null) throw new Error("no configuration");
	return rulesOf(config);
}

test("who may come in is told as the server was started", () => {
	expect(rules()).toEqual({
		...{ hasGuests: true, signUp: "off", isListing: false, isHealing: false },
		...{ isBeyondLoopback: false, hasHostTokens: false },
	});
	const env = {
		...{ HOST: "0.0.0.0", WEFT_GUESTS: "off", WEFT_SIGNUP: "invite", WEFT_LISTING: "on" },
		...{ WEFT_HEAL: "on", WEFT_TOKEN_SECRET: "x".repeat(32) },
	};
	expect(rules(env)).toEqual({
		...{ hasGuests: false, signUp: "invite", isListing: true, isHealing: true },
		...{ isBeyondLoopback: true, hasHostTokens: true },
	});
	expect(JSON.stringify(rules(env))).not.toContain("xxx");
});
