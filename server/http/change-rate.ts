/** How often one address may change something over HTTP; frames of sockets have their own rate. */
import { createMiddleware } from "hono/factory";
import type { Clock } from "../../shared/clock.ts";
import { WeftError } from "../../shared/errors.ts";
import type { Rate } from "../config.ts";
import { addressOf, networkOf } from "../gateway/address.ts";
import { RateLimit } from "../gateway/rate-limit.ts";
import type { AppEnv } from "./identity.ts";

/** What a photo counts for: its bytes are read, decoded and written twice. */
const photoChanges = 4;

/** Most addresses remembered; the one that rests longest goes first, and may begin anew. */
const rememberedMax = 10_000;

/** What the limit is made of. */
export interface ChangeRateParts {
	/** Changes of one address; null lifts the limit. */
	readonly changeRate: Rate | null;
	readonly clock: Clock;
}

/** Refuses changes that come too fast from one address, before anything of them is read. */
export function limitChanges({ changeRate, clock }: ChangeRateParts) {
	const limits = new Map<string, RateLimit>();
	const limitOf = (address: string, rate: Rate): RateLimit => {
		const limit = limits.get(address) ?? new RateLimit(rate, clock);
		limits.delete(address);
		limits.set(address, limit);
		if (limits.size > rememberedMax) limits.delete(limits.keys().next().value ?? "");
		return limit;
	};
	return createMiddleware<AppEnv>(async (c, next) => {
		const isReading = c.req.method === "GET" || c.req.method === "HEAD";
		// A class before a door knocks every two seconds, and nothing of it is stored.
		const isKnock = c.req.path.endsWith("/knock");
		if (isReading || isKnock || changeRate === null) return next();
		const { incoming } = c.env ?? {};
		const address = incoming === undefined ? "" : networkOf(addressOf(incoming));
		const count = /\/photos\/[^/]+$/.test(c.req.path) ? photoChanges : 1;
		if (!limitOf(address, changeRate).take(count)) {
			c.header("Retry-After", String(Math.ceil(count / changeRate.perSecond)));
			throw new WeftError("too_many_requests");
		}
		return next();
	});
}
