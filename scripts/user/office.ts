/**
 * Where accounts are made and taken away: by `server/http/operator/account-routes.ts`, whether a
 * server runs or not.
 */
import { openPeople } from "../../server/auth/people.ts";
import { accountRoutes } from "../../server/http/operator/account-routes.ts";
import { type Ask, ask, reach } from "./reach.ts";

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

	#read(method: string, path: string, body?: unknown): Promise<unknown> {
		return ask(this.#ask, { method, path, body });
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
	const reached = await reach(env, {
		...{ cwd, makesFolder },
		open: async ({ config, store, clock, reportError }) => {
			const { records } = store;
			const { hasher, ...people } = await openPeople(config.dataDir, records, clock);
			const app = accountRoutes({ ...people, reportError });
			return { app, close: () => hasher.close() };
		},
	});
	return new Office(reached.ask, reached.close);
}
