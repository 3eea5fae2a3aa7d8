import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { below, seeded } from "../../../scripts/converge/random.ts";
import type { RegistryLimits } from "../../../server/config.ts";
import { foldStored } from "../../../server/fold/fold.ts";
import { type Standing, standingOf } from "../../../server/rooms/access.ts";
import { Keeper } from "../../../server/rooms/keeper.ts";
import { createStamps } from "../../../server/rooms/members/roster.ts";
import { Registry, type RegistryParts } from "../../../server/rooms/registry.ts";
import type { Room } from "../../../server/rooms/room.ts";
import { createScheduler } from "../../../server/rooms/scheduler.ts";
import { MemoryRecords, MemoryRecordsDisk } from "../../../server/store/memory-records.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { advanceUntil, ManualClock } from "../../fixtures/manual-clock.ts";
import { GatedLog } from "../../fixtures/rooms/gated-log.ts";
import { unobserved } from "../../fixtures/rooms/open-room.ts";
import { Visitor } from "../../fixtures/rooms/visitor.ts";

const garden = "garden" as RoomName;
const idleMs = 10_000;

function createWorld(given: Partial<RegistryLimits> = {}, more: Pick<RegistryParts, "began"> = {}) {
	const limits = { openRoomsMax: 10, docBytesMax: 1e9, membersPerRoomMax: 10, ...given };
	const log = new GatedLog();
	const clock = new ManualClock();
	const records = new MemoryRecords(new MemoryRecordsDisk());
	const reports: unknown[] = [];
	const report = (error: unknown) => reports.push(error);
	const compaction = { tailBytesMax: 1e6, tailUpdatesMax: 1e6, restingTailBytesMax: 1e6 };
	const fold = async (stored: Parameters<typeof foldStored>[0]) => foldStored(stored);
	const keeper = new Keeper({ log, records, clock, fold, limits: compaction, report });
	const registry = new Registry({
		log,
		clock,
		scheduler: createScheduler(),
		stamp: createStamps(clock),
		keeper,
		limits: { roomIdleMs: idleMs, ...limits },
		observe: unobserved,
		report,
		...more,
	});
	let nextClientId = 1;
	const enter = async (name = garden, standing?: Standing, mayBegin?: () => boolean) => {
		const visitor = new Visitor({ clientId: nextClientId++ });
		const room = await registry.enter(name, visitor, standing, mayBegin);
		visitor.attach(room, () => registry.leave(room, visitor));
		return { visitor, room };
	};
	return { log, clock, records, registry, enter, reports };
}

