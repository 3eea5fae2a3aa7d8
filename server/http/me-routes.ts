/** Who am I, and may I be called something else. */
import { Hono } from "hono";
import { z } from "zod";
import { cleanPersonName, isPersonColor } from "../../shared/awareness.ts";
import { WeftError } from "../../shared/errors.ts";
import { isFriendlyName } from "../../shared/friendly-name.ts";
import type { Guest, GuestCookies } from "../auth/guest.ts";
import { type AppEnv, keepGuest } from "./identity.ts";
import { readJson } from "./read-json.ts";

/** What these routes are handed. */
export interface MeParts {
	readonly cookies: GuestCookies;
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

/** `GET` and `PUT /api/me`. */
export function meRoutes({ cookies, base, rename, nextName }: MeParts): Hono<AppEnv> {
	const app = new Hono<AppEnv>();
	app.get("/api/me", (c) => c.json(c.get("person"), 200, { "Cache-Control": "no-store" }));
	app.put("/api/me", async (c) => {
		const change = await readJson(c, meChange);
		const me = c.get("person");
		const isToBeCalledAnew = change.isNamesake === true && isFriendlyName(me.name);
		const wanted = change.name ?? (isToBeCalledAnew ? nextName() : me.name);
		const name = cleanPersonName(wanted);
		const color = change.color ?? me.color;
		if (name === null) throw new WeftError("bad_request", "a name has at least one letter");
		if (!isPersonColor(color)) throw new WeftError("bad_request", "a colour is # and six digits");
		const guest: Guest = { id: me.id, name, color };
		keepGuest(c, guest, { cookies, base });
		rename(guest);
		return c.json(guest);
	});
	return app;
}
