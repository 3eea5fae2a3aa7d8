import { expect, test } from "vitest";
import { foldStored } from "../../../server/fold/fold.ts";
import { Keeper } from "../../../server/rooms/keeper.ts";
import { createStamps } from "../../../server/rooms/members/roster.ts";
import { Registry } from "../../../server/rooms/registry.ts";
import { createScheduler } from "../../../server/rooms/scheduler.ts";
import { MemoryDisk, MemoryLog } from "../../../server/store/memory-log.ts";
import { MemoryRecords, MemoryRecordsDisk } from "../../../server/store/memory-records.ts";
import type { Fold } from "../../../server/store/room-log.ts";
import { WeftError } from "../../../shared/errors.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { advanceUntil, ManualClock } from "../../fixtures/manual-clock.ts";
import { unobserved } from "../../fixtures/rooms/open-room.ts";
import { Visitor } from "../../fixtures/rooms/visitor.ts";
import { foldHere, loadText, roomNamed, Writer } from "../../fixtures/stored.ts";

const garden = roomNamed("garden");
const idleMs = 10_000;
const hourMs = 60 * 60 * 1000;
const compaction = { tailBytesMax: 2_000, tailUpdatesMax: 30, restingTailBytesMax: 300 };

function createWorld() {
	const clock = new ManualClock();
	const log = new MemoryLog(new MemoryDisk(), clock, 0);
	const records = new MemoryRecords(new MemoryRecordsDisk());
	const reports: unknown[] = [];
	const report = (error: unknown) => reports.push(error);
	const keeper = new Keeper({ log, records, clock, fold: foldHere, limits: compaction, report });
	const registry = new Registry({
		log,
		clock,
		scheduler: createScheduler(),
		stamp: createStamps(clock),
		keeper,
		limits: { roomIdleMs: idleMs, docBytesMax: 1e9, openRoomsMax: 10, membersPerRoomMax: 10 },
		observe: unobserved,
		report,
	});
	let clientId = 1;
	const enter = async (name = garden) => {
		const visitor = new Visitor({ clientId: clientId++ });
		const room = await registry.enter(name, visitor);
		visitor.attach(room, () => registry.leave(room, visitor));
		return { visitor, room };
	};
	const leave = async (visitor: Visitor) => {
		visitor.close("stopping");
		clock.advance(idleMs);
		await turns();
	};
	const write = async (room: RoomName, count: number) => {
		const ann = new Writer(99);
		for (let word = 0; word < count; word++) await log.append(room, ann.type("rose "));
	};
	return { log, clock, records, enter, leave, write, keeper, reports };
}

