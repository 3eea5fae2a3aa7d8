/** Who am I, and may I be called something else. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { cleanPersonName, isPersonColor } from "../../shared/awareness.ts";
import { WeftError } from "../../shared/errors.ts";
import { isFriendlyName } from "../../shared/friendly-name.ts";
import { isAccountId } from "../../shared/ids.ts";
import type { Accounts, Login } from "../auth/accounts.ts";
import type { Guest, GuestCookies } from "../auth/guest.ts";
import { type AppEnv, keepGuest } from "./identity.ts";
import { readJson } from "./read-json.ts";

/** What these routes are handed. */
export interface MeParts {
	readonly cookies: GuestCookies;
	readonly accounts: Accounts;
	/** The path under which browsers see this server, with a slash at both ends. */
	readonly base: string;
	/** Shows the new name and colour in all open rooms. */
	readonly rename: (guest: Guest) => void;
	/** A name that nobody here has. */
	readonly nextName: () => string;
}

/** What may be changed about oneself. */
const meChange = z.object({
	name: z.string().max(400).optional(),
	color: z.string().max(40).optional(),
	/** Asks for another friendly name in place of one that nobody chose: somebody here has it too. */
	isNamesake: z.boolean().optional(),
});
type MeChange = z.infer<typeof meChange>;

/** `GET` and `PUT /api/me`. */
export function meRoutes(parts: MeParts): Hono<AppEnv> {
	const { accounts, rename } = parts;
	const app = new Hono<AppEnv>();
	app.get("/api/me", (c) =>
		c.json(sayMe(c.get("person"), c.get("login"), accounts), 200, { "Cache-Control": "no-store" }),
	);
	app.put("/api/me", async (c) => {
		const change = await readJson(c, meChange);
		const login = c.get("login");
		const me = await (login === null
			? changeGuest(c, parts, change)
			: changeMember(login, parts, change));
		rename(me);
		return c.json(sayMe(me, login, accounts));
	});
	return app;
}

/** What a page is told of its person. */
export function sayMe(person: Guest, login: Login | null, accounts: Accounts) {
	if (login === null) return person;
	return { ...person, isSignedIn: true, isAdmin: login.isAdmin, was: accounts.formerOf(person.id) };
}

async function changeGuest(
	c: Context<AppEnv>,
	{ cookies, base, nextName, accounts }: MeParts,
	change: MeChange,
): Promise<Guest> {
	const me = c.get("person");
	const isToBeCalledAnew = change.isNamesake === true && isFriendlyName(me.name);
	const name = cleanPersonName(change.name ?? (isToBeCalledAnew ? nextName() : me.name));
	if (name === null) throw new WeftError("bad_request", "a name has at least one letter");
	if (change.name !== undefined && accounts.isTaken(name)) throw new WeftError("name_taken");
	const guest: Guest = { id: me.id, name, color: colorIn(change, me) };
	keepGuest(c, guest, { cookies, base });
	return guest;
}

/** Who signs in keeps the name of their account. */
async function changeMember(login: Login, { accounts }: MeParts, change: MeChange): Promise<Guest> {
	const { person } = login;
	if (change.name !== undefined && cleanPersonName(change.name) !== person.name) {
		throw new WeftError("name_fixed");
	}
	const color = colorIn(change, person);
	if (color === person.color) return person;
	// Whom a host application speaks of is as it says.
	if (!isAccountId(person.id)) throw new WeftError("name_fixed");
	return accounts.paint(login, color);
}

function colorIn({ color }: MeChange, me: Guest): string {
	if (color === undefined) return me.color;
	if (!isPersonColor(color)) throw new WeftError("bad_request", "a colour is # and six digits");
	return color;
}
