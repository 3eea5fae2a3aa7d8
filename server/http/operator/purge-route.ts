/** Purges a room for who runs the server, whoever owns it: on the operator's socket. */
import { Hono } from "hono";
import { failures, toWeftError, WeftError } from "../../../shared/errors.ts";
import { parseRoomName } from "../../../shared/ids.ts";
import type { Purges } from "../rooms/purge.ts";

/** What this route is handed. */
export interface PurgeRouteParts {
	readonly purges: Pick<Purges, "byOperator">;
	/** Told of failures that are not the caller's. */
	readonly reportError: (error: unknown) => void;
}

/** `POST /rooms/:room/purge`. */
export function purgeRoute({ purges, reportError }: PurgeRouteParts): Hono {
	const app = new Hono();
	app.post("/rooms/:room/purge", async (c) => {
		try {
			const room = parseRoomName(c.req.param("room"));
			if (room === null) throw new WeftError("bad_room_name");
			await purges.byOperator(room);
			return c.json({ room });
		} catch (error) {
			const { code, message } = toWeftError(error);
			if (failures[code].status >= 500) reportError(error);
			return c.json({ error: { code, message } }, failures[code].status);
		}
	});
	return app;
}
