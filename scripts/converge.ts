/** `npm run converge`: people who edit at random over a failing network, disk and server. */
import { parseArgs } from "node:util";
import { type Fault, faults, makePlan } from "./converge/plan.ts";
import { streamsOf } from "./converge/random.ts";
import { type Outcome, playRun } from "./converge/run.ts";
import { SimTestbed } from "./converge/sim/testbed.ts";

const help = `npm run converge [-- options]

NAME
  converge: does everybody end with the same room, and is everything there that was shown or saved?

SYNOPSIS
  npm run converge
  npm run converge -- --seeds 1000 --from 5000
  npm run converge -- --seed 42

DESCRIPTION
  Runs Weft's own rooms, sessions and store in one process, with simulated time, network and disk.
  People type, draw, talk and share, go offline, reload and undo, while the server is killed, the
  power goes, the disk fills, connections hang, and strangers send damaged updates. After the last
  fault all copies, a newcomer's, and what a restarted server has stored must be equal, and every
  word must be where its ledger says. A seed is repeatable to the byte.

OPTIONS
  --seeds N       how many seeds (200)
  --from N        the first one (1)
  --seed N        just this one, with its story
  --ops N         deeds of a run (200)
  --people N      people of a run (5)
  --faults LIST   which faults, by name, separated by commas; "none" for none (all of them)
                  ${Object.keys(faults).join(", ")}
  --help          this page

EXIT STATUS
  0 where all were equal, 1 where one was not, 2 where an option is wrong.
`;

interface Options {
	readonly seeds: number;
	readonly from: number;
	readonly ops: number;
	readonly people: number;
	readonly faults: readonly Fault[];
	/** Tells the story of each run. */
	readonly isTelling: boolean;
}

/** How many failing seeds are shown before the rest is only counted. */
const shownMax = 5;

async function main(): Promise<number> {
	const options = readOptions();
	if (options === null) {
		process.stdout.write(help);
		return 0;
	}
	silenceYjs();
	const startedMs = performance.now();
	let failedCount = 0;
	let simulatedMs = 0;
	for (let seed = options.from; seed < options.from + options.seeds; seed++) {
		const outcome = await runSeed(seed, options);
		simulatedMs += outcome.elapsedMs;
		if (outcome.findings.length > 0 && ++failedCount <= shownMax) show(seed, outcome);
		if (options.isTelling) tell(outcome);
	}
	const minutes = (performance.now() - startedMs) / 60_000;
	const verdict = failedCount === 0 ? "equal" : `${failedCount} not equal`;
	process.stdout.write(
		`${Math.round(options.seeds / minutes)} seeds a minute, ` +
			`${Math.round(simulatedMs / 3_600_000)} simulated hours\n` +
			`${options.seeds} seeds, ${options.ops} ops, ${options.people} people: ${verdict}\n`,
	);
	return failedCount === 0 ? 0 : 1;
}

function runSeed(seed: number, options: Options): Promise<Outcome> {
	const { ops, people, faults } = options;
	const plan = makePlan({ seed, ops, people, faults }, streamsOf(seed));
	return playRun(plan, new SimTestbed(seed));
}

function tell({ events }: Outcome): void {
	for (const { ms, say } of events) process.stdout.write(`${String(ms).padStart(7)} ms  ${say}\n`);
}

function show(seed: number, { findings }: Outcome): void {
	process.stdout.write(`seed ${seed}:\n`);
	for (const { check, say } of findings) process.stdout.write(`  ${check}: ${say}\n`);
}

function readOptions(): Options | null {
	const { values } = parseArgs({
		options: {
			seeds: { type: "string", default: "200" },
			from: { type: "string", default: "1" },
			seed: { type: "string" },
			ops: { type: "string", default: "200" },
			people: { type: "string", default: "5" },
			faults: { type: "string", default: Object.keys(faults).join() },
			help: { type: "boolean", default: false },
		},
	});
	if (values.help) return null;
	const isOne = values.seed !== undefined;
	return {
		seeds: isOne ? 1 : whole("--seeds", values.seeds),
		from: whole(isOne ? "--seed" : "--from", values.seed ?? values.from),
		ops: whole("--ops", values.ops),
		people: whole("--people", values.people),
		faults: readFaults(values.faults),
		isTelling: isOne,
	};
}

function whole(name: string, text: string): number {
	const value = Number(text);
	if (!Number.isInteger(value) || value < 1) throw new Error(`${name} must be a whole number`);
	return value;
}

function readFaults(text: string): Fault[] {
	if (text === "none") return [];
	return text.split(",").map((name) => {
		if (!Object.hasOwn(faults, name)) throw new Error(`--faults knows no "${name}"`);
		return name as Fault;
	});
}

/** Yjs tells on the console that it changed a client id; in a run of thousands that is noise. */
function silenceYjs(): void {
	const { log } = console;
	console.log = (...parts: unknown[]) => {
		if (!String(parts[0]).startsWith("[yjs]")) log(...parts);
	};
}

main().then(
	(status) => process.exit(status),
	(error: unknown) => {
		process.stderr.write(`converge: ${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(2);
	},
);
