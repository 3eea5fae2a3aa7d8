/** `npm run bench`: Weft and its peers, measured side by side. */
import { spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
	type Baseline,
	baselineOf,
	compare,
	comparisonLines,
	readBaseline,
	writeBaseline,
} from "./bench/baseline.ts";
import { contestant } from "./bench/contestants.ts";
import { pickCores } from "./bench/drive/cores.ts";
import { machineWords } from "./bench/machine.ts";
import { help, OptionError, type Options, readOptions } from "./bench/options.ts";
import { benchPage } from "./bench/page.ts";
import { durationOf, sayRun } from "./bench/progress.ts";
import { ratiosOf } from "./bench/ratios.ts";
import { Results } from "./bench/results.ts";
import { playAll, whoPlays } from "./bench/runs.ts";
import { scenarios } from "./bench/scenarios.ts";
import { tableOf } from "./bench/table.ts";
import { endWith } from "./converge/command/ending.ts";
import { isBoardPeer } from "./converge/systems/peers.ts";
import { projectFolder } from "./converge/systems/project.ts";
import { writeReportFolder } from "./report/write.ts";

/** Recorded documents, beside the project. */
const usualData = "../shared/data";
const usualBaseline = "scripts/bench/baseline.json";

/** The first ends all runs, and what was measured is told; the second ends everything at once. */
const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

type Ending = (typeof endings)[number];
/** Below `npm run` one Ctrl+C comes twice: from the terminal, and from who started us. */
const echoMsMax = 500;

/** A contestant and how it is set up. */
type Note = Readonly<Record<"label" | "value", string>>;

async function main(): Promise<number> {
	const asked = readOptions(process.argv.slice(2));
	if (asked.isHelp) {
		process.stdout.write(help);
		return 0;
	}
	const startedAt = new Date().toISOString().replace(/T(\d\d:\d\d).*$/, " $1 UTC");
	const baseline = await checkPlaces(asked);
	if (asked.against !== null) buildOther(asked.against);
	const { notes, contestants } = await prepare(asked);
	const options = { ...asked, contestants };
	process.stderr.write(`runs ${options.only.join(", ")} with ${contestants.join(", ")}\n`);
	const results = new Results();
	const startMs = performance.now();
	const { about, signalName } = await measure(options, results);
	about.push(`Measured in ${durationOf((performance.now() - startMs) / 1000)}.`);
	const command = `npm run bench -- ${process.argv.slice(2).join(" ")}`.replace(/ -- $/, "");
	await tell(results, options, { about, notes, command, startedAt });
	if (signalName !== null) return 128 + constants.signals[signalName];
	return verdict(results, options, { baseline, made: madeOf(notes) });
}

/** Plays all that was asked for, and leaves no process and no file behind. */
async function measure(options: Options, results: Results) {
	const { cores, say } = pickCores();
	const dataDir = dataOf(options);
	const folder = await mkdtemp(join(tmpdir(), "weft-bench-"));
	// A server that was just killed may still hold a file.
	process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
	const stopping = new AbortController();
	let stop: { readonly name: Ending; readonly atMs: number } | null = null;
	for (const name of endings) {
		process.on(name, () => {
			const nowMs = performance.now();
			stop ??= { name, atMs: nowMs };
			stopping.abort();
			if (nowMs - stop.atMs > echoMsMax) process.exit(128 + constants.signals[name]);
		});
	}
	await playAll(
		{
			...options,
			scenarios: scenarios.filter(({ name }) => options.only.includes(name)),
			dataDir,
			cores,
			folder,
			say: (run, rest) => process.stderr.write(`${sayRun(run, rest, results)}\n`),
			signal: stopping.signal,
		},
		results,
	);
	const about = [
		`${say}; ${machineWords()}.`,
		dataDir === null ? "Documents are made up." : "Documents are recorded.",
	];
	// TypeScript does not see that a listener sets it.
	return { about, signalName: (stop as { readonly name: Ending } | null)?.name ?? null };
}

/**
 * Looks at what is needed at the end before an hour is spent on it; gives the baseline.
 *
 * @throws OptionError with a sentence
 */
