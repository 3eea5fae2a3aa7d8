/** What the server is and does now, for who runs it. */
import { performance } from "node:perf_hooks";
import type { Millis } from "../../../shared/clock.ts";
import type { ServerFigures, ServerRules } from "../../../shared/operator.ts";
import type { Config } from "../../config.ts";
import { isLoopback } from "../../network.ts";
import type { DiskUse } from "./disk-use.ts";

/** What is counted where it happens. */
export interface Counts
	extends Pick<ServerFigures, "sessionCount" | "openRoomCount" | "accountCount"> {
	readonly updateCount: number;
}

/** What they are read from. */
export interface FiguresParts {
	readonly version: string;
	readonly startedAtMs: Millis;
	readonly now: () => Millis;
	readonly disk: Pick<DiskUse, "read">;
	readonly rules: ServerRules;
	readonly counts: () => Counts;
}

/** All of them, as they are now. */
export async function readFigures(parts: FiguresParts): Promise<ServerFigures> {
	const { version, startedAtMs, now, rules } = parts;
	const disk = await parts.disk.read();
	const { updateCount, ...counts } = parts.counts();
	const { active, idle } = performance.eventLoopUtilization();
	const { heapUsed, rss } = process.memoryUsage();
	const load = { busyMs: active, idleMs: idle, updateCount, heapBytes: heapUsed };
	return {
		...{ version, startedAtMs, nowMs: now(), ...counts, disk, rules },
		load: { ...load, memoryBytes: rss },
	};
}

/** Who may come in, as the server was started. */
export function rulesOf(
	config: Pick<Config, "hasGuests" | "signUp" | "isListing" | "host" | "tokenSecret" | "isHealing">,
): ServerRules {
	const { hasGuests, signUp, isListing, host, tokenSecret, isHealing } = config;
	return {
		...{ hasGuests, signUp, isListing, isHealing },
		isBeyondLoopback: !isLoopback(host),
		hasHostTokens: tokenSecret !== null,
	};
}
