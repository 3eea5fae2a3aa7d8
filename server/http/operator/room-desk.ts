/**
 * What who runs this server does with rooms on its page, besides what they may do as everybody who
 * manages one (`rooms/access-routes.ts`). The room's trail tells of it before it is done.
 */
import type { Hono } from "hono";
import { WeftError } from "../../../shared/errors.ts";
import type { RoomName } from "../../../shared/ids.ts";
import type { HerePerson } from "../../../shared/operator.ts";
import type { Accounts } from "../../auth/accounts.ts";
import { lineOf, putAllOut } from "../../auth/rooms/changes.ts";
import type { RoomRights } from "../../auth/rooms/room-rights.ts";
import type { AppEnv } from "../identity.ts";
import { askerOf } from "../rooms/gate.ts";
import type { OperatorDesk } from "./desk.ts";

/** What these routes are handed. */
export interface RoomDeskParts {
	readonly rights: RoomRights;
	readonly accounts: Pick<Accounts, "formerOf">;
	readonly operator: Pick<OperatorDesk, "here" | "openRooms" | "closeRoom">;
}

/** Puts the routes below `/api/admin/rooms/:room`. */
export function operateRooms(app: Hono<AppEnv>, parts: RoomDeskParts): void {
	const { rights, operator } = parts;
	app.post("/api/admin/rooms/:room/kick", async (c) => {
		const asker = askerOf(c);
		const { room } = await rights.admit(asker);
		let outCount = 0;
		await rights.change(asker, (doing) => {
			const those = guestsOf(room, doing.access.owner?.id ?? null, parts);
			outCount = those.length;
			return putAllOut(doing, those);
		});
		return c.json({ outCount });
	});
	app.post("/api/admin/rooms/:room/close", async (c) => {
		const asker = askerOf(c);
		const { room } = await rights.admit(asker);
		if (!operator.openRooms().has(room)) throw new WeftError("not_found", "not in memory");
		const people = operator.here().filter(({ rooms }) => rooms.includes(room));
		await rights.change(asker, (doing) => {
			const line = lineOf(doing, "close", null, String(people.length));
			return { access: doing.access, lines: [line] };
		});
		await operator.closeRoom(room);
		return c.json({ peopleCount: people.length });
	});
}

/** Everybody in a room but its owner, who stays that, and who runs the server. */
function guestsOf(
	room: RoomName,
	ownerId: string | null,
	{ operator, accounts }: RoomDeskParts,
): HerePerson[] {
	return operator.here().filter(({ id, rooms, isAdmin }) => {
		if (isAdmin || !rooms.includes(room)) return false;
		return ![id, ...accounts.formerOf(id)].some((one) => one === ownerId);
	});
}
