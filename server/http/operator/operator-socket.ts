/**
 * The socket on which who runs this server speaks to it while it runs: LevelDB has one owner. It
 * lies in the data folder and opens for whoever may read that, and for nobody on the network.
 */
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

/** Longest path of a socket, with the zero at its end: the smallest of all systems (macOS). */
const pathBytesMax = 103;

/** Where the socket of a data folder is; null where the folder's path is too long for one. */
export function operatorSocketPath(dataDir: string): string | null {
	if (process.platform === "win32") {
		const name = createHash("sha256").update(dataDir.toLowerCase()).digest("hex").slice(0, 32);
		return `\\\\.\\pipe\\weft-${name}`;
	}
	const path = join(dataDir, "admin.sock");
	return Buffer.byteLength(path) > pathBytesMax ? null : path;
}

/**
 * Listens; call it with the store open, so that one which is left of a crash is nobody's. Resolves
 * with what closes it.
 *
 * @throws Error where the folder allows no socket
 */
export async function openOperatorSocket(path: string, app: Hono): Promise<() => Promise<void>> {
	const isFile = process.platform !== "win32";
	if (isFile) await rm(path, { force: true });
	const server = createServer(getRequestListener(app.fetch));
	await listen(server, path);
	return () =>
		new Promise((resolve) => {
			server.close(() => resolve());
			server.closeAllConnections();
		});
}

/** The socket is made while `server.listen` runs: at no moment may anybody else open it. */
function listen(server: Server, path: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		const before = process.umask(0o177);
		server.listen(path, () => {
			server.off("error", reject);
			resolve();
		});
		process.umask(before);
	});
}
