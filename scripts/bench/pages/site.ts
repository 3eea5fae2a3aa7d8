/**
 * Where a page that is measured comes from, and a room in it that says what it is told to: the
 * same frames at the same time, whoever's page it is.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import * as Y from "yjs";
import { encodeStep1, encodeStep2, encodeUpdate } from "../../../shared/protocol.ts";
import { projectFolder } from "../../converge/systems/project.ts";
import { bodyAt, kind, kindOf } from "../people/words.ts";

/** Serves a page: answers a request. */
export type Serve = (asked: IncomingMessage, answer: ServerResponse) => void;

const types: Readonly<Record<string, string>> = {
	".html": "text/html; charset=utf-8",
	".js": "text/javascript",
	".css": "text/css",
};

/** A page's address and its room. `close()` it. */
export class PageSite {
	/** What the room holds, and what the page wrote into it. */
	readonly doc: Y.Doc;
	readonly #sockets = new Set<WebSocket>();
	readonly #server;

	/** Opens it on a free port; the page's WebSocket may have any path. */
	static async open(serve: Serve, doc: Y.Doc): Promise<PageSite> {
		const site = new PageSite(serve, doc);
		await new Promise<void>((resolve) => site.#server.listen(0, "127.0.0.1", resolve));
		return site;
	}

	private constructor(serve: Serve, doc: Y.Doc) {
		this.doc = doc;
		this.#server = createServer(serve);
		const sockets = new WebSocketServer({ server: this.#server, perMessageDeflate: false });
		sockets.on("connection", (socket) => this.#welcome(socket));
	}

	/** `http://localhost:1234`. */
	get origin(): string {
		return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
	}

	/** Says updates to everybody there, each in a frame of its own. @throws Error to nobody */
	say(updates: readonly Uint8Array[]): void {
		if (this.#sockets.size === 0) throw new Error("the page is not connected just now");
		const frames = updates.map(encodeUpdate);
		for (const socket of this.#sockets) for (const frame of frames) socket.send(frame);
	}

	/** Cuts all connections; who comes back is let in. */
	cut(): void {
		for (const socket of this.#sockets) socket.terminate();
	}

	/** Lets everybody go. */
	async close(): Promise<void> {
		this.cut();
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	#welcome(socket: WebSocket): void {
		this.#sockets.add(socket);
		socket.on("close", () => this.#sockets.delete(socket));
		socket.on("message", (bytes: Buffer) => {
			const what = kindOf(bytes, 0);
			const body = () => Uint8Array.from(bytes.subarray(bodyAt(bytes, 2)));
			if (what === kind.stateVector) {
				socket.send(encodeStep2(Y.encodeStateAsUpdate(this.doc, body())));
				socket.send(encodeStep1(Y.encodeStateVector(this.doc)));
			} else if (what === kind.update || what === kind.missing) Y.applyUpdate(this.doc, body());
		});
	}
}

/** Hands every request on to a server. */
export function handsOnTo(origin: string): Serve {
	return (asked, answer) => {
		const { method, headers, url } = asked;
		const handed = request(new URL(url ?? "/", origin), { method, headers }, (given) => {
			answer.writeHead(given.statusCode ?? 502, given.headers);
			given.pipe(answer);
		});
		handed.on("error", () => answer.writeHead(502).end());
		asked.pipe(handed);
	};
}

/** The page of the peers, bundled; `remove()` it. */
export async function bundlePeers(): Promise<{ serve: Serve; remove(): Promise<void> }> {
	const { build } = await import("vite");
	const folder = await mkdtemp(join(tmpdir(), "weft-bench-page-"));
	const root = join(projectFolder(), "scripts/bench/pages");
	await build({
		root,
		configFile: false,
		logLevel: "error",
		resolve: { dedupe: ["yjs", "lib0", "y-protocols"] },
		build: {
			outDir: folder,
			emptyOutDir: true,
			rollupOptions: { input: join(root, "peers.html") },
		},
	});
	return {
		serve: (asked, answer) => {
			const { pathname } = new URL(asked.url ?? "/", "http://host");
			readFile(join(folder, pathname)).then(
				(bytes) => {
					answer.setHeader("content-type", types[extname(pathname)] ?? "application/octet-stream");
					answer.end(bytes);
				},
				() => answer.writeHead(404).end(),
			);
		},
		remove: () => rm(folder, { recursive: true }),
	};
}
