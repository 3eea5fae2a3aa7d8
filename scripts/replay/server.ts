/** A server in a process of its own, which can be killed like a machine that loses power. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Compiled, this file is dist/scripts/replay/server.js. */
const mainPath = fileURLToPath(new URL("../../server/main.js", import.meta.url));

const readyMsMax = 30_000;

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
	const child = spawn(process.execPath, [mainPath], {
		env: {
			...process.env,
			PORT: "0",
			WEFT_DATA: dataDir,
			// A session of hours in seconds: no person types so fast.
			WEFT_LIMITS: "off",
			WEFT_LOG: "error",
			UV_THREADPOOL_SIZE: "8",
		},
		stdio: ["ignore", "pipe", "inherit"],
	});
	const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
	const url = await readyLine(child, gone);
	const end = (signal: NodeJS.Signals) => {
		child.kill(signal);
		return gone;
	};
	return {
		url,
		kill: async () => {
			await end("SIGKILL");
		},
		stop: () => end("SIGTERM"),
	};
}

async function readyLine(child: ChildProcess, gone: Promise<unknown>): Promise<string> {
	let timer: NodeJS.Timeout | undefined;
	const ready = new Promise<string>((resolve, reject) => {
		let said = "";
		child.stdout?.on("data", (chunk: Buffer) => {
			said += chunk.toString();
			const url = /weft listening on (\S+)/.exec(said)?.[1];
			if (url !== undefined) resolve(url);
		});
		gone.then(() => reject(new Error("The server ended before it was ready.")), reject);
		timer = setTimeout(() => reject(new Error("The server was not ready in time.")), readyMsMax);
	});
	return ready.finally(() => clearTimeout(timer));
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
