import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { promptCompression } from "../../../server/store/compress.ts";
import { formatKey } from "../../../server/store/format/keys.ts";
import { seal } from "../../../server/store/format/sealed.ts";
import { Level, type LevelOptions } from "../../../server/store/level.ts";
import { openLeveldown } from "../../../server/store/level-binding.ts";
import { openLevelStore, openStoreOn } from "../../../server/store/level-store.ts";
import { FakeDisk } from "../../fixtures/fake-disk.ts";
import { advanceUntil, ManualClock } from "../../fixtures/manual-clock.ts";
import { batchOf, collect, loadText, roomNamed, Writer } from "../../fixtures/stored.ts";

/** leveldown as it comes, for what it does wrong. */
const rawLeveldown = createRequire(import.meta.url)("leveldown") as (location: string) => {
	open(done: (error: Error | null) => void): void;
	put(key: Uint8Array, value: Uint8Array, done: (error: Error | null) => void): void;
	close(done: (error: Error | null) => void): void;
};

const garden = roomNamed("garden");
const key = Buffer.from("key");

let directory = "";
let clock: ManualClock;

beforeEach(async () => {
	directory = await mkdtemp(join(tmpdir(), "weft-level-"));
	clock = new ManualClock();
});

afterEach(() => rm(directory, { recursive: true, force: true }));

function openReal(): ReturnType<typeof openLevelStore> {
	return openLevelStore({ directory, clock, historyMs: 0, acceptDamage: false });
}

function openOn(disk: FakeDisk, told: Pick<LevelOptions, "writable"> = {}): Promise<Level> {
	const { openBinding, probeDisk } = disk;
	return Level.open({ directory, clock, openBinding, probeDisk, ...told });
}

describe("bytes", () => {
	test("leveldown alone stores a Uint8Array as text; our binding stores its bytes", async () => {
		const frame = Uint8Array.from([1, 9, 8, 7, 2]);
		const raw = rawLeveldown(directory);
		await promisify(raw.open.bind(raw))();
		await promisify(raw.put.bind(raw))(key, frame.subarray(1, 4));
		await promisify(raw.close.bind(raw))();

		const binding = openLeveldown(directory);
		await binding.open();
		expect((await binding.getMany([key]))[0]?.toString()).toBe("9,8,7");
		const other = Uint8Array.from([0, 107, 0]).subarray(1, 2);
		await binding.write([{ type: "put", key: other, value: frame.subarray(1, 4) }], { sync: true });
		expect(await binding.getMany([Buffer.from("k")])).toEqual([Buffer.of(9, 8, 7)]);
		await binding.write([{ type: "del", key: other }], { sync: true });
		expect(await binding.getMany([Buffer.from("k")])).toEqual([null]);
		await binding.close();
	});

	test("reading brings every entry once, forwards and backwards, up to a limit", async () => {
		const level = await Level.open({
			directory,
			clock,
			openBinding: openLeveldown,
			probeDisk: async () => undefined,
		});
		const numbers = Array.from({ length: 5_000 }, (_, index) => index);
		const keyOf = (number: number) => Buffer.from(`n${String(number).padStart(6, "0")}`);
		await level.write(
			numbers.map((number) => ({
				type: "put",
				key: keyOf(number),
				value: Buffer.alloc(50, number),
			})),
		);
		const range = { gte: Buffer.from("n"), lt: Buffer.from("o") };
		const entries = (await collect(level.read(range))).flat();
		expect(entries.map((entry) => entry.key)).toEqual(numbers.map(keyOf));
		expect(entries[4_321]?.value).toEqual(Buffer.alloc(50, 4_321));
		const backwards = (await collect(level.read({ ...range, reverse: true, limit: 1_500 }))).flat();
		expect(backwards.map((entry) => entry.key)).toEqual(numbers.slice(-1_500).reverse().map(keyOf));
		for await (const [entry] of level.read(range)) {
			expect(entry?.key).toEqual(keyOf(0));
			break;
		}
		await level.close();
	});
});

