import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
	dropFolder,
	makeFolder,
	makeTinyProject,
	runNode,
	writeTree,
} from "../fixtures/project.ts";

/** One for all tests, as a checkout is: what was built for one is not built for the next. */
let folder: string;
/** What a test wrote there. */
let written: string[] = [];

beforeAll(() => {
	folder = makeFolder();
	makeTinyProject(folder);
});

afterEach(() => {
	for (const path of written) rmSync(join(folder, path));
	written = [];
});

afterAll(() => dropFolder(folder));

/** Runs `npm test` of the tiny project; the browser is a file that can be started. */
async function npmTest(
	files: Readonly<Record<string, string>>,
	options: { args?: string[]; env?: Record<string, string> } = {},
) {
	writeTree(folder, files);
	written = Object.keys(files);
	const env = { CHROMIUM_PATH: join(folder, ".ci/browser"), npm_execpath: "/nowhere/npm.js" };
	writeTree(folder, { ".ci/browser": "#!/bin/sh\n" });
	chmodSync(env.CHROMIUM_PATH, 0o755);
	const args = ["scripts/test.mjs", ...(options.args ?? [])];
	const running = runNode(folder, args, { ...env, ...options.env });
	const code = await running.ended;
	const output = running.output();
	return { code, output, summary: output.trimEnd().split("\n").at(-1) };
}

function testFile(body: string): string {
	return `import { expect, test } from "vitest";\n\n${body}\n`;
}

const green = testFile('test("adds", () => {\n\texpect(1 + 1).toBe(2);\n});');
const red = testFile('test("fails", () => {\n\texpect(1 + 1).toBe(3);\n});');
const absent = testFile('test.skipIf(true)("wants data", () => {\n\texpect(1).toBe(1);\n});');

describe("npm test", () => {
	test("ends with one line that sums up all projects, and names what it left out", async () => {
		const { code, summary, output } = await npmTest({
			"test/shared/a.test.ts": green,
			"test/wire/b.test.ts": absent,
			"test/scenarios/c.test.ts": green,
		});
		expect(summary, output).toBe("2 passed, 0 failed, 1 skipped");
		expect(output).toContain("skipped: test/wire/b.test.ts: wants data");
		expect(code).toBe(0);
	});

	test("fails where a test fails and where a file of tests does not load", async () => {
		const { code, summary, output } = await npmTest({
			"test/shared/a.test.ts": green,
			"test/shared/b.test.ts": red,
			"test/shared/c.test.ts": 'throw new Error("no");\n',
		});
		expect(summary, output).toBe("1 passed, 2 failed, 0 skipped");
		expect(code).toBe(1);
	});

	test("fails where an error has no test", async () => {
		const late = `${green}\nsetTimeout(() => Promise.reject(new Error("late")), 0);\n`;
		const { code, summary, output } = await npmTest({ "test/shared/a.test.ts": late });
		expect(summary, output).toBe("1 passed, 1 failed, 0 skipped");
		expect(code).toBe(1);
	});

	test("fails where no test ran", async () => {
		const { code, summary, output } = await npmTest({}, { args: ["--passWithNoTests"] });
		expect(summary, output).toBe("0 passed, 0 failed, 0 skipped");
		expect(code).toBe(1);
	});

	test("fails where a check fails", async () => {
		const wrong = '/** Wrong. */\nexport const wrong: number = "text";\n';
		const files = { "test/shared/a.test.ts": green, "test/shared/wrong.ts": wrong };
		const { code, summary, output } = await npmTest(files);
		expect(summary, output).toBe("1 passed, 1 failed, 0 skipped");
		expect(output).toContain("types: FAILED");
		expect(output).toContain("test/shared/wrong.ts");
		expect(code).toBe(1);
	});

	test("fails where the server does not compile", async () => {
		const { code, summary, output } = await npmTest({
			"server/wrong.ts": 'const wrong: number = "";\n',
		});
		expect(summary, output).toBe("0 passed, 1 failed, 0 skipped");
		expect(code).toBe(1);
	});

	test("gives its arguments to Vitest", async () => {
		const files = { "test/shared/a.test.ts": green, "test/shared/b.test.ts": red };
		const { code, summary, output } = await npmTest(files, { args: ["test/shared/a.test.ts"] });
		expect(summary, output).toBe("1 passed, 0 failed, 0 skipped");
		expect(code).toBe(0);
	});

	test("names what cannot run without Chromium; WEFT_REQUIRE=all makes it a failure", async () => {
		const files = { "test/shared/a.test.ts": green };
		const env = { CHROMIUM_PATH: "/nowhere/chromium" };
		const lax = await npmTest(files, { env: { ...env, WEFT_REQUIRE: "" } });
		expect(lax.output).toContain("cannot run without Chromium: test/browser and test/scenarios");
		expect(lax.summary, lax.output).toBe("1 passed, 0 failed, 0 skipped");
		const strict = await npmTest(files, { env: { ...env, WEFT_REQUIRE: "all" } });
		expect(strict.summary, strict.output).toBe("1 passed, 1 failed, 0 skipped");
		expect(strict.code).toBe(1);
	});
});
