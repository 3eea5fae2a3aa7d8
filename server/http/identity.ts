/** Who asks: by the cookie of a login, else by that of a guest, made where there is none. */

import type { IncomingMessage } from "node:http";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import { WeftError } from "../../shared/errors.ts";
import type { RandomBytes } from "../../shared/ids.ts";
import type { Accounts, Login, NewLogin } from "../auth/accounts.ts";
import {
	type Guest,
	type GuestCookies,
	guestCookie,
	guestCookieSeconds,
	mintGuest,
} from "../auth/guest.ts";
import { cookieIn, isBehindTls, loginCookie } from "../auth/login-cookie.ts";

/** What the routes find in a request's context. */
export interface AppEnv {
	Bindings: { readonly incoming?: IncomingMessage };
	Variables: {
		person: Guest;
		/** Null where nobody signed in. */
		login: Login | null;
	};
}

/** What `identify` is handed. */
export interface IdentityParts {
	readonly cookies: GuestCookies;
	readonly accounts: Accounts;
	readonly random: RandomBytes;
	/** False where only those come in who sign in. */
	readonly hasGuests: boolean;
	/** A name that nobody here has, for somebody new. */
	readonly nextName: () => string;
	/** The path under which browsers see this server, with a slash at both ends. */
	readonly base: string;
}

/** What is there for those, too, who have not signed in where they must. */
const openPaths: readonly string[] = ["/api/login", "/api/accounts"];

/**
 * Puts who asks into the context as `person`. Somebody new gets the cookie where they ask who they
 * are, or bring something. A page that is opened asks several things at once: were each answered
 * with another cookie, who writes in its rooms would change under its hands.
 */
export function identify(parts: IdentityParts) {
	const { random, nextName, hasGuests } = parts;
	return createMiddleware<AppEnv>(async (c, next) => {
		const login = loginIn(c, parts);
		const known = login?.person ?? guestIn(c, parts);
		const isOpen = openPaths.includes(c.req.path);
		if (login === null && !hasGuests && !isOpen) throw new WeftError("not_signed_in");
		const isMeeting = c.req.path === "/api/me" || (c.req.method === "PUT" && !isOpen);
		const person = known ?? mintGuest(random, isMeeting ? nextName() : "Guest");
		if (known === null && isMeeting) keepGuest(c, person, parts);
		c.set("person", person);
		c.set("login", login);
		await next();
	});
}

type CookieParts = Pick<IdentityParts, "cookies" | "base">;

/** The guest of a request's cookie; null for one who became somebody that signs in. */
export function guestIn(
	c: Context,
	{ cookies, accounts }: Pick<IdentityParts, "cookies" | "accounts">,
): Guest | null {
	const guest = cookies.read(getCookie(c, guestCookie));
	return guest !== null && accounts.isFormer(guest.id) ? null : guest;
}

function loginIn(c: Context, { accounts, base }: IdentityParts): Login | null {
	return accounts.readLogin(getCookie(c, loginCookie(base, isSecure(c))));
}

/** The same for a request that asks for a socket. */
export function whoUpgrades(
	{ headers }: Pick<IncomingMessage, "headers">,
	{ cookies, accounts, base }: Pick<IdentityParts, "cookies" | "accounts" | "base">,
): { readonly guest: Guest | null; readonly login: Login | null } {
	if (isForeign(headers)) return { guest: null, login: null };
	const name = loginCookie(base, isBehindTls(headers));
	const login = accounts.readLogin(cookieIn(headers.cookie, name));
	if (login !== null) return { guest: login.person, login };
	const guest = cookies.read(cookieIn(headers.cookie, guestCookie));
	return { guest: guest !== null && accounts.isFormer(guest.id) ? null : guest, login: null };
}

/** Sends the cookie that makes the browser remember who it is. */
export function keepGuest(c: Context, guest: Guest, { cookies, base }: CookieParts): void {
	setCookie(c, guestCookie, cookies.sign(guest), {
		...safely(c, base),
		maxAge: guestCookieSeconds,
	});
}

/** Sends the cookie of a login; the guest that the browser was is no more. */
export function keepLogin(
	c: Context,
	{ token, maxAgeMs }: Pick<NewLogin, "token"> & { readonly maxAgeMs: number },
	base: string,
): void {
	const name = loginCookie(base, isSecure(c));
	setCookie(c, name, token, { ...safely(c, base), maxAge: Math.floor(maxAgeMs / 1000) });
	deleteCookie(c, guestCookie, safely(c, base));
}

/** Has the browser forget its login. */
export function forgetLogin(c: Context, base: string): void {
	deleteCookie(c, loginCookie(base, isSecure(c)), safely(c, base));
}

function safely(c: Context, base: string) {
	return { path: base, httpOnly: true, sameSite: "Lax", secure: isSecure(c) } as const;
}

function isSecure(c: Context): boolean {
	return new URL(c.req.url).protocol === "https:" || isBehindTls(c.req.header());
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
