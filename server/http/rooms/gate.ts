/** The door of a room over HTTP: who asks, for which room, and what they are there. */
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { WeftError } from "../../../shared/errors.ts";
import { parseRoomName } from "../../../shared/ids.ts";
import type { Act } from "../../../shared/roles.ts";
import type { Access } from "../../auth/access.ts";
import type { Asker } from "../../auth/rooms/room-rights.ts";
import { addressOf, networkOf } from "../../gateway/address.ts";
import type { Standing } from "../../rooms/access.ts";
import type { AppEnv } from "../identity.ts";

/**
 * Lets through who may see the room of the path, named or by a link. What stands behind it finds
 * the room's own name in the context.
 */
export function enterRoom(admit: Access) {
	return createMiddleware<AppEnv>(async (c, next) => {
		const { room, standing } = await admit(askerOf(c));
		c.set("room", room);
		c.set("standing", standing);
		await next();
	});
}

/**
 * Lets through who may do that in the room that they entered. What takes long to come asks again
 * when it is there: who asks, and what they may.
 */
export function allow(act: Act, admit: Access) {
	return createMiddleware<AppEnv>(async (c, next) => {
		const refuse = ({ rights }: Standing) => {
			if (!rights[act]) throw new WeftError("not_allowed");
		};
		refuse(c.get("standing"));
		c.set("askAgain", async () => {
			c.get("askWho")?.();
			refuse((await admit(askerOf(c))).standing);
		});
		await next();
	});
}

/** Who asks for the room of the path. @throws WeftError `bad_room_name` */
export function askerOf(c: Context<AppEnv>, text = c.req.param("room") ?? ""): Asker {
	const name = parseRoomName(text);
	if (name === null) throw new WeftError("bad_room_name");
	const person = c.get("person");
	const { incoming } = c.env ?? {};
	const network = incoming === undefined ? "" : networkOf(addressOf(incoming));
	return { userId: person.id, login: c.get("login"), name, person, network };
}
