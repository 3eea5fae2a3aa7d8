/** What becomes of a run that failed: it is shrunk, kept as a trace, and told. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { castOf } from "../person/cast.ts";
import type { Plan } from "../plan.ts";
import { playReal } from "../real/play.ts";
import { type Outcome, playRun } from "../run.ts";
import { SimTestbed } from "../sim/testbed.ts";
import { failsIn, shrink } from "../story/shrink.ts";
import { tell } from "../story/tell.ts";
import { readTrace, type Trace, writeTrace } from "../story/trace.ts";
import { systemNamed } from "../systems/named.ts";
import { projectFolder } from "../systems/project.ts";
import { versionOfCheckout } from "../systems/weft.ts";
import { type Mode, type Options, planOf } from "./options.ts";
import type { Progress } from "./progress.ts";
import type { Failure } from "./results.ts";

/** How long a failing run may be shrunk. */
const shrinkMsMax = { sim: 60_000, real: 180_000 } as const;
/** How often a shorter run is tried for real: not every one meets the same moment. */
const realTries = 3;

/** A failing run as a file and as a story. */
export interface Explained {
	readonly path: string;
	readonly story: string;
}

/** Shrinks a failing run where that was asked for, and writes its trace. */
export async function explain(
	options: Options,
	{ mode, seed, plan, findings }: Failure & { readonly plan: Plan },
	progress: Progress,
): Promise<Explained> {
	const [first] = findings;
	if (first === undefined) throw new Error("A run without findings did not fail.");
	const play = await playerOf(mode, options);
	const shrunk = options.isShrinking
		? await shrink(plan, {
				fails: failsIn(first.check, play),
				tries: mode === "real" ? realTries : 1,
				msMax: shrinkMsMax[mode],
				progress: ({ stepCount, people, runCount }) =>
					progress.show(`shrinking: ${stepCount} steps, ${people} people (${runCount} runs)`),
			})
		: null;
	progress.clear();
	const trace = {
		weft: versionOfCheckout(),
		system: options.sut,
		mode,
		plan: shrunk?.plan ?? plan,
		findings: shrunk === null ? findings : [shrunk.finding],
		why: null,
	};
	const path = join(folderOf(options), `${first.check.replaceAll(" ", "-")}-${seed}.json`);
	writeTrace(path, trace);
	return { path, story: await storyOf(trace, play) };
}

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
	const trace = readTrace(path);
	const play = await playerOf(trace.mode, { ...options, sut: trace.system });
	const outcome = await play(trace.plan);
	return { outcome, story: tell({ ...trace, findings: outcome.findings }, outcome) };
}

/** A run of another time may not fail again for real; the story is then of one that went well. */
async function storyOf(trace: Trace, play: Play): Promise<string> {
	return tell(trace, await play(trace.plan));
}

type Play = (plan: Plan) => Promise<Outcome>;

/** Plays a plan as often as it is asked to. */
export async function playerOf(mode: Mode, { sut, clients }: Options): Promise<Play> {
	if (mode === "sim") return (plan) => playRun(plan, new SimTestbed(plan.seed));
	const system = await systemNamed(sut);
	return (plan) => playReal(plan, system, { makePerson: castOf(clients) });
}

function folderOf({ reportDir }: Options): string {
	const folder = reportDir ?? join(projectFolder(), ".cache", "converge");
	mkdirSync(folder, { recursive: true });
	return folder;
}
