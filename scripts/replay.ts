/** `npm run replay`: the main job on real input, proved after a kill. See `--help`. */
import { openEyes } from "./replay/browser.ts";
import { makeFixture } from "./replay/fixture.ts";
import { jobsOf } from "./replay/jobs.ts";
import { type Material, readMaterial } from "./replay/material.ts";
import { help, type Options, readOptions } from "./replay/options.ts";
import { type Row, runJob } from "./replay/run-job.ts";
import { renderTable } from "./replay/table.ts";
import { watch } from "./replay/watch.ts";

async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2));
	switch (options.mode) {
		case "help":
			process.stdout.write(help);
			return 0;
		case "watch":
			process.stdout.write(`playing into ${options.url}/r/${encodeURIComponent(options.room)}\n`);
			await watch(materialOf(options), options);
			return 0;
		case "prove":
			return prove(options);
	}
}

async function prove(options: Extract<Options, { mode: "prove" }>): Promise<number> {
	const jobs = jobsOf(materialOf(options)).filter(
		({ name }) => options.only.length === 0 || options.only.includes(name),
	);
	if (jobs.length === 0) throw new Error("There is nothing to play.");
	const eyes = options.withBrowser ? await openEyes() : "it was not wanted";
	if (typeof eyes === "string") process.stdout.write(`without a browser: ${eyes}\n`);
	const rows: Row[] = [];
	try {
		for (const job of jobs) {
			process.stderr.write(`playing ${job.name}\n`);
			rows.push(await runJob(job, typeof eyes === "string" ? null : eyes));
		}
	} finally {
		if (rows.length > 0) process.stdout.write(renderTable(rows));
		if (typeof eyes !== "string") await eyes.close();
	}
	const isEqual = rows.every(({ problems }) => problems.length === 0);
	process.stdout.write(`equal: ${isEqual ? "yes" : "NO, see above"}\n`);
	return isEqual ? 0 : 1;
}

function materialOf({ dataDir, seed }: { dataDir: string | null; seed: number }): Material {
	return dataDir === null ? makeFixture(seed) : readMaterial(dataDir);
}

main().then(
	(exitCode) => process.exit(exitCode),
	(error: unknown) => {
		process.stderr.write(`replay: ${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(1);
	},
);
