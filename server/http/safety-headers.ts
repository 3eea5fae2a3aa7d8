import { createMiddleware } from "hono/factory";

/** What a page may load: only what this server sends, and pictures that the page itself made. */
const contentSecurityPolicy = [
	"default-src 'self'",
	"img-src 'self' blob: data:",
	"worker-src 'self' blob:",
	"object-src 'none'",
	"base-uri 'none'",
	"form-action 'self'",
].join("; ");

/** What the headers depend on. */
export interface SafetyParts {
	/** Whose pages may show ours in a frame; nobody's where there are none. */
	readonly frameAncestors: readonly string[];
}

/** Sets the headers that keep a browser from doing what nobody asked for. */
export function safetyHeaders({ frameAncestors }: SafetyParts) {
	const framing = frameAncestors.length === 0 ? "'none'" : frameAncestors.join(" ");
	const policy = `${contentSecurityPolicy}; frame-ancestors ${framing}`;
	return createMiddleware(async (c, next) => {
		await next();
		const headers = c.res.headers;
		if (!headers.has("Content-Security-Policy")) headers.set("Content-Security-Policy", policy);
		headers.set("X-Content-Type-Options", "nosniff");
		headers.set("Referrer-Policy", "no-referrer"); // Room names are keys.
		headers.set("Cross-Origin-Resource-Policy", "same-origin");
		if (isTrustworthy(c.req.header("host"), c.req.header("x-forwarded-proto"))) {
			headers.set("Cross-Origin-Opener-Policy", "same-origin");
		}
		headers.set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
	});
}

/** Over plain http from elsewhere a browser ignores that header, and complains in its console. */
function isTrustworthy(host = "", proto = ""): boolean {
	return proto === "https" || /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
}
