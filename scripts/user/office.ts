/**
 * Where accounts are made and taken away: on the socket of a server that runs, else on its store.
 * Both speak the routes of `server/http/people/admin-routes.ts`, so both do the same.
 */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { openPeople } from "../../server/auth/people.ts";
import { ConfigError, readConfig } from "../../server/config.ts";
import { adminRoutes } from "../../server/http/people/admin-routes.ts";
import { adminSocketPath } from "../../server/http/people/admin-socket.ts";
import { nodeClock } from "../../server/node-clock.ts";
import { StoreOpenError } from "../../server/store/level.ts";
import { openLevelStore } from "../../server/store/level-store.ts";
import { UserError } from "./asked.ts";

/** An account as its operator sees it. */
export interface ShownAccount {
	readonly id: string;
	readonly name: string;
	readonly isAdmin: boolean;
	readonly madeAtMs: number;
	/** Devices on which they are signed in. */
	readonly loginCount: number;
}

/** Who is to have an account. */
export interface WantedAccount {
	readonly name: string;
	readonly password: string;
	readonly isAdmin: boolean;
}

interface Answer {
	readonly status: number;
	readonly text: string;
}

type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** See the head of this file. What it cannot do it says as a `UserError`. */
export class Office {
	readonly #ask: Ask;
	readonly #close: () => Promise<void>;

	constructor(ask: Ask, close: () => Promise<void>) {
		this.#ask = ask;
		this.#close = close;
	}

	/** Everybody who can sign in. */
	async list(): Promise<ShownAccount[]> {
		return ((await this.#read("GET", "/accounts")) as { accounts: ShownAccount[] }).accounts;
	}

	async add({ name, password, isAdmin }: WantedAccount): Promise<ShownAccount> {
		return (await this.#read("POST", "/accounts", { name, password, isAdmin })) as ShownAccount;
	}

	async reset(name: string, password: string): Promise<ShownAccount> {
		return (await this.#read("PUT", `${pathOf(name)}/password`, { password })) as ShownAccount;
	}

	async remove(name: string): Promise<void> {
		await this.#read("DELETE", pathOf(name));
	}

	/** A new invitation. */
	async invite(): Promise<string> {
		return ((await this.#read("POST", "/invitations")) as { invitation: string }).invitation;
	}

	/** Lets go of the store, where it had to be opened. */
	close(): Promise<void> {
		return this.#close();
	}

	async #read(method: string, path: string, body?: unknown): Promise<unknown> {
		const { status, text } = await this.#ask(method, path, body);
		const answer = JSON.parse(text) as { error?: { message: string } };
		if (status < 400) return answer;
		throw new UserError(answer.error?.message ?? `The server answered ${status}.`);
	}
}

function pathOf(name: string): string {
	return `/accounts/${encodeURIComponent(name)}`;
}

/**
 * Finds the server of the data folder, or opens the folder's store. With `makesFolder` a server
 * that never ran has accounts too.
 *
 * @throws UserError where a server has the store and cannot be spoken to, a setting is wrong, or
 * there is no folder
 */
export async function openOffice(
	env: NodeJS.ProcessEnv,
	{ cwd, makesFolder }: { cwd: string; makesFolder: boolean },
): Promise<Office> {
	const { dataDir, historyMs } = readSettings(env, cwd);
	const path = adminSocketPath(dataDir);
	if (path !== null && (await isAnswered(path))) {
		return new Office(askSocket(path), () => Promise.resolve());
	}
	if (makesFolder) await mkdir(dataDir, { recursive: true, mode: 0o700 });
	else if (!existsSync(dataDir)) {
		throw new UserError(
			`There is no data folder ${dataDir}. Start the server once, or set WEFT_DATA.`,
		);
	}
	return openStore(dataDir, historyMs);
}

function readSettings(env: NodeJS.ProcessEnv, cwd: string) {
	try {
		const config = readConfig({ env, args: [], cwd, webDir: "" });
		if (config !== null) return config;
	} catch (error) {
		if (error instanceof ConfigError) throw new UserError(error.message);
		throw error;
	}
	throw new UserError("The settings cannot be read.");
}

async function openStore(dataDir: string, historyMs: number): Promise<Office> {
	const directory = join(dataDir, "store");
	const clock = nodeClock;
	const options = { directory, clock, historyMs, acceptDamage: false, writable: () => undefined };
	const store = await openLevelStore(options).catch((error: unknown) => {
		if (error instanceof StoreOpenError) throw new UserError(error.message);
		throw error;
	});
	const { records } = store;
	const { hasher, ...people } = await openPeople(dataDir, records, clock);
	const app = adminRoutes({
		...people,
		reportError: (error) => process.stderr.write(`user: ${String(error)}\n`),
	});
	const ask: Ask = async (method, path, body) => {
		const answer = await app.request(path, {
			method,
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		return { status: answer.status, text: await answer.text() };
	};
	return new Office(ask, async () => {
		await hasher.close();
		await records.close();
		await store.log.close();
	});
}

/** False where nobody listens: no server runs, or one was killed and left its socket behind. */
async function isAnswered(path: string): Promise<boolean> {
	try {
		await askSocket(path)("GET", "/accounts");
		return true;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT" || code === "ECONNREFUSED") return false;
		throw new UserError(`The server of this data folder cannot be spoken to: ${code}.`);
	}
}

function askSocket(socketPath: string): Ask {
	return (method, path, body) =>
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
