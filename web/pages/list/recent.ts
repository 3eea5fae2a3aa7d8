/** The rooms that were opened on this device, newest visit first. */
import type { Millis } from "../../../shared/clock.ts";
import { parseRoomName, type RoomName } from "../../../shared/ids.ts";
import { isKeeping } from "../../sync/device/keeping.ts";
import type { PersonMemory } from "../../sync/me.ts";

/** One visit. */
export interface Visit {
	readonly room: RoomName;
	/** The title when it was left; empty where there was none. */
	readonly title: string;
	readonly atMs: Millis;
}

const memoryKey = "weft:recent";
/** More are a history nobody reads. */
const visitsMax = 24;

/** What this device remembers. */
export function recentVisits(memory: PersonMemory | null): Visit[] {
	try {
		const stored: unknown = JSON.parse(memory?.getItem(memoryKey) ?? "[]");
		return Array.isArray(stored) ? stored.flatMap(readVisit) : [];
	} catch {
		return []; // Somebody else's value under our name.
	}
}

/** Notes a visit; the same room stands in the list once. */
export function noteVisit(memory: PersonMemory | null, visit: Visit): void {
	if (!isKeeping(memory)) return;
	const others = recentVisits(memory).filter(({ room }) => room !== visit.room);
	const visits = [visit, ...others].slice(0, visitsMax);
	memory?.setItem(memoryKey, JSON.stringify(visits));
}

/** Forgets all visits. */
export function forgetVisits(memory: PersonMemory | null): void {
	memory?.setItem(memoryKey, "[]");
}

function readVisit(value: unknown): Visit[] {
	const { room, title, atMs } = (value ?? {}) as Partial<Record<keyof Visit, unknown>>;
	const name = typeof room === "string" ? parseRoomName(room) : null;
	if (name === null || typeof title !== "string" || typeof atMs !== "number") return [];
	return [{ room: name, title, atMs }];
}
