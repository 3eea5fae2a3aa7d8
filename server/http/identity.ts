/** Who asks: by the cookie of a login, else by that of a guest, made where there is none. */

import type { IncomingMessage } from "node:http";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import type { Clock } from "../../shared/clock.ts";
import { failures, WeftError } from "../../shared/errors.ts";
import { parseRoomSegment, type RandomBytes, type RoomName } from "../../shared/ids.ts";
import type { Accounts, Login, NewLogin } from "../auth/accounts.ts";
import {
	type Guest,
	type GuestCookies,
	guestCookie,
	guestCookieSeconds,
	mintGuest,
} from "../auth/guest.ts";
import { coversRoom, type HostTokens } from "../auth/host-token.ts";
import { cookieIn, isBehindTls, loginCookie, tokenCookie } from "../auth/login-cookie.ts";
import type { Upgrading } from "../gateway/gateway.ts";
import type { Standing } from "../rooms/access.ts";

/** What the routes find in a request's context. */
export interface AppEnv {
	Bindings: { readonly incoming?: IncomingMessage };
	Variables: {
		person: Guest;
		/** Null where nobody signed in. */
		login: Login | null;
		/** Looks again who asks, once a body is there that came slowly. Throws `signed_out`. */
		askWho?: () => void;
		/** The room of the path by its own name, and what who asks is there; set at its door. */
		room: RoomName;
		standing: Standing;
		/** Throws where they may not do any more what they were let through for. */
		askAgain?: () => Promise<void>;
	};
}

/** What `identify` is handed. */
export interface IdentityParts {
	readonly cookies: GuestCookies;
	readonly accounts: Accounts;
	/** Null where no host application may say who people are. */
	readonly hostTokens: HostTokens | null;
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
		refuseOtherRooms(c, login);
		const known = login?.person ?? guestIn(c, parts);
		const isOpen = openPaths.includes(c.req.path);
		if (login === null && !hasGuests && !isOpen) throw new WeftError("not_signed_in");
		const isMeeting = c.req.path === "/api/me" || (isBringing(c.req) && !isOpen);
		const person = known ?? mintGuest(random, isMeeting ? nextName() : "Guest");
		if (known === null && isMeeting) keepGuest(c, person, parts);
		c.set("person", person);
		c.set("login", login);
		// Who signs in asks as whoever they are then.
		if (!isOpen && known !== null) c.set("askWho", () => refuseOthers(c, known, parts));
		await next();
	});
}

/** What was asked for as somebody is not done as another one, nor as nobody. */
function refuseOthers(c: Context<AppEnv>, { id }: Guest, parts: IdentityParts): void {
	const login = loginIn(c, parts);
	if ((login?.person ?? guestIn(c, parts))?.id !== id) throw new WeftError("signed_out");
	c.set("login", login);
}

/** True for a photo, a knock, and what changes something in a room. */
function isBringing({ method, path }: { readonly method: string; readonly path: string }): boolean {
	const isReading = method === "GET" || method === "HEAD";
	return method === "PUT" || (!isReading && /^\/api\/rooms\/[^/]+\/./.test(path));
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

/** The login of a request's own cookie, whatever a host's token says. */
export function accountIn(
	c: Context,
	{ accounts, base }: Pick<IdentityParts, "accounts" | "base">,
): Login | null {
	return accounts.readLogin(getCookie(c, loginCookie(base, isSecure(c))));
}

function loginIn(c: Context, parts: LoginParts): Login | null {
	const bearer = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "")?.[1];
	const token = c.req.query("token") ?? bearer;
	if (token !== undefined && parts.hostTokens !== null) {
		const login = parts.hostTokens.read(token);
		if (login === null) throw new WeftError("token_over");
		return login;
	}
	return loginOf((name) => getCookie(c, name), isSecure(c), parts);
}

type LoginParts = Pick<IdentityParts, "accounts" | "base" | "hostTokens">;

/** What the cookies say; the token of a host application before all: a sign-in takes it away. */
function loginOf(
	cookie: (name: string) => string | undefined,
	isTls: boolean,
	{ accounts, base, hostTokens }: LoginParts,
): Login | null {
	const token = cookie(tokenCookie(base, isTls));
	const login = token === undefined ? null : (hostTokens?.read(token) ?? null);
	return login ?? accounts.readLogin(cookie(loginCookie(base, isTls)));
}

function refuseOtherRooms(c: Context, login: Login | null): void {
	const [, segment] = /^\/api\/rooms\/([^/]+)/.exec(c.req.path) ?? [];
	if (segment === undefined || login?.rooms == null) return;
	const room = parseRoomSegment(segment);
	if (room === null || !coversRoom(login, room)) throw new WeftError("no_entry");
}

/**
 * Who asks for a socket. What a browser sends by itself is believed of our own pages only; a token
 * in the address is shown by whoever has it, from wherever.
 */
