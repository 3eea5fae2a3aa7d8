/** The command line of `npm run bench`. */
import { parseArgs } from "node:util";
import { beforeName, contestantNames } from "./contestants.ts";
import { type Slowness, usualSlowness } from "./felt/slowness.ts";
import { scenarioGroups, scenarios } from "./scenarios.ts";

const repeatsUsual = "3";
/** Worse lines than these are none. */
const roundTripMsMax = 5_000;
const lossPercentMax = 50;

/** What `npm run bench -- --help` prints. */
export const help = `NAME
    bench - how fast is Weft, held against other servers on this machine, now?

SYNOPSIS
    npm run bench
    npm run bench -- --only fan-out,storm --report DIR
    npm run bench -- --sut floor,weft --against ../weft-before
    npm run bench -- felt --report DIR
    npm run bench -- board --report DIR
    npm run bench -- --check
    npm run bench -- --quick

DESCRIPTION
    Starts one server after another, each pinned to one core, and drives all of them with the same
    raw clients, which have another core for themselves. It ends in a table: the median of the
    repeats with the least and the most, and what Weft's median is of the floor's and of the best
    peer's. Absolute times say little about another machine; ratios of one run do.

    A row counts only where everybody was shown everything, and a newcomer sees what was sent;
    else it is refused, in words. A warning says where the clients were the bottleneck (more than
    90 % of their core), and where other processes used our cores: let the machine alone.

    The floor is a bare relay: no doc, no disk, no checks. Peers are fetched once into .cache.
    Of boards the peers are Excalidraw and tldraw; where one cannot be fetched, it is left out.
    Weft runs with its limits of rate and per address lifted; the inspector, the log with its
    syncs and the stamps are on.

    Before each run it says how much is left. Ctrl+C ends the run under way, tells what was
    measured until then, and leaves no process and no file behind.

OPTIONS
    --only LIST     scenarios, by name, with commas between (all); a name beside the options
                    does the same:
${listScenarios()}
${listGroups()}
    --sut LIST      servers, of ${contestantNames.join(", ")} (all)
    --against DIR   an older checkout of Weft too, as "${beforeName}"; its own scripts build it
    --repeats N     runs of each (${repeatsUsual}; 1 with --quick)
    --quick         small sizes, one run: tries the benchmark out, measures nothing
    --data DIR      recorded documents, for joins and disk (../shared/data where that is there,
                    else made-up ones of the same size)
    --seed N        another course of chance (1)
    --round-trip N  of a line in what people feel, in milliseconds (${usualSlowness.roundTripMs})
    --loss N        of its segments, in percent (${usualSlowness.lossPercent})
    --slowed N      times that a page's main thread takes longer there (${usualSlowness.cpuTimes})
    --report DIR    a page with plots, DIR/index.html, and the same as JSON, DIR/report.json
    --json          the results as JSON on stdout, instead of the table
    --check         holds Weft's ratios against the baseline; more than 15 % worse is a failure,
                    unless the repeats differ so much that it may be chance
    --store         writes the ratios of this run into the baseline; other rows of it stay
    --baseline FILE the baseline (scripts/bench/baseline.json)
    --help          this page

    --check and --store need all servers at full size: neither --sut nor --quick.

EXIT STATUS
    0    Weft's rows count, and --check found nothing worse
    1    a row of Weft is refused, or a ratio is worse
    2    an option is wrong, there is no baseline to check against, or the benchmark failed
    130  ended by Ctrl+C; 143 by SIGTERM

EXAMPLES
    npm run bench -- --only micro
    npm run bench -- --only storm,joins --repeats 1 --report /tmp/bench
    git worktree add ../before v0.1 && npm run bench -- --against ../before --sut weft
`;

/** A command line that makes no sense, in a sentence. */
export class OptionError extends Error {
	override readonly name = "OptionError";
}

/** What was asked for. */
export interface Options {
	readonly isHelp: boolean;
	readonly only: readonly string[];
	readonly contestants: readonly string[];
	readonly against: string | null;
	readonly repeats: number;
	readonly isQuick: boolean;
	readonly dataDir: string | null;
	readonly seed: number;
	readonly slowness: Slowness;
	readonly reportDir: string | null;
	readonly isJson: boolean;
	readonly isChecking: boolean;
	readonly isStoring: boolean;
	readonly baseline: string | null;
}

