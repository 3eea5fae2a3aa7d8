/** Bundles the page beside this file as people get it, and serves it under the app's own policy. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { vi } from "vitest";

/** A page that is served; close it. */
export interface ServedPage {
	readonly url: string;
	close(): Promise<void>;
}

/** A picture of one pixel. */
export const dotPng = Buffer.from(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ" +
		"RU5ErkJggg==",
	"base64",
);

/** Builds and serves, with as much of the server's API as photos want. */
export async function servePage(): Promise<ServedPage> {
	const folder = await mkdtemp(join(tmpdir(), "weft-chat-"));
	vi.stubEnv("NODE_ENV", "production");
	await build({
		configFile: false,
		root: fileURLToPath(new URL(".", import.meta.url)),
		logLevel: "error",
		resolve: { dedupe: ["yjs", "lib0", "y-protocols"] },
		build: { outDir: folder, emptyOutDir: true, modulePreload: { polyfill: false } },
	});
	vi.unstubAllEnvs();
	const server = await listen(folder);
	return {
		url: `http://localhost:${(server.address() as AddressInfo).port}/`,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

const types: Readonly<Record<string, string>> = {
	".html": "text/html",
	".js": "text/javascript",
	".css": "text/css",
};

async function listen(folder: string): Promise<Server> {
	const server = createServer((request, response) => {
		request.resume();
		if (request.url?.startsWith("/api/")) {
			answerPhoto(response, request.method === "PUT");
			return;
		}
		const path = request.url === "/" ? "/index.html" : (request.url ?? "");
		readFile(join(folder, path)).then(
			(bytes) => {
				response.writeHead(200, {
					"content-type": types[extname(path)] ?? "application/octet-stream",
					"content-security-policy": "default-src 'self'; img-src 'self' data: blob:",
				});
				response.end(bytes);
			},
			() => response.writeHead(404).end(),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
	return server;
}

/** What the server says of any picture. */
const received = {
	blob: "0".repeat(64),
	type: "image/png",
	width: 1,
	height: 1,
	bytes: dotPng.length,
	receivedAtMs: 1,
};

function answerPhoto(response: ServerResponse, isUpload: boolean): void {
	const type = isUpload ? "application/json" : "image/png";
	response.writeHead(isUpload ? 201 : 200, { "content-type": type });
	response.end(isUpload ? JSON.stringify(received) : dotPng);
}
