/** The cookie of who signed in, and what of a request says by which way it came. */

/** A request's headers, by their names in small letters. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** True where a proxy in front of us has TLS; some call a WebSocket's way `wss`. */
export function isBehindTls(headers: Headers): boolean {
	return /^(https|wss)\b/.test(String(headers["x-forwarded-proto"] ?? ""));
}

/**
 * The cookie's name. Behind TLS it begins so that a browser takes it from nobody but this host
 * (RFC 6265bis, section 4.1.3), where the app has the host for itself.
 */
export function loginCookie(base: string, isTls: boolean): string {
	return `${prefixOf(base, isTls)}weft_login`;
}

/** The same for the token of a host application. */
export function tokenCookie(base: string, isTls: boolean): string {
	return `${prefixOf(base, isTls)}weft_token`;
}

function prefixOf(base: string, isTls: boolean): string {
	if (!isTls) return "";
	return base === "/" ? "__Host-" : "__Secure-";
}

/** The value of a cookie in a `Cookie` header; undefined where there is none of that name. */
export function cookieIn(header: string | undefined, wanted: string): string | undefined {
	for (const part of (header ?? "").split(";")) {
		const [name, value] = part.trim().split("=", 2);
		if (name === wanted) return value;
	}
	return undefined;
}
