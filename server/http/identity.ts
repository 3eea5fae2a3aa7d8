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
	/** A name that nobody here has, for somebody new. */
	readonly nextName: () => string;
	/** The path under which browsers see this server, with a slash at both ends. */
	readonly base: string;
}

/**
 * Puts the guest into the context as `person`. Somebody new gets the cookie where they ask who they
 * are, or bring something. A page that is opened asks several things at once: were each answered
 * with another cookie, who writes in its rooms would change under its hands.
 */
export function identify({ cookies, random, nextName, base }: IdentityParts) {
	return createMiddleware<AppEnv>(async (c, next) => {
		const known = cookies.read(getCookie(c, guestCookie));
		const isMeeting = c.req.path === "/api/me" || c.req.method === "PUT";
		const person = known ?? mintGuest(random, isMeeting ? nextName() : "Guest");
		if (known === null && isMeeting) keepGuest(c, person, { cookies, base });
		c.set("person", person);
		await next();
	});
}

type CookieParts = Pick<IdentityParts, "cookies" | "base">;

/** Sends the cookie that makes the browser remember who it is. */
export function keepGuest(c: Context, guest: Guest, { cookies, base }: CookieParts): void {
	const isSecure = new URL(c.req.url).protocol === "https:";
	setCookie(c, guestCookie, cookies.sign(guest), {
		path: base,
		httpOnly: true,
		sameSite: "Lax",
		secure: isSecure || c.req.header("x-forwarded-proto") === "https",
		maxAge: guestCookieSeconds,
	});
}

/** What of a request's headers says which page sent it, and to whom. */
export interface OriginHeaders {
	readonly origin?: string | undefined;
	readonly host?: string | undefined;
	readonly "x-forwarded-host"?: string | readonly string[] | undefined;
}

/**
 * Whether a browser's page of another place sent the request. A proxy may call us by another name
 * than the browser did, and tell that one beside it: no page can, without being asked first.
 */
export function isForeign(headers: OriginHeaders): boolean {
	const { origin, host, "x-forwarded-host": forwarded = "" } = headers;
	if (origin === undefined) return false;
	try {
		const from = new URL(origin).host;
		return from !== host && !String(forwarded).split(/, */).includes(from);
	} catch {
		return true; // "null", or nonsense.
	}
}

/** Requests that change something must come from this server's own pages, or from no page. */
export const refuseForeignOrigins = createMiddleware<AppEnv>(async (c, next) => {
	const isReading = c.req.method === "GET" || c.req.method === "HEAD";
	if (!isReading && isForeign(c.req.header())) {
		throw new WeftError("bad_origin");
	}
	await next();
});
