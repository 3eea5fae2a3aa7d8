/** Whose core is whose: a server is measured alone on one, its clients are on another. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Cores } from "./stage.ts";

/** One core for the server and one for the clients, or why not. */
export function pickCores(): { readonly cores: Cores | null; readonly say: string } {
	const ours = coresOfThisProcess();
	const [server] = ours;
	// The last one: the second is often the first one's other half.
	const client = ours.at(-1);
	if (server === undefined || client === undefined || server === client) {
		return { cores: null, say: "Nothing is pinned: there is one core for all" };
	}
	if (spawnSync("taskset", ["-V"]).status !== 0) {
		return { cores: null, say: "Nothing is pinned: there is no taskset here" };
	}
	return { cores: { server, client }, say: `Server on core ${server}, clients on core ${client}` };
}

/** The command that starts another on a core, or nothing. */
export function pinTo(core: number | undefined): readonly string[] {
	return core === undefined ? [] : ["taskset", "-c", String(core)];
}

/** Cores that this process may use; none where that is not said. */
function coresOfThisProcess(): readonly number[] {
	let text: string;
	try {
		text = readFileSync("/proc/self/status", "utf8");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
		throw error;
	}
	const list = /^Cpus_allowed_list:\s+(\S+)$/m.exec(text)?.[1] ?? "";
	return list.split(",").flatMap((part) => {
		const [from = 0, to = from] = part.split("-").map(Number);
		return Array.from({ length: to - from + 1 }, (_, index) => from + index);
	});
}
