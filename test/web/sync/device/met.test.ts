import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { setKeeping } from "../../../../web/sync/device/keeping.ts";
import { forgetMet, Met } from "../../../../web/sync/device/met.ts";
import type { PersonMemory } from "../../../../web/sync/me.ts";
import type { RoomClient } from "../../../../web/sync/room-client.ts";
import { type CrowdClient, crowd } from "../../presence/crowd.ts";

let here: readonly CrowdClient[] = [];
// What is written down after a while is written here when a page is closed.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
	vi.useRealTimers();
	for (const { awareness } of here) awareness.destroy();
});

function device(): PersonMemory {
	const values = new Map<string, string>();
	return {
		getItem: (key) => values.get(key) ?? null,
		setItem: (key, value) => void values.set(key, value),
	};
}

/** The page of the first of them in a room where the others are too. */
function pageIn(room: string, ...names: readonly string[]): RoomClient {
	here = crowd(...names);
	const [client] = here;
	const { doc } = client?.awareness ?? {};
	return { ...client, room, doc, on: () => () => undefined } as unknown as RoomClient;
}

const namesOf = ({ people }: Met) => [...people.values()].map(({ name }) => name);

/** Opens a room of people, closes it, and tells who is known in it when it is opened alone. */
function metBefore(memory: PersonMemory, room: string, ...names: readonly string[]): string[] {
	new Met(pageIn(room, ...names), memory).close();
	const again = new Met(pageIn(room, "Zoe"), memory);
	const known = namesOf(again);
	again.close();
	return known;
}

test("who was met in a room is known when it is opened again, and nowhere else", () => {
	const memory = device();
	expect(metBefore(memory, "garden", "Ann", "Ben")).toEqual(["Ann", "Ben", "Zoe"]);
	expect(metBefore(memory, "pond", "Cleo")).toEqual(["Cleo", "Zoe"]);
});

test("of rooms the last are remembered: the one that was left longest ago goes", () => {
	const memory = device();
	for (let room = 0; room < 24; room++) metBefore(memory, `room-${room}`, "Ann");
	metBefore(memory, "room-0", "Ben");
	metBefore(memory, "one-more", "Ann");
	const knownIn = (room: string) => {
		const page = new Met(pageIn(room, "Eve"), memory);
		return namesOf(page).includes("Ann");
	};
	expect([knownIn("room-0"), knownIn("room-1"), knownIn("room-2")]).toEqual([true, false, true]);
});

test("a device that is to keep nothing remembers nobody", () => {
	const memory = device();
	setKeeping(memory, false);
	expect(metBefore(memory, "garden", "Ann", "Ben")).toEqual(["Zoe"]);
	expect(memory.getItem("weft:met")).toBeNull();
});

test("whoever is forgotten in a room, or everywhere, is not known any more", () => {
	const memory = device();
	for (const room of ["garden", "pond"]) metBefore(memory, room, "Ann");
	const knownIn = (room: string) => namesOf(new Met(pageIn(room, "Eve"), memory)).length - 1;
	forgetMet(memory, "garden" as RoomClient["room"]);
	expect([knownIn("garden"), knownIn("pond")]).toEqual([0, 2]);
	forgetMet(memory);
	expect(knownIn("pond")).toBe(0);
});
