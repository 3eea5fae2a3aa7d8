/** The rooms of this server: make one, list them, look one up. */
import { Hono } from "hono";
import { WeftError } from "../../shared/errors.ts";
import { mintRoomName, parseRoomName, type RandomBytes, type RoomName } from "../../shared/ids.ts";
import type { Records, RoomRecord } from "../store/records.ts";
import type { AppEnv } from "./identity.ts";

/** What these routes are handed. */
export interface RoomParts {
	readonly records: Records;
	readonly random: RandomBytes;
	/** How many sessions are in a room now. */
	readonly peopleIn: (room: RoomName) => number;
}

/** Rooms in one answer, newest change first: what a person looks through. */
const listedRoomsMax = 500;

/** `POST /api/rooms`, `GET /api/rooms`, `GET /api/rooms/:room`. */
export function roomRoutes({ records, random, peopleIn }: RoomParts): Hono<AppEnv> {
	const app = new Hono<AppEnv>();
	const show = (record: RoomRecord) => ({ ...record, people: peopleIn(record.name) });
	// Nothing is stored for a name until somebody writes: making one is only choosing it.
	app.post("/api/rooms", (c) => c.json({ name: mintRoomName(random) }, 201));
	app.get("/api/rooms", async (c) => {
		const rooms = await newestRooms(records);
		return c.json({ rooms: rooms.map(show) }, 200, { "Cache-Control": "no-store" });
	});
	app.get("/api/rooms/:room", async (c) => {
		const name = parseRoomName(c.req.param("room"));
		if (name === null) throw new WeftError("bad_room_name");
		const record = await records.room(name);
		if (record === null) throw new WeftError("not_found");
		return c.json(show(record), 200, { "Cache-Control": "no-store" });
	});
	return app;
}

async function newestRooms(records: Records): Promise<RoomRecord[]> {
	const rooms: RoomRecord[] = [];
	for await (const record of records.rooms()) rooms.push(record);
	rooms.sort((a, b) => b.changedAtMs - a.changedAtMs);
	return rooms.slice(0, listedRoomsMax);
}
