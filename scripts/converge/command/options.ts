/** The command line of `npm run converge`. */
import { parseArgs } from "node:util";
import type { Corpus } from "../crew/crew.ts";
import { type ClientKind, clientKinds } from "../person/cast.ts";
import { type Fault, faults, makePlan, type Plan, type RightsMode, rightsModes } from "../plan.ts";
import { streamsOf } from "../random.ts";

/** What `npm run converge -- --help` prints. */
export const help = `NAME
    converge - does everybody end with the same room, and is everything there that was promised?

SYNOPSIS
    npm run converge
    npm run converge -- --seeds 1000 --from 5000
    npm run converge -- --seed 42 --tell
    npm run converge -- --sut hocuspocus
    npm run converge -- --sut url=ws://localhost:1234
    npm run converge -- --trace FILE | --replay FILE | --self-test | --peers | --nightly

DESCRIPTION
    People type, draw, talk and share photos at random, go offline, reload, open second tabs and
    undo, while the server is killed, the power goes, the disk fills or lies, connections hang,
    and strangers send forged updates. After the last fault all copies, a newcomer's, and what a
    restarted server has stored must be equal, and every word, stroke, message and photo must be
    where its ledger says.

    In the simulation (sim), Weft's rooms, sessions and store run in one process with simulated
    time, network and disk: a seed is repeatable to the byte. For real, a server process on a real
    directory is reached through a TCP proxy; the seed gives the schedule, and what happened is
    logged and can be replayed. Without --mode, Weft is tried in both, other servers for real.

    A failing seed is shrunk to the few steps that matter, written to a trace, and told.

OPTIONS
  What is tried
    --sut NAME        weft (default), reference (@y/websocket-server with y-leveldb), hocuspocus,
                      or url=ws://HOST:PORT for a server that runs already
    --mode MODE       sim, real or both
    --seeds N         seeds in the simulation (200)
    --from N          the first seed (1)
    --seed N          exactly this one; with --mode real for real
    --minutes N       as many seeds as fit, instead of --seeds
    --runs N          runs for real (3)
    --kills N         for real: kill -9 under load, restart, look (20)
    --ops N           deeds of a run (200; for real 60)
    --people N        people of a run (5)
    --faults LIST     which faults, by name, with commas between; none for none (all):
${listFaults()}
    --rights MODE     on, off, or some: every third run (some). With rights some are guests, some
                      have accounts or tokens; what they may changes, and strangers forge more
    --clients KIND    for real: reference (our own small client), provider (y-websocket) or mixed
    --browsers N      for real, of Weft: so many of the people sit at Chromium (0)
    --threads N       seeds at once (as many as processors)

  What comes out
    --report DIR      a page with plots, DIR/index.html, and the same as JSON
    --tell            the story of a run, for people; with --seed or --trace
    --no-shrink       do not shrink what fails
    --pin             writes the shrunk trace of what fails where npm test replays it

  Instead of a run
    --trace FILE      plays a trace again
    --replay FILE     plays the event log of a real run again, with its times
    --self-test       servers with planted faults: is each found?
    --peers           the table of all servers, each under the same runs
    --nightly         10,000 seeds, 1,000 kills, 10,000 simulated power cuts
    --help            this page

EXIT STATUS
    0 where all were equal, 1 where one was not, 2 where an option is wrong or the harness failed.
`;

/** A command line that makes no sense, in a sentence. */
export class OptionError extends Error {
	override readonly name = "OptionError";
}

/** Where a run is played. */
export type Mode = "sim" | "real";

/** What was asked for. */
export interface Options {
	readonly job: "help" | "run" | "trace" | "replay" | "self-test" | "peers" | "nightly";
	/** The trace or event log. */
	readonly file: string | null;
	readonly sut: string;
	readonly modes: readonly Mode[];
	/** Null goes on until the minutes are over. */
	readonly seedCount: number | null;
	readonly firstSeed: number;
	/** True where exactly one seed was asked for. */
	readonly isOne: boolean;
	readonly minutes: number | null;
	readonly runCount: number;
	readonly killCount: number;
	/** Power cuts in runs in which nothing else fails. */
	readonly cutCount: number;
	readonly ops: number;
	readonly realOps: number;
	readonly people: number;
	readonly faults: readonly Fault[];
	readonly rights: RightsMode;
	readonly clients: ClientKind;
	readonly browserCount: number;
	readonly threads: number;
	readonly reportDir: string | null;
	readonly isTelling: boolean;
	readonly isShrinking: boolean;
	readonly isPinning: boolean;
}

/**
 * Reads the command line.
 *
 * @throws OptionError with a sentence that names what is wrong
 */
export function readOptions(args: readonly string[], processorCount: number): Options {
	const values = parse(args);
	const isOne = values.seed !== undefined;
	const modes = readModes(values.mode, values.sut);
	const minutes = values.minutes === undefined ? null : positive("--minutes", values.minutes);
	return {
		job: jobOf(values),
		file: values.trace ?? values.replay ?? null,
		sut: values.sut,
		// One seed is one run: for real only where that was asked for.
		modes: isOne ? modes.slice(0, 1) : modes,
		seedCount: isOne ? 1 : minutes === null ? whole("--seeds", values.seeds, 1) : null,
		firstSeed: whole(isOne ? "--seed" : "--from", values.seed ?? values.from),
		isOne,
		minutes,
		runCount: isOne ? 1 : whole("--runs", values.runs),
		cutCount: 0,
		killCount: isOne ? 0 : whole("--kills", values.kills),
		ops: whole("--ops", values.ops ?? "200", 1),
		realOps: whole("--ops", values.ops ?? "60", 1),
		people: whole("--people", values.people, 1),
		faults: readFaults(values.faults),
		rights: choice("--rights", values.rights, rightsModes),
		clients: choice("--clients", values.clients, clientKinds),
		browserCount: whole("--browsers", values.browsers),
		threads: whole("--threads", values.threads ?? String(processorCount), 1),
		reportDir: values.report ?? null,
		isTelling: values.tell,
		isShrinking: !values["no-shrink"],
		isPinning: values.pin,
	};
}

