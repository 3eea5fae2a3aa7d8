import type { IncomingMessage } from "node:http";

/** Whose addresses are this machine's own: a proxy in front of us, or somebody sitting at it. */
const loopback = /^(127\.|::1$|::ffff:127\.)/;

/** An address of IPv4 as IPv6 writes it. */
const mapped = /^::ffff:(?=\d+\.)/;

/** What of a request says where it comes from. */
export interface Asking {
	readonly headers: IncomingMessage["headers"];
	readonly socket: { readonly remoteAddress?: string | undefined };
}

/** True for an address of this machine: a proxy there asks for everybody. */
export function isOwn(address: string): boolean {
	return loopback.test(address);
}

/**
 * Where a request comes from. A proxy on this machine says for whom it asks, last in the list; what
 * stands before that, and what anybody else says, may be invented.
 */
export function addressOf({ headers, socket }: Asking): string {
	const peer = socket.remoteAddress ?? "";
	if (!isOwn(peer)) return peer;
	const forwarded = String(headers["x-forwarded-for"] ?? "");
	return forwarded.slice(forwarded.lastIndexOf(",") + 1).trim() || peer;
}

/**
 * Whose an address is, for limits: an address of IPv4; of IPv6 the first 64 bits, as each
 * household has all the rest. What is no address stays as it is.
 */
export function networkOf(address: string): string {
	const plain = address.replace(mapped, "");
	if (!plain.includes(":")) return plain;
	const [head = "", tail] = plain.split("::");
	const groups = head.split(":").filter((group) => group !== "");
	const rest = (tail ?? "").split(":").filter((group) => group !== "");
	const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
	const whole = [...groups, ...Array<string>(zeros).fill("0"), ...rest];
	return `${whole.slice(0, 4).join(":")}::/64`;
}
