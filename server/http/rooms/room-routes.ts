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
import type { Asker, RoomRights, Seen } from "../../auth/rooms/room-rights.ts";
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
	/** Told of a room that a list had to leave out. */
	readonly reportError: (error: unknown) => void;
}

/** Rooms in one answer, newest change first: what a person looks through. */
const listedRoomsMax = 500;

/** Names that one request may ask for. */
const namesMax = 100;

/** A room, and what it is called by who asks. */
interface Found {
	readonly name: RoomName;
	readonly record: RoomRecord;
	/** What who asks is there, where that was looked up to find it. */
	readonly seen: Seen | null;
}

/**
 * `POST /api/rooms`, `GET /api/rooms?name=…`, `GET /api/rooms/:room`. Where rooms are not listed,
 * the second answers for the names in its query and for one's own; where they are, for the links
 * among them too.
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
		const { name } = askerOf(c);
		const seen = await parts.rights.see(askerOf(c));
		if (seen === null) throw new WeftError("not_found"); // They were put out just now.
		return c.json(summaryOf({ name, record }, seen, parts), 200, { "Cache-Control": "no-store" });
	});
	return app;
}

/** Newest change first; what gives nothing to who asks is left out. */
async function listFor(c: Context<AppEnv>, parts: RoomParts): Promise<RoomSummary[]> {
	const named = namedIn(c);
	const found = await findNamed(c, parts, parts.isListing ? named.filter(isAlias) : named);
	found.push(...(parts.isListing ? await findAll(parts) : await findOwn(c, parts, named)));
	found.sort((a, b) => b.record.changedAtMs - a.record.changedAtMs);
	const rooms: RoomSummary[] = [];
	for (const room of found) {
		if (rooms.length >= listedRoomsMax) break;
		const seen = room.seen ?? (await seeOrLeaveOut(askerOf(c, room.name), parts));
		if (seen !== null) rooms.push(summaryOf(room, seen, parts));
	}
	return rooms;
}

/** A room about which nothing can be read is nobody's, and hides no others. */
async function seeOrLeaveOut(asker: Asker, { rights, reportError }: RoomParts) {
	try {
		return await rights.see(asker);
	} catch (error) {
		if (!(error instanceof WeftError) || error.code !== "room_damaged") throw error;
		reportError(error);
		return null;
	}
}

function summaryOf(
	{ name, record }: Pick<Found, "name" | "record">,
	{ room, standing, binnedAtMs }: Seen,
	{ peopleIn }: RoomParts,
): RoomSummary {
	return { ...record, name, role: standing.role, binnedAtMs, people: peopleIn(room) };
}

async function findAll({ records }: RoomParts): Promise<Found[]> {
	const rooms: Found[] = [];
	for await (const record of records.rooms()) {
		if (record.name !== probeRoom) rooms.push({ name: record.name, record, seen: null });
	}
	return rooms;
}

/**
 * What who signed in owns or has a role in, on whatever device they were there; not those named. A
 * guest has one device, which names what it knows.
 */
async function findOwn(
	c: Context<AppEnv>,
	{ records, rights }: RoomParts,
	named: readonly RoomName[],
): Promise<Found[]> {
	const rooms: Found[] = [];
	if (c.get("login") === null) return rooms;
	for (const name of await rights.roomsOf(c.get("person").id)) {
		const record = named.includes(name) ? null : await records.room(name);
		if (record !== null) rooms.push({ name, record, seen: null });
	}
	return rooms;
}

async function findNamed(
	c: Context<AppEnv>,
	parts: RoomParts,
	names: readonly RoomName[],
): Promise<Found[]> {
	const reads = names.map(async (name) => {
		const seen = await seeOrLeaveOut(askerOf(c, name), parts);
		const record = seen === null ? null : await parts.records.room(seen.room);
		return record === null ? [] : [{ name, record, seen }];
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
