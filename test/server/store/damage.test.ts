/** Damaged rooms: noticed, refused, and nobody else's trouble. */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { seeded } from "../../../scripts/converge/random.ts";
import { promptCompression } from "../../../server/store/compress.ts";
import { infoKey, part, roomKey } from "../../../server/store/format/keys.ts";
import { seal } from "../../../server/store/format/sealed.ts";
import { type LevelStore, openLevelStore, openStoreOn } from "../../../server/store/level-store.ts";
import type { RoomRecord } from "../../../server/store/records.ts";
import type { RoomName, UserId } from "../../../shared/ids.ts";
import { emptyPreview } from "../../../shared/preview.ts";
import { FakeDisk } from "../../fixtures/fake-disk.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";
import { batchOf, collect, foldHere, loadText, roomNamed, Writer } from "../../fixtures/stored.ts";

const day = 24 * 60 * 60 * 1000;
const garden = roomNamed("garden");
const shed = roomNamed("shed");
const damaged = { code: "room_damaged" };

describe("a room in which something is wrong", () => {
	let disk: FakeDisk;
	let store: LevelStore;

	/** Garden: records 1 to 4 in two segments behind a base, snapshot 6, tail 7 and 8. */
	beforeEach(async () => {
		disk = new FakeDisk();
		const clock = new ManualClock();
		await open(clock);
		const ann = new Writer(1);
		const ben = new Writer(2);
		for (const words of ["a b", "c d", "e f"]) {
			for (const word of words.split(" "))
				await store.log.append(garden, ann.type(word, clock.now()));
			await store.log.compact(garden, foldHere);
			clock.advance(9 * day);
		}
		await store.log.compact(garden, foldHere);
		await store.log.append(garden, ann.type("g", clock.now()));
		await store.log.append(garden, ann.type("h", clock.now()));
		await store.log.append(shed, ben.type("spade"));
		expect(await loadText(store.log, garden)).toBe("abcdefgh");
		expect(await collect(store.log.history(garden))).toHaveLength(1 + 4 + 2);
	});

	afterEach(close);

	async function open(clock = new ManualClock()): Promise<void> {
		const { openBinding, probeDisk } = disk;
		const historyMs = 20 * day;
		store = await openStoreOn({
			directory: ".",
			clock,
			historyMs,
			compression: promptCompression,
			openBinding,
			probeDisk,
		});
	}

	async function close(): Promise<void> {
		await Promise.all([store.log.close(), store.records.close()]);
	}

	function valueAt(key: Buffer): Buffer {
		const value = disk.contents().get(key.toString("latin1"));
		if (value === undefined) throw new Error("nothing is stored there");
		return value;
	}

	/** Replaces or deletes values of the closed store, and opens it again. */
	async function change(...changes: [Buffer, Buffer | null][]): Promise<void> {
		await close();
		for (const [key, value] of changes) disk.replace(key, value);
		await open();
	}

	const at = (which: keyof typeof part, sequence: number) => roomKey(garden, part[which], sequence);

	test.each([
		["a record in the middle of the tail is missing", at("record", 7), null],
		["the snapshot is missing", at("snapshot", 6), null],
		["the summary is missing", at("summary", 6), null],
		["a record that the snapshot stands for is left over", at("record", 6), "record 7"],
		["there is a second snapshot", at("snapshot", 5), "snapshot 6"],
		["there is a second summary", at("summary", 7), "summary 6"],
		["a record stands under another number", at("record", 9), "record 8"],
		["a value is empty", at("record", 8), Buffer.alloc(0)],
		["a value is noise", at("snapshot", 6), Buffer.from("noise, and more of it")],
		["a record has no update", at("record", 9), seal(at("record", 9), [Buffer.alloc(10)])],
	])("is refused where %s, and other rooms go on", async (_, key, value) => {
		const bytes = typeof value === "string" ? namedValue(value) : value;
		await change([key, bytes]);
		await expect(store.log.load(garden)).rejects.toMatchObject(damaged);
		await expect(store.log.compact(garden, foldHere)).rejects.toMatchObject(damaged);
		await expect(collect(store.log.history(garden))).rejects.toMatchObject(damaged);
		expect(await loadText(store.log, shed)).toBe("spade");
		await store.log.append(shed, batchOf([0, 0]));
		await store.log.compact(shed, foldHere);
		expect(await loadText(store.log, shed)).toBe("spade");
		expect((await collect(store.log.rooms())).sort()).toEqual([garden, shed]);
	});

	/** The value of a part, "record 7", sealed for its own key: under another one it is wrong. */
	function namedValue(name: string): Buffer {
		const [which = "", sequence = ""] = name.split(" ");
		return valueAt(at(which as keyof typeof part, Number(sequence)));
	}

	test("a left-over record with a right checksum is damage too", async () => {
		const key = at("record", 6);
		const body = valueAt(at("record", 7)).subarray(2, -4);
		await change([key, seal(key, [body])]);
		await expect(store.log.load(garden)).rejects.toThrow(/record 7 is missing, or this one/);
	});

	test("the same number of two epochs is damage", async () => {
		const key = at("record", 9);
		key.writeUInt32BE(2, key.length - 12);
		await change([key, seal(key, [valueAt(at("record", 8)).subarray(2, -4)])]);
		await expect(store.log.load(garden)).rejects.toThrow(/epoch 2/);
	});

	test.each([
		["a segment is missing", at("segment", 4)],
		["the newest segment is missing", at("segment", 6)],
		["the base is missing", at("base", 2)],
	])("keeps its present where %s; its history is refused", async (_, key) => {
		expect(valueAt(key).length).toBeGreaterThan(10);
		await change([key, null]);
		expect(await loadText(store.log, garden)).toBe("abcdefgh");
		await expect(collect(store.log.history(garden))).rejects.toMatchObject(damaged);
	});

	test("keeps its present where all segments are missing; its history is refused", async () => {
		await change([at("segment", 4), null], [at("segment", 6), null]);
		expect(await loadText(store.log, garden)).toBe("abcdefgh");
		await expect(collect(store.log.history(garden))).rejects.toMatchObject(damaged);
	});

	test("a flipped bit in a segment is noticed by who reads history, by nobody else", async () => {
		const value = valueAt(at("segment", 4));
		value.writeUInt8(value.readUInt8(30) ^ 1, 30);
		await change([at("segment", 4), value]);
		expect(await loadText(store.log, garden)).toBe("abcdefgh");
		await expect(collect(store.log.history(garden))).rejects.toMatchObject(damaged);
	});

	test("an append behind a damaged record is refused; those of others are not", async () => {
		const value = valueAt(at("record", 8));
		value.writeUInt8(value.readUInt8(9) ^ 1, 9);
		await change([at("record", 8), value]);
		const appends = await Promise.allSettled([
			store.log.append(garden, batchOf([1])),
			store.log.append(shed, batchOf([0, 0])),
			store.log.append(garden, batchOf([2])),
			store.log.append(shed, batchOf([0, 0])),
		]);
		expect(appends.map((append) => append.status)).toEqual([
			"rejected",
			"fulfilled",
			"rejected",
			"fulfilled",
		]);
		expect((await store.log.load(shed)).tail).toHaveLength(3);
	});

	test("a damaged record of a room is told when asked for, and left out of lists", async () => {
		const record = (name: string): RoomRecord => ({
			name: roomNamed(name),
			kind: "open",
			madeAtMs: 1,
			madeBy: { id: "g_a" as UserId, name: "Ann" },
			changedAtMs: 2,
			preview: emptyPreview,
		});
		await store.records.putRoom(record("garden"));
		await store.records.putRoom(record("shed"));
		const key = infoKey(garden);
		const lacking = seal(key, [Buffer.from('{"name":"garden"}')]);
		for (const value of [lacking, seal(key, [Buffer.from("{")]), Buffer.from("?")]) {
			await change([key, value]);
			await expect(store.records.room(garden)).rejects.toMatchObject(damaged);
			expect(await collect(store.records.rooms())).toEqual([record("shed")]);
		}
	});
});

