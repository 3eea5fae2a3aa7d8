/** Plays plans against real servers. */
import type { Person, PersonParts } from "../person/person.ts";
import type { Screens } from "../person/screen.ts";
import type { Plan } from "../plan.ts";
import { type Outcome, playRun } from "../run.ts";
import type { System } from "../systems/system.ts";
import { readEventLog, timedPace, timedPlan, writeEventLog } from "./event-log.ts";
import { briskPace, type Pace, RealTestbed } from "./testbed.ts";

/** How a plan is played. */
export interface PlayOptions {
	/** Makes who takes part; the reference client where nothing is said. */
	readonly makePerson?: (parts: PersonParts) => Person;
	/** Where the last of the people sit at a browser; nobody does where nothing is said. */
	readonly screens?: Screens;
	/** Writes `events-SEED.jsonl` there. */
	readonly reportDirectory?: string;
	/** Brisk where nothing is said. */
	readonly pace?: Pace;
}

/**
 * Plays a plan against a server that is started for it, on a directory of its own, and leaves
 * nothing behind.
 */
export async function playReal(
	plan: Plan,
	system: System,
	options: PlayOptions = {},
): Promise<Outcome> {
	const { makePerson, screens, reportDirectory, pace = briskPace } = options;
	const testbed = new RealTestbed(system, plan.seed, pace);
	try {
		const played = await playRun(plan, testbed, {
			...(makePerson === undefined ? {} : { makePerson }),
			...(screens === undefined ? {} : { screens }),
		});
		const events = [...played.events, ...testbed.journal.events].sort((a, b) => a.ms - b.ms);
		if (reportDirectory !== undefined) {
			const { name, version } = system;
			await writeEventLog(reportDirectory, {
				plan,
				system: { name, version },
				events,
				findings: played.findings,
			});
		}
		return { ...played, events, elapsedMs: testbed.clock.elapsed() };
	} finally {
		await testbed.end();
	}
}

/** Plays a run again from its event log: the same deeds and faults at the same moments. */
export async function replayReal(
	path: string,
	system: System,
	options: PlayOptions = {},
): Promise<Outcome> {
	const log = await readEventLog(path);
	return playReal(timedPlan(log), system, { ...options, pace: timedPace });
}
