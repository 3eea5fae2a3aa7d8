import { expect, test } from "vitest";
import { Keeper } from "../../../server/rooms/keeper.ts";
import { createStamps } from "../../../server/rooms/members/roster.ts";
import { Registry } from "../../../server/rooms/registry.ts";
import { MemoryDisk, MemoryLog } from "../../../server/store/memory-log.ts";
import { MemoryRecords, MemoryRecordsDisk } from "../../../server/store/memory-records.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";
import { foldHere, loadText, roomNamed } from "../../fixtures/stored.ts";
import { Visitor } from "../../fixtures/visitor.ts";

const garden = roomNamed("garden");
const idleMs = 10_000;
const compaction = { tailBytesMax: 2_000, tailWritesMax: 30, restingTailBytesMax: 300 };

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
		scheduler: { turn: (run) => setImmediate(run) },
		stamp: createStamps(clock),
		keeper,
		limits: { roomIdleMs: idleMs, openRoomsMax: 10, membersPerRoomMax: 10 },
		observe: () => undefined,
		report,
	});
	let clientId = 1;
	const enter = async () => {
		const visitor = new Visitor({ clientId: clientId++ });
		const room = await registry.enter(garden, visitor);
		visitor.attach(room, () => registry.leave(room, visitor));
		return { visitor, room };
	};
	const leave = async (visitor: Visitor) => {
		visitor.close("stopping");
		clock.advance(idleMs);
		await turns();
	};
	return { log, enter, leave, keeper, reports };
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

test("a long tail that a crash left is folded after a visit that only reads", async () => {
	const { log, enter, leave } = createWorld();
	const ann = new Visitor({ clientId: 99 });
	ann.doc.on("update", (bytes: Uint8Array) => {
		void log.append(garden, { atMs: 1, updates: [{ userId: ann.userId, bytes }] });
	});
	for (let word = 0; word < 60; word++) ann.doc.getText("text").insert(0, "rose ");
	expect((await log.load(garden)).tail).toHaveLength(60);
	const { visitor } = await enter();
	await turns();
	await leave(visitor);
	const stored = await log.load(garden);
	expect(stored.tail).toEqual([]);
	expect(await loadText(log, garden)).toBe("rose ".repeat(60));
});