async function turns(): Promise<void> {
	for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test("what many short visits leave behind adds up until it is folded", async () => {
	const { log, enter, leave, reports } = createWorld();
	const tails: number[] = [];
	for (let visit = 0; visit < 30; visit++) {
		const { visitor, room } = await enter();
		visitor.type("rose ");
		await room.settled();
		await leave(visitor);
		tails.push((await log.load(garden)).tail.length);
	}
	expect(Math.max(...tails)).toBeGreaterThan(3);
	expect(Math.max(...tails)).toBeLessThan(20);
	expect(await loadText(log, garden)).toBe("rose ".repeat(30));
	expect(reports).toEqual([]);
});

test("what is loaded and joined stays small however often one edits (R17)", async () => {
	const { log, enter, reports } = createWorld();
	const { visitor: ann, room } = await enter();
	/** Bytes that who comes is sent. */
	const joinedBytes: number[] = [];
	const tails: number[] = [];
	for (let edit = 1; edit <= 2_000; edit++) {
		ann.type("rose ");
		ann.edit((doc) => doc.getText("text").delete(0, 5));
		if (edit % 10 === 0) await room.settled();
		if (edit % 500 !== 0) continue;
		await turns();
		const { visitor: ben } = await enter();
		let sentBytes = 0;
		ben.send = (frames) => {
			for (const { length } of frames) sentBytes += length;
		};
		await room.settled();
		ben.close("stopping");
		joinedBytes.push(sentBytes);
		tails.push((await log.load(garden)).tail.length);
	}
	expect(Math.max(...tails)).toBeLessThan(2 * compaction.tailUpdatesMax);
	const [first = 0] = joinedBytes;
	expect(first).toBeGreaterThan(0);
	expect(Math.max(...joinedBytes)).toBeLessThan(first + 16);
	expect(reports).toEqual([]);
});

test("a room comes to rest only when its record is written, however slow the disk", async () => {
	const { clock, records, enter, keeper } = createWorld();
	const { visitor, room } = await enter();
	visitor.type("roses");
	await room.settled();
	const put = records.putRoom.bind(records);
	let answer: () => void = () => undefined;
	const answered = new Promise<void>((resolve) => {
		answer = resolve;
	});
	records.putRoom = async (record) => {
		await answered;
		await put(record);
	};
	clock.advance(3_000);
	const order: string[] = [];
	const resting = keeper.rest(room).then(() => order.push("at rest"));
	await turns();
	order.push("the disk answers");
	answer();
	await resting;
	expect(order).toEqual(["the disk answers", "at rest"]);
	expect((await records.room(garden))?.preview.excerpt).toContain("roses");
});

test("a record follows what is written again and again", async () => {
	const { clock, records, enter } = createWorld();
	const { visitor, room } = await enter();
	for (const text of ["roses", "roses and", "roses and lilies"]) {
		visitor.type(text.slice(visitor.text().length));
		await room.settled();
		clock.advance(3_000);
		await turns();
		const record = await records.room(garden);
		expect([record?.preview.excerpt, record?.changedAtMs]).toEqual([text, clock.now()]);
	}
});

test("a record that could not be written is written when the room comes to rest", async () => {
	const { clock, records, enter, keeper, reports } = createWorld();
	const { visitor, room } = await enter();
	visitor.type("roses");
	await room.settled();
	const put = records.putRoom.bind(records);
	records.putRoom = () => Promise.reject(new WeftError("disk_full"));
	clock.advance(3_000);
	await turns();
	expect(reports).toHaveLength(1);
	records.putRoom = put;
	await keeper.rest(room);
	expect((await records.room(garden))?.preview.excerpt).toContain("roses");
});

test("a room that let go of its doc is shown as it is stored", async () => {
	const { clock, records, enter, keeper } = createWorld();
	const { visitor, room } = await enter();
	visitor.type("roses");
	await room.settled();
	room.rest();
	await room.settled();
	expect(room.doc).toBeNull();
	clock.advance(3_000);
	await turns();
	expect((await records.room(garden))?.preview.excerpt).toBe("roses");
	visitor.type(" and lilies");
	await room.settled();
	room.rest();
	await keeper.rest(room);
	expect(room.doc).toBeNull();
	expect((await records.room(garden))?.preview.excerpt).toBe("roses and lilies");
});

test("records are refreshed one room after another, with a rest between", async () => {
	const { clock, records, enter } = createWorld();
	const names = [garden, roomNamed("pond"), roomNamed("shed")];
	for (const name of names) {
		const { visitor, room } = await enter(name);
		visitor.type("roses");
		await room.settled();
	}
	const put = records.putRoom.bind(records);
	let underWay = 0;
	let underWayMost = 0;
	const written: RoomName[] = [];
	records.putRoom = async (record) => {
		underWayMost = Math.max(underWayMost, ++underWay);
		await turns();
		await put(record);
		written.push(record.name);
		underWay--;
	};
	clock.advance(3_000);
	for (let count = 1; count <= names.length; count++) {
		while (written.length < count) await turns();
		await turns();
		expect(written).toEqual(names.slice(0, count));
		clock.advance(20);
	}
	expect(underWayMost).toBe(1);
	for (const name of names) expect((await records.room(name))?.preview.excerpt).toBe("roses");
});

test("a long tail that a crash left is folded after a visit that only reads", async () => {
	const { log, enter, leave, write } = createWorld();
	await write(garden, 60);
	const { visitor } = await enter();
	await turns();
	await leave(visitor);
	expect((await log.load(garden)).tail).toEqual([]);
	expect(await loadText(log, garden)).toBe("rose ".repeat(60));
});

test("now and then all rooms are folded, also those that nobody visits", async () => {
	const { log, clock, keeper, write, reports } = createWorld();
	const rooms = ["garden", "shed", "hill"].map(roomNamed);
	for (const room of rooms) await write(room, 5);
	keeper.startSweeping();
	clock.advance(7 * hourMs);
	await turns();
	for (const room of rooms) {
		expect((await log.load(room)).tail).toEqual([]);
		expect(await loadText(log, room)).toBe("rose ".repeat(5));
	}
	await write(roomNamed("late"), 5);
	clock.advance(7 * hourMs);
	await turns();
	expect((await log.load(roomNamed("late"))).tail).toEqual([]);
	expect(reports).toEqual([]);
	await keeper.close();
	expect(clock.timerCount).toBe(0);
});

test("a full disk ends the round at once, and the next one comes", async () => {
	const { log, clock, records, write } = createWorld();
	const reports: unknown[] = [];
	const failures: Fold = () => Promise.reject(new WeftError("disk_full"));
	const keeper = new Keeper({
		log,
		records,
		clock,
		fold: failures,
		limits: compaction,
		report: (error) => reports.push(error),
	});
	for (const room of ["garden", "shed", "hill"]) await write(roomNamed(room), 2);
	keeper.startSweeping();
	clock.advance(7 * hourMs);
	await turns();
	expect(reports).toHaveLength(1);
	clock.advance(7 * hourMs);
	await turns();
	expect(reports).toHaveLength(2);
	await keeper.close();
});

test("closing waits for the compaction under way and leaves those that wait", async () => {
	const { log, clock, records, write } = createWorld();
	const ends: (() => void)[] = [];
	const fold: Fold = (stored) =>
		new Promise((resolve) => ends.push(() => resolve(foldStored(stored))));
	const reports: unknown[] = [];
	const report = (error: unknown) => reports.push(error);
	const keeper = new Keeper({ log, records, clock, fold, limits: compaction, report });
	for (const room of ["garden", "shed", "hill"]) await write(roomNamed(room), 2);
	keeper.startSweeping();
	clock.advance(7 * hourMs);
	await turns();
	const closing = keeper.close();
	await turns();
	expect(ends).toHaveLength(1);
	ends[0]?.();
	await closing;
	const tails = ["garden", "shed", "hill"].map(
		async (room) => (await log.load(roomNamed(room))).tail,
	);
	expect((await Promise.all(tails)).map((tail) => tail.length)).toEqual([0, 2, 2]);
	expect(clock.timerCount).toBe(0);
	expect(reports).toEqual([]);
});

test("closing does not wait for a fold that takes long", async () => {
	const { log, clock, records, write } = createWorld();
	const fold: Fold = () => new Promise(() => undefined);
	const report = () => undefined;
	const keeper = new Keeper({ log, records, clock, fold, limits: compaction, report });
	await write(garden, 2);
	keeper.startSweeping();
	clock.advance(7 * hourMs);
	await turns();
	await advanceUntil(clock, keeper.close());
	expect((await log.load(garden)).tail).toHaveLength(2);
});