describe("opening", () => {
	test("a second opener gets a sentence with the directory; the first is unharmed", async () => {
		const first = await openReal();
		await expect(openReal()).rejects.toMatchObject({
			name: "StoreOpenError",
			reason: "in_use",
			message: expect.stringContaining(directory),
		});
		await first.log.append(garden, batchOf([1]));
		await first.log.close();
		await first.records.close();
		const again = await openReal();
		expect((await again.log.load(garden)).tail).toEqual([batchOf([1])]);
		await Promise.all([again.log.close(), again.records.close()]);
	});

	test("a directory is made, with its parents", async () => {
		directory = join(directory, "deep", "er");
		const { log, records } = await openReal();
		expect(await readdir(directory)).toContain("LOCK");
		await Promise.all([log.close(), records.close()]);
	});

	test("a path that is a file cannot be opened, and is told so", async () => {
		await writeFile(join(directory, "file"), "");
		directory = join(directory, "file");
		const unreadable = { name: "StoreOpenError", reason: "unreadable" };
		await expect(openReal()).rejects.toMatchObject(unreadable);
	});

	test("a store of another format is refused and left as it is", async () => {
		const disk = new FakeDisk();
		await (await openOn(disk)).close();
		disk.replace(formatKey, seal(formatKey, [Buffer.from("7765667400000002", "hex")]));
		const before = disk.contents();
		await expect(openOn(disk)).rejects.toMatchObject({ reason: "other_format" });
		disk.replace(formatKey, Buffer.from("?"));
		await expect(openOn(disk)).rejects.toMatchObject({ reason: "other_format" });
		disk.replace(formatKey, before.get(formatKey.toString("latin1")) ?? null);
		expect(disk.contents()).toEqual(before);
		expect(disk.handles).toBe(0);
	});

	test("a database of somebody else is refused and left as it is", async () => {
		const disk = new FakeDisk();
		disk.replace(key, Buffer.from("theirs"));
		await expect(openOn(disk)).rejects.toMatchObject({ reason: "other_format" });
		expect([...disk.contents().keys()]).toEqual(["key"]);
		expect(disk.handles).toBe(0);
	});

	test("a new store on a full disk is refused, and nothing of it stays open", async () => {
		const disk = new FakeDisk();
		disk.fault = "refused";
		await expect(openOn(disk)).rejects.toMatchObject({
			reason: "unreadable",
			message: expect.stringContaining("No space left"),
		});
		expect(disk.handles).toBe(0);
		expect(clock.timerCount).toBe(0);
	});

	test("the format is the bytes that FORMAT.md draws", async () => {
		const disk = new FakeDisk();
		await (await openOn(disk)).close();
		expect(disk.contents().get("F")?.toString("hex")).toBe("01007765667400000001605b686b");
	});
});

