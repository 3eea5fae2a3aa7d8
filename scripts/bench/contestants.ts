/** The servers and boards that are held against each other. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { localServer } from "../converge/systems/local.ts";
import { systemNamed } from "../converge/systems/named.ts";
import {
	type BoardPeerName,
	boardPeerNames,
	boardPeers,
	installedOrInstall,
	isBoardPeer,
} from "../converge/systems/peers.ts";
import { startProcess } from "../converge/systems/process.ts";
import { projectFolder } from "../converge/systems/project.ts";
import type { System } from "../converge/systems/system.ts";
import { weft } from "../converge/systems/weft.ts";
import type { Contestant } from "./drive/stage.ts";

/** Those that are measured where nobody says otherwise, in the order of tables. */
export const contestantNames: readonly string[] = [
	...["floor", "reference", "hocuspocus"],
	...boardPeerNames,
	"weft",
];

/** What an older checkout of Weft is called. */
export const beforeName = "before";

/** Not compiled: it runs as it stands. */
const relay = "scripts/bench/floor-relay.mjs";

/**
 * Lifts the limits of rate and per address: here all people come from one address and type like
 * replayed sessions. The inspector, the log with its syncs and the stamps stay on.
 */
const weftEnv = { WEFT_LIMITS: "off" };

/**
 * The contestant of that name; packages of a peer are fetched where they are not there yet.
 *
 * @throws Error with a sentence where there is none of that name, or it cannot be fetched
 */
export async function contestant(name: string, against: string | null): Promise<Contestant> {
	if (name === "floor") return { name, system: floor(), keepsDocs: false };
	if (name === "weft") return { name, system: weftAt(projectFolder(), name), keepsDocs: true };
	if (name === beforeName && against !== null) {
		return { name, system: weftAt(resolve(against), name), keepsDocs: true };
	}
	if (isBoardPeer(name)) return { name, system: await boardOf(name), keepsDocs: false };
	return { name, system: await systemNamed(name), keepsDocs: true };
}

/** A board of other people: its page is opened by board/open.ts, and no server is started. */
async function boardOf(name: BoardPeerName): Promise<System> {
	await installedOrInstall([name]);
	return {
		name,
		version: boardPeers[name].version,
		note: "a board without its tools around it, as people embed it",
		dialect: "y-websocket",
		abilities: {
			acks: false,
			persistence: false,
			process: false,
			rights: false,
			store: false,
			proxy: false,
		},
		start: () => Promise.reject(new Error(`${name} is no server`)),
	};
}

/** The built server of a checkout. */
function weftAt(folder: string, name: string): System {
	const script = join(folder, "dist/server/main.js");
	const asked = spawnSync("git", ["-C", folder, "rev-parse", "--short", "HEAD"]);
	const commit = asked.status === 0 ? String(asked.stdout).trim() : "of an unknown commit";
	const system = weft({ name, script, env: weftEnv });
	return { ...system, version: commit, note: "limits of rate and per address lifted, all else on" };
}

/** The bare relay; `env` for the tests, which plant a fault in it. */
export function floor(env: Readonly<Record<string, string>> = {}): System {
	return {
		name: "floor",
		version: `ws ${packageVersion("ws")}`,
		note: "a bare relay over ws: one frame for all, no doc, no disk, no checks",
		dialect: "y-websocket",
		abilities: {
			acks: false,
			persistence: false,
			process: true,
			rights: false,
			store: false,
			proxy: true,
		},
		start: async (_, port) =>
			localServer(await startFloor(port, env), { dialect: "y-websocket", path: "" }),
	};
}

/** The version that package.json asks for, exactly. */
function packageVersion(name: string): string {
	const text = readFileSync(join(projectFolder(), "package.json"), "utf8");
	const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
	return dependencies[name] ?? "";
}

function startFloor(port: number, env: Readonly<Record<string, string>>) {
	return startProcess({
		args: [join(projectFolder(), relay)],
		env: { PORT: String(port), ...env },
		ready: /^floor listening on port (\d+)/m,
		port,
	});
}
