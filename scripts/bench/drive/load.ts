/** What a piece of work cost: the server, the clients, and everybody else on their cores. */
import { spentMs, type Used } from "./proc.ts";

/** What was used until a moment. */
export interface Look {
	readonly atMs: number;
	/** Of the server; null where it cannot be known. */
	readonly server: Used | null;
	/** Of the client process. */
	readonly clientMs: number;
	/** Of both cores, by whomever; NaN where it cannot be known. */
	readonly busyMs: number;
}

/** What a piece of work cost. */
export interface Load {
	readonly elapsedMs: number;
	/** Processor time of the server; NaN where it cannot be known. */
	readonly serverMs: number;
	readonly clientMs: number;
	/** What others used of our cores; NaN where it cannot be known. */
	readonly othersMs: number;
}

/** Shorter pieces of work say nothing about shares: a tick of /proc is 10 ms. */
const shareMsMin = 250;

/** What was used between two moments. */
export function loadBetween(before: Look, after: Look): Load {
	const serverMs = spentMs(before.server, after.server);
	const clientMs = after.clientMs - before.clientMs;
	return {
		elapsedMs: after.atMs - before.atMs,
		serverMs,
		clientMs,
		othersMs: Math.max(0, after.busyMs - before.busyMs - serverMs - clientMs),
	};
}

/** The parts of a core that the clients and others used; 0 where that is not known. */
export function sharesOf({ elapsedMs, clientMs, othersMs }: Load): {
	readonly client: number;
	readonly others: number;
} {
	if (elapsedMs < shareMsMin) return { client: 0, others: 0 };
	const others = othersMs / elapsedMs;
	return { client: clientMs / elapsedMs, others: Number.isFinite(others) ? others : 0 };
}

/** Microseconds of the server for each of so many things. */
export function cpuUsEach({ serverMs }: Load, count: number): number {
	return (serverMs * 1000) / count;
}

/** The part of a core that the server used. */
export function coreShare({ serverMs, elapsedMs }: Load): number {
	return serverMs / elapsedMs;
}