/** What `--nightly` asks for, whatever else stands there. */
export const nightly = {
	modes: ["sim", "real"],
	seedCount: 10_000,
	cutCount: 10_000,
	runCount: 20,
	killCount: 1_000,
} as const satisfies Partial<Options>;

/** Faults a deed for real: runs are shorter than in the simulation, and cost more. */
const realFaultShare = 0.2;

/** The plan of a seed, as these options ask for it. */
export function planOf(options: Options, mode: Mode, seed: number): Plan {
	return makePlan({ seed, ...corpusOf(options, mode) }, streamsOf(seed));
}

/** What every seed of these options has in common. */
export function corpusOf({ ops, realOps, people, faults, ...rest }: Options, mode: Mode): Corpus {
	const { rights, clients, browserCount, sut } = rest;
	if (mode === "sim") return { ops, people, faults, rights };
	// Browsers are told nothing of their rights that a run could follow; where all clients are stock
	// ones, nobody says that the room is to be guarded.
	const isTold = clients !== "provider" && browserCount === 0 && sut === "weft";
	const fit = isTold ? rights : "off";
	return { ops: realOps, people, faults, faultShare: realFaultShare, rights: fit };
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			options: {
				sut: { type: "string", default: "weft" },
				mode: { type: "string" },
				rights: { type: "string", default: "some" },
				seeds: { type: "string", default: "200" },
				from: { type: "string", default: "1" },
				seed: { type: "string" },
				minutes: { type: "string" },
				runs: { type: "string", default: "3" },
				kills: { type: "string", default: "20" },
				ops: { type: "string" },
				people: { type: "string", default: "5" },
				faults: { type: "string", default: Object.keys(faults).join() },
				clients: { type: "string", default: "mixed" },
				browsers: { type: "string", default: "0" },
				threads: { type: "string" },
				report: { type: "string" },
				tell: { type: "boolean", default: false },
				"no-shrink": { type: "boolean", default: false },
				pin: { type: "boolean", default: false },
				trace: { type: "string" },
				replay: { type: "string" },
				"self-test": { type: "boolean", default: false },
				peers: { type: "boolean", default: false },
				nightly: { type: "boolean", default: false },
				help: { type: "boolean", short: "h", default: false },
			},
		}).values;
	} catch (error) {
		throw new OptionError(error instanceof Error ? error.message : String(error));
	}
}

function jobOf(values: ReturnType<typeof parse>): Options["job"] {
	if (values.help) return "help";
	const jobs = (["trace", "replay", "self-test", "peers", "nightly"] as const).filter(
		(name) => values[name] !== undefined && values[name] !== false,
	);
	if (jobs.length > 1) throw new OptionError(`--${jobs.join(" and --")} do not go together.`);
	if (jobs.length === 0 && values.tell && values.seed === undefined) {
		throw new OptionError("--tell tells one run: give --seed or --trace too.");
	}
	return jobs[0] ?? "run";
}

function readModes(mode: string | undefined, sut: string): readonly Mode[] {
	const known = ["weft", "reference", "hocuspocus"];
	if (!known.includes(sut) && !/^url=wss?:\/\/./.test(sut)) {
		throw new OptionError(`--sut is ${known.join(", ")} or url=ws://HOST:PORT, not "${sut}".`);
	}
	if (sut === "weft" && (mode === undefined || mode === "both")) return ["sim", "real"];
	const chosen = choice("--mode", mode ?? "real", ["sim", "real", "both"]);
	if (sut !== "weft" && chosen !== "real") {
		throw new OptionError("Only Weft can be simulated: leave out --mode.");
	}
	return chosen === "both" ? ["sim", "real"] : [chosen];
}

function choice<Name extends string>(name: string, text: string, names: readonly Name[]): Name {
	const found = names.find((known) => known === text);
	if (found === undefined) throw new OptionError(`${name} is ${names.join(", ")}, not "${text}".`);
	return found;
}

function whole(name: string, text: string, min = 0): number {
	const value = Number(text);
	if (text.trim() !== "" && Number.isInteger(value) && value >= min) return value;
	const bound = min > 0 ? ` from ${min} on` : "";
	throw new OptionError(`${name} must be a whole number${bound}, not "${text}".`);
}

function positive(name: string, text: string): number {
	const value = Number(text);
	if (value > 0 && Number.isFinite(value)) return value;
	throw new OptionError(`${name} must be a number above 0, not "${text}".`);
}

function readFaults(text: string): Fault[] {
	if (text === "none") return [];
	return text.split(",").map((name) => {
		const isFault = (word: string): word is Fault => Object.hasOwn(faults, word);
		if (!isFault(name)) throw new OptionError(`--faults knows no "${name}".`);
		return name;
	});
}

/** All faults, in lines that fit. */
function listFaults(): string {
	const indent = " ".repeat(22);
	const lines = [indent];
	for (const name of Object.keys(faults)) {
		const last = lines[lines.length - 1] ?? indent;
		if (last.length + name.length > 96) lines.push(`${indent}${name} `);
		else lines[lines.length - 1] = `${last}${name} `;
	}
	return lines.map((line) => line.trimEnd()).join("\n");
}
