/** Who asks: the guest behind a request, from a signed cookie, made where there is none. */

import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { WeftError } from "../../shared/errors.ts";
import type { RandomBytes } from "../../shared/ids.ts";
import {
	type Guest,
	type GuestCookies,
	guestCookie,
	guestCookieSeconds,
	mintGuest,
} from "../auth/guest.ts";

/** What the routes find in a request's context. */
export interface AppEnv {
	Variables: { person: Guest };
}

/** What `identify` is handed. */
export interface IdentityParts {
	readonly cookies: GuestCookies;
	readonly random: RandomBytes;
}

/**
 * Puts the guest into the context as `person`. Somebody new gets the cookie where they ask who they
 * are, or bring something. A page that is opened asks several things at once: were each answered
 * with another cookie, who writes in its rooms would change under its hands.
 */
export function identify({ cookies, random }: IdentityParts) {
	return createMiddleware<AppEnv>(async (c, next) => {
		const known = cookies.read(getCookie(c, guestCookie));
		const person = known ?? mintGuest(random);
		const isMeeting = c.req.path === "/api/me" || c.req.method === "PUT";
		if (known === null && isMeeting) keepGuest(c, person, cookies);
		c.set("person", person);
		await next();
	});
}

/** Sends the cookie that makes the browser remember who it is. */
export function keepGuest(c: Context, guest: Guest, cookies: GuestCookies): void {
	const isSecure = new URL(c.req.url).protocol === "https:";
	setCookie(c, guestCookie, cookies.sign(guest), {
		path: "/",
		httpOnly: true,
		sameSite: "Lax",
		secure: isSecure || c.req.header("x-forwarded-proto") === "https",
		maxAge: guestCookieSeconds,
	});
}

/** Whether a browser's page of another place sent the request. */
export function isForeign(origin: string | undefined, host: string | undefined): boolean {
	if (origin === undefined) return false;
	try {
		return new URL(origin).host !== host;
	} catch {
		return true; // "null", or nonsense.
	}
}

/** Requests that change something must come from this server's own pages, or from no page. */
export const refuseForeignOrigins = createMiddleware<AppEnv>(async (c, next) => {
	const isReading = c.req.method === "GET" || c.req.method === "HEAD";
	if (!isReading && isForeign(c.req.header("origin"), c.req.header("host"))) {
		throw new WeftError("bad_origin");
	}
	await next();
});