async function checkPlaces(options: Options): Promise<Baseline | null> {
	const { against, dataDir, reportDir, isChecking } = options;
	if (dataDir !== null && !existsSync(dataDir)) throw new OptionError(`There is no ${dataDir}.`);
	if (against !== null && !existsSync(join(against, "scripts/build.mjs"))) {
		throw new OptionError(`${against} is no checkout of Weft: it has no scripts/build.mjs.`);
	}
	const baseline = readBaseline(baselinePath(options));
	if (isChecking && baseline === null) {
		const path = baselinePath(options);
		throw new OptionError(`There is no ${path} to check against: --store makes one.`);
	}
	if (reportDir !== null) await mkdir(reportDir, { recursive: true });
	return baseline;
}

/**
 * Fetches who is asked, and says how each is set up. A board that cannot be fetched is left out by
 * its name: no other scenario needs it.
 */
async function prepare({ contestants, against, only }: Options) {
	const chosen = scenarios.filter(({ name }) => only.includes(name));
	const asked = new Set(chosen.flatMap((scenario) => whoPlays(contestants, scenario)));
	const notes: Note[] = [];
	const here: string[] = [];
	for (const name of contestants.filter((one) => asked.has(one))) {
		try {
			const { system } = await contestant(name, against);
			notes.push({ label: name, value: `${system.version}, ${system.note}` });
			here.push(name);
		} catch (error) {
			if (!isBoardPeer(name)) throw error;
			const [why = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
			process.stderr.write(`skipped ${name}: ${why}\n`);
			notes.push({ label: name, value: `skipped, ${why}` });
		}
	}
	return { notes, contestants: here };
}

/** Who took part, and on which Node. */
function madeOf(notes: readonly Note[]): string {
	const versions = notes.map(({ label, value }) => `${label} ${value.split(",", 1)[0]}`);
	return [...versions, `Node ${process.versions.node}`].join(", ");
}

async function tell(
	results: Results,
	{ contestants, isJson, reportDir }: Options,
	parts: {
		readonly about: readonly string[];
		readonly notes: readonly Note[];
		readonly command: string;
		readonly startedAt: string;
	},
): Promise<void> {
	const data = {
		...parts,
		rows: results.rows().map((row) => {
			const { scenario, shape, measure, cells } = row;
			const names = { scenario: scenario.name, shape: shape.label, measure: measure.label };
			return { ...names, cells, ...ratiosOf(row) };
		}),
		refused: results.refusals(),
		careful: results.warnings(),
		runs: results.runs.map(({ scenario, shape, contestant: name, answer, seconds }) => {
			return { scenario: scenario.name, shape: shape.label, contestant: name, seconds, ...answer };
		}),
	};
	const about = [...parts.notes.map(({ label, value }) => `${label}: ${value}`), ...parts.about];
	if (isJson) process.stdout.write(`${JSON.stringify(data, null, "\t")}\n`);
	else process.stdout.write(tableOf(results, { contestants, about }));
	if (reportDir === null) return;
	const page = benchPage(results, { contestants, ...parts });
	const written = await writeReportFolder(reportDir, { page, data });
	process.stderr.write(`report: ${written.page}\n`);
}

/** Compares with the baseline, and stores it, where that was asked for. */
function verdict(
	results: Results,
	options: Options,
	{ baseline, made }: { readonly baseline: Baseline | null; readonly made: string },
): number {
	const path = baselinePath(options);
	const rows = results.rows();
	const isRefused = results.refusals().some((remark) => remark.contestant === "weft");
	let status = isRefused ? 1 : 0;
	if (options.isChecking && baseline !== null) {
		const comparison = compare(rows, baseline);
		process.stderr.write(`${comparisonLines(comparison, baseline).join("\n")}\n`);
		if (comparison.worse.length > 0 || comparison.comparedCount === 0) status = 1;
	}
	if (options.isStoring) writeBaseline(path, baselineOf(rows, made, baseline));
	return status;
}

function baselinePath({ baseline }: Options): string {
	return baseline ?? join(projectFolder(), usualBaseline);
}

function dataOf({ dataDir }: Options): string | null {
	if (dataDir !== null) return resolve(dataDir);
	const usual = join(projectFolder(), usualData);
	return existsSync(usual) ? usual : null;
}

/** Builds another checkout of Weft with its own scripts. @throws Error where that fails */
function buildOther(folder: string): void {
	const built = spawnSync(process.execPath, ["scripts/build.mjs", "server", "web"], {
		cwd: folder,
		// stdout is for results.
		stdio: ["ignore", process.stderr, "inherit"],
	});
	if (built.status !== 0) throw new Error(`The checkout in ${folder} could not be built.`);
}

endWith("bench", main());
