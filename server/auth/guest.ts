/**
 * Guests: people without an account. Who they are stands in a signed cookie that stays on their
 * device; the server keeps nothing of them.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { cleanPersonName, isPersonColor, type Person } from "../../shared/awareness.ts";
import {
	anyone,
	mintGuestId,
	parseUserId,
	type RandomBytes,
	type UserId,
} from "../../shared/ids.ts";
import { personNameLengthMax } from "../../shared/limits.ts";
import { personColors } from "../../shared/person-colors.ts";

/** A person whose id was checked. */
export interface Guest extends Person {
	readonly id: UserId;
}

/** Name of the cookie. */
export const guestCookie = "weft_guest";

/** How long a browser keeps it: Chromium allows 400 days at most. */
export const guestCookieSeconds = 400 * 24 * 60 * 60;

/** A new guest with a colour, called as somebody says. */
export function mintGuest(random: RandomBytes, name: string): Guest {
	const [byte = 0] = random(1);
	return {
		id: mintGuestId(random),
		name,
		color: personColors[byte % personColors.length] ?? personColors[0],
	};
}

/**
 * The person that a client without a cookie is shown as. It may say a name and a colour, but
 * shares one id with all others like it.
 */
export function stampAnyone(claimed: unknown): Guest {
	const { name, color } = (claimed ?? {}) as { name?: unknown; color?: unknown };
	const clean = typeof name === "string" ? cleanPersonName(name) : null;
	return {
		id: anyone,
		name: clean ?? "Guest",
		color: isPersonColor(color) ? color : personColors[6],
	};
}

/** A guest who is called as somebody who signs in: their name says that they are not that one. */
export function markNamesake<Shown extends Person>(guest: Shown): Shown {
	const name = Array.from(guest.name).slice(0, personNameLengthMax - guestMark.length);
	return { ...guest, name: `${name.join("").trimEnd()}${guestMark}` };
}

const guestMark = " (guest)";

/** Signs and reads the cookies of guests with one secret. */
export class GuestCookies {
	readonly #secret: Uint8Array;

	/** `secret` has at least 32 random bytes. */
	constructor(secret: Uint8Array) {
		this.#secret = secret;
	}

	/** The cookie's value for a guest. */
	sign({ id, name, color }: Guest): string {
		const payload = Buffer.from(JSON.stringify({ id, name, color })).toString("base64url");
		return `${payload}.${this.#mac(payload).toString("base64url")}`;
	}

	/** The guest of a cookie's value; null where it is missing, forged or not understood. */
	read(value: string | undefined): Guest | null {
		const [payload, mac, ...rest] = (value ?? "").split(".");
		if (payload === undefined || mac === undefined || rest.length > 0) return null;
		const given = Buffer.from(mac, "base64url");
		const wanted = this.#mac(payload);
		if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
		return readPayload(payload);
	}

	#mac(payload: string): Buffer {
		return createHmac("sha256", this.#secret).update(`guest:${payload}`).digest();
	}
}

function readPayload(payload: string): Guest | null {
	const fields: Partial<Record<keyof Person, unknown>> = JSON.parse(
		Buffer.from(payload, "base64url").toString(),
	);
	const id = parseUserId(String(fields.id));
	const name = cleanPersonName(String(fields.name));
	if (id === null || name === null || !isPersonColor(fields.color)) return null;
	return { id, name, color: fields.color };
}
