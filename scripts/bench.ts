/** `npm run bench`: Weft and its peers, measured side by side. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { baselineOf, compare, readBaseline, writeBaseline } from "./bench/baseline.ts";
import { contestant } from "./bench/contestants.ts";
import { pickCores } from "./bench/cores.ts";
import { help, OptionError, type Options, readOptions } from "./bench/options.ts";
import { benchPage } from "./bench/page.ts";
import { Results } from "./bench/results.ts";
import { playAll } from "./bench/runs.ts";
import { scenarios } from "./bench/scenarios/list.ts";
import { tableOf } from "./bench/table.ts";
import { projectFolder } from "./converge/systems/project.ts";
import { writeReportFolder } from "./report/write.ts";

/** Recorded documents, beside the project. */
const usualData = "../shared/data";
const usualBaseline = "scripts/bench/baseline.json";

async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2));
	if (options.isHelp) {
		process.stdout.write(help);
		return 0;
	}
	const startedAt = new Date().toISOString().replace(/T(\d\d:\d\d).*$/, " $1 UTC");
	if (options.against !== null) buildOther(options.against);
	const notes = await prepare(options);
	const { cores, say } = pickCores();
	const dataDir = dataOf(options);
	const about = [
		`${say}.`,
		dataDir === null ? "Documents are made up." : "Documents are recorded.",
	];
	const folder = await mkdtemp(join(tmpdir(), "weft-bench-"));
	const results = new Results();
	try {
		const chosen = scenarios.filter(({ name }) => options.only.includes(name));
		const sayLine = (line: string) => process.stderr.write(`${line}\n`);
		const plan = { ...options, scenarios: chosen, dataDir, cores, folder, say: sayLine };
		await playAll({ ...plan, isStopped: stopsOnce() }, results);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
	const command = `npm run bench -- ${process.argv.slice(2).join(" ")}`.replace(/ -- $/, "");
	await tell(results, options, { about, notes, command, startedAt });
	return verdict(results, options);
}

/** Ctrl+C ends the run under way and tells what was measured; once more ends everything. */
function stopsOnce(): () => boolean {
	let isStopped = false;
	process.once("SIGINT", () => {
		isStopped = true;
	});
	return () => isStopped;
}

/** Fetches the peers, and says what takes part. */
async function prepare({ contestants, against }: Options) {
	const notes = [];
	for (const name of contestants) {
		const { system } = await contestant(name, against);
		notes.push({ label: name, value: `${system.version}, ${system.note}` });
	}
	return notes;
}

async function tell(
	results: Results,
	{ contestants, isJson, reportDir }: Options,
	parts: {
		readonly about: readonly string[];
		readonly notes: readonly { readonly label: string; readonly value: string }[];
		readonly command: string;
		readonly startedAt: string;
	},
): Promise<void> {
	const data = {
		...parts,
		runs: results.runs.map(({ scenario, shape, contestant: name, answer }) => {
			return { scenario: scenario.name, shape: shape.label, contestant: name, ...answer };
		}),
	};
	if (isJson) process.stdout.write(`${JSON.stringify(data, null, "\t")}\n`);
	else process.stdout.write(tableOf(results, { contestants, about: parts.about }));
	if (reportDir === null) return;
	const page = benchPage(results, { contestants, ...parts });
	const written = await writeReportFolder(reportDir, { page, data });
	process.stderr.write(`report: ${written.page}\n`);
}

/** Compares with the baseline, and stores it, where that was asked for. */
function verdict(results: Results, options: Options): number {
	const path = options.baseline ?? join(projectFolder(), usualBaseline);
	const rows = results.rows();
	const baseline = readBaseline(path);
	const isRefused = results.refusals().some((remark) => remark.contestant === "weft");
	let status = isRefused ? 1 : 0;
	if (options.isChecking) {
		const { comparedCount, worse } = compare(rows, baseline ?? { about: "", rows: {} });
		for (const say of worse) process.stderr.write(`WORSE ${say}\n`);
		process.stderr.write(`${comparedCount} ratios compared with ${path}, ${worse.length} worse\n`);
		if (worse.length > 0 || comparedCount === 0) status = 1;
	}
	if (options.isStoring) writeBaseline(path, baselineOf(rows, baseline));
	return status;
}

function dataOf({ dataDir }: Options): string | null {
	if (dataDir !== null) return resolve(dataDir);
	const usual = join(projectFolder(), usualData);
	return existsSync(usual) ? usual : null;
}

/** Builds another checkout of Weft with its own scripts. @throws Error where that fails */
function buildOther(folder: string): void {
	const built = spawnSync(process.execPath, ["scripts/build.mjs", "server"], {
		cwd: folder,
		stdio: ["ignore", "inherit", "inherit"],
	});
	if (built.status !== 0) throw new Error(`The checkout in ${folder} could not be built.`);
}

main().then(
	(status) => process.exit(status),
	(error: unknown) => {
		const isOption = error instanceof OptionError;
		const text = error instanceof Error ? (isOption ? error.message : error.stack) : String(error);
		process.stderr.write(`bench: ${text}\n`);
		process.exit(2);
	},
);
