/** `npm run converge`: people who edit at random over a failing network, disk and server. */
import { constants } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import { availableParallelism, constants as system } from "node:os";
import { playLog, playSeed, playTrace, systemOf, type ToldRun } from "./converge/command/again.ts";
import { endWith } from "./converge/command/ending.ts";
import { explain } from "./converge/command/failing.ts";
import {
	help,
	nightly,
	OptionError,
	type Options,
	readOptions,
} from "./converge/command/options.ts";
import { peersTable, playPeers } from "./converge/command/peers.ts";
import { Progress } from "./converge/command/progress.ts";
import { Results } from "./converge/command/results.ts";
import { selfTestTable } from "./converge/command/self-test-table.ts";
import {
	type Desk,
	playForReal,
	playKills,
	playPowerCuts,
	playSimulated,
} from "./converge/command/session.ts";
import { tableOf } from "./converge/command/table.ts";
import { silenceYjs } from "./converge/crew/quiet.ts";
import { reportOf } from "./converge/report/from-results.ts";
import { writeConvergeReport } from "./converge/report/write.ts";
import { selfTest } from "./converge/self-test.ts";

async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2), availableParallelism());
	if (options.job === "help") {
		process.stdout.write(help);
		return 0;
	}
	silenceYjs();
	if (options.job === "peers") return comparePeers(options);
	if (options.job === "self-test") return testItself();
	if (options.job === "trace") return tellAgain(playTrace(options.file ?? "", options));
	if (options.job === "replay") return tellAgain(playLog(options.file ?? "", options));
	if (options.isOne && options.isTelling) return tellAgain(playSeed(options));
	if (options.job === "nightly") return converge({ ...options, ...nightly });
	return converge(options);
}

/** Plays servers with planted faults: is each found? */
async function testItself(): Promise<number> {
	const progress = new Progress();
	progress.show("playing planted servers");
	const { rows, isAllFound } = await selfTest({
		played: ({ plant, seconds }) => {
			progress.show(`${plant ?? "the server without a fault"}: ${seconds.toFixed(1)} s`);
		},
	});
	progress.clear();
	const planted = rows.filter(({ plant }) => plant !== null);
	const foundCount = planted.filter(({ seed }) => seed !== null).length;
	const verdict = isAllFound ? "all found, and nothing where nothing is wrong" : "NOT all found";
	process.stdout.write(
		`${selfTestTable(rows)}\n\n${foundCount} of ${planted.length} planted servers: ${verdict}\n`,
	);
	return isAllFound ? 0 : 1;
}

async function tellAgain(playing: Promise<ToldRun>): Promise<number> {
	const { outcome, story } = await playing;
	process.stdout.write(`${story}\n`);
	return outcome.findings.length === 0 ? 0 : 1;
}

async function comparePeers(options: Options): Promise<number> {
	const progress = new Progress();
	const all = await playPeers(options, progress);
	const weft = all.find(({ system }) => system.name === "weft");
	const isEqual = weft?.results.isEqual ?? false;
	process.stdout.write(`${peersTable(all)}\n\nweft: ${isEqual ? "equal" : "not equal"}\n`);
	return isEqual ? 0 : 1;
}

/** What a report says of a session. */
interface Session {
	readonly results: Results;
	readonly startedAt: Date;
	readonly verdict: string;
	readonly firstSeed: number;
}

/** What was found up to now, for who stops it. */
let tellSoFar = () => "";

async function converge(options: Options): Promise<number> {
	const { reportDir } = options;
	if (reportDir !== null) await prepareReport(reportDir);
	const results = new Results();
	const startedAt = new Date();
	const desk = { results, progress: new Progress() };
	tellSoFar = () => `\n${tableOf(results)}\n${verdictOf(options, results)}, then stopped\n`;
	if (options.modes.includes("sim")) await playSimulated(options, desk);
	if (options.cutCount > 0) await playPowerCuts(options, desk);
	if (options.modes.includes("real")) {
		const system = await systemOf(options.sut);
		await playForReal(options, system, desk);
		if (options.killCount > 0 && system.abilities.process) await playKills(options, system, desk);
	}
	const verdict = verdictOf(options, results);
	const session = { startedAt, verdict, firstSeed: options.firstSeed };
	process.stdout.write(`${tableOf(results)}\n`);
	await tellFailure(options, desk);
	const isReported = reportDir === null || (await writeReport(reportDir, { results, ...session }));
	process.stdout.write(`${verdict}\n`);
	if (!isReported) return 2;
	return results.isEqual ? 0 : 1;
}

/** False where it could not be written: what was found is told all the same. */
async function writeReport(folder: string, { results, ...session }: Session): Promise<boolean> {
	const command = `npm run converge -- ${process.argv.slice(2).join(" ")}`;
	const facts = { command, systems: results.systems, ...session };
	try {
		const { page } = await writeConvergeReport(folder, reportOf(results, facts));
		process.stdout.write(`report: ${page}\n`);
		return true;
	} catch (error) {
		process.stderr.write(`converge: --report: ${String(error)}\n`);
		return false;
	}
}

/** Makes its folder: who cannot have a report hears of it before hours of play. */
async function prepareReport(folder: string): Promise<void> {
	try {
		await mkdir(folder, { recursive: true });
		await access(folder, constants.W_OK);
	} catch (error) {
		throw new OptionError(`--report: ${String(error)}`, { cause: error });
	}
}

/** Tells the first run that failed, as short as it can be. */
async function tellFailure(options: Options, { results, progress }: Desk): Promise<void> {
	for (const failure of results.failures) {
		const { plan } = failure;
		if (plan === null) continue;
		const { path, story } = await explain(options, { ...failure, plan }, progress);
		process.stdout.write(`${story}\n\nplay it again: npm run converge -- --trace ${path}\n\n`);
		return;
	}
}

/** The last line: what was played, and how it ended. */
function verdictOf({ modes, ops, realOps, people }: Options, { parts, isEqual }: Results): string {
	const runCount = parts[0]?.runCount ?? 0;
	const deedCount = modes.includes("sim") ? ops : realOps;
	const failedCount = parts.reduce((sum, part) => sum + part.failedCount, 0);
	const verdict = isEqual ? "equal" : `${failedCount} not equal`;
	const seeds = runCount === 1 ? "1 seed" : `${runCount} seeds`;
	return `${seeds}, ${deedCount} ops, ${people} people: ${verdict}`;
}

// Servers of ours and their directories go when we do: see `exit` in the files that start them.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
	process.once(signal, () => {
		process.stdout.write(tellSoFar());
		process.exit(128 + system.signals[signal]);
	});
}

endWith("converge", main());
