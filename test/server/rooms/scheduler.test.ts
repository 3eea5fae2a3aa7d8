import { expect, test } from "vitest";
import { createStamps } from "../../../server/rooms/members/roster.ts";
import { Room } from "../../../server/rooms/room.ts";
import { createScheduler } from "../../../server/rooms/scheduler.ts";
import { promptCompression } from "../../../server/store/compress.ts";
import { openStoreOn } from "../../../server/store/level-store.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { FakeDisk } from "../../fixtures/fake-disk.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";
import { coldOf } from "../../fixtures/rooms/open-room.ts";
import { Visitor } from "../../fixtures/rooms/visitor.ts";

/** A writer and a reader in each of so many rooms, over one store and one scheduler. */
async function village(
	roomCount: number,
	prepare: (room: Room) => Promise<void> = async () => undefined,
) {
	const disk = new FakeDisk();
	const { openBinding, probeDisk } = disk;
	const clock = new ManualClock();
	const ignore = () => undefined;
	const compression = promptCompression;
	const store = { directory: ".", clock, historyMs: 0, compression, openBinding, probeDisk };
	const { log, records } = await openStoreOn(store);
	const parts = {
		...{ log, clock, scheduler: createScheduler(), stamp: createStamps(clock) },
		...{ bytesMax: 1e6, healed: null, observe: { leftOut: ignore, resynced: ignore } },
		...{ prepare, woke: ignore, wrote: ignore, failed: ignore },
	};
	const houses: { room: Room; writer: Visitor; reader: Visitor }[] = [];
	for (let index = 0; index < roomCount; index++) {
		const name = `house-${index}` as RoomName;
		const room = new Room(name, await coldOf(await log.load(name), log), null, parts);
		const [writer, reader] = [1, 2].map((clientId) => new Visitor({ clientId }).join(room));
		if (writer && reader) houses.push({ room, writer, reader });
	}
	const settle = () => Promise.all(houses.map(({ room }) => room.settled()));
	const typeAll = (text: string) => {
		for (const { writer } of houses) writer.type(text);
	};
	await settle();
	const close = () => Promise.all([log.close(), records.close()]);
	return { disk, houses, settle, typeAll, close };
}

test("everything of one turn is one synced write over all rooms", async () => {
	const { disk, houses, settle, typeAll, close } = await village(20);
	typeAll("a");
	await settle(); // A first write looks for the next number in the log.
	const before = disk.asked.length;
	typeAll("b");
	await settle();
	const writes = disk.asked.slice(before);
	expect(writes.map(({ operations, sync }) => [operations.length, sync])).toEqual([[20, true]]);
	expect(houses.map(({ reader }) => reader.text())).toEqual(houses.map(() => "ab"));
	await close();
});

test("while the disk works everything gathers, and is the next write together", async () => {
	const { disk, houses, settle, typeAll, close } = await village(5);
	typeAll("a");
	await settle();
	const before = disk.asked.length;
	let open: () => void = () => undefined;
	disk.gate = new Promise((resolve) => {
		open = resolve;
	});
	typeAll("b");
	for (const digit of "1234") {
		await new Promise((resolve) => setImmediate(resolve));
		typeAll(digit);
	}
	expect(houses.map(({ reader }) => reader.text())).toEqual(houses.map(() => "a"));
	disk.gate = null;
	open();
	await settle();
	expect(disk.asked.slice(before).map(({ operations }) => operations.length)).toEqual([5, 5]);
	expect(houses.map(({ reader }) => reader.text())).toEqual(houses.map(() => "ab1234"));
	await close();
});

test("a room whose record is being made holds up no other", async () => {
	let made: () => void = () => undefined;
	const record = new Promise<void>((resolve) => {
		made = resolve;
	});
	const { houses, settle, typeAll, close } = await village(3, async ({ name }) => {
		if (name === "house-0") await record;
	});
	typeAll("a");
	await Promise.all(houses.slice(1).map(({ room }) => room.settled()));
	expect(houses.map(({ reader }) => reader.text())).toEqual(["", "a", "a"]);
	made();
	await settle();
	expect(houses.map(({ reader }) => reader.text())).toEqual(["a", "a", "a"]);
	await close();
});

test("it is tidied before somebody goes on with something long, and not for letters", async () => {
	const deeds: string[] = [];
	const scheduler = createScheduler(() => deeds.push("tidy"));
	const pause = (name: string) =>
		new Promise<void>((resolve) => {
			scheduler.pause(() => resolve(void deeds.push(name)));
		});
	const done = Promise.all(["one", "other"].map(pause));
	scheduler.turn(() => deeds.push("short"));
	await done;
	expect(deeds.filter((deed) => deed !== "short")).toEqual(["tidy", "one", "tidy", "other"]);
	expect(deeds).toContain("short");
});