export function whoUpgrades(
	{ headers, url = "" }: Pick<IncomingMessage, "headers" | "url">,
	parts: LoginParts & Pick<IdentityParts, "cookies">,
): Upgrading {
	const { cookies, accounts, hostTokens } = parts;
	const token = new URLSearchParams(url.split("?")[1] ?? "").get("token");
	if (token !== null && hostTokens !== null) {
		const login = hostTokens.read(token);
		if (login === null) return { guest: null, login: null, refused: "token_over" };
		return { guest: login.person, login, refused: null };
	}
	if (isForeign(headers)) return { guest: null, login: null, refused: null };
	const cookie = (name: string) => cookieIn(headers.cookie, name);
	const login = loginOf(cookie, isBehindTls(headers), parts);
	if (login !== null) return { guest: login.person, login, refused: null };
	const guest = cookies.read(cookie(guestCookie));
	const isNobody = guest !== null && accounts.isFormer(guest.id);
	return { guest: isNobody ? null : guest, login: null, refused: null };
}

/**
 * A page that is opened with a token keeps it in a cookie, and loses it from its address. Who may
 * only read gets the page that is for looking.
 */
export function keepToken({ hostTokens, base, clock }: LoginParts & { readonly clock: Clock }) {
	return createMiddleware<AppEnv>(async (c, next) => {
		const token = c.req.query("token");
		if (hostTokens === null || token === undefined || c.req.method !== "GET") return next();
		const login = hostTokens.read(token);
		if (login === null) return c.text(failures.token_over.say, failures.token_over.status);
		setCookie(c, tokenCookie(base, isSecure(c)), token, {
			...safely(c, base),
			maxAge: Math.min(Math.ceil((login.untilMs - clock.now()) / 1000), guestCookieSeconds),
		});
		const { pathname, searchParams } = new URL(c.req.url);
		searchParams.delete("token");
		const [, segment = ""] = /^\/r\/([^/]+)/.exec(pathname) ?? [];
		const room = parseRoomSegment(segment);
		if (room !== null && login.rooms?.get(room) === "viewer") searchParams.set("view", "");
		const query = searchParams.size === 0 ? "" : `?${searchParams}`;
		return c.redirect(base + pathname.replace(/^\/+/, "") + query);
	});
}

/** Sends the cookie that makes the browser remember who it is. */
export function keepGuest(c: Context, guest: Guest, { cookies, base }: CookieParts): void {
	setCookie(c, guestCookie, cookies.sign(guest), {
		...safely(c, base),
		maxAge: guestCookieSeconds,
	});
}

/** Sends the cookie of a login, which takes the place of what a host said. */
export function keepLogin(
	c: Context,
	{ token, maxAgeMs }: Pick<NewLogin, "token"> & { readonly maxAgeMs: number },
	base: string,
): void {
	const name = loginCookie(base, isSecure(c));
	setCookie(c, name, token, { ...safely(c, base), maxAge: Math.floor(maxAgeMs / 1000) });
	deleteCookie(c, tokenCookie(base, isSecure(c)), safely(c, base));
}

/** The guest that a browser was is no more. */
export function forgetGuest(c: Context, base: string): void {
	deleteCookie(c, guestCookie, safely(c, base));
}

/** Has the browser forget its login. */
export function forgetLogin(c: Context, base: string): void {
	deleteCookie(c, loginCookie(base, isSecure(c)), safely(c, base));
	deleteCookie(c, tokenCookie(base, isSecure(c)), safely(c, base));
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
	readonly "x-forwarded-proto"?: string | readonly string[] | undefined;
}

/**
 * Whether a browser's page of another place sent the request. A proxy may call us by another name
 * than the browser did, and tell that one beside it: no page can, without being asked first.
 */
export function isForeign(headers: OriginHeaders): boolean {
	const { origin, host, "x-forwarded-host": forwarded = "" } = headers;
	if (origin === undefined) return false;
	try {
		const { host: from, protocol } = new URL(origin);
		if (!/^https?:$/.test(protocol) || isDowngraded(protocol, headers)) return true;
		return from !== host && !String(forwarded).split(/, */).includes(from);
	} catch {
		return true; // "null", or nonsense.
	}
}

/** Where the browser came with TLS, a page without it is another's: anybody on its way wrote it. */
function isDowngraded(protocol: string, headers: OriginHeaders): boolean {
	const [outermost] = String(headers["x-forwarded-proto"] ?? "").split(/, */);
	return protocol === "http:" && outermost === "https";
}

/** Requests that change something must come from this server's own pages, or from no page. */
export const refuseForeignOrigins = createMiddleware<AppEnv>(async (c, next) => {
	const isReading = c.req.method === "GET" || c.req.method === "HEAD";
	if (!isReading && isForeign(c.req.header())) {
		throw new WeftError("bad_origin");
	}
	await next();
});