/**
 * Reads the command line.
 *
 * @throws OptionError with a sentence that names what is wrong
 */
export function readOptions(args: readonly string[]): Options {
	const { values, positionals } = parse(args);
	refuseHalf(values);
	const against = values.against ?? null;
	const chosen = listOf("--sut", values.sut, contestantNames);
	const isQuick = values.quick;
	return {
		isHelp: values.help,
		only: chosenScenarios(positionals, values.only),
		contestants: against === null ? chosen : [...chosen, beforeName],
		against,
		repeats: whole("--repeats", values.repeats ?? (isQuick ? "1" : repeatsUsual)),
		isQuick,
		dataDir: values.data ?? null,
		seed: whole("--seed", values.seed),
		slowness: {
			roundTripMs: amount("--round-trip", values["round-trip"], roundTripMsMax),
			lossPercent: amount("--loss", values.loss, lossPercentMax),
			cpuTimes: whole("--slowed", values.slowed),
		},
		reportDir: values.report ?? null,
		isJson: values.json,
		isChecking: values.check,
		isStoring: values.store,
		baseline: values.baseline ?? null,
	};
}

/** Ratios that are kept, or held against kept ones, are those of all servers at full size. */
function refuseHalf(values: ReturnType<typeof parse>["values"]): void {
	const asked = values.check ? "--check" : values.store ? "--store" : null;
	if (asked === null) return;
	if (values.quick) throw new OptionError(`${asked} needs true sizes: leave --quick out.`);
	if (values.sut !== undefined)
		throw new OptionError(`${asked} needs all servers: leave --sut out.`);
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			allowPositionals: true,
			options: {
				only: { type: "string" },
				sut: { type: "string" },
				against: { type: "string" },
				repeats: { type: "string" },
				quick: { type: "boolean", default: false },
				data: { type: "string" },
				seed: { type: "string", default: "1" },
				"round-trip": { type: "string", default: String(usualSlowness.roundTripMs) },
				loss: { type: "string", default: String(usualSlowness.lossPercent) },
				slowed: { type: "string", default: String(usualSlowness.cpuTimes) },
				report: { type: "string" },
				json: { type: "boolean", default: false },
				check: { type: "boolean", default: false },
				store: { type: "boolean", default: false },
				baseline: { type: "string" },
				help: { type: "boolean", short: "h", default: false },
			},
		});
	} catch (error) {
		throw new OptionError(error instanceof Error ? error.message : String(error));
	}
}

/** Scenarios by their names and those of groups, in the order of the table. */
function chosenScenarios(words: readonly string[], only: string | undefined): readonly string[] {
	const known = scenarios.map(({ name }) => name);
	if (words.length === 0 && only === undefined) return known;
	const text = [...words, ...(only === undefined ? [] : [only])].join(",");
	const chosen = listOf("--only", text, [...known, ...Object.keys(scenarioGroups)]);
	const names = new Set(chosen.flatMap((name) => scenarioGroups[name] ?? [name]));
	return known.filter((name) => names.has(name));
}

function listOf(name: string, text: string | undefined, known: readonly string[]) {
	if (text === undefined) return known;
	const asked = text.split(",").filter((word) => word !== "");
	const unknown = asked.find((word) => !known.includes(word));
	if (unknown === undefined && asked.length > 0)
		return known.filter((word) => asked.includes(word));
	throw new OptionError(`${name} takes ${known.join(", ")}, not "${unknown ?? ""}".`);
}

function whole(name: string, text: string): number {
	const value = Number(text);
	if (Number.isInteger(value) && value > 0) return value;
	throw new OptionError(`${name} must be a whole number above 0, not "${text}".`);
}

function amount(name: string, text: string, max: number): number {
	const value = Number(text);
	if (text.trim() !== "" && value >= 0 && value <= max) return value;
	throw new OptionError(`${name} must be a number from 0 to ${max}, not "${text}".`);
}

function listGroups(): string {
	return Object.entries(scenarioGroups)
		.map(([name, members]) => `${" ".repeat(22)}${name}: ${members.join(", ")}`)
		.join("\n");
}

function listScenarios(): string {
	return scenarios.map(({ name, title }) => `${" ".repeat(22)}${name}: ${title}`).join("\n");
}
