/**
 * Accounts, for who runs this server: on a socket that only they can open, or on a store that no
 * server has open. No browser ever reaches these; those of the page are in account-desk.ts.
 */
import type { Hono } from "hono";
import { z } from "zod";
import type { Accounts } from "../../auth/accounts.ts";
import type { Invitations } from "../../auth/invitations.ts";
import type { AccountRecord } from "../../store/records.ts";
import { readJson } from "../read-json.ts";
import { socketApp } from "./socket-app.ts";

/** What these routes are handed. */
export interface AccountRouteParts {
	readonly accounts: Accounts;
	readonly invitations: Invitations;
	/** Told of failures that are not the caller's. */
	readonly reportError: (error: unknown) => void;
}

const text = z.string().max(1_000);
const newAccount = z.object({ name: text, password: text, isAdmin: z.boolean() });
const newPassword = z.object({ password: text });

/**
 * `GET` and `POST /accounts`, `DELETE /accounts/:name`, `PUT /accounts/:name/password`,
 * `POST /invitations`.
 */
export function accountRoutes({ accounts, invitations, reportError }: AccountRouteParts): Hono {
	const app = socketApp(reportError);
	app.get("/accounts", (c) => c.json({ accounts: accounts.list().map(show) }));
	app.post("/accounts", async (c) => {
		const account = await readJson(c, newAccount);
		return c.json(show(await accounts.add({ ...account, invitation: null })), 201);
	});
	app.put("/accounts/:name/password", async (c) => {
		const { password } = await readJson(c, newPassword);
		return c.json(show(await accounts.reset(c.req.param("name"), password)));
	});
	app.delete("/accounts/:name", async (c) => {
		const { id } = await accounts.remove(c.req.param("name"));
		return c.json({ id });
	});
	app.post("/invitations", (c) => c.json({ invitation: invitations.mint() }, 201));
	return app;
}

/** What of an account its operator sees: nothing that signs anybody in. */
function show({ id, name, isAdmin, madeAtMs, logins }: AccountRecord) {
	return { id, name, isAdmin, madeAtMs, loginCount: logins.length };
}
