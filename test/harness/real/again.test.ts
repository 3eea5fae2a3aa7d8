import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { playLog, playTrace } from "../../../scripts/converge/command/again.ts";
import { OptionError, readOptions } from "../../../scripts/converge/command/options.ts";
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
