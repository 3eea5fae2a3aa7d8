/** A log that is opened before each test of a contract, and closed after it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { RoomLog } from "../../server/store/room-log.ts";
import type { Clock, Millis } from "../../shared/clock.ts";
import { ManualClock } from "../fixtures/manual-clock.ts";

/** What a contract test hands to a log beside its place. */
export interface ContractOptions {
	readonly clock: Clock;
	readonly historyMs: Millis;
}

/** Opens a log; called twice with one path, it opens the same data. */
export type OpenRoomLog = (path: string, options: ContractOptions) => Promise<RoomLog>;

/** A day, and how long these tests keep history where they do not say otherwise. */
export const day: Millis = 24 * 60 * 60 * 1000;
const historyMsOfTests = 30 * day;

/** The log and the clock of the test that runs now. */
export interface OpenedLog {
	readonly log: RoomLog;
	readonly clock: ManualClock;
	/** Closes the log and opens the same data again. */
	reopen(historyMs?: Millis): Promise<void>;
}

/** Call it at the top of a `describe`. */
export function useLog(open: OpenRoomLog): OpenedLog {
	let path = "";
	let clock = new ManualClock();
	let log: RoomLog | null = null;

	beforeEach(async () => {
		path = await mkdtemp(join(tmpdir(), "weft-log-"));
		clock = new ManualClock();
		log = await open(path, { clock, historyMs: historyMsOfTests });
	});

	afterEach(async () => {
		await log?.close();
		await rm(path, { recursive: true, force: true });
	});

	return {
		get log() {
			if (log === null) throw new Error("no test runs");
			return log;
		},
		get clock() {
			return clock;
		},
		async reopen(historyMs = historyMsOfTests) {
			await log?.close();
			log = await open(path, { clock, historyMs });
		},
	};
}
