/**
 * @hocuspocus/server with its database extension over LevelDB, as its documentation shows: two
 * functions, fetch and store. Everything else is left at what it comes with, the delay of two to
 * ten seconds before it stores among it.
 *
 * Version 4 asks for Node 22. It was seen to start, sync, store and load with Node 20 too; the note
 * says so where that is what it runs on.
 */
import { copyFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { localServer } from "./local.ts";
import { type Fetching, installedOrInstall, peerFolder, peers } from "./peers.ts";
import { startProcess } from "./process.ts";
import { projectFolder } from "./project.ts";
import type { System } from "./system.ts";

/** The Node that it asks for. */
const nodeMajorMin = 22;
/** Not compiled: a program for the peer's folder. */
const program = "scripts/converge/systems/hocuspocus-main.mjs";

/**
 * Fetches it where it is not there yet.
 *
 * @throws Error with a sentence where it cannot be fetched
 */
export async function hocuspocus(fetching?: Fetching): Promise<System> {
	await installedOrInstall(["hocuspocus"], fetching);
	const script = await putProgram(peerFolder("hocuspocus"));
	return {
		name: "hocuspocus",
		version: peers.hocuspocus.version,
		note: `@hocuspocus/server with its database extension over LevelDB${nodeNote()}`,
		dialect: "hocuspocus",
		abilities: {
			acks: true,
			persistence: true,
			process: true,
			rights: false,
			store: true,
			proxy: true,
		},
		start: async (directory, port) =>
			localServer(await startHocuspocus(script, directory, port), parts),
	};
}

const parts = { dialect: "hocuspocus", path: "" } as const;

function startHocuspocus(script: string, directory: string, port: number) {
	return startProcess({
		args: [script, directory],
		cwd: peerFolder("hocuspocus"),
		env: { HOST: "127.0.0.1", PORT: String(port) },
		ready: /^hocuspocus listening on port (\d+)/m,
		port,
	});
}

/** Beside its packages: Node looks for those from where a program stands. */
async function putProgram(folder: string): Promise<string> {
	const script = join(folder, "main.mjs");
	const draft = `${script}.${process.pid}`;
	await copyFile(join(projectFolder(), program), draft);
	await rename(draft, script);
	return script;
}

function nodeNote(): string {
	const { node } = process.versions;
	if (Number.parseInt(node, 10) >= nodeMajorMin) return "";
	return `; asks for Node ${nodeMajorMin}, runs on ${node}`;
}
