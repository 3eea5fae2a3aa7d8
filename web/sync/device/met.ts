/** Who was here under which client id: since the page was opened, and as the device remembers. */
import type { Person } from "../../../shared/awareness.ts";
import { cleanPersonName, isPersonColor } from "../../../shared/awareness.ts";
import type { Cancel } from "../../../shared/clock.ts";
import type { RoomName } from "../../../shared/ids.ts";
import type { PersonMemory } from "../me.ts";
import type { RoomClient } from "../room-client.ts";
import { isKeeping } from "./keeping.ts";

/** Older ones are forgotten: a class of forty that comes twice a week for a month. */
const metMax = 400;
/** Rooms of which it is remembered; the one that was left longest ago goes. */
const roomsMax = 24;
/** What is new is written down this long after it was seen, in one go. */
const writeMs = 2_000;

const memoryKey = "weft:met";

type Entry = readonly [client: number, id: string, name: string, color: string];

/** Everybody who was met in a room. */
export class Met {
	readonly people = new Map<number, Person>();
	readonly #client: RoomClient;
	readonly #memory: PersonMemory | null;
	readonly #cancelMe: Cancel;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(client: RoomClient, memory: PersonMemory | null) {
		this.#client = client;
		this.#memory = memory;
		for (const [id, ...rest] of readRooms(memory).get(client.room) ?? []) {
			const [userId, name, color] = rest;
			this.people.set(id, { id: userId, name, color });
		}
		client.awareness.on("change", this.#look);
		this.#cancelMe = client.on("me", this.#look);
		this.#look();
	}

	/** Writes down what is new; safe to call twice. */
	close(): void {
		this.#client.awareness.off("change", this.#look);
		this.#cancelMe();
		if (this.#timer !== undefined) this.#write();
	}

	readonly #look = (): void => {
		const client = this.#client;
		const now = [
			{ clientId: client.doc.clientID, user: client.me },
			...client.people().map(({ clientId, state }) => ({ clientId, user: state.user })),
		];
		for (const { clientId, user } of now) {
			const known = this.people.get(clientId);
			if (user === undefined || isSame(known, user)) continue;
			this.people.delete(clientId);
			this.people.set(clientId, user);
			this.#timer ??= setTimeout(() => this.#write(), writeMs);
		}
	};

	#write(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (this.#memory === null || !isKeeping(this.#memory)) return;
		const entries = [...this.people].slice(-metMax).map(entryOf);
		const rooms = readRooms(this.#memory);
		rooms.delete(this.#client.room);
		rooms.set(this.#client.room, entries);
		this.#memory.setItem(memoryKey, JSON.stringify([...rooms].slice(-roomsMax)));
	}
}

/** Forgets who was met in a room, or, without one, everywhere. */
export function forgetMet(memory: PersonMemory | null, room?: RoomName): void {
	const rooms = readRooms(memory);
	if (room === undefined) rooms.clear();
	else rooms.delete(room);
	memory?.setItem(memoryKey, JSON.stringify([...rooms]));
}

function isSame(known: Person | undefined, user: Person): boolean {
	return known?.id === user.id && known.name === user.name && known.color === user.color;
}

function entryOf([client, { id, name, color }]: [number, Person]): Entry {
	return [client, id, name, color];
}

function readRooms(memory: PersonMemory | null): Map<string, Entry[]> {
	try {
		const stored: unknown = JSON.parse(memory?.getItem(memoryKey) ?? "[]");
		if (!Array.isArray(stored)) return new Map();
		return new Map(stored.flatMap(readRoom));
	} catch {
		return new Map(); // Somebody else's value under our name.
	}
}

function readRoom(value: unknown): [string, Entry[]][] {
	const [room, entries] = Array.isArray(value) ? (value as unknown[]) : [];
	if (typeof room !== "string" || !Array.isArray(entries)) return [];
	return [[room, entries.filter(isEntry)]];
}

function isEntry(entry: unknown): entry is Entry {
	if (!Array.isArray(entry)) return false;
	const [client, id, name, color] = entry as unknown[];
	const isNamed = typeof name === "string" && cleanPersonName(name) === name;
	return Number.isInteger(client) && typeof id === "string" && isNamed && isPersonColor(color);
}
