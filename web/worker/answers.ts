/** Which requests are answered from what this device keeps of the app. Pure. */

/** What a request is answered with. */
export type Answer =
	/** The app's one page: it shows by itself what stands at an address. */
	| "page"
	/** A file whose name holds a hash of what is in it. */
	| "asset"
	/** Whatever the network says: not ours, or never to be kept. */
	| "network";

/** The part of a request that decides. */
export interface Asked {
	readonly method: string;
	/** `navigate` where a tab opens the address. */
	readonly mode: string;
	readonly url: string;
}

/** What the server answers itself, below the app's base: the API, health, sockets, this worker. */
const ofServer = /^(api|sync)(\/|$)|^(echo|healthz|readyz|metrics)$|^sw(-off)?\.js$/;

/** Whom a host application sends is met by the server, which keeps the token in a cookie. */
const hasToken = /^[^#]*[?&]token=/;

/** `base` is the app's own address and ends with a slash. */
export function answerOf({ method, mode, url }: Asked, base: string): Answer {
	if (method !== "GET" || !url.startsWith(base)) return "network";
	const path = url.slice(base.length).replace(/[?#].*$/s, "");
	if (hasToken.test(url)) return "network";
	if (path.startsWith("assets/")) return "asset";
	return mode === "navigate" && !ofServer.test(path) ? "page" : "network";
}
