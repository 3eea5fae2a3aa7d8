/** Purges a room for who runs the server, whoever owns it: for `npm run purge`. */
import type { Context, Hono } from "hono";
import { WeftError } from "../../../shared/errors.ts";
import { parseRoomName, type RoomName } from "../../../shared/ids.ts";
import type { Purges } from "../rooms/purge.ts";
import { socketApp } from "./socket-app.ts";

/** What this route is handed. */
export interface PurgeRouteParts {
	readonly purges: Pick<Purges, "byOperator" | "look">;
	/** Told of failures that are not the caller's. */
	readonly reportError: (error: unknown) => void;
}

/** `GET /rooms/:room/purge` says what it would do, `POST` does it. */
export function purgeRoute({ purges, reportError }: PurgeRouteParts): Hono {
	const app = socketApp(reportError);
	app.get("/rooms/:room/purge", async (c) => c.json(await purges.look(roomIn(c))));
	app.post("/rooms/:room/purge", async (c) => {
		const room = roomIn(c);
		await purges.byOperator(room);
		return c.json({ room });
	});
	return app;
}

function roomIn(c: Context): RoomName {
	const room = parseRoomName(c.req.param("room") ?? "");
	if (room === null) throw new WeftError("bad_room_name");
	return room;
}
