/** A server in a process of its own, which can be killed like a machine that loses power. */
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { weft } from "../converge/systems/weft.ts";

// A session of hours in seconds: no person types so fast.
const system = weft({ env: { WEFT_LIMITS: "off", WEFT_LISTING: "on" }, isEchoed: true });

/** A server that listens. */
export interface ServerProcess {
	readonly url: string;
	/** SIGKILL: no word to anybody, nothing written. Resolves when it is gone. */
	kill(): Promise<void>;
	/** SIGTERM: it finishes what it writes. Resolves with its exit code. */
	stop(): Promise<number | null>;
}

/** Starts the built server on a free port; resolves at its ready line. */
export async function startServer(dataDir: string): Promise<ServerProcess> {
	const server = await system.start(dataDir, 0);
	return {
		url: server.origin,
		kill: () => server.kill(),
		stop: async () => (await server.stop()).code,
	};
}

/** A directory for one server's data; `drop` removes it. */
export async function makeDataDir(): Promise<{ path: string; drop(): Promise<void> }> {
	const path = await mkdtemp(join(tmpdir(), "weft-replay-"));
	return { path, drop: () => rm(path, { recursive: true, force: true }) };
}

/** Bytes of all files in a directory. */
export async function bytesOnDisk(path: string): Promise<number> {
	let bytes = 0;
	for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
		if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
	}
	return bytes;
}
