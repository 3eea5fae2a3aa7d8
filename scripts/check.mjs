/** `npm run check`: types of every folder, Biome, the rules of the house, the quick tests. */
import { check, runChecks } from "./steps/checks.mjs";
import { prepare } from "./steps/prepare.mjs";
import { fail, tool } from "./steps/process.mjs";

try {
	await prepare();
	const failed = await runChecks();
	const projects = ["--project", "quick", "--project", "mocking"];
	const quick = tool("vitest/vitest.mjs", "run", ...projects, "--reporter=dot");
	const isGreen = await check("quick tests", quick);
	process.exitCode = failed === 0 && isGreen ? 0 : 1;
} catch (error) {
	fail(error);
}
