/** Plays a run once more: a seed, a trace, or what was logged of a run for real. */
import { stat } from "node:fs/promises";
import type { Plan } from "../plan.ts";
import { readEventLog } from "../real/event-log.ts";
import { playReal, replayReal } from "../real/play.ts";
import { type Outcome, playRun } from "../run.ts";
import { SimTestbed } from "../sim/testbed.ts";
import { tell } from "../story/tell.ts";
import { readTrace } from "../story/trace.ts";
import { systemNamed } from "../systems/named.ts";
import type { System } from "../systems/system.ts";
import { versionOfCheckout } from "../systems/weft.ts";
import { type Mode, OptionError, type Options, planOf } from "./options.ts";
import { withPeople } from "./people.ts";

/** A run, and its story. */
export interface ToldRun {
	readonly outcome: Outcome;
	readonly story: string;
}

/** Plays the seed that was asked for, and tells it. */
export async function playSeed(options: Options): Promise<ToldRun> {
	const mode = options.modes[0] ?? "sim";
	const play = await playerOf(mode, options);
	const plan = planOf(options, mode, options.firstSeed);
	const outcome = await play(plan);
	const { findings } = outcome;
	const weft = versionOfCheckout();
	return {
		outcome,
		story: tell({ weft, system: options.sut, mode, plan, findings, why: null }, outcome),
	};
}

/** Plays a trace again, and tells it. */
export async function playTrace(path: string, options: Options): Promise<ToldRun> {
	await requireFile(path);
	const trace = orOptionError(() => readTrace(path));
	const play = await playerOf(trace.mode, { ...options, sut: trace.system });
	const outcome = await play(trace.plan);
	return { outcome, story: tell(trace, outcome) };
}

/** Plays the event log of a run for real: the same deeds and faults at the same moments. */
export async function playLog(path: string, options: Options): Promise<ToldRun> {
	await requireFile(path);
	const { plan, system } = await readEventLog(path).catch((error: unknown) => {
		throw asOptionError(error);
	});
	const { name } = system;
	const server = await systemOf(name);
	const outcome = await withPeople(options, (people) => replayReal(path, server, people));
	const { findings } = outcome;
	const trace = {
		weft: versionOfCheckout(),
		system: name,
		mode: "real",
		plan,
		findings,
		why: null,
	};
	return { outcome, story: tell({ ...trace, mode: "real" }, outcome) };
}

/** Plays a plan. */
export type Play = (plan: Plan) => Promise<Outcome>;

/** Plays a plan as often as it is asked to. */
export async function playerOf(mode: Mode, options: Options): Promise<Play> {
	if (mode === "sim") return (plan) => playRun(plan, new SimTestbed(plan.seed, {}, plan));
	const system = await systemOf(options.sut);
	return (plan) => withPeople(options, (people) => playReal(plan, system, people));
}

/** The server that `--sut` names. @throws OptionError with a sentence where there is none */
export async function systemOf(sut: string): Promise<System> {
	try {
		return await systemNamed(sut);
	} catch (error) {
		throw asOptionError(error);
	}
}

/** @throws OptionError with a sentence where there is nothing, or a folder, say that of a report */
async function requireFile(path: string): Promise<void> {
	const found = await stat(path).catch(() => null); // Whyever it cannot be looked at.
	if (found === null) throw new OptionError(`There is no file ${path}.`);
	if (found.isDirectory()) throw new OptionError(`${path} is a folder: name a file in it.`);
}

function orOptionError<T>(run: () => T): T {
	try {
		return run();
	} catch (error) {
		throw asOptionError(error);
	}
}

/** What was asked for cannot be had: people need the sentence, not the place in our code. */
function asOptionError(error: unknown): OptionError {
	const sentence = error instanceof Error ? error.message : String(error);
	return new OptionError(sentence, { cause: error });
}
