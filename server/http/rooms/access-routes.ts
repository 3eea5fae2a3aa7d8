/** Who may come into a room and what they are there: asked, and changed by who may manage it. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { surfaceNames } from "../../../shared/awareness.ts";
import type { Clock } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import { mintLinkId, parseLinkId, parseUserId, type RandomBytes } from "../../../shared/ids.ts";
import { roles } from "../../../shared/roles.ts";
import { entries, linkRoles } from "../../../shared/room-access.ts";
import {
	addLink,
	bin,
	changeAccess,
	type Doing,
	type Done,
	decide,
	forget,
	handOver,
	revokeLink,
} from "../../auth/rooms/changes.ts";
import type { RoomRights } from "../../auth/rooms/room-rights.ts";
import type { Rate } from "../../config.ts";
import { NetworkRates } from "../../gateway/network-rates.ts";
import type { AppEnv } from "../identity.ts";
import { readJson } from "../read-json.ts";
import { askerOf } from "./gate.ts";
import type { Purges } from "./purge.ts";

/** What these routes are handed. */
export interface AccessParts {
	readonly rights: RoomRights;
	readonly purges: Pick<Purges, "byOwner">;
	readonly random: RandomBytes;
	readonly clock: Clock;
	/** Rooms that one network may claim of who is not signed in; null lifts the limit. */
	readonly newRoomRate: Rate | null;
}

const userId = z.string().transform((text, ctx) => {
	const id = parseUserId(text);
	if (id !== null) return id;
	ctx.addIssue("a person's id");
	return z.NEVER;
});

const accessChange = z.object({
	entry: z.enum(entries).exactOptional(),
	least: z.partialRecord(z.enum(surfaceNames), z.enum(roles).nullable()).exactOptional(),
	presenter: userId.nullable().exactOptional(),
	isTalkOpen: z.boolean().exactOptional(),
});

const newOwner = z.object({ id: userId });

const memberChange = z.object({
	role: z
		.enum([...roles, "out"])
		.nullable()
		.exactOptional(),
	isMuted: z.boolean().exactOptional(),
});

const newLink = z.object({
	role: z.enum(linkRoles),
	expiresAtMs: z.number().int().positive().nullable(),
});

/** Nobody keeps what may be another in a second. */
const fresh = { "Cache-Control": "no-store" };

/** The routes of PROTOCOL.md, "Who may come into a room"; they look at who asks themselves. */
export function accessRoutes({ rights, purges, random, ...parts }: AccessParts): Hono<AppEnv> {
	const app = new Hono<AppEnv>();
	const claims = parts.newRoomRate && new NetworkRates(parts.newRoomRate, parts.clock);
	const room = "/api/rooms/:room";
	const answer = async (c: Context<AppEnv>) =>
		c.json(await rights.describe(askerOf(c)), 200, fresh);
	const change = async (c: Context<AppEnv>, act: (doing: Doing) => Done) => {
		await rights.change(askerOf(c), act);
		return answer(c);
	};
	app.get(`${room}/access`, answer);
	app.patch(`${room}/access`, async (c) => {
		const wanted = await readJson(c, accessChange);
		return change(c, (doing) => changeAccess(doing, wanted));
	});
	app.put(`${room}/members/:id`, async (c) => {
		const wanted = await readJson(c, memberChange);
		return change(c, (doing) => decide(doing, personIn(c), wanted));
	});
	app.delete(`${room}/members/:id`, (c) => change(c, (doing) => forget(doing, personIn(c))));
	app.put(`${room}/owner`, async (c) => {
		const { id } = await readJson(c, newOwner);
		return change(c, (doing) => handOver(doing, id));
	});
	app.post(`${room}/claim`, async (c) => {
		const asker = askerOf(c);
		const mayClaim = asker.login !== null || (claims?.take(asker.network) ?? true);
		if (!mayClaim) throw new WeftError("too_many_requests");
		await rights.claim(asker);
		return answer(c);
	});
	app.post(`${room}/links`, async (c) => {
		const wanted = await readJson(c, newLink);
		const id = mintLinkId(random);
		const { links } = await rights.change(askerOf(c), (doing) => addLink(doing, id, wanted));
		return c.json(links.find((link) => link.id === id) ?? null, 201, fresh);
	});
	app.delete(`${room}/links/:id`, (c) => {
		const id = parseLinkId(c.req.param("id"));
		if (id === null) throw new WeftError("not_found");
		return change(c, (doing) => revokeLink(doing, id));
	});
	app.post(`${room}/bin`, (c) => change(c, (doing) => bin(doing, true)));
	app.post(`${room}/restore`, (c) => change(c, (doing) => bin(doing, false)));
	app.post(`${room}/purge`, async (c) => {
		await purges.byOwner(askerOf(c));
		return answer(c);
	});
	app.get(`${room}/audit`, async (c) =>
		c.json({ entries: await rights.audit(askerOf(c)) }, 200, fresh),
	);
	app.post(`${room}/knock`, async (c) => c.json(await rights.knock(askerOf(c)), 200, fresh));
	return app;
}

function personIn(c: Context<AppEnv>) {
	const id = parseUserId(c.req.param("id") ?? "");
	if (id === null) throw new WeftError("bad_request", "a person's id");
	return id;
}
