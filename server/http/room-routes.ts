/** The rooms of this server: make one, list them, look one up. */
import { Hono } from "hono";
import { WeftError } from "../../shared/errors.ts";
import {
	mintRoomName,
	parseRoomName,
	probeRoom,
	type RandomBytes,
	type RoomName,
} from "../../shared/ids.ts";
import { leadsTo } from "../auth/host-token.ts";
import type { Records, RoomRecord } from "../store/records.ts";
import type { AppEnv } from "./identity.ts";

/** What these routes are handed. */
export interface RoomParts {
	readonly records: Records;
	readonly random: RandomBytes;
	/** Whether everybody may see all rooms, or only those that they can name. */
	readonly isListing: boolean;
	/** How many sessions are in a room now. */
	readonly peopleIn: (room: RoomName) => number;
}

/** Rooms in one answer, newest change first: what a person looks through. */
const listedRoomsMax = 500;

/** Names that one request may ask for. */
const namesMax = 100;

/**
 * `POST /api/rooms`, `GET /api/rooms?name=…`, `GET /api/rooms/:room`. Where rooms are not listed,
 * the second answers for the names in its query only.
 */
export function roomRoutes(parts: RoomParts): Hono<AppEnv> {
	const { records, random, isListing, peopleIn } = parts;
	const app = new Hono<AppEnv>();
	const show = (record: RoomRecord) => ({ ...record, people: peopleIn(record.name) });
	// Nothing is stored for a name until somebody writes: making one is only choosing it.
	app.post("/api/rooms", (c) => c.json({ name: mintRoomName(random) }, 201));
	app.get("/api/rooms", async (c) => {
		const found = isListing
			? await allRooms(records)
			: await namedRooms(records, c.req.queries("name") ?? []);
		const rooms = found.filter(({ name }) => leadsTo(c.get("login"), name));
		rooms.sort((a, b) => b.changedAtMs - a.changedAtMs);
		return c.json({ rooms: rooms.slice(0, listedRoomsMax).map(show) }, 200, {
			"Cache-Control": "no-store",
		});
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

async function allRooms(records: Records): Promise<RoomRecord[]> {
	const rooms: RoomRecord[] = [];
	for await (const record of records.rooms()) {
		if (record.name !== probeRoom) rooms.push(record);
	}
	return rooms;
}

async function namedRooms(records: Records, names: readonly string[]): Promise<RoomRecord[]> {
	const reads = names.slice(0, namesMax).map(async (text) => {
		const name = parseRoomName(text);
		return name === null ? null : records.room(name);
	});
	const found = await Promise.all(reads);
	return found.filter((record) => record !== null);
}
