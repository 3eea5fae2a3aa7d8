/** The rooms of this server: make one, list them, look one up. */
import { type Context, Hono } from "hono";
import { WeftError } from "../../../shared/errors.ts";
import {
	mintRoomName,
	parseRoomName,
	probeRoom,
	type RandomBytes,
	type RoomName,
} from "../../../shared/ids.ts";
import { linkIn, type RoomSummary } from "../../../shared/room-access.ts";
import type { RoomRights } from "../../auth/rooms/room-rights.ts";
import type { Records, RoomRecord } from "../../store/records.ts";
import type { AppEnv } from "../identity.ts";
import { askerOf } from "./gate.ts";

/** What these routes are handed. */
export interface RoomParts {
	readonly records: Records;
	readonly rights: RoomRights;
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

/** A room, and what it is called by who asks. */
interface Found {
	readonly name: RoomName;
	readonly record: RoomRecord;
}

/**
 * `POST /api/rooms`, `GET /api/rooms?name=…`, `GET /api/rooms/:room`. Where rooms are not listed,
 * the second answers for the names in its query only; where they are, for the links among them too.
 */
export function roomRoutes(parts: RoomParts): Hono<AppEnv> {
	const { records, random } = parts;
	const app = new Hono<AppEnv>();
	// Nothing is stored for a name until somebody writes: making one is only choosing it.
	app.post("/api/rooms", (c) => c.json({ name: mintRoomName(random) }, 201));
	app.get("/api/rooms", async (c) => {
		const rooms = await listFor(c, parts);
		return c.json({ rooms }, 200, { "Cache-Control": "no-store" });
	});
	app.get("/api/rooms/:room", async (c) => {
		const record = await records.room(c.get("room"));
		if (record === null) throw new WeftError("not_found");
		const shown = await show(c, parts, { name: askerOf(c).name, record });
		if (shown === null) throw new WeftError("not_found"); // They were put out just now.
		return c.json(shown, 200, { "Cache-Control": "no-store" });
	});
	return app;
}

/** Newest change first; what gives nothing to who asks is left out. */
async function listFor(c: Context<AppEnv>, parts: RoomParts): Promise<RoomSummary[]> {
	const named = namedIn(c);
	const found = await findNamed(c, parts, parts.isListing ? named.filter(isAlias) : named);
	if (parts.isListing) found.push(...(await findAll(parts)));
	found.sort((a, b) => b.record.changedAtMs - a.record.changedAtMs);
	const rooms: RoomSummary[] = [];
	for (const room of found) {
		if (rooms.length >= listedRoomsMax) break;
		const shown = await show(c, parts, room);
		if (shown !== null) rooms.push(shown);
	}
	return rooms;
}

/** What who asks sees of a room; null where they may not come in. */
async function show(
	c: Context<AppEnv>,
	{ rights, peopleIn }: RoomParts,
	{ name, record }: Found,
): Promise<RoomSummary | null> {
	const admitted = await rights.see(askerOf(c, name));
	if (admitted === null) return null;
	const binnedAtMs = await rights.binnedAtMs(admitted.room);
	const { role } = admitted.standing;
	return { ...record, name, role, binnedAtMs, people: peopleIn(admitted.room) };
}

async function findAll({ records }: RoomParts): Promise<Found[]> {
	const rooms: Found[] = [];
	for await (const record of records.rooms()) {
		if (record.name !== probeRoom) rooms.push({ name: record.name, record });
	}
	return rooms;
}

async function findNamed(
	c: Context<AppEnv>,
	{ records, rights }: RoomParts,
	names: readonly RoomName[],
): Promise<Found[]> {
	const reads = names.map(async (name) => {
		const admitted = await rights.see(askerOf(c, name));
		const record = admitted === null ? null : await records.room(admitted.room);
		return record === null ? [] : [{ name, record }];
	});
	return (await Promise.all(reads)).flat();
}

function namedIn(c: Context<AppEnv>): RoomName[] {
	const texts = (c.req.queries("name") ?? []).slice(0, namesMax);
	return texts.map(parseRoomName).filter((name) => name !== null);
}

function isAlias(name: RoomName): boolean {
	return linkIn(name) !== null;
}
