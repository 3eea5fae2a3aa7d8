/** A room of its own for one picture: who owns it, who is there, and what is decided there. */
import { randomBytes } from "node:crypto";
import { mintRoomName, type RoomName } from "../../shared/ids.ts";
import { knockEveryMs } from "../../shared/room-access.ts";
import { metaOf, textOf } from "../../shared/surfaces/root.ts";
import { becomeGuest } from "../converge/systems/weft.ts";
import { join, type Writer } from "../replay/writer.ts";
import type { Visit } from "./ways.ts";

/** Somebody who talks to the server's HTTP API. */
export interface Caller {
	readonly id: string;
	/** Resolves with the answer; rejects where the server refuses. */
	call(method: string, path: string, body?: object): Promise<unknown>;
}

/** A guest who comes without a browser. */
export interface Guest extends Caller {
	/** Comes into a room, and stays as long as the page. */
	come(room: RoomName): Promise<Writer>;
}

/** Somebody of that name. */
export async function guestNamed({ url, page }: Visit, name: string): Promise<Guest> {
	const { id, headers } = await becomeGuest(url, name);
	return {
		id: String(id),
		come: async (room) => {
			const cookie = headers["cookie"] ?? "";
			const me = await fetch(`${url}/api/me`, { headers: { cookie } });
			const writer = await join({ url, room, cookie });
			page.once("close", () => writer.close());
			writer.provider.awareness.setLocalState({ user: await me.json(), surface: "document" });
			return writer;
		},
		call: async (method, path, body) => {
			const answer = await fetch(url + path, {
				method,
				headers: { ...headers, origin: url, "content-type": "application/json" },
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
			return answer.json();
		},
	};
}

/** Who sits before the page. */
export async function callerAt({ page, url }: Visit): Promise<Caller> {
	const call: Caller["call"] = async (method, path, body) => {
		const headers = { origin: url };
		const data = body === undefined ? {} : { data: body };
		const answer = await page.request.fetch(url + path, { method, headers, ...data });
		if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()}`);
		return answer.json();
	};
	const { id } = (await call("GET", "/api/me")) as { id: string };
	return { id, call };
}

/** A room and its owner. */
export interface OwnedRoom {
	readonly room: RoomName;
	readonly owner: Caller;
	/** `decide("PUT", "members/ID", { role: "viewer" })`, as the owner. */
	decide(method: string, below: string, change?: object): Promise<unknown>;
}

const sentence = "Beans by the fence, sunflowers behind them.\nWho waters in August?\n";

/** Makes a room in which a plan is written down. Who wrote it stays in it as long as the page. */
export async function makeRoom(visit: Visit, owner: Caller): Promise<OwnedRoom> {
	const room = mintRoomName((size) => Uint8Array.from(randomBytes(size)));
	const decide: OwnedRoom["decide"] = (method, below, change) =>
		owner.call(method, `/api/rooms/${room}/${below}`, change);
	// Who changes something first owns it.
	await decide("PATCH", "access", { entry: "viewer" });
	await decide("PATCH", "access", { entry: "editor" });
	const carla = await guestNamed(visit, "Carla");
	const writer = await carla.come(room);
	metaOf(writer.doc).set("title", "School garden");
	textOf(writer.doc).insert(0, sentence);
	await writer.saved();
	return { room, owner, decide };
}

/** Asks to be let in, for as long as the page is there. */
export async function keepKnocking(visit: Visit, room: RoomName, who: Caller): Promise<void> {
	const knock = () => who.call("POST", `/api/rooms/${room}/knock`);
	await knock();
	const timer = setInterval(() => knock().catch(() => clearInterval(timer)), knockEveryMs);
	visit.page.once("close", () => clearInterval(timer));
}
