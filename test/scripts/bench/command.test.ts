/** `npm run bench` as a process: what it refuses, what it prints, and what it leaves behind. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { dropFolder, makeFolder, projectRoot } from "../../fixtures/project.ts";
import { until } from "../../fixtures/until.ts";

let folder: string;
let running: Bench | null = null;

beforeAll(() => {
	const script = join(projectRoot, "scripts/build.mjs");
	execFileSync(process.execPath, [script, "scripts"], { stdio: ["ignore", "ignore", "inherit"] });
});

beforeEach(() => {
	folder = makeFolder();
});

afterEach(async () => {
	running?.child.kill("SIGKILL");
	await running?.ended;
	running = null;
	dropFolder(folder);
});

interface Bench {
	readonly child: ChildProcess;
	readonly ended: Promise<number>;
	readonly output: { out: string; say: string };
}

/** Starts it; whatever it and its servers write is in `folder`. */
function bench(args: readonly string[], env: Readonly<Record<string, string>> = {}): Bench {
	const child = spawn(process.execPath, [join(projectRoot, "dist/scripts/bench.js"), ...args], {
		env: { ...process.env, TMPDIR: folder, ...env },
	});
	const output = { out: "", say: "" };
	child.stdout.on("data", (text) => {
		output.out += text;
	});
	child.stderr.on("data", (text) => {
		output.say += text;
	});
	const ended = new Promise<number>((resolve) =>
		child.once("close", (code) => resolve(code ?? -1)),
	);
	running = { child, ended, output };
	return running;
}

/** Processes that were started with our folder for their files; none where there is no /proc. */
function leftProcesses(): readonly string[] {
	if (!existsSync("/proc/self/environ")) return [];
	return readdirSync("/proc").filter((pid) => {
		if (!/^\d+$/.test(pid)) return false;
		try {
			return readFileSync(`/proc/${pid}/environ`, "utf8").includes(`TMPDIR=${folder}`);
		} catch (error) {
			// It has ended meanwhile, or is not ours.
			if ((error as NodeJS.ErrnoException).code === undefined) throw error;
			return false;
		}
	});
}

describe("npm run bench", () => {
	test.each([
		[["--check", "--baseline", "nowhere.json"], /^bench: There is no nowhere\.json to check/],
		[["--data", "/nowhere"], /^bench: There is no \/nowhere\.$/m],
		[["--against", "/nowhere"], /^bench: \/nowhere is no checkout of Weft/],
		[["--only", "storms"], /^bench: --only takes fan-out/],
	])("refuses %j at once, in words, with 2", async (args, words) => {
		const { ended, output } = bench(args);
		expect(await ended).toBe(2);
		expect(output.say).toMatch(words);
		expect(output.say).not.toContain("    at ");
	});

	// It waits some seconds, again and again, for what will never come.
	test("prints no figure of a server that loses what it was sent", async () => {
		const args = ["--quick", "--only", "storm", "--sut", "floor"];
		const { ended, output } = bench(args, { FLOOR_DROPS: "7" });
		await ended;
		expect(output.out).toMatch(/op\/s at p99 < 200 ms +refused$/m);
		expect(output.out).toMatch(/^REFUSED storm, 10 people, floor: .* was shown \d+ of the \d+/m);
		expect(readdirSync(folder)).toEqual([]);
	});

	test("ended by a signal, tells what it has and leaves nothing behind", async () => {
		const { child, ended, output } = bench(["--only", "fan-out", "--sut", "floor", "--json"]);
		const isServing = () => leftProcesses().length >= 3;
		await until("a server runs", existsSync("/proc") ? isServing : () => output.say !== "");
		child.kill("SIGINT");
		expect(await ended).toBe(130);
		expect(JSON.parse(output.out)).toMatchObject({ runs: [], rows: [] });
		expect(readdirSync(folder)).toEqual([]);
		await until("all processes are gone", () => leftProcesses().length === 0);
	});
});
