/** What every RoomLog must do. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { foldStored } from "../../server/fold/fold.ts";
import type { Fold, RoomLog } from "../../server/store/room-log.ts";
import type { Clock, Millis } from "../../shared/clock.ts";
import { anyone, type UserId } from "../../shared/ids.ts";
import { ManualClock } from "../fixtures/manual-clock.ts";
import {
	batchOf,
	collect,
	docOf,
	foldHere,
	loadText,
	roomNamed,
	textIn,
	Writer,
} from "../fixtures/stored.ts";

/** What a contract test hands to a log beside its place. */
export interface ContractOptions {
	readonly clock: Clock;
	readonly historyMs: Millis;
}

/** Opens a log; called twice with one path, it opens the same data. */
export type OpenRoomLog = (path: string, options: ContractOptions) => Promise<RoomLog>;

const day: Millis = 24 * 60 * 60 * 1000;
const garden = roomNamed("garden");
const shed = roomNamed("shed");

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
	describe(`${name} keeps a log of rooms`, () => {
		let path = "";
		let clock: ManualClock;
		let log: RoomLog;

		beforeEach(async () => {
			path = await mkdtemp(join(tmpdir(), "weft-log-"));
			clock = new ManualClock();
			log = await open(path, { clock, historyMs: 30 * day });
		});

		afterEach(async () => {
			await log.close();
			await rm(path, { recursive: true, force: true });
		});

		async function reopen(historyMs = 30 * day): Promise<void> {
			await log.close();
			log = await open(path, { clock, historyMs });
		}

		test("a room that was never written is empty, and stays unwritten by being read", async () => {
			expect(await log.load(garden)).toEqual({ snapshot: null, tail: [] });
			expect(await collect(log.history(garden))).toEqual([]);
			expect(await log.sizeOf(garden)).toEqual({ liveBytes: 0, historyBytes: 0 });
			await log.compact(garden, foldHere);
			expect(await collect(log.rooms())).toEqual([]);
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
						{ userId: ann, bytes: new Uint8Array(70_000).fill(9) },
					],
				},
				{ atMs: 0, updates: [{ userId: ann, bytes: Uint8Array.of(1) }] },
			];
			for (const batch of batches) await log.append(garden, batch);
			expect(await log.load(garden)).toEqual({ snapshot: null, tail: batches });
			await reopen();
			expect(await log.load(garden)).toEqual({ snapshot: null, tail: batches });
			expect(await collect(log.history(garden))).toEqual(batches);
		});

		test("appends that were not waited for keep their order and resolve in it", async () => {
			const resolved: number[] = [];
			const numbers = Array.from({ length: 300 }, (_, index) => index);
			await Promise.all(
				numbers.map(async (number) => {
					await log.append(garden, batchOf([number & 255, number >> 8]));
					resolved.push(number);
				}),
			);
			expect(resolved).toEqual(numbers);
			await reopen();
			const { tail } = await log.load(garden);
			expect(tail.map((batch) => batch.updates[0]?.bytes)).toEqual(
				numbers.map((number) => Uint8Array.of(number & 255, number >> 8)),
			);
		});

		test("appends go on where they ended before the log was opened again", async () => {
			await log.append(garden, batchOf([1]));
			await reopen();
			await log.append(garden, batchOf([2]));
			await reopen();
			await Promise.all([log.append(garden, batchOf([3])), log.append(garden, batchOf([4]))]);
			expect((await log.load(garden)).tail).toEqual([1, 2, 3, 4].map((byte) => batchOf([byte])));
		});

		test("views into larger arrays are stored as the bytes they show", async () => {
			const frame = Uint8Array.from({ length: 100 }, (_, index) => index);
			await log.append(garden, {
				atMs: 1,
				updates: [{ userId: anyone, bytes: frame.subarray(40, 43) }],
			});
			frame.fill(0);
			const stored = await log.load(garden);
			expect(stored.tail[0]?.updates[0]?.bytes).toEqual(Uint8Array.of(40, 41, 42));
			expect(stored.tail[0]?.updates[0]?.bytes.constructor).toBe(Uint8Array);
		});

		test("what is handed out may be changed without changing what is stored", async () => {
			await log.append(garden, batchOf([1, 2, 3]));
			(await log.load(garden)).tail[0]?.updates[0]?.bytes.fill(0);
			expect((await log.load(garden)).tail).toEqual([batchOf([1, 2, 3])]);
		});

		test("names that are prefixes of each other, or odd, never share anything", async () => {
			for (const [index, room] of oddNames.entries()) {
				await log.append(room, batchOf([index]));
				await log.append(room, batchOf([index, index]));
			}
			await reopen();
			for (const [index, room] of oddNames.entries()) {
				const { tail } = await log.load(room);
				expect(tail, room).toEqual([batchOf([index]), batchOf([index, index])]);
			}
			expect((await collect(log.rooms())).sort()).toEqual([...oddNames].sort());
			expect((await log.load(roomNamed("x"))).tail).toEqual([]);
		});

		test("a thousand rooms that write at once each keep their own", async () => {
			const rooms = Array.from({ length: 1_000 }, (_, index) => roomNamed(`room ${index}`));
			for (const round of [1, 2, 3]) {
				await Promise.all(
					rooms.map((room, index) => log.append(room, batchOf([round, index & 255, index >> 8]))),
				);
			}
			await reopen();
			for (const [index, room] of rooms.entries()) {
				const { tail } = await log.load(room);
				expect(tail).toEqual([1, 2, 3].map((round) => batchOf([round, index & 255, index >> 8])));
			}
			expect(await collect(log.rooms())).toHaveLength(1_000);
		});

		test("a batch without updates is refused as a mistake", async () => {
			await expect(log.append(garden, { atMs: 1, updates: [] })).rejects.toThrow(RangeError);
			expect(await collect(log.rooms())).toEqual([]);
		});

		test("compaction keeps the content, and what came after it", async () => {
			const ann = new Writer(1);
			const ben = new Writer(2);
			for (const word of ["rose ", "lily ", "fern "]) await log.append(garden, ann.type(word));
			await log.append(garden, ann.remove(5));
			await log.append(shed, ben.type("spade"));
			await log.compact(garden, foldHere);
			const compacted = await log.load(garden);
			expect(compacted.tail).toEqual([]);
			expect(textIn(compacted)).toBe("lily fern ");
			await log.append(garden, ann.type("moss"));
			await reopen();
			const stored = await log.load(garden);
			expect(stored.tail).toHaveLength(1);
			expect(textIn(stored)).toBe("lily fern moss");
			expect(await loadText(log, shed)).toBe("spade");
			await log.compact(garden, foldHere);
			expect(await loadText(log, garden)).toBe("lily fern moss");
		});

		test("the snapshot comes back as the fold made it", async () => {
			const ann = new Writer(1);
			await log.append(garden, ann.type("rose lily"));
			await log.append(garden, ann.remove(4));
			const made = foldStored(await log.load(garden));
			await log.compact(garden, foldHere);
			await reopen();
			expect((await log.load(garden)).snapshot).toEqual(made);
			expect(made.deleteSet.length).toBeGreaterThan(2);
		});

		test("batches appended while a fold runs stay, and wait for nobody", async () => {
			const ann = new Writer(1);
			await log.append(garden, ann.type("rose "));
			const { fold, started, finish } = slowFold();
			const compaction = log.compact(garden, fold);
			await started;
			await log.append(garden, ann.type("lily "));
			await log.append(garden, ann.remove(2));
			finish();
			await compaction;
			const stored = await log.load(garden);
			expect(stored.snapshot).not.toBeNull();
			expect(stored.tail).toHaveLength(2);
			expect(textIn(stored)).toBe("se lily ");
			await reopen();
			expect(await loadText(log, garden)).toBe("se lily ");
		});

		test("a second compaction of a room waits for the first; another room's does not", async () => {
			const ann = new Writer(1);
			const ben = new Writer(2);
			await log.append(garden, ann.type("rose "));
			await log.append(shed, ben.type("spade"));
			const first = slowFold();
			const order: string[] = [];
			const compactions = [
				log.compact(garden, first.fold).then(() => order.push("first")),
				log.compact(garden, foldHere).then(() => order.push("second")),
			];
			await first.started;
			await log.compact(shed, foldHere);
			await log.append(garden, ann.type("lily"));
			order.push("other room");
			first.finish();
			await Promise.all(compactions);
			expect(order).toEqual(["other room", "first", "second"]);
			const stored = await log.load(garden);
			expect(stored.tail).toEqual([]);
			expect(textIn(stored)).toBe("rose lily");
		});

		test("a fold that fails changes nothing, and the next one may succeed", async () => {
			const ann = new Writer(1);
			await log.append(garden, ann.type("rose"));
			const before = await log.load(garden);
			const failing: Fold = () => Promise.reject(new Error("no"));
			await expect(log.compact(garden, failing)).rejects.toThrow("no");
			expect(await log.load(garden)).toEqual(before);
			await log.compact(garden, foldHere);
			expect(await loadText(log, garden)).toBe("rose");
		});

		test("history holds every batch as it was, through compactions", async () => {
			const ann = new Writer(1);
			const batches = [];
			for (let index = 0; index < 60; index++) {
				const atMs = clock.now() + index;
				const batch = index % 7 === 6 ? ann.remove(2, atMs) : ann.type(`word${index} `, atMs);
				batches.push(batch);
				await log.append(garden, batch);
				if (index % 20 === 19) await log.compact(garden, foldHere);
			}
			await log.append(garden, ann.type("end"));
			await reopen();
			const history = await collect(log.history(garden));
			expect(history.slice(0, 60)).toEqual(batches);
			expect(textIn({ snapshot: null, tail: history })).toBe(ann.text());
		});

		test("old history becomes one update, and its replay still ends as the room", async () => {
			await reopen(10 * day);
			const ann = new Writer(1);
			for (let index = 0; index < 40; index++) {
				await log.append(garden, ann.type(`day${index} `, clock.now()));
				await log.compact(garden, foldHere);
				clock.advance(day);
			}
			await reopen(10 * day);
			const history = await collect(log.history(garden));
			expect(history.length).toBeGreaterThan(5);
			expect(history.length).toBeLessThan(15);
			expect(textIn({ snapshot: null, tail: history })).toBe(ann.text());
			expect(await loadText(log, garden)).toBe(ann.text());
		});

		test("a room at rest longer than history is kept costs its snapshot only", async () => {
			const ann = new Writer(1);
			for (let index = 0; index < 50; index++) {
				await log.append(garden, ann.type("word ", clock.now()));
			}
			await log.compact(garden, foldHere);
			expect((await log.sizeOf(garden)).historyBytes).toBeGreaterThan(0);
			clock.advance(31 * day);
			await log.compact(garden, foldHere);
			await log.append(garden, ann.type("again", clock.now()));
			await log.compact(garden, foldHere);
			await reopen();
			const history = await collect(log.history(garden));
			expect(history).toHaveLength(2);
			expect(textIn({ snapshot: null, tail: history })).toBe(ann.text());
			expect(await loadText(log, garden)).toBe(ann.text());
		});

		test("sizes tell the present from the history", async () => {
			const ann = new Writer(1);
			for (let index = 0; index < 200; index++) await log.append(garden, ann.type("a"));
			const before = await log.sizeOf(garden);
			expect(before.historyBytes).toBe(0);
			expect(before.liveBytes).toBeGreaterThan(200 * 30);
			await log.compact(garden, foldHere);
			const after = await log.sizeOf(garden);
			expect(after.liveBytes).toBeLessThan(before.liveBytes / 5);
			expect(after.historyBytes).toBeGreaterThan(0);
		});

		test("a doc of many clients survives compaction with all it deletes", async () => {
			const people = Array.from({ length: 20 }, (_, index) => new Writer(index + 1));
			for (const person of people) await log.append(garden, person.type("hello "));
			const everyone = docOf(await log.load(garden));
			everyone.getMap("photos").set("a", 1);
			await log.compact(garden, foldHere);
			const again = docOf(await log.load(garden));
			expect(again.getText("text").toString()).toBe(everyone.getText("text").toString());
			expect(again.getText("text").length).toBe(120);
		});

		test("appends may succeed at once where nothing is wrong", async () => {
			await log.whenWritable();
		});

		test("closing waits for what is under way, twice too; then all fails clearly", async () => {
			const ann = new Writer(1);
			const appends = [log.append(garden, ann.type("rose ")), log.append(garden, ann.type("lily"))];
			const closes = [log.close(), log.close()];
			await Promise.all([...appends, ...closes]);
			await log.close();
			const closed = { code: "store_failed" };
			await expect(log.append(garden, batchOf([1]))).rejects.toMatchObject(closed);
			await expect(log.load(garden)).rejects.toMatchObject(closed);
			await expect(log.compact(garden, foldHere)).rejects.toMatchObject(closed);
			await expect(collect(log.history(garden))).rejects.toMatchObject(closed);
			await expect(collect(log.rooms())).rejects.toMatchObject(closed);
			await expect(log.sizeOf(garden)).rejects.toMatchObject(closed);
			log = await open(path, { clock, historyMs: day });
			expect(await loadText(log, garden)).toBe("rose lily");
		});

		test("closing waits for a compaction", async () => {
			const ann = new Writer(1);
			await log.append(garden, ann.type("rose"));
			const { fold, started, finish } = slowFold();
			const compaction = log.compact(garden, fold);
			await started;
			const closing = log.close();
			finish();
			await Promise.all([compaction, closing]);
			log = await open(path, { clock, historyMs: day });
			expect((await log.load(garden)).tail).toEqual([]);
			expect(await loadText(log, garden)).toBe("rose");
		});
	});
}

/** A fold that begins, and ends when the test says so. */
function slowFold(): { fold: Fold; started: Promise<void>; finish: () => void } {
	let start: () => void = () => undefined;
	let finish: () => void = () => undefined;
	const started = new Promise<void>((resolve) => {
		start = resolve;
	});
	const finished = new Promise<void>((resolve) => {
		finish = resolve;
	});
	const fold: Fold = async (stored) => {
		start();
		await finished;
		return foldHere(stored);
	};
	return { fold, started, finish: () => finish() };
}
