/**
 * The reference server, @y/websocket-server, started as its README says:
 * `HOST=… PORT=… YPERSISTENCE=./dbDir npx y-websocket`, which persists through y-leveldb.
 */
import { join } from "node:path";
import { localServer } from "./local.ts";
import { type Fetching, installedOrInstall, peerFolder, peers } from "./peers.ts";
import { onPort, startProcess } from "./process.ts";
import type { System } from "./system.ts";

/** It says that it listens before its database is open, and ends where that cannot be opened. */
const settleMs = 200;
/** What `npx y-websocket` starts. */
const script = "node_modules/@y/websocket-server/src/server.js";

/**
 * Fetches it where it is not there yet.
 *
 * @throws Error with a sentence where it cannot be fetched
 */
export async function reference(fetching?: Fetching): Promise<System> {
	await installedOrInstall(["reference"], fetching);
	const { version, packages } = peers.reference;
	return {
		name: "reference",
		version,
		note: `@y/websocket-server with y-leveldb ${packages["y-leveldb"]}, as its README says`,
		dialect: "y-websocket",
		abilities: {
			acks: false,
			persistence: true,
			process: true,
			rights: false,
			store: true,
			proxy: true,
		},
		// It cannot take any free port itself.
		start: (directory, port) =>
			onPort(port, async (own) => localServer(await startReference(directory, own), parts)),
	};
}

const parts = { dialect: "y-websocket", path: "" } as const;

function startReference(directory: string, port: number) {
	const folder = peerFolder("reference");
	return startProcess({
		args: [join(folder, script)],
		cwd: folder,
		env: { HOST: "127.0.0.1", PORT: String(port), YPERSISTENCE: directory },
		ready: /^running at /m,
		settleMs,
		port,
	});
}
