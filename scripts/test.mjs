/**
 * `npm test`: installs what is missing, checks and runs everything, and ends with one line:
 * `N passed, N failed, N skipped`. What cannot run here is named; `WEFT_REQUIRE=all` makes it a
 * failure. Arguments go to Vitest.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { runChecks } from "./steps/checks.mjs";
import { ensureChromium } from "./steps/chromium.mjs";
import { prepare } from "./steps/prepare.mjs";
import { fail, root, say, tool } from "./steps/process.mjs";
import { ensureProxies } from "./steps/proxies.mjs";

const reportPath = join(root, "dist/test-report.json");

const total = { passed: 0, failed: 0, skipped: 0 };
try {
	await prepare("server", "web", "scripts");
	const isStrict = process.env.WEFT_REQUIRE === "all";
	const chromium = await ensureChromium();
	if (chromium === null) {
		say("cannot run without Chromium: test/browser and test/scenarios");
		if (isStrict) total.failed++;
	}
	if ((await ensureProxies()).length > 0 && isStrict) total.failed++;
	total.failed += await runChecks();
	add(await runTests(chromium));
} catch (error) {
	total.failed++;
	fail(error);
}
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);

function add(counts) {
	for (const [kind, count] of Object.entries(counts)) total[kind] += count;
}

/** Runs Vitest in full view; gives the counts of its report. */
async function runTests(chromium) {
	rmSync(reportPath, { force: true });
	const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportPath}`];
	const args = tool("vitest/vitest.mjs", "run", ...reporters, ...process.argv.slice(2));
	const env = { ...process.env, CHROMIUM_PATH: chromium ?? "" };
	const child = spawn(process.execPath, args, {
		cwd: root,
		env,
		stdio: ["ignore", "inherit", "inherit"],
	});
	const code = await new Promise((resolve, reject) => {
		child.on("error", reject);
		child.on("close", resolve);
	});
	const counts = readReport();
	// Vitest also fails for what no test owns: an error after the end, a file that does not load.
	if (code !== 0 && counts.failed === 0) counts.failed = 1;
	return counts;
}

function readReport() {
	const counts = { passed: 0, failed: 0, skipped: 0 };
	if (!existsSync(reportPath)) return counts;
	for (const file of JSON.parse(readFileSync(reportPath, "utf8")).testResults) {
		const tests = file.assertionResults;
		for (const { status, fullName } of tests) {
			const kind = status === "passed" || status === "failed" ? status : "skipped";
			counts[kind]++;
			if (kind === "skipped") say(`skipped: ${relative(root, file.name)}: ${fullName}`);
		}
		const isBroken = file.status === "failed" && !tests.some(({ status }) => status === "failed");
		if (isBroken) counts.failed++;
	}
	return counts;
}