describe("single flipped bytes in the files of a closed LevelDB", () => {
	let directory = "";

	beforeEach(async () => {
		directory = await mkdtemp(join(tmpdir(), "weft-flip-"));
	});

	afterEach(() => rm(directory, { recursive: true, force: true }));

	function openReal(path: string): Promise<LevelStore> {
		const clock = new ManualClock();
		return openLevelStore({ directory: path, clock, historyMs: day, acceptDamage: false });
	}

	test("every flip in a stored value is noticed, and no other room is touched by it", async () => {
		const random = seeded(3);
		const noise = (size: number) => Uint8Array.from({ length: size }, () => random() * 256);
		const original = join(directory, "original");
		const updates = new Map(
			["garden", "shed", "hill"].map((name) => [
				roomNamed(name),
				[noise(300), noise(90), noise(1_200)],
			]),
		);
		await write(original, updates);
		const copy = join(directory, "copy");
		for (const [room, all] of updates) {
			for (const bytes of [...all, ...all, ...all, ...all]) {
				await cp(original, copy, { recursive: true });
				await flipInFiles(copy, bytes, Math.floor(random() * bytes.length));
				await checkFlipped(copy, room, updates);
				await rm(copy, { recursive: true });
			}
		}
	});

	async function write(path: string, updates: Updates): Promise<void> {
		const first = await openReal(path);
		for (const [room, all] of updates) {
			for (const bytes of all) await first.log.append(room, batchOf(bytes));
		}
		await Promise.all([first.log.close(), first.records.close()]);
		// Opening turns the log into a table.
		const second = await openReal(path);
		await Promise.all([second.log.close(), second.records.close()]);
	}

	async function checkFlipped(path: string, flipped: RoomName, updates: Updates): Promise<void> {
		const store = await openReal(path);
		for (const [room, all] of updates) {
			const load = store.log.load(room);
			if (room === flipped) await expect(load).rejects.toMatchObject(damaged);
			else expect((await load).tail.map((batch) => batch.updates[0]?.bytes)).toEqual(all);
		}
		await Promise.all([store.log.close(), store.records.close()]);
	}
});

/** What each room was given, one batch an array. */
type Updates = ReadonlyMap<RoomName, readonly Uint8Array[]>;

/** Flips one bit of a byte of `value`, wherever a table file holds it. */
async function flipInFiles(path: string, value: Uint8Array, byteIndex: number): Promise<void> {
	for (const name of await readdir(path)) {
		if (!name.endsWith(".ldb")) continue;
		const file = await readFile(join(path, name));
		const at = file.indexOf(value.subarray(0, 40));
		if (at === -1) continue;
		file.writeUInt8(file.readUInt8(at + byteIndex) ^ 0x10, at + byteIndex);
		await writeFile(join(path, name), file);
		return;
	}
	throw new Error("the value is in no table file");
}
