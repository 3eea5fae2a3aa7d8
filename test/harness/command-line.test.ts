import { describe, expect, test } from "vitest";
import { help, OptionError, readOptions } from "../../scripts/converge/command/options.ts";
import { faults } from "../../scripts/converge/plan.ts";

const read = (...args: string[]) => readOptions(args, 2);

describe("the command line of the harness", () => {
	test("tries Weft in the simulation and for real where nothing is said", () => {
		expect(read()).toMatchObject({
			job: "run",
			sut: "weft",
			modes: ["sim", "real"],
			seedCount: 200,
			ops: 200,
			people: 5,
			killCount: 20,
			threads: 2,
		});
	});

	test("repeats exactly one seed, in the simulation unless told otherwise", () => {
		expect(read("--seed", "42")).toMatchObject({ modes: ["sim"], firstSeed: 42, seedCount: 1 });
		expect(read("--seed", "42", "--mode", "real")).toMatchObject({ modes: ["real"], runCount: 1 });
	});

	test("goes on for some minutes instead of a number of seeds", () => {
		expect(read("--minutes", "0.5")).toMatchObject({ minutes: 0.5, seedCount: null });
	});

	test("tries other servers for real", () => {
		expect(read("--sut", "hocuspocus").modes).toEqual(["real"]);
		expect(read("--sut", "url=ws://localhost:1").modes).toEqual(["real"]);
	});

	test("takes some faults, or none", () => {
		expect(read("--faults", "kill,lag").faults).toEqual(["kill", "lag"]);
		expect(read("--faults", "none").faults).toEqual([]);
	});

	test.each([
		[["--seeds", "many"], /--seeds must be a whole number from 1 on, not "many"/],
		[["--seeds", ""], /--seeds must be a whole number/],
		[["--people", "0"], /--people must be a whole number from 1 on/],
		[["--minutes=-1"], /--minutes must be a number above 0/],
		[["--faults", "kill,toString"], /--faults knows no "toString"/],
		[["--sut", "etherpad"], /--sut is weft, reference/],
		[["--sut", "reference", "--mode", "sim"], /Only Weft can be simulated/],
		[["--tell"], /give --seed or --trace/],
		[["--self-test", "--peers"], /--self-test and --peers do not go together/],
		[["--sed", "1"], /--sed/],
		[["extra"], /extra/],
	])("says what is wrong with %j", (args, sentence) => {
		expect(() => read(...args)).toThrow(OptionError);
		expect(() => read(...args)).toThrow(sentence);
	});

	test("names every fault on its help page, in lines of at most 100 columns", () => {
		for (const name of Object.keys(faults)) expect(help).toMatch(new RegExp(`\\b${name}\\b`));
		for (const line of help.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
	});
});
