/** The command line of `npm run bench`. */
import { describe, expect, test } from "vitest";
import { help, OptionError, readOptions } from "../../../scripts/bench/options.ts";
import { scenarios } from "../../../scripts/bench/scenarios.ts";

describe("the command line", () => {
	test("without a word it measures all scenarios with all servers, three times", () => {
		const options = readOptions([]);
		expect(options.only).toEqual(scenarios.map(({ name }) => name));
		const peers = ["reference", "hocuspocus", "excalidraw", "tldraw"];
		expect(options.contestants).toEqual(["floor", ...peers, "weft"]);
		expect(options.repeats).toBe(3);
	});

	test("names keep the order of the table", () => {
		expect(readOptions(["--only", "storm,fan-out"]).only).toEqual(["fan-out", "storm"]);
		expect(readOptions(["--sut", "weft,floor"]).contestants).toEqual(["floor", "weft"]);
	});

	test("a name beside the options is a scenario, or several that belong together", () => {
		expect(readOptions(["storm"]).only).toEqual(["storm"]);
		const felt = ["page-typing", "felt-waits", "felt-load"];
		expect(readOptions(["felt"]).only).toEqual(felt);
		expect(readOptions(["--only", "felt"]).only).toEqual(felt);
		const board = ["board-hand", "board-wire", "board-crowd"];
		expect(readOptions(["board"]).only).toEqual(board);
		expect(readOptions(["kill", "--only", "storm"]).only).toEqual(["storm", "kill"]);
	});

	test("people's devices and lines are slow, unless somebody says how slow", () => {
		const usual = { roundTripMs: 80, lossPercent: 2, cpuTimes: 4 };
		expect(readOptions([]).slowness).toEqual(usual);
		const args = ["--round-trip", "300", "--loss", "0.5", "--slowed", "1"];
		const asked = { roundTripMs: 300, lossPercent: 0.5, cpuTimes: 1 };
		expect(readOptions(args).slowness).toEqual(asked);
	});

	test("an older checkout takes part under a name of its own", () => {
		const options = readOptions(["--against", "../old", "--sut", "weft"]);
		expect(options.contestants).toEqual(["weft", "before"]);
		expect(options.against).toBe("../old");
	});

	test("to try it out one run is enough, unless more are asked for", () => {
		expect(readOptions(["--quick"]).repeats).toBe(1);
		expect(readOptions(["--quick", "--repeats", "2"]).repeats).toBe(2);
	});

	test.each([
		[["--only", "storms"], '"storms"'],
		[["--sut", "apache"], '"apache"'],
		[["--repeats", "0"], "--repeats"],
		[["--nothing"], "--nothing"],
		[["more"], "more"],
		[["--loss", "100"], "--loss"],
		[["--round-trip", "soon"], "--round-trip"],
		[["--check", "--sut", "weft"], "--check needs all servers"],
		[["--store", "--quick"], "--store needs true sizes"],
	])("%j is refused in words", (args, word) => {
		expect(() => readOptions(args)).toThrow(OptionError);
		expect(() => readOptions(args)).toThrow(word);
	});

	test("the help page names every scenario and keeps to 100 columns", () => {
		for (const { name } of scenarios) expect(help).toContain(name);
		expect(Math.max(...help.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
	});
});
