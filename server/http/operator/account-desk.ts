/**
 * What who runs this server does with accounts on its page. Those of other operators are left alone
 * there: they are made, given a password and taken away at the command line only, so that a stolen
 * login of one is no way to the others.
 */
import type { Hono } from "hono";
import { z } from "zod";
import { WeftError } from "../../../shared/errors.ts";
import { parseUserId, type UserId } from "../../../shared/ids.ts";
import type { OperatedAccount } from "../../../shared/operator.ts";
import type { Named } from "../../../shared/room-access.ts";
import { type Accounts, loginMs } from "../../auth/accounts.ts";
import type { Invitations } from "../../auth/invitations.ts";
import type { SignUp } from "../../config.ts";
import type { AccountRecord } from "../../store/records.ts";
import type { AppEnv } from "../identity.ts";
import { readJson } from "../read-json.ts";
import type { OperatorDesk } from "./desk.ts";

/** What these routes are handed. */
export interface AccountDeskParts {
	readonly accounts: Accounts;
	readonly invitations: Invitations;
	/** Who may make an account of their own. */
	readonly signUp: SignUp;
	readonly operator: Pick<OperatorDesk, "noted">;
}

type Show = (record: AccountRecord, here: ReadonlySet<UserId>) => OperatedAccount;

const text = z.string().max(1_000);
const newAccount = z.object({ name: text, password: text });
const newPassword = z.object({ password: text });

/** Puts the routes below `/api/admin/accounts`, and says how an account is shown there. */
export function operateAccounts(app: Hono<AppEnv>, parts: AccountDeskParts): Show {
	const { accounts, invitations, signUp } = parts;
	const noted = ({ id, name }: Named, act: string, about: string) =>
		parts.operator.noted({ id, name }, act, about);
	app.post("/api/admin/accounts", async (c) => {
		const wanted = await readJson(c, newAccount);
		const made = await accounts.add({ ...wanted, isAdmin: false, invitation: null });
		noted(c.get("person"), "add", made.name);
		return c.json(show(made, nobody), 201);
	});
	app.put("/api/admin/accounts/:id/password", async (c) => {
		const { name } = memberIn(c.req.param("id"), accounts);
		const { password } = await readJson(c, newPassword);
		const changed = await accounts.reset(name, password);
		noted(c.get("person"), "reset", name);
		return c.json(show(changed, nobody));
	});
	app.delete("/api/admin/accounts/:id/logins", async (c) => {
		const { name } = liveIn(c.req.param("id"), accounts);
		const changed = await accounts.endLogins(name);
		noted(c.get("person"), "sign out", name);
		return c.json(show(changed, nobody));
	});
	app.delete("/api/admin/accounts/:id", async (c) => {
		const { id, name } = memberIn(c.req.param("id"), accounts);
		await accounts.remove(name);
		noted(c.get("person"), "remove", name);
		return c.json({ id });
	});
	app.post("/api/admin/invitations", (c) => {
		if (signUp !== "invite") throw new WeftError("signup_off");
		noted(c.get("person"), "invite", "");
		return c.json({ invitation: invitations.mint() }, 201);
	});
	return show;
}

const nobody: ReadonlySet<UserId> = new Set();

/** What of an account its operator sees: nothing that signs anybody in. */
function show({ id, name, isAdmin, madeAtMs, logins }: AccountRecord, here: ReadonlySet<UserId>) {
	const untilMs = Math.max(...logins.map((login) => login.untilMs));
	const signedInAtMs = logins.length === 0 ? null : untilMs - loginMs;
	const loginCount = logins.length;
	return { id, name, isAdmin, madeAtMs, loginCount, signedInAtMs, isHere: here.has(id) };
}

/** @throws WeftError `not_found` */
function liveIn(text: string, accounts: Accounts): AccountRecord {
	const id = parseUserId(text);
	const record = id === null ? null : accounts.find(id);
	if (record === null) throw new WeftError("not_found", "no such account");
	return record;
}

/** @throws WeftError `not_found`, `bad_request` for another operator's, and for the own one */
function memberIn(text: string, accounts: Accounts): AccountRecord {
	const record = liveIn(text, accounts);
	if (record.isAdmin) throw new WeftError("bad_request", "an operator's account");
	return record;
}
