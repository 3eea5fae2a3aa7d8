/** What is checked without running anything of Weft. */
import { capture, root, say, seconds, tool } from "./process.mjs";

const checks = [
	{ name: "types", args: tool("typescript/bin/tsc", "-b") },
	{ name: "Biome", args: tool("@biomejs/biome/bin/biome", "check", "--diagnostic-level=error") },
	{ name: "the house", args: [`${root}/scripts/house.mjs`] },
];

/** Runs all checks, a line and a time for each, and what it found; gives how many failed. */
export async function runChecks() {
	let failed = 0;
	for (const { name, args } of checks) failed += (await check(name, args)) ? 0 : 1;
	return failed;
}

/** Runs one Node program as a check; true where it found nothing wrong. */
export async function check(name, args) {
	const startMs = performance.now();
	const { code, output } = await capture(process.execPath, args);
	const time = seconds(performance.now() - startMs);
	if (code !== 0) say(output.trimEnd());
	say(`${name}: ${code === 0 ? "ok" : "FAILED"} in ${time}`);
	return code === 0;
}