describe("a failing disk", () => {
	const put = { type: "put", key, value: Buffer.of(1) } as const;

	test("writes fail with a code, reads go on, and all heals when there is space", async () => {
		const disk = new FakeDisk();
		const level = await openOn(disk);
		await level.write([put]);
		disk.fault = "refused";
		await expect(level.write([{ ...put, value: Buffer.of(2) }])).rejects.toMatchObject({
			code: "disk_full",
		});
		expect(level.failure).toBe("disk_full");
		expect(await level.get(key)).toEqual(Buffer.of(1));
		let isWritable = false;
		const writable = level.whenWritable().then(() => {
			isWritable = true;
		});
		for (let second = 0; second < 60; second++) {
			clock.advance(1_000);
			await new Promise((resolve) => setImmediate(resolve));
		}
		expect(isWritable).toBe(false);
		expect(disk.openCount).toBe(1);
		expect(await level.get(key)).toEqual(Buffer.of(1));
		await expect(level.write([put])).rejects.toMatchObject({ code: "disk_full" });

		disk.fault = null;
		const before = clock.elapsed();
		await advanceUntil(clock, writable);
		expect(clock.elapsed() - before).toBeLessThan(5_000);
		expect(level.failure).toBeNull();
		await level.write([{ ...put, value: Buffer.of(3) }]);
		expect(await level.get(key)).toEqual(Buffer.of(3));
		expect(disk.handles).toBe(1);
		await level.close();
		expect(disk.handles).toBe(0);
	});

	test("is told of once, in its own words, and once more when it has healed", async () => {
		const disk = new FakeDisk();
		const told: (string | null)[] = [];
		const writable = (failure: Error | null) => told.push(failure?.message ?? null);
		const level = await openOn(disk, { writable });
		disk.fault = "refused";
		for (let tries = 0; tries < 3; tries++) await expect(level.write([put])).rejects.toThrow();
		disk.fault = null;
		await advanceUntil(clock, level.whenWritable());
		expect(told).toEqual([expect.stringContaining(disk.faultText), null]);
		await level.close();
	});

	test("other errors of the disk are not called a full disk", async () => {
		const disk = new FakeDisk();
		const level = await openOn(disk);
		disk.fault = "refused";
		disk.faultText = "IO error: 000003.log: Input/output error";
		await expect(level.write([put])).rejects.toMatchObject({ code: "store_failed" });
		await level.close();
	});

	test("while it cannot be opened again reads fail with the code, then all heals", async () => {
		const disk = new FakeDisk();
		const level = await openOn(disk);
		await level.write([put]);
		disk.fault = "refused";
		await expect(level.write([put])).rejects.toMatchObject({ code: "disk_full" });
		disk.fault = null;
		disk.isOpenFailing = true;
		await advanceUntil(clock, Promise.resolve());
		for (let second = 0; second < 10; second++) {
			clock.advance(1_000);
			await new Promise((resolve) => setImmediate(resolve));
		}
		expect(disk.openCount).toBeGreaterThan(2);
		await expect(level.get(key)).rejects.toMatchObject({ code: "disk_full" });
		const writable = level.whenWritable();
		disk.isOpenFailing = false;
		await advanceUntil(clock, writable);
		expect(await level.get(key)).toEqual(Buffer.of(1));
		await level.close();
		expect(disk.handles).toBe(0);
	});

	test("a refused write whose bytes reached the log does not come to life by healing", async () => {
		const disk = new FakeDisk();
		const level = await openOn(disk);
		disk.fault = "unsynced";
		await expect(level.write([put], [key])).rejects.toMatchObject({ code: "disk_full" });
		disk.fault = null;
		await advanceUntil(clock, level.whenWritable());
		expect(await level.get(key)).toBeNull();
		await level.close();
	});

	test("nor can it be read in the moment between opening again and the probe", async () => {
		const disk = new FakeDisk();
		const level = await openOn(disk);
		const [third, fourth] = [Buffer.from("a3"), Buffer.from("a4")];
		const keysBefore = [Buffer.from("a1"), Buffer.from("a2"), third];
		await level.write(keysBefore.map((key) => ({ ...put, key })));
		disk.fault = "unsynced";
		const refused = level.write([{ ...put, key: fourth }], [fourth]);
		await expect(refused).rejects.toMatchObject({ code: "disk_full" });
		disk.fault = null;
		let openGate: () => void = () => undefined;
		disk.gate = new Promise((resolve) => {
			openGate = resolve;
		});
		const writable = level.whenWritable();
		for (let turn = 0; turn < 40 && disk.openCount < 2; turn++) {
			clock.advance(50);
			await new Promise((resolve) => setImmediate(resolve));
		}
		expect(disk.contents().size).toBe(5); // The format, and all keys.
		expect(await level.get(fourth)).toBeNull();
		const range = { gte: Buffer.from("a"), lt: Buffer.from("b"), reverse: true, limit: 1 };
		const keys = (await collect(level.read(range))).flat().map((entry) => entry.key);
		expect(keys).toEqual([third]);
		openGate();
		await advanceUntil(clock, writable);
		expect(disk.contents().has("a4")).toBe(false);
		await level.close();
	});

	test("it is asked again later and later, up to four seconds", async () => {
		const disk = new FakeDisk();
		const asked: number[] = [];
		const probeDisk = async () => {
			asked.push(clock.elapsed());
			throw new Error("still full");
		};
		const { openBinding } = disk;
		const level = await Level.open({ directory, clock, openBinding, probeDisk });
		disk.fault = "refused";
		await expect(level.write([put])).rejects.toMatchObject({ code: "disk_full" });
		for (let step = 0; step < 200; step++) {
			clock.advance(100);
			await new Promise((resolve) => setImmediate(resolve));
		}
		const waits = asked.map((at, index) => at - (asked[index - 1] ?? 0));
		expect(waits.slice(0, 7)).toEqual([250, 500, 1_000, 2_000, 4_000, 4_000, 4_000].map(stepUp));
		await level.close();
		expect(clock.timerCount).toBe(0);
	});

	test("closing works while it fails, opens again, or cannot be opened", async () => {
		for (const phase of ["failing", "reopening", "down"]) {
			const disk = new FakeDisk();
			const level = await openOn(disk);
			disk.fault = "refused";
			await expect(level.write([put])).rejects.toMatchObject({ code: "disk_full" });
			const writable = expect(level.whenWritable()).rejects.toMatchObject({ code: "store_failed" });
			if (phase !== "failing") disk.fault = null;
			disk.isOpenFailing = phase === "down";
			clock.advance(250);
			if (phase === "down") await new Promise((resolve) => setImmediate(resolve));
			await Promise.all([level.close(), level.close()]);
			await writable;
			expect(disk.handles, phase).toBe(0);
			expect(clock.timerCount, phase).toBe(0);
			await expect(level.get(key)).rejects.toMatchObject({ code: "store_failed" });
			await expect(level.write([put])).rejects.toMatchObject({ code: "store_failed" });
		}
	});

	test("a log on a disk that fills up again and again loses nothing confirmed", async () => {
		const disk = new FakeDisk();
		const { openBinding, probeDisk } = disk;
		const { log, records } = await openStoreOn({
			directory,
			clock,
			historyMs: 0,
			compression: promptCompression,
			openBinding,
			probeDisk,
		});
		const ann = new Writer(1);
		for (const round of Array.from({ length: 10 }, (_, index) => index)) {
			await log.append(garden, ann.type(`${round} `));
			const before = await log.load(garden);
			disk.fault = round % 2 === 0 ? "refused" : "unsynced";
			const refused = ["garden", "shed", "garden"].map((room) =>
				expect(log.append(roomNamed(room), batchOf([9]))).rejects.toMatchObject({
					code: "disk_full",
				}),
			);
			await Promise.all(refused);
			disk.fault = null;
			await advanceUntil(clock, log.whenWritable());
			expect(await log.load(garden)).toEqual(before);
		}
		expect(await loadText(log, garden)).toBe(ann.text());
		expect(await collect(log.rooms())).toEqual([garden]);
		await Promise.all([log.close(), records.close()]);
		expect(disk.handles).toBe(0);
	});
});

