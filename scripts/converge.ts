/** `npm run converge`: people who edit at random over a failing network, disk and server. */
import { availableParallelism } from "node:os";
import { help, OptionError, type Options, readOptions } from "./converge/command/options.ts";
import { Progress } from "./converge/command/progress.ts";
import { Results } from "./converge/command/results.ts";
import { playSimulated } from "./converge/command/session.ts";
import { tableOf } from "./converge/command/table.ts";
import { silenceYjs } from "./converge/crew/quiet.ts";
import { reportOf } from "./converge/report/from-results.ts";
import { writeConvergeReport } from "./converge/report/write.ts";

async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2), availableParallelism());
	if (options.job === "help") {
		process.stdout.write(help);
		return 0;
	}
	silenceYjs();
	return converge(options);
}

async function converge(options: Options): Promise<number> {
	const results = new Results();
	const progress = new Progress();
	const startedAt = new Date();
	if (options.modes.includes("sim")) await playSimulated(options, results, progress);
	const verdict = verdictOf(options, results);
	process.stdout.write(`${tableOf(results)}\n`);
	if (options.reportDir !== null) {
		const facts = {
			command: `npm run converge -- ${process.argv.slice(2).join(" ")}`,
			startedAt,
			verdict,
			firstSeed: options.firstSeed,
			systems: results.systems,
		};
		const { page } = await writeConvergeReport(options.reportDir, reportOf(results, facts));
		process.stdout.write(`report: ${page}\n`);
	}
	process.stdout.write(`${verdict}\n`);
	return results.isEqual ? 0 : 1;
}

/** The last line: what was played, and how it ended. */
function verdictOf({ ops, people }: Options, { parts, isEqual }: Results): string {
	const [part] = parts;
	const failedCount = parts.reduce((sum, { failedCount }) => sum + failedCount, 0);
	const verdict = isEqual ? "equal" : `${failedCount} not equal`;
	return `${part?.runCount ?? 0} seeds, ${ops} ops, ${people} people: ${verdict}`;
}

main().then(
	(status) => process.exit(status),
	(error: unknown) => {
		const isOption = error instanceof OptionError;
		const text = error instanceof Error ? (isOption ? error.message : error.stack) : String(error);
		process.stderr.write(`converge: ${text}\n`);
		process.exit(2);
	},
);
