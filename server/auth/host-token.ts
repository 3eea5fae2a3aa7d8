/**
 * Tokens by which a host application says who somebody is: JSON Web Tokens (RFC 7519), signed with
 * HMAC-SHA-256 ("HS256", RFC 7518 section 3.2) and with nothing else. Forty lines of our own: the
 * other algorithms, keys and encryptions of a package for tokens are what must not be taken here.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { cleanPersonName, isPersonColor } from "../../shared/awareness.ts";
import type { Clock } from "../../shared/clock.ts";
import { parseRoomName, type RoomName, type UserId } from "../../shared/ids.ts";
import { personColors } from "../../shared/person-colors.ts";
import { type Role, roles } from "../../shared/roles.ts";
import type { Login } from "./accounts.ts";
import type { Guest } from "./guest.ts";

/** Longest token: it stands in an address. */
const tokenLengthMax = 4_096;

/** Clocks of two machines differ. */
const leewayMs = 5_000;

const header = z.object({ alg: z.literal("HS256"), crit: z.never().optional() });

const claims = z.object({
	/** Who it is, by the host's own key: one person for ever. */
	user: z.string().min(1).max(256),
	name: z.string().max(400),
	color: z.string().optional(),
	/** Which rooms, and as what; all where it is missing. */
	rooms: z.record(z.string(), z.enum(roles)).optional(),
	/** Seconds since 1970. */
	exp: z.number(),
	nbf: z.number().optional(),
});
type Claims = z.infer<typeof claims>;

/** Reads tokens that were signed with one secret. */
export class HostTokens {
	readonly #secret: string;
	readonly #clock: Clock;

	/** Null where no host application may say who people are. */
	static of(secret: string | null, clock: Clock): HostTokens | null {
		return secret === null ? null : new HostTokens(secret, clock);
	}

	constructor(secret: string, clock: Clock) {
		this.#secret = secret;
		this.#clock = clock;
	}

	/** Who a token speaks of; null where it is not the host's, over, or not understood. */
	read(token: string): Login | null {
		const [head, body, mac, ...rest] = token.split(".");
		if (head === undefined || body === undefined || mac === undefined) return null;
		if (rest.length > 0 || token.length > tokenLengthMax) return null;
		const given = Buffer.from(mac, "base64url");
		const wanted = createHmac("sha256", this.#secret).update(`${head}.${body}`).digest();
		if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
		if (!header.safeParse(parse(head)).success) return null;
		const said = claims.safeParse(parse(body));
		return said.success ? this.#loginOf(said.data, token) : null;
	}

	#loginOf(said: Claims, token: string): Login | null {
		const nowMs = this.#clock.now();
		const untilMs = said.exp * 1000;
		const person = personOf(said);
		const rooms = roomsOf(said);
		const isEarly = said.nbf !== undefined && said.nbf * 1000 > nowMs + leewayMs;
		if (untilMs <= nowMs || isEarly || person === null || rooms === undefined) return null;
		return { person, isAdmin: false, key: hashOf(token), untilMs, rooms, endsAs: "token_over" };
	}
}

/** True where a login is good for that room; who has none may go where guests may. */
export function coversRoom(login: Login | null, room: RoomName): boolean {
	return login === null || login.rooms === null || login.rooms.has(room);
}

/** True where the host says what they are in its rooms: no act of their own makes them more. */
export function isPlaced(login: Login | null): boolean {
	return login !== null && login.rooms !== null;
}

function parse(part: string): unknown {
	try {
		return JSON.parse(Buffer.from(part, "base64url").toString());
	} catch {
		return null; // Not a token, whatever it is signed with.
	}
}

function personOf({ user, name: text, color }: Claims): Guest | null {
	const name = cleanPersonName(text);
	if (name === null) return null;
	const hash = hashOf(`user:${user}`);
	const index = Buffer.from(hash, "base64url").readUInt8(0) % personColors.length;
	const own = personColors[index] ?? personColors[0];
	const id = `h_${hash.slice(0, 22)}` as UserId;
	return { id, name, color: isPersonColor(color) ? color : own };
}

/** Null for all rooms; undefined where a name is none. */
function roomsOf({ rooms }: Claims): Login["rooms"] | undefined {
	if (rooms === undefined) return null;
	const found = new Map<RoomName, Role>();
	for (const [text, role] of Object.entries(rooms)) {
		const name = parseRoomName(text);
		if (name === null) return;
		found.set(name, role);
	}
	return found;
}

function hashOf(text: string): string {
	return createHash("sha256").update(text).digest("base64url");
}
