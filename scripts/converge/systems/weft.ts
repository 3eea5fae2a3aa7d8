/** Weft's own server: the built one of this checkout, or one that stands in its place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { localServer } from "./local.ts";
import { type Process, startProcess } from "./process.ts";
import { projectFolder } from "./project.ts";
import type { Identity, System } from "./system.ts";

/** How it differs from what `npm start` runs. */
export interface WeftOptions {
	/** What tables call it; `weft` where nothing is given. */
	readonly name?: string;
	/** The script, from its root: one with planted faults, say. */
	readonly script?: string;
	/** Settings on top of ours: `npm start -- --help` lists them. */
	readonly env?: Readonly<Record<string, string>>;
	/** Writes what it says on stderr to ours too. */
	readonly isEchoed?: boolean;
}

/** Said where the app is not built, which nobody here looks at. */
const aboutApp = /^serveStatic: root path/;
/** Where the WebSockets are. */
const syncPath = "/sync";

/** Weft with its own limits, as it is started by `npm start`. */
export function weft(options: WeftOptions = {}): System {
	return {
		name: options.name ?? "weft",
		version: versionOfCheckout(),
		note: "as npm start runs it",
		dialect: "weft",
		abilities: {
			acks: true,
			persistence: true,
			process: true,
			rights: true,
			people: options.env?.["WEFT_SIGNUP"] === "open",
			store: true,
			proxy: true,
		},
		start: async (directory, port) =>
			localServer(await startWeft(directory, port, options), {
				dialect: "weft",
				path: syncPath,
				identify: becomeGuest,
			}),
	};
}

function startWeft(directory: string, port: number, options: WeftOptions): Promise<Process> {
	return startProcess({
		// As scripts/start.mjs does.
		args: [
			"--initial-heap-size=256",
			"--min-semi-space-size=32",
			"--max-semi-space-size=32",
			"--expose-gc",
			options.script ?? join(projectFolder(), "dist/server/main.js"),
		],
		env: {
			PORT: String(port),
			HOST: "127.0.0.1",
			WEFT_DATA: directory,
			WEFT_LOG: "error",
			// As scripts/steps/process.mjs does: LevelDB's writes and file reads share the pool.
			UV_THREADPOOL_SIZE: "8",
			...options.env,
		},
		ready: /^weft listening on http:\S+:(\d+)/m,
		port,
		isComplaint: (entry) => !aboutApp.test(entry),
		isEchoed: options.isEchoed ?? false,
	});
}

/**
 * A guest of a Weft server: the signed cookie that its WebSocket request carries.
 *
 * @throws Error where that server does not answer as Weft does
 */
export async function becomeGuest(origin: string, name: string): Promise<Identity> {
	const first = await ask(origin, {});
	const named = await ask(origin, {
		method: "PUT",
		headers: { cookie: first.cookie, "content-type": "application/json" },
		body: JSON.stringify({ name }),
	});
	return { id: named.id, headers: { cookie: named.cookie } };
}

async function ask(origin: string, request: RequestInit): Promise<{ id: string; cookie: string }> {
	const response = await fetch(`${origin}/api/me`, { ...request, redirect: "error" });
	const cookie = response.headers.getSetCookie().map((line) => line.split(";")[0]);
	const { id } = response.ok ? ((await response.json()) as { id?: unknown }) : {};
	if (typeof id === "string" && cookie.length > 0) return { id, cookie: cookie.join("; ") };
	throw new Error(`${origin}/api/me does not answer as Weft does: ${response.status}`);
}

/** The version that package.json names. */
export function versionOfCheckout(): string {
	const text = readFileSync(join(projectFolder(), "package.json"), "utf8");
	return (JSON.parse(text) as { version: string }).version;
}