async function turns(): Promise<void> {
	for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test("a new room has its owner before it has a record: none is without one for ever", async () => {
	let owned: () => void = () => undefined;
	const owning = new Promise<void>((resolve) => {
		owned = resolve;
	});
	const { enter, records } = createWorld({}, { began: () => owning });
	const { visitor, room } = await enter();
	visitor.type("rose");
	await turns();
	expect(await records.room(garden)).toBeNull();
	owned();
	await room.settled();
	expect(await records.room(garden)).toMatchObject({ name: garden });
});

test("all who come while a room is loaded share one load and one room", async () => {
	const { log, enter } = createWorld();
	log.holdLoads();
	const entering = [enter(), enter(), enter()];
	await turns();
	log.releaseLoads();
	const rooms = new Set<Room>((await Promise.all(entering)).map(({ room }) => room));
	expect(rooms.size).toBe(1);
	expect(log.loadCount).toBe(1);
});

test("a room that nobody is in leaves memory after a while, and comes back whole", async () => {
	const { clock, registry, enter } = createWorld();
	const { visitor, room } = await enter();
	visitor.type("rose");
	await room.settled();
	visitor.close("stopping");
	clock.advance(idleMs - 1);
	expect(registry.roomCount).toBe(1);
	clock.advance(1);
	await turns();
	expect(registry.roomCount).toBe(0);
	const again = await enter();
	await again.room.settled();
	expect(again.room).not.toBe(room);
	expect(again.visitor.text()).toBe("rose");
});

test("who comes back while a room is let go of finds everything", async () => {
	for (let turnsBetween = 0; turnsBetween < 8; turnsBetween++) {
		const { log, clock, enter } = createWorld();
		const first = await enter();
		await first.room.settled();
		log.hold();
		first.visitor.type("rose");
		first.visitor.close("stopping");
		clock.advance(idleMs);
		for (let turn = 0; turn < turnsBetween; turn++) await new Promise(setImmediate);
		const entering = enter();
		await turns();
		log.release();
		const { room, visitor } = await entering;
		await room.settled();
		expect(visitor.text()).toBe("rose");
		visitor.type(" lily");
		await room.settled();
		expect(log.batches.get(garden)).toHaveLength(2);
	}
});

/** WEFT_REJOIN_SEEDS=5000 npx vitest run registry: as many as FAULTS.md has (D3). */
const seedCount = Number(process.env["WEFT_REJOIN_SEEDS"] ?? 60);

test("whoever comes while it is loaded or let go of is in the one room, with all", async () => {
	for (let seed = 1; seed <= seedCount; seed++) {
		const random = seeded(seed);
		const { log, clock, registry, enter } = createWorld({ membersPerRoomMax: 30 });
		const visit = async (word: string) => {
			const { visitor } = await enter();
			if (random() < 0.5) await turns();
			visitor.type(word);
			if (random() < 0.5) await turns();
			visitor.close("stopping");
			return word;
		};
		const visits: Promise<string>[] = [];
		const ends = [() => log.releaseLoads(), () => log.release(), () => clock.advance(idleMs)];
		const deeds = [...ends, () => log.holdLoads(), () => log.hold()];
		for (let step = 0; step < 20; step++) {
			if (random() < 0.3) visits.push(visit(`${step},`));
			else deeds[below(random, deeds.length)]?.();
			for (let left = below(random, 4); left > 0; left--) await new Promise(setImmediate);
			expect(registry.roomCount).toBeLessThan(2);
		}
		for (const end of ends) end();
		const words = await Promise.all(visits);
		const { visitor, room } = await enter();
		await room.settled();
		const found = visitor.text().match(/\d+,/g) ?? [];
		expect([...found].sort(), `seed ${seed}`).toEqual(words.sort());
	}
});

test("who enters may do what they are in the room", async () => {
	const { enter } = createWorld();
	const { room, visitor } = await enter(garden, standingOf("viewer"));
	visitor.type("rose");
	await room.settled();
	expect(visitor.closedWith).toBe("not_allowed");
});

test("what waits in all rooms is known, and is nothing once it is on disk", async () => {
	const { registry, enter, log } = createWorld();
	const [ann, ben] = await Promise.all([enter(), enter("forest" as RoomName)]);
	await Promise.all([ann.room.settled(), ben.room.settled()]);
	expect(registry.waitingBytes).toBe(0);
	log.hold();
	for (const { visitor } of [ann, ben]) visitor.type("x".repeat(1_000));
	expect(registry.waitingBytes).toBeGreaterThan(2_000);
	expect(registry.waitingBytes).toBeLessThan(2_200);
	log.release();
	await Promise.all([ann.room.settled(), ben.room.settled()]);
	expect(registry.waitingBytes).toBe(0);
});

test("who stays keeps the room, however long", async () => {
	const { clock, registry, enter } = createWorld();
	const { room } = await enter();
	const { visitor: ben } = await enter();
	ben.close("stopping");
	clock.advance(idleMs * 5);
	await turns();
	expect(registry.roomCount).toBe(1);
	expect(registry.peopleIn(garden)).toBe(1);
	expect((await enter()).room).toBe(room);
});

test("a room whose load fails refuses those who came, and the next one tries again", async () => {
	const { log, enter } = createWorld();
	const load = log.load.bind(log);
	log.load = () => Promise.reject(new Error("planted"));
	await expect(enter()).rejects.toThrow("planted");
	log.load = load;
	expect((await enter()).room.memberCount).toBe(1);
});

test("a full room, a full server and a server that stops say so", async () => {
	const { registry, enter } = createWorld({ openRoomsMax: 1, membersPerRoomMax: 1 });
	await enter();
	await expect(enter()).rejects.toMatchObject({ code: "room_full" });
	await expect(enter("meadow" as RoomName)).rejects.toMatchObject({ code: "server_full" });
	await registry.drain("stopping");
	await expect(enter()).rejects.toMatchObject({ code: "stopping" });
});

test("who may begin no room comes into those of others, and leaves none behind", async () => {
	const { registry, enter } = createWorld();
	const asked: string[] = [];
	const come = (name: string) =>
		enter(name as RoomName, undefined, () => {
			asked.push(name);
			return false;
		});
	await expect(come("meadow")).rejects.toMatchObject({ code: "too_many_rooms" });
	await turns();
	expect([registry.roomCount, asked]).toEqual([0, ["meadow"]]);
	const { visitor, room } = await enter();
	const { visitor: ben } = await come("garden");
	visitor.type("rose");
	await room.settled();
	for (const one of [visitor, ben]) one.close("stopping");
	expect((await come("garden")).room.memberCount).toBe(1);
	await registry.drain("stopping");
	expect(asked).toEqual(["meadow"]);
});

test("draining writes what came, tells everybody, and leaves no room behind", async () => {
	const { log, registry, enter } = createWorld();
	const { visitor, room } = await enter();
	await room.settled();
	log.hold();
	visitor.type("last words");
	const draining = registry.drain("stopping");
	await turns();
	expect(visitor.closedWith).toBeNull();
	log.release();
	await draining;
	expect(visitor.closedWith).toBe("stopping");
	expect(visitor.saved.at(-1)).toBe(2);
	expect(registry.roomCount).toBe(0);
});

test("draining ends in a second where people write on and on, and loses nothing", async () => {
	const { log, clock, registry, enter } = createWorld();
	const { visitor, room } = await enter();
	await room.settled();
	const append = log.append.bind(log);
	log.append = async (...args) => {
		if (visitor.closedWith === null) visitor.type("on and ");
		await new Promise((resolve) => setImmediate(resolve));
		await append(...args);
	};
	visitor.type("on and ");
	await advanceUntil(clock, registry.drain("stopping"));
	expect(visitor.closedWith).toBe("stopping");
	const again = new Y.Doc();
	for (const { updates } of log.batches.get(garden) ?? []) {
		for (const { bytes } of updates) Y.applyUpdate(again, bytes);
	}
	expect(again.getText("text").toString()).toBe(visitor.text());
});

test("a room that is ended tells everybody why, keeps what came, and is there again", async () => {
	const { log, registry, enter } = createWorld();
	const [ann, ben] = [await enter(), await enter()];
	const other = await enter("meadow" as RoomName);
	await ann.room.settled();
	log.hold();
	ann.visitor.type("last words");
	const ending = registry.end(garden, "room_closed");
	await turns();
	expect(ann.visitor.closedWith).toBeNull();
	const entering = enter();
	log.release();
	expect(await ending).toBe(true);
	expect([ann, ben].map(({ visitor }) => visitor.closedWith)).toEqual([
		"room_closed",
		"room_closed",
	]);
	expect(ann.visitor.saved.at(-1)).toBe(2);
	expect(other.visitor.closedWith).toBeNull();
	await entering.catch(() => undefined);
	const again = await enter();
	await again.room.settled();
	expect(again.room).not.toBe(ann.room);
	expect(again.visitor.text()).toBe("last words");
	expect(registry.peopleByRoom()).toEqual(
		new Map([
			["meadow", 1],
			["garden", registry.peopleIn(garden)],
		]),
	);
});

test("a room that is not in memory is not loaded to be ended", async () => {
	const { log, registry } = createWorld();
	expect(await registry.end(garden, "room_closed")).toBe(false);
	expect(log.loadCount).toBe(0);
});

test("the list of rooms knows a room from its first write on", async () => {
	const { clock, records, enter } = createWorld();
	const { visitor, room } = await enter();
	await room.settled();
	expect(await records.room(garden)).toBeNull();
	visitor.edit((doc) => doc.getMap("meta").set("title", "Spring"));
	await room.settled();
	expect(await records.room(garden)).toMatchObject({ kind: "guarded", madeBy: { name: "Ann" } });
	clock.advance(3_000);
	await turns();
	const record = await records.room(garden);
	expect(record?.preview.title).toBe("Spring");
	expect(record?.changedAtMs).toBe(clock.now());
});

describe("where docs are too large together", () => {
	/** A room in which somebody wrote, and is still there. */
	async function written(world: ReturnType<typeof createWorld>, name: string, bytes: number) {
		const { room, visitor } = await world.enter(name as RoomName);
		visitor.type("x".repeat(bytes));
		await room.settled();
		return { room, visitor };
	}

	test("those go that nobody has written to for longest, and come back whole", async () => {
		const world = createWorld({ docBytesMax: 2_500 });
		const oldest = await written(world, "oldest", 1_000);
		world.clock.advance(1_000);
		const older = await written(world, "older", 1_000);
		world.clock.advance(20_000);
		expect(oldest.room.doc).not.toBeNull();
		await written(world, "newest", 1_000);
		await oldest.room.settled();
		expect(oldest.room.doc).toBeNull();
		expect(older.room.doc).not.toBeNull();
		const { visitor } = await world.enter("oldest" as RoomName);
		await oldest.room.settled();
		expect(visitor.text()).toBe("x".repeat(1_000));
		expect(oldest.room.doc).toBeNull();
		oldest.visitor.type("rose");
		await oldest.room.settled();
		expect(oldest.room.doc).not.toBeNull();
		expect(visitor.text()).toBe(`${"x".repeat(1_000)}rose`);
		expect(oldest.visitor.saved.at(-1)).toBe(3);
	});

	test("those stay that somebody has just written to", async () => {
		const world = createWorld({ docBytesMax: 1 });
		const rooms = [await written(world, "a", 100), await written(world, "b", 100)];
		world.clock.advance(9_999);
		rooms.push(await written(world, "c", 100));
		for (const { room } of rooms) {
			await room.settled();
			expect(room.doc).not.toBeNull();
		}
	});

	test("a room that was let go of, or failed, counts no more", async () => {
		const world = createWorld({ docBytesMax: 2_500 });
		const stays = await written(world, "stays", 1_000);
		const left = await written(world, "left", 1_000);
		left.visitor.close("stopping");
		world.clock.advance(idleMs);
		await turns();
		const failed = await written(world, "failed", 1_000);
		failed.room.doc?.on("update", () => {
			throw new Error("planted");
		});
		failed.visitor.type("!");
		await failed.room.settled();
		expect([world.registry.roomCount, world.reports.length]).toEqual([1, 1]);
		world.clock.advance(20_000);
		await written(world, "late", 1_000);
		await stays.room.settled();
		expect(stays.room.doc).not.toBeNull();
	});

	test("what is written while a room lets go of its doc is kept and shown", async () => {
		const world = createWorld();
		const { room, visitor } = await written(world, "garden", 10);
		const { visitor: ben } = await world.enter();
		for (let turnsBetween = 0; turnsBetween < 6; turnsBetween++) {
			room.rest();
			for (let turn = 0; turn < turnsBetween; turn++) await Promise.resolve();
			visitor.type("rose");
			await room.settled();
			expect(ben.text()).toBe(visitor.text());
		}
		const stored = await world.log.load(garden);
		const doc = new Y.Doc();
		for (const { updates } of stored.tail) {
			for (const { bytes } of updates) Y.applyUpdate(doc, bytes);
		}
		expect(doc.getText("text").toString()).toBe(visitor.text());
	});
});
