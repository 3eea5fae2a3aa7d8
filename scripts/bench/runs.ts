/** Plays what was asked for, one run after another, each in a client process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { isBoardPeer } from "../converge/systems/peers.ts";
import { projectFolder } from "../converge/systems/project.ts";
import { beforeName } from "./contestants.ts";
import { pinTo } from "./drive/cores.ts";
import type { Answer, Order } from "./drive/order.ts";
import type { Cores } from "./drive/stage.ts";
import type { Slowness } from "./felt/slowness.ts";
import type { Results, Run } from "./results.ts";
import { refused, type Scenario } from "./scenarios/scenario.ts";

/** A run that takes longer hangs. */
const runMsMax = 40 * 60 * 1000;
/** The compiled client process. */
const program = "dist/scripts/bench/drive/main.js";

/** What is played. */
export interface Plan {
	readonly scenarios: readonly Scenario[];
	readonly contestants: readonly string[];
	readonly isQuick: boolean;
	readonly repeats: number;
	readonly against: string | null;
	readonly seed: number;
	readonly slowness: Slowness;
	readonly dataDir: string | null;
	readonly cores: Cores | null;
	/** A folder for everything that runs write. */
	readonly folder: string;
	/** Told before each run: where it stands among all, and what is to come with it. */
	readonly say: (run: PlannedRun, rest: readonly PlannedRun[]) => void;
	/** Aborted once nothing more is wanted: the run under way ends and does not count. */
	readonly signal: AbortSignal;
	/** Carries out one order; in a process of its own where nothing is given. */
	readonly play?: (order: Order) => Promise<Answer>;
}

/** A run that is to come. */
export interface PlannedRun extends Omit<Run, "answer" | "seconds"> {
	/** From 1 on. */
	readonly repeat: number;
}

/** Plays all runs, until all are played or somebody stops it. */
export async function playAll(plan: Plan, results: Results): Promise<void> {
	const runs = Array.from(runsOf(plan));
	for (const [index, run] of runs.entries()) {
		plan.say(run, runs.slice(index));
		const startMs = performance.now();
		const answer = await playOne(plan, run);
		// What was under way when it was stopped was not measured to its end.
		if (plan.signal.aborted) return;
		results.add({ ...run, answer, seconds: (performance.now() - startMs) / 1000 });
	}
}

/** All runs: the servers take turns, so that what the machine does hits all alike. */
function* runsOf(plan: Plan): Generator<PlannedRun> {
	for (const scenario of plan.scenarios) {
		for (const shape of plan.isQuick ? scenario.quickShapes : scenario.shapes) {
			const repeats = Math.min(plan.repeats, scenario.repeatsMax ?? plan.repeats);
			for (let repeat = 1; repeat <= repeats; repeat++) {
				for (const contestant of rotated(whoPlays(plan.contestants, scenario), repeat - 1)) {
					yield { scenario, shape, contestant, repeat };
				}
			}
		}
	}
}

/** Nobody is always the first, or always behind the same one. */
function rotated(names: readonly string[], by: number): readonly string[] {
	const first = by % Math.max(1, names.length);
	return [...names.slice(first), ...names.slice(0, first)];
}

/**
 * Those of some contestants who are asked: boards only where a board is; the floor keeps no docs;
 * Hocuspocus has no page; code of our own is measured once.
 */
export function whoPlays(
	names: readonly string[],
	{ needs, isAlone = false }: Scenario,
): readonly string[] {
	if (isAlone) return ["weft"];
	if (needs === "board") {
		return names.filter((name) => isBoardPeer(name) || name === "weft" || name === beforeName);
	}
	const contestants = names.filter((name) => !isBoardPeer(name));
	if (needs === "page") return contestants.filter((name) => name !== "hocuspocus");
	return needs === "relay" ? contestants : contestants.filter((name) => name !== "floor");
}

function playOne(plan: Plan, run: PlannedRun): Promise<Answer> {
	const { scenario, shape, contestant, repeat } = run;
	const words = [scenario.name, shape.label, contestant, repeat].join("-");
	const play = plan.play ?? ((order) => playInProcess(order, plan.signal));
	return play({
		scenario: scenario.name,
		shape,
		contestant,
		against: plan.against,
		cores: scenario.usesAllCores === true ? null : plan.cores,
		// Each repeat meets other people; all servers meet the same.
		seed: plan.seed + repeat - 1,
		slowness: plan.slowness,
		dataDir: plan.dataDir,
		folder: join(plan.folder, words.replace(/\W+/g, "-")),
		storeroom: join(plan.folder, "storeroom"),
	});
}

async function playInProcess(order: Order, signal: AbortSignal): Promise<Answer> {
	const node = [process.execPath, join(projectFolder(), program), JSON.stringify(order)];
	const [command = "", ...args] = [...pinTo(order.cores?.client), ...node];
	const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
	// Told to end, it takes its servers with it.
	const end = () => child.kill("SIGTERM");
	const timer = setTimeout(end, runMsMax);
	process.once("exit", end);
	signal.addEventListener("abort", end);
	try {
		return await answerOf(child);
	} finally {
		clearTimeout(timer);
		process.off("exit", end);
		signal.removeEventListener("abort", end);
	}
}

function answerOf(child: ChildProcess): Promise<Answer> {
	return new Promise((resolve, reject) => {
		let answer: Answer | null = null;
		child.once("message", (message) => {
			answer = message as Answer;
		});
		child.once("error", reject);
		child.once("close", (code, signal) => {
			const how = code === null ? `by ${signal}` : `with ${code}`;
			resolve(answer ?? failed(`the client process ended ${how} before it had measured`));
		});
	});
}

function failed(say: string): Answer {
	return { finding: refused(say), clientShare: 0, othersShare: 0, complaints: [] };
}
