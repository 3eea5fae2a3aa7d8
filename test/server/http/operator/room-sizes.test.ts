import { beforeEach, expect, test } from "vitest";
import { RoomSizes } from "../../../../server/http/operator/room-sizes.ts";
import { MemoryRecords, MemoryRecordsDisk } from "../../../../server/store/memory-records.ts";
import type { PhotoRecord } from "../../../../server/store/records.ts";
import type { RoomName } from "../../../../shared/ids.ts";
import { advanceUntil, ManualClock } from "../../../fixtures/manual-clock.ts";
import { roomNamed } from "../../../fixtures/stored.ts";

let clock: ManualClock;
let records: MemoryRecords;
let sizes: RoomSizes;
/** Which were measured, in order. */
let measured: RoomName[];
let reports: unknown[];
let liveBytes: number;

const room = (name: string, changedAtMs = 1) => ({ name: roomNamed(name), changedAtMs });

beforeEach(() => {
	clock = new ManualClock();
	records = new MemoryRecords(new MemoryRecordsDisk());
	[measured, reports, liveBytes] = [[], [], 100];
	const sizeOf = async (name: RoomName) => {
		if (name === "damaged") throw new Error("planted");
		measured.push(name);
		return { liveBytes, historyBytes: 20 };
	};
	sizes = new RoomSizes({
		log: { sizeOf },
		records,
		clock,
		report: (error) => reports.push(error),
	});
});

test("a room is as large as its log, its history and its photos", async () => {
	const photo = { bytes: 1_000, original: { type: "image/png", bytes: 5_000 } };
	await records.putPhoto(roomNamed("garden"), { id: "a", ...photo } as unknown as PhotoRecord);
	await records.putPhoto(roomNamed("garden"), { id: "b", bytes: 7 } as unknown as PhotoRecord);
	expect(sizes.of(roomNamed("garden"))).toBeNull();
	await sizes.look([room("garden"), room("shed")]);
	expect(sizes.of(roomNamed("garden"))).toBe(6_127);
	expect(sizes.of(roomNamed("shed"))).toBe(120);
});

test("one that changed is measured again, but not more often than each minute", async () => {
	await sizes.look([room("garden", 1)]);
	liveBytes = 200;
	clock.advance(59_999);
	await sizes.look([room("garden", 2)]);
	expect(sizes.of(roomNamed("garden"))).toBe(120);
	clock.advance(1);
	await sizes.look([room("garden", 1)]);
	expect(sizes.of(roomNamed("garden"))).toBe(120);
	await sizes.look([room("garden", 2)]);
	expect(sizes.of(roomNamed("garden"))).toBe(220);
	expect(measured).toHaveLength(2);
});

test("all are measured in turn, each once, and who asks anew replaces who waits", async () => {
	const rooms = Array.from({ length: 20 }, (_, index) => room(`room-${index}`));
	sizes.lookThrough(rooms);
	await new Promise((resolve) => setImmediate(resolve));
	expect(measured.length).toBeLessThan(20);
	sizes.lookThrough(rooms);
	await advanceUntil(clock, sizes.settled(), 1);
	expect(new Set(measured).size).toBe(20);
	expect(measured).toHaveLength(20);
	sizes.lookThrough(rooms);
	await sizes.settled();
	expect(measured).toHaveLength(20);
});

test("one that cannot be read is told of, and the others are measured", async () => {
	await sizes.look([room("damaged"), room("garden")]);
	expect(sizes.of(roomNamed("damaged"))).toBeNull();
	expect(sizes.has(roomNamed("damaged"))).toBe(true);
	expect(sizes.of(roomNamed("garden"))).toBe(120);
	expect(reports).toHaveLength(1);
});
