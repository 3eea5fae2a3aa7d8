/** How often one address may change something over HTTP; frames of sockets have their own rate. */
import { createMiddleware } from "hono/factory";
import type { Clock } from "../../shared/clock.ts";
import { WeftError } from "../../shared/errors.ts";
import type { Rate } from "../config.ts";
import { addressOf } from "../gateway/address.ts";
import { NetworkRates } from "../gateway/network-rates.ts";
import type { AppEnv } from "./identity.ts";

/** What a photo counts for: its bytes are read, decoded and written twice. */
const photoChanges = 4;

/** Knocks: four classes before their doors, each of whom asks every two seconds. */
const knockRate: Rate = { perSecond: 100, burst: 400 };

/** What the limit is made of. */
export interface ChangeRateParts {
	/** Changes of one address; null lifts the limit. */
	readonly changeRate: Rate | null;
	readonly clock: Clock;
}

/** Refuses changes that come too fast from one address, before anything of them is read. */
export function limitChanges({ changeRate, clock }: ChangeRateParts) {
	const changes = changeRate && new NetworkRates(changeRate, clock);
	const knocks = new NetworkRates(knockRate, clock);
	return createMiddleware<AppEnv>(async (c, next) => {
		const isReading = c.req.method === "GET" || c.req.method === "HEAD";
		if (isReading || changes === null || changeRate === null) return next();
		// Nothing of a knock is stored.
		const isKnock = c.req.path.endsWith("/knock");
		const [rates, { perSecond }] = isKnock ? [knocks, knockRate] : [changes, changeRate];
		const { incoming } = c.env ?? {};
		const address = incoming === undefined ? "" : addressOf(incoming);
		const count = /\/photos\/[^/]+$/.test(c.req.path) ? photoChanges : 1;
		if (!rates.take(address, count)) {
			c.header("Retry-After", String(Math.ceil(count / perSecond)));
			throw new WeftError("too_many_requests");
		}
		return next();
	});
}
