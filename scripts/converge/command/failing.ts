/** What becomes of a run that failed: it is shrunk, kept as a trace, and told. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Plan } from "../plan.ts";
import { pin, pinName, pinnedDirectory } from "../story/pin.ts";
import { failsIn, shrink } from "../story/shrink.ts";
import { tell } from "../story/tell.ts";
import { type Trace, writeTrace } from "../story/trace.ts";
import { projectFolder } from "../systems/project.ts";
import { versionOfCheckout } from "../systems/weft.ts";
import { type Play, playerOf } from "./again.ts";
import type { Options } from "./options.ts";
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
	{ mode, plan, findings }: Failure & { readonly plan: Plan },
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
	return { path: keep(trace, options), story: await storyOf(trace, play) };
}

/** Writes a trace where it is looked for, and gives its path. Pinned runs are simulated ones. */
function keep(trace: Trace, options: Options): string {
	if (options.isPinning && trace.mode === "sim") {
		return pin({ trace, why: null, directory: join(projectFolder(), pinnedDirectory) });
	}
	const path = join(folderOf(options), pinName(trace));
	writeTrace(path, trace);
	return path;
}

/** A run of another time may not fail again for real; the story is then of one that went well. */
async function storyOf(trace: Trace, play: Play): Promise<string> {
	return tell(trace, await play(trace.plan));
}

function folderOf({ reportDir }: Options): string {
	const folder = reportDir ?? join(projectFolder(), ".cache", "converge");
	mkdirSync(folder, { recursive: true });
	return folder;
}
