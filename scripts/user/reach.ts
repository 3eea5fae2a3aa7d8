/**
 * The way from a command line to what a data folder keeps: the socket of a server that runs, else
 * the folder's store. Both are asked by the same routes, so both do the same.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { type Config, ConfigError, readConfig } from "../../server/config.ts";
import { operatorSocketPath } from "../../server/http/operator/operator-socket.ts";
import { nodeClock } from "../../server/node-clock.ts";
import { StoreOpenError } from "../../server/store/level.ts";
import { type LevelStore, openLevelStore } from "../../server/store/level-store.ts";
import type { Clock } from "../../shared/clock.ts";
import { isFailureCode } from "../../shared/errors.ts";
import { UserError } from "./user-error.ts";

/** What a route answers. */
export interface Answer {
	readonly status: number;
	readonly text: string;
}

/** What is asked of a route. */
export interface Asked {
	readonly method: string;
	readonly path: string;
	/** What goes along as JSON, where something does. */
	readonly body?: unknown;
}

/** Asks one route. */
export type Ask = (asked: Asked) => Promise<Answer>;

/** Somebody who answers. Close it at the end. */
export interface Reached {
	readonly ask: Ask;
	/** True where a server runs. */
	readonly isServed: boolean;
	/** Lets go of the store, where it had to be opened. */
	readonly close: () => Promise<void>;
}

/** A data folder that no server uses, open. */
export interface OpenFolder {
	readonly config: Config;
	readonly store: LevelStore;
	readonly clock: Clock;
	readonly reportError: (error: unknown) => void;
}

/** The routes of one who answers, as Hono has them. */
export interface Routes {
	request(path: string, init: RequestInit): Response | Promise<Response>;
}

/** How to reach it. */
export interface ReachOptions {
	readonly cwd: string;
	/** True where a server that never ran is to be reached too. */
	readonly makesFolder: boolean;
	/** Makes the routes of a folder that no server uses; what they need is closed first. */
	readonly open: (
		folder: OpenFolder,
	) => Promise<{ readonly app: Routes; readonly close: () => Promise<void> }>;
}

/**
 * Finds the server of the data folder, or opens the folder's store.
 *
 * @throws UserError where a server has the store and cannot be spoken to, a setting is wrong, or
 * there is no folder
 */
export async function reach(
	env: NodeJS.ProcessEnv,
	{ cwd, makesFolder, open }: ReachOptions,
): Promise<Reached> {
	const config = readSettings(env, cwd);
	const { dataDir } = config;
	const path = operatorSocketPath(dataDir);
	if (path !== null && (await isAnswered(path))) {
		return { ask: askSocket(path), isServed: true, close: () => Promise.resolve() };
	}
	if (makesFolder) await mkdir(dataDir, { recursive: true, mode: 0o700 });
	else if (!existsSync(dataDir)) {
		throw new UserError(
			`There is no data folder ${dataDir}. Start the server once, or set WEFT_DATA.`,
		);
	}
	return openStore(config, open);
}

/** The JSON of an answer. @throws UserError with what the server says against it */
export async function ask(way: Ask, asked: Asked): Promise<unknown> {
	const { status, text } = await way(asked);
	const answer = parse(text);
	if (status < 400 && answer !== undefined) return answer;
	const { error } = (answer ?? {}) as { error?: { code?: unknown; message?: unknown } };
	const code = isFailureCode(error?.code) ? error.code : null;
	const unknown = `The server answered ${status}. Is it older than this command?`;
	throw new UserError(typeof error?.message === "string" ? error.message : unknown, code);
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function readSettings(env: NodeJS.ProcessEnv, cwd: string): Config {
	try {
		const config = readConfig({ env, args: [], cwd, webDir: "" });
		if (config !== null) return config;
	} catch (error) {
		if (error instanceof ConfigError) throw new UserError(error.message);
		throw error;
	}
	throw new UserError("The settings cannot be read.");
}

async function openStore(config: Config, open: ReachOptions["open"]): Promise<Reached> {
	const { historyMs } = config;
	const directory = join(config.dataDir, "store");
	const clock = nodeClock;
	const options = { directory, clock, historyMs, acceptDamage: false, writable: () => undefined };
	const store = await openLevelStore(options).catch((error: unknown) => {
		if (error instanceof StoreOpenError) throw new UserError(error.message);
		throw error;
	});
	const reportError = (error: unknown) => process.stderr.write(`${String(error)}\n`);
	const { app, close } = await open({ config, store, clock, reportError });
	return {
		isServed: false,
		ask: async ({ method, path, body }) => {
			const answer = await app.request(path, {
				method,
				...(body !== undefined && { body: JSON.stringify(body) }),
			});
			return { status: answer.status, text: await answer.text() };
		},
		close: async () => {
			await close();
			await store.records.close();
			await store.log.close();
		},
	};
}

/** False where nobody listens: no server runs, or one was killed and left its socket behind. */
async function isAnswered(path: string): Promise<boolean> {
	try {
		await askSocket(path)({ method: "GET", path: "/accounts" });
		return true;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT" || code === "ECONNREFUSED") return false;
		throw new UserError(`The server of this data folder cannot be spoken to: ${code}.`);
	}
}

function askSocket(socketPath: string): Ask {
	return ({ method, path, body }) =>
		new Promise((resolve, reject) => {
			const asking = request({ socketPath, method, path, agent: false }, (answer) => {
				let text = "";
				answer.setEncoding("utf8");
				answer.on("data", (part: string) => {
					text += part;
				});
				answer.on("error", reject);
				answer.on("end", () => resolve({ status: answer.statusCode ?? 500, text }));
			});
			asking.on("error", reject);
			asking.end(body === undefined ? undefined : JSON.stringify(body));
		});
}
