/** Sign in, sign out, sign up. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Clock, Millis } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import type { UserId } from "../../../shared/ids.ts";
import type { Accounts, NewLogin } from "../../auth/accounts.ts";
import type { Invitations } from "../../auth/invitations.ts";
import type { LoginBrake } from "../../auth/login-brake.ts";
import { nameKey } from "../../auth/name-key.ts";
import type { SignUp } from "../../config.ts";
import { addressOf, networkOf } from "../../gateway/address.ts";
import {
	type AppEnv,
	accountIn,
	forgetGuest,
	forgetLogin,
	guestIn,
	type IdentityParts,
	keepLogin,
} from "../identity.ts";
import { sayMe } from "../me-routes.ts";
import { readJson } from "../read-json.ts";

/** What these routes are handed. */
export interface LoginParts extends Pick<IdentityParts, "cookies" | "base" | "hasGuests"> {
	readonly accounts: Accounts;
	readonly invitations: Invitations;
	readonly brake: LoginBrake;
	readonly clock: Clock;
	/** A guest became somebody that signs in: what they have open comes back as that one. */
	readonly signedIn: (guest: UserId) => void;
	/** Who may make an account of their own. */
	readonly signUp: SignUp;
}

const text = z.string().max(1_000);
const login = z.object({ name: text, password: text });
const passwordChange = z.object({ password: text, next: text });
const signUpForm = z.object({ name: text, password: text, invitation: text.optional() });

/**
 * `GET`, `POST`, `PUT` (another password) and `DELETE /api/login`, the last with `?everywhere` for
 * all devices, and `POST /api/accounts`.
 */
export function loginRoutes(parts: LoginParts): Hono<AppEnv> {
	const { accounts, base, brake, signUp, hasGuests } = parts;
	const app = new Hono<AppEnv>();
	app.get("/api/login", (c) => {
		const isSignedIn = c.get("login") !== null;
		const rules = { isSignedIn, signUp, hasGuests, hasAccounts: accounts.count > 0 };
		return c.json(rules, 200, { "Cache-Control": "no-store" });
	});
	app.post("/api/login", async (c) => {
		const { name, password } = await readJson(c, login);
		refuseWhere(c, brake.waitMs(nameKey(name), peerOf(c)));
		const answer = await signIn(c, parts, { name, password });
		brake.succeeded(nameKey(name), peerOf(c));
		return answer;
	});
	app.put("/api/login", async (c) => {
		const known = c.get("login");
		if (known === null) throw new WeftError("not_signed_in");
		const change = await readJson(c, passwordChange);
		const { name } = known.person;
		refuseWhere(c, brake.waitMs(nameKey(name), peerOf(c)));
		await accounts.changePassword(known, change);
		brake.succeeded(nameKey(name), peerOf(c));
		return signIn(c, parts, { name, password: change.next });
	});
	app.delete("/api/login", async (c) => {
		// Also where a host's token says who it is: the account is signed in beneath it.
		const known = accountIn(c, parts);
		const everywhere = c.req.query("everywhere") !== undefined;
		if (known !== null) await accounts.signOut(known, { everywhere });
		forgetLogin(c, base);
		return c.json({ isSignedIn: false });
	});
	app.post("/api/accounts", async (c) => {
		const { name, password, invitation } = await readJson(c, signUpForm);
		const read = readInvitation(parts, invitation);
		// One that is new has no tries of its own: the address is what is slowed.
		refuseWhere(c, brake.waitMs(null, peerOf(c)));
		await accounts.add({ name, password, invitation: read, isAdmin: false });
		return signIn(c, parts, { name, password });
	});
	return app;
}

/** What of an invitation is kept; null where nobody needs one. */
function readInvitation({ signUp, invitations }: LoginParts, sent = ""): string | null {
	if (signUp === "off") throw new WeftError("signup_off");
	return signUp === "open" ? null : invitations.read(sent);
}

/** Makes the browser that of somebody whose password was let through by the brake. */
async function signIn(
	c: Context<AppEnv>,
	parts: LoginParts,
	{ name, password }: { readonly name: string; readonly password: string },
): Promise<Response> {
	const { accounts, base, clock } = parts;
	const guest = guestIn(c, parts)?.id ?? null;
	const made: NewLogin = await accounts.signIn({ name, password, guest });
	const before = accountIn(c, parts);
	if (before !== null) await accounts.signOut(before, { everywhere: false });
	keepLogin(c, { token: made.token, maxAgeMs: made.untilMs - clock.now() }, base);
	if (guest === null || accounts.isFormer(guest)) forgetGuest(c, base);
	if (guest !== null && accounts.isFormer(guest)) parts.signedIn(guest);
	return c.json(sayMe(made.person, made, accounts), 200, { "Cache-Control": "no-store" });
}

function refuseWhere(c: Context, waitMs: Millis): void {
	if (waitMs === 0) return;
	c.header("Retry-After", String(Math.ceil(waitMs / 1000)));
	throw new WeftError("login_too_often");
}

/** The network that a request comes from; none in a test without a socket. */
function peerOf(c: Context<AppEnv>): string {
	const { incoming } = c.env ?? {};
	return incoming === undefined ? "" : networkOf(addressOf(incoming));
}