describe("closing", () => {
	test("waits for a read under way, and ends one that nobody goes on with", async () => {
		const disk = new FakeDisk();
		const level = await openOn(disk);
		const puts = [1, 2, 3, 4, 5].map((byte) => ({
			type: "put" as const,
			key: Buffer.of(0x60, byte),
			value: Buffer.of(byte),
		}));
		await level.write(puts);
		const range = { gte: Buffer.of(0x60), lt: Buffer.of(0x61) };
		const forgotten = level.read(range);
		await forgotten.next();
		const finished = collect(level.read(range));
		const closing = level.close();
		expect((await finished).flat()).toHaveLength(5);
		await advanceUntil(clock, closing);
		await expect(forgotten.next()).rejects.toMatchObject({ code: "store_failed" });
		expect(disk.handles).toBe(0);
	});

	test("the real one closes with an iteration under way, and opens again", async () => {
		const store = await openReal();
		for (let byte = 0; byte < 20; byte++) await store.log.append(garden, batchOf([byte]));
		const history = store.log.history(garden);
		await history.next();
		await Promise.all([advanceUntil(clock, store.log.close()), store.records.close()]);
		const again = await openReal();
		expect((await again.log.load(garden)).tail).toHaveLength(20);
		await Promise.all([again.log.close(), again.records.close()]);
	});
});

/** The clock of these tests moves in steps of 100 ms. */
function stepUp(ms: number): unknown {
	return expect.closeTo(ms, -2.5);
}
