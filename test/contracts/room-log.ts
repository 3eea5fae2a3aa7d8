/** What every RoomLog must do. */
import { describe, expect, test } from "vitest";
import { anyone, type UserId } from "../../shared/ids.ts";
import { batchOf, collect, foldHere, loadText, roomNamed, Writer } from "../fixtures/stored.ts";
import { type OpenRoomLog, useLog } from "./opened-log.ts";
import { claimsContract } from "./room-log-claims.ts";
import { compactionContract } from "./room-log-compaction.ts";
import { purgeContract } from "./room-log-purge.ts";

const garden = roomNamed("garden");

/** Names that differ little, or look like something else. */
const oddNames = [
	"a",
	"aa",
	"a.b",
	"a:b",
	"b",
	"ab",
	"A",
	"constructor",
	"__proto__",
	"0",
	"\u{1F331}",
	"\u{1F331}\u{1F331}",
	"gärten",
	"garten",
	"庭",
	" ",
	"...",
	"x".repeat(128),
	"x".repeat(127),
	"é".repeat(64),
	"\u{10ffff}".repeat(32),
].map(roomNamed);

/** See the head of this file. */
export function roomLogContract(name: string, open: OpenRoomLog): void {
	compactionContract(name, open);
	claimsContract(name, open);
	purgeContract(name, open);

	describe(`${name} keeps a log of rooms`, () => {
		const under = useLog(open);

		test("a room that was never written is empty, and stays unwritten by being read", async () => {
			expect(await under.log.load(garden)).toEqual({ snapshot: null, tail: [] });
			expect(await collect(under.log.history(garden))).toEqual([]);
			expect(await under.log.sizeOf(garden)).toEqual({ liveBytes: 0, historyBytes: 0 });
			await under.log.compact(garden, foldHere);
			expect(await collect(under.log.rooms())).toEqual([]);
		});

		test("what was appended comes back byte for byte, also after opening again", async () => {
			const ann = "g_ann" as UserId;
			const batches = [
				{ atMs: 1_000, updates: [{ userId: anyone, bytes: Uint8Array.of(0, 255, 7) }] },
				{
					atMs: 1_767_225_600_123,
					updates: [
						{ userId: ann, bytes: Uint8Array.of(1) },
						{ userId: anyone, bytes: new Uint8Array(0) },
						{ userId: ann, bytes: new Uint8Array(2_000).fill(9) },
					],
				},
				{ atMs: 0, updates: [{ userId: ann, bytes: Uint8Array.of(1) }] },
			];
			for (const batch of batches) await under.log.append(garden, batch);
			expect(await under.log.load(garden)).toEqual({ snapshot: null, tail: batches });
			await under.reopen();
			expect(await under.log.load(garden)).toEqual({ snapshot: null, tail: batches });
			expect(await collect(under.log.history(garden))).toEqual(batches);
		});

		test("an update of many megabytes comes back whole", async () => {
			const bytes = Uint8Array.from({ length: 9_000_000 }, (_, index) => index * 31);
			await under.log.append(garden, { atMs: 1, updates: [{ userId: anyone, bytes }] });
			await under.reopen();
			const stored = (await under.log.load(garden)).tail[0]?.updates[0]?.bytes ?? new Uint8Array(0);
			expect(Buffer.from(stored).equals(bytes)).toBe(true);
		});

		test("appends that were not waited for keep their order and resolve in it", async () => {
			const resolved: number[] = [];
			const numbers = Array.from({ length: 300 }, (_, index) => index);
			await Promise.all(
				numbers.map(async (number) => {
					await under.log.append(garden, batchOf([number & 255, number >> 8]));
					resolved.push(number);
				}),
			);
			expect(resolved).toEqual(numbers);
			await under.reopen();
			const { tail } = await under.log.load(garden);
			expect(tail.map((batch) => batch.updates[0]?.bytes)).toEqual(
				numbers.map((number) => Uint8Array.of(number & 255, number >> 8)),
			);
		});

		test("appends go on where they ended before the log was opened again", async () => {
			await under.log.append(garden, batchOf([1]));
			await under.reopen();
			await under.log.append(garden, batchOf([2]));
			await under.reopen();
			await Promise.all([
				under.log.append(garden, batchOf([3])),
				under.log.append(garden, batchOf([4])),
			]);
			expect((await under.log.load(garden)).tail).toEqual(
				[1, 2, 3, 4].map((byte) => batchOf([byte])),
			);
		});

		test("views into larger arrays are stored as the bytes they show", async () => {
			const frame = Uint8Array.from({ length: 100 }, (_, index) => index);
			await under.log.append(garden, {
				atMs: 1,
				updates: [{ userId: anyone, bytes: frame.subarray(40, 43) }],
			});
			frame.fill(0);
			const stored = await under.log.load(garden);
			expect(stored.tail[0]?.updates[0]?.bytes).toEqual(Uint8Array.of(40, 41, 42));
			expect(stored.tail[0]?.updates[0]?.bytes.constructor).toBe(Uint8Array);
		});

		test("what is handed out may be changed without changing what is stored", async () => {
			await under.log.append(garden, batchOf([1, 2, 3]));
			(await under.log.load(garden)).tail[0]?.updates[0]?.bytes.fill(0);
			expect((await under.log.load(garden)).tail).toEqual([batchOf([1, 2, 3])]);
		});

		test("names that are prefixes of each other, or odd, never share anything", async () => {
			for (const [index, room] of oddNames.entries()) {
				await under.log.append(room, batchOf([index]));
				await under.log.append(room, batchOf([index, index]));
			}
			await under.reopen();
			for (const [index, room] of oddNames.entries()) {
				const { tail } = await under.log.load(room);
				expect(tail, room).toEqual([batchOf([index]), batchOf([index, index])]);
			}
			expect((await collect(under.log.rooms())).sort()).toEqual([...oddNames].sort());
			expect((await under.log.load(roomNamed("x"))).tail).toEqual([]);
		});

		test("a thousand rooms that write at once each keep their own", async () => {
			const rooms = Array.from({ length: 1_000 }, (_, index) => roomNamed(`room ${index}`));
			for (const round of [1, 2, 3]) {
				await Promise.all(
					rooms.map((room, index) =>
						under.log.append(room, batchOf([round, index & 255, index >> 8])),
					),
				);
			}
			await under.reopen();
			for (const [index, room] of rooms.entries()) {
				const { tail } = await under.log.load(room);
				expect(tail).toEqual([1, 2, 3].map((round) => batchOf([round, index & 255, index >> 8])));
			}
			expect(await collect(under.log.rooms())).toHaveLength(1_000);
		});

		test("a batch without updates is refused as a mistake", async () => {
			await expect(under.log.append(garden, { atMs: 1, updates: [] })).rejects.toThrow(RangeError);
			expect(await collect(under.log.rooms())).toEqual([]);
		});

		test("appends may succeed at once where nothing is wrong", async () => {
			await under.log.whenWritable();
		});

		test("closing waits for what is under way, twice too; then all fails clearly", async () => {
			const ann = new Writer(1);
			const appends = [
				under.log.append(garden, ann.type("rose ")),
				under.log.append(garden, ann.type("lily")),
			];
			const closes = [under.log.close(), under.log.close()];
			await Promise.all([...appends, ...closes]);
			await under.log.close();
			const closed = { code: "store_failed" };
			await expect(under.log.append(garden, batchOf([1]))).rejects.toMatchObject(closed);
			await expect(under.log.load(garden)).rejects.toMatchObject(closed);
			await expect(under.log.compact(garden, foldHere)).rejects.toMatchObject(closed);
			await expect(collect(under.log.history(garden))).rejects.toMatchObject(closed);
			await expect(collect(under.log.rooms())).rejects.toMatchObject(closed);
			await expect(under.log.sizeOf(garden)).rejects.toMatchObject(closed);
			await under.reopen();
			expect(await loadText(under.log, garden)).toBe("rose lily");
		});
	});
}
