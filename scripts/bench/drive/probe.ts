/** Asks a server what only its own process knows: see probe.mjs, which is loaded into each. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startServersBehind } from "../../converge/systems/process.ts";
import { projectFolder } from "../../converge/systems/project.ts";
import type { ServerProcess } from "../../converge/systems/system.ts";
import { memoryKib } from "./proc.ts";
import { becomeQuiet } from "./shelf.ts";

/** Not compiled: it runs as it stands. */
const program = "scripts/bench/drive/probe.mjs";
/** How long a server may be busy before it answers. */
const answerMsMax = 60_000;
const lookEveryMs = 5;
/** What a collection freed goes back to the system a moment later. */
const releaseMs = 500;

/** What a probe says. */
export interface Probed {
	/** 99th percentile of the event loop's delay since it was last asked; null the first time. */
	readonly lagMs: number | null;
	/** What it can still reach of its heap, and the buffers outside of that. */
	readonly heldBytes: number;
}

const askedCounts = new Map<number, number>();
let folder: string | null = null;

/** From now on servers are started by this command, each with a probe in it. */
export function startProbedServersBehind(command: readonly string[], answers: string): void {
	folder = answers;
	mkdirSync(folder, { recursive: true });
	process.env["BENCH_PROBE"] = folder;
	const probe = ["--expose-gc", "--import", join(projectFolder(), program)];
	const forAll = (process.env["BENCH_NODE"] ?? "").split(" ").filter((option) => option !== "");
	startServersBehind(command, [...probe, ...forAll]);
}

/**
 * Has a server collect its garbage, and say how long its event loop stood still since the last
 * time. Null where it has no probe, or does not answer.
 */
export async function probe(server: ServerProcess): Promise<Probed | null> {
	const { pid } = server;
	if (folder === null || pid === null || !server.isRunning) return null;
	const asked = askedCounts.get(pid) ?? 0;
	askedCounts.set(pid, asked + 1);
	process.kill(pid, "SIGUSR2");
	const path = join(folder, `${pid}-${asked}.json`);
	for (const untilMs = performance.now() + answerMsMax; performance.now() < untilMs; ) {
		if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Probed;
		await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
	}
	return null;
}

/**
 * What a server holds, to the byte: free memory that its process keeps does not count, nor do other
 * processes of it, or threads. NaN where it has no probe.
 */
export async function heldMib(server: ServerProcess): Promise<number> {
	await becomeQuiet(server.pid);
	return ((await probe(server))?.heldBytes ?? Number.NaN) / 2 ** 20;
}

/** Memory that a server holds once it has become quiet and its garbage is collected, in KiB. */
export async function heldKib(server: ServerProcess): Promise<number> {
	await becomeQuiet(server.pid);
	await probe(server);
	await new Promise((resolve) => setTimeout(resolve, releaseMs));
	return (server.pid === null ? null : memoryKib(server.pid)) ?? Number.NaN;
}
