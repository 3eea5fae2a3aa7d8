import type { IncomingMessage } from "node:http";

/** Whose addresses are this machine's own: a proxy in front of us, or somebody sitting at it. */
const loopback = /^(127\.|::1$|::ffff:127\.)/;

/** What of a request says where it comes from. */
export interface Asking {
	readonly headers: IncomingMessage["headers"];
	readonly socket: { readonly remoteAddress?: string | undefined };
}

/**
 * Where a request comes from. A proxy on this machine says for whom it asks, last in the list; what
 * stands before that, and what anybody else says, may be invented.
 */
export function addressOf({ headers, socket }: Asking): string {
	const peer = socket.remoteAddress ?? "";
	if (!loopback.test(peer)) return peer;
	const forwarded = String(headers["x-forwarded-for"] ?? "");
	return forwarded.slice(forwarded.lastIndexOf(",") + 1).trim() || peer;
}
