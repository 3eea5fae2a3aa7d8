/** What was cleared away in rooms and can be brought back, for who may write where it was. */
import { Hono } from "hono";
import type { ClearedContent, ClearedSurface, ClearedWork } from "../../../shared/cleared.ts";
import type { Clock, Millis } from "../../../shared/clock.ts";
import { WeftError } from "../../../shared/errors.ts";
import { anyone, nobody, type RoomName, type UserId } from "../../../shared/ids.ts";
import { type Rights, rightsIn } from "../../../shared/roles.ts";
import type { Cleared, FindCleared } from "../../fold/cleared/cleared.ts";
import { ownersOf } from "../../store/owners.ts";
import type { Records } from "../../store/records.ts";
import type { Batch, RoomLog } from "../../store/room-log.ts";
import type { AppEnv } from "../identity.ts";
import { Kept } from "./kept.ts";

/** What finding it takes. */
export interface ClearedWorksParts {
	readonly log: Pick<RoomLog, "load" | "history">;
	readonly findCleared: FindCleared;
	/** What somebody is called; null where nobody knows. */
	readonly nameOf: (id: UserId) => string | null;
	readonly clock: Clock;
}

/** To go through a room's past may take a second: so often that is done for one room. */
const freshMs: Millis = 5_000;
/** Whose client ids are is asked with each undo of a clear; all of a room is read for it. */
const ownersFreshMs: Millis = 1_000;
/** Rooms of which what was found is kept that long. */
const roomsMax = 8;
/** Longest past that is gone through: all of it is in memory then, twice. */
const pastBytesMax = 64 * 1024 * 1024;

/** See the head of this file. */
export class ClearedWorks {
	readonly #parts: ClearedWorksParts;
	readonly #found: Kept<readonly Cleared[]>;
	readonly #owners: Kept<ReadonlyMap<number, UserId>>;

	constructor(parts: ClearedWorksParts) {
		this.#parts = parts;
		const { clock, log } = parts;
		const find = (room: RoomName) => this.#look(room);
		this.#found = new Kept({ clock, find, freshMs, roomsMax });
		const owners = async (room: RoomName) => ownersOf(await log.load(room));
		this.#owners = new Kept({ clock, find: owners, freshMs: ownersFreshMs, roomsMax });
	}

	/** What is missing now on those surfaces, the newest first. @throws as `contentOf` */
	async list(room: RoomName, surfaces: readonly ClearedSurface[]): Promise<ClearedWork[]> {
		const found = await this.#found.of(room);
		return found
			.filter(({ surface }) => surfaces.includes(surface))
			.map((one) => {
				const { surface, atMs, by, count, excerpt } = one;
				const name = this.#parts.nameOf(by) ?? "";
				return { id: idOf(one), surface, atMs, by: { id: by, name }, count, excerpt };
			});
	}

	/**
	 * What one of them brings back: what is missing of it still.
	 *
	 * @throws WeftError `not_found` where nothing is; `server_full`, `room_damaged`
	 */
	async contentOf(
		room: RoomName,
		surfaces: readonly ClearedSurface[],
		id: string,
	): Promise<ClearedContent> {
		const one = (await this.#found.of(room)).find((other) => idOf(other) === id);
		if (one === undefined || !surfaces.includes(one.surface)) throw new WeftError("not_found");
		return one.content;
	}

	/** Whose those client ids are, of which that is known. @throws what the log throws */
	async writersOf(room: RoomName, clients: readonly number[]): Promise<[number, UserId][]> {
		const owners = await this.#owners.of(room);
		return clients.flatMap((client): [number, UserId][] => {
			const owner = owners.get(client) ?? anyone;
			return owner === anyone || owner === nobody ? [] : [[client, owner]];
		});
	}

	async #look(room: RoomName): Promise<readonly Cleared[]> {
		const { log, findCleared } = this.#parts;
		const owners = ownersOf(await log.load(room));
		return findCleared(bounded(log.history(room)), owners);
	}
}

async function* bounded(history: AsyncIterable<Batch>): AsyncGenerator<Batch, void, undefined> {
	let bytes = 0;
	for await (const batch of history) {
		for (const update of batch.updates) bytes += update.bytes.length;
		if (bytes > pastBytesMax) throw new WeftError("server_full", "a past that is too long");
		yield batch;
	}
}

/** What names it: nobody clears one surface twice in a millisecond. */
function idOf({ surface, atMs, by }: Pick<Cleared, "surface" | "atMs" | "by">): string {
	return `${surface}.${atMs}.${by}`;
}

/** What these routes are handed. */
export interface ClearedParts {
	readonly records: Records;
	readonly cleared: Pick<ClearedWorks, "list" | "contentOf" | "writersOf">;
}

/** Client ids in one request. */
const clientsMax = 500;

/** `GET cleared`, `cleared/:id` and `writers` of a room that was entered. */
export function clearedRoutes({ records, cleared }: ClearedParts): Hono<AppEnv> {
	const app = new Hono<AppEnv>();
	const fresh = { "Cache-Control": "no-store" };
	const surfacesOf = async (room: RoomName, rights: Rights): Promise<ClearedSurface[]> => {
		const kind = (await records.room(room))?.kind ?? "guarded";
		const held = rightsIn(kind, rights);
		const surfaces = (["board", "document"] as const).filter((surface) => held[surface]);
		if (surfaces.length === 0) throw new WeftError("not_allowed");
		return surfaces;
	};
	app.get("/api/rooms/:room/cleared", async (c) => {
		const room = c.get("room");
		const surfaces = await surfacesOf(room, c.get("standing").rights);
		return c.json({ cleared: await cleared.list(room, surfaces) }, 200, fresh);
	});
	app.get("/api/rooms/:room/writers", async (c) => {
		const room = c.get("room");
		await surfacesOf(room, c.get("standing").rights);
		const clients = (c.req.queries("client") ?? []).slice(0, clientsMax).map(Number);
		return c.json({ writers: await cleared.writersOf(room, clients) }, 200, fresh);
	});
	app.get("/api/rooms/:room/cleared/:id", async (c) => {
		const room = c.get("room");
		const surfaces = await surfacesOf(room, c.get("standing").rights);
		return c.json(await cleared.contentOf(room, surfaces, c.req.param("id")), 200, fresh);
	});
	return app;
}
