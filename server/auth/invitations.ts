/**
 * Invitations to have an account: signed, so that nothing is kept of those that nobody uses. Which
 * were used stands in the accounts that came by them.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock, Millis } from "../../shared/clock.ts";
import { WeftError } from "../../shared/errors.ts";
import type { RandomBytes } from "../../shared/ids.ts";

/** How long one may be used. */
const validMs: Millis = 7 * 24 * 60 * 60 * 1000;

/** See the head of this file. */
export class Invitations {
	readonly #secret: Uint8Array;
	readonly #clock: Clock;
	readonly #random: RandomBytes;

	/** `secret` has at least 32 random bytes. */
	constructor(secret: Uint8Array, clock: Clock, random: RandomBytes) {
		this.#secret = secret;
		this.#clock = clock;
		this.#random = random;
	}

	/** A new one, as it stands in a link. */
	mint(): string {
		const id = Buffer.from(this.#random(12)).toString("base64url");
		const until = Math.floor((this.#clock.now() + validMs) / 1000).toString(36);
		return `${id}.${until}.${this.#mac(`${id}.${until}`)}`;
	}

	/**
	 * What of an invitation is kept when it is used.
	 *
	 * @throws WeftError `bad_invitation` where it was not made here, or is too old
	 */
	read(text: string): string {
		const [id = "", until = "", mac = "", ...rest] = text.split(".");
		const given = Buffer.from(mac);
		const wanted = Buffer.from(this.#mac(`${id}.${until}`));
		const isOurs =
			rest.length === 0 && given.length === wanted.length && timingSafeEqual(given, wanted);
		if (!isOurs || Number.parseInt(until, 36) * 1000 < this.#clock.now()) {
			throw new WeftError("bad_invitation");
		}
		return id;
	}

	#mac(text: string): string {
		return createHmac("sha256", this.#secret).update(`invitation:${text}`).digest("base64url");
	}
}
