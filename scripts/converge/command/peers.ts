/** `--peers`: Weft and other servers under the same runs, side by side. */
import { weftAndPeers } from "../systems/named.ts";
import type { System } from "../systems/system.ts";
import type { Options } from "./options.ts";
import type { Progress } from "./progress.ts";
import { Results } from "./results.ts";
import { playForReal, playKills } from "./session.ts";
import { columns, grouped } from "./table.ts";

/** One server, and what came of its runs. */
export interface PeerResults {
	readonly system: System;
	readonly results: Results;
}

/** Plays the same seeds against every server, one server after another. */
export async function playPeers(options: Options, progress: Progress): Promise<PeerResults[]> {
	const systems = await weftAndPeers();
	const all: PeerResults[] = [];
	for (const system of systems) {
		const results = new Results();
		await playForReal(options, system, { results, progress });
		await playKills(options, system, { results, progress });
		all.push({ system, results });
	}
	return all;
}

/**
 * A line for each check, a column for each server: `holds`, in how many runs it failed and the
 * first seed that shows it, or that it cannot be asked.
 */
export function peersTable(all: readonly PeerResults[]): string {
	const checks = new Set(all.flatMap(({ results }) => [...results.checkNames]));
	const head = ["", ...all.map(({ system }) => `${system.name} ${system.version}`)];
	const runs = ["runs", ...all.map(({ results }) => runsOf(results))];
	const rows = [...checks].map((check) => [
		check,
		...all.map(({ results }) => cellOf(check, results)),
	]);
	const notes = all.map(({ system }) => `${system.name}: ${system.note}`);
	return [...columns([head, runs, ...rows]), "", ...notes].join("\n");
}

function runsOf({ parts }: Results): string {
	return parts.map(({ runCount, name }) => `${runCount} ${name.split(",")[0]}`).join(" + ");
}

function cellOf(check: string, { asked, failed, failures, notTestable }: Results): string {
	const failedCount = failed.get(check) ?? 0;
	if (failedCount > 0) {
		const failure = failures.find(({ findings }) => findings.some((one) => one.check === check));
		return `FAILS ${failedCount}x (seed ${failure?.seed ?? "?"})`;
	}
	if (notTestable.has(check)) return "not testable";
	const count = asked.get(check) ?? 0;
	return count === 0 ? "not reached" : `holds (${grouped(count)})`;
}
