import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { seeded } from "../../../../scripts/converge/random.ts";
import { damageIn, findLogDamage } from "../../../../server/store/format/log-check.ts";
import { openLevelStore } from "../../../../server/store/level-store.ts";
import { ManualClock } from "../../../fixtures/manual-clock.ts";
import { batchOf, loadText, roomNamed, Writer } from "../../../fixtures/stored.ts";

const garden = roomNamed("garden");
let root = "";
let directory = "";
let path = "";
/** The size of LevelDB's log file after each append. */
const sizes: number[] = [];
let log: Buffer;

/** Made once, and only ever copied. */
beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), "weft-check-"));
	directory = join(root, "original");
	const store = await open();
	path = await logPath();
	const ann = new Writer(1);
	for (let index = 0; index < 120; index++) {
		await store.log.append(garden, ann.type(index === 60 ? "x".repeat(70_000) : "rose "));
		sizes.push((await stat(path)).size);
	}
	await Promise.all([store.log.close(), store.records.close()]);
	log = await readFile(path);
});

beforeEach(async () => {
	directory = join(root, "copy");
	await cp(join(root, "original"), directory, { recursive: true });
	path = await logPath();
});

afterEach(() => rm(directory, { recursive: true, force: true }));
afterAll(() => rm(root, { recursive: true, force: true }));

function open(acceptDamage = false): ReturnType<typeof openLevelStore> {
	return openLevelStore({ directory, clock: new ManualClock(), historyMs: 0, acceptDamage });
}

async function logPath(): Promise<string> {
	const names = (await readdir(directory)).filter((name) => name.endsWith(".log")).sort();
	return join(directory, names[names.length - 1] ?? "none");
}

function flipped(bytes: Buffer, bit: number): Buffer {
	const copy = Buffer.from(bytes);
	copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
	return copy;
}

test("a log that LevelDB wrote is well, and so is every beginning of it", async () => {
	expect(sizes[sizes.length - 1]).toBe(log.length);
	expect(log.length).toBeGreaterThan(2 * 32_768);
	expect(await findLogDamage(directory)).toBeNull();
	for (let size = 0; size <= log.length; size += size < 500 ? 1 : 487) {
		expect(damageIn(log.subarray(0, size)), `${size} bytes`).toBeNull();
	}
	const longer = Buffer.concat([log, Buffer.alloc(40_000)]);
	expect(damageIn(longer)).toBeNull();
});

test("every flipped bit before the last record is found, at or before the flip", () => {
	const lastStart = sizes[sizes.length - 2] ?? 0;
	const random = seeded(5);
	const bits = Array.from({ length: 8 * 90 }, (_, bit) => bit);
	for (let index = 0; index < 250; index++) bits.push(Math.floor(random() * lastStart * 8));
	for (const bit of bits) {
		const at = damageIn(flipped(log, bit));
		expect(at, `bit ${bit}`).not.toBeNull();
		expect(at, `bit ${bit}`).toBeLessThanOrEqual(bit >> 3);
	}
});

test("a damaged log is refused with a sentence before LevelDB drops anything", async () => {
	const broken = flipped(log, 8 * 200);
	await writeFile(path, broken);
	await expect(open()).rejects.toMatchObject({
		name: "StoreOpenError",
		reason: "damaged",
		message: expect.stringContaining(path),
	});
	expect(await readFile(path)).toEqual(broken);
	await writeFile(path, log);
	const store = await open();
	expect((await store.log.load(garden)).tail).toHaveLength(120);
	await Promise.all([store.log.close(), store.records.close()]);
});

test("whoever accepts the damage gets a store that says which room has it", async () => {
	await writeFile(path, flipped(log, 8 * 200));
	const store = await open(true);
	await expect(store.log.load(garden)).rejects.toMatchObject({ code: "room_damaged" });
	await store.log.append(roomNamed("shed"), batchOf([1]));
	await Promise.all([store.log.close(), store.records.close()]);
	const again = await open();
	expect((await again.log.load(roomNamed("shed"))).tail).toEqual([batchOf([1])]);
	await Promise.all([again.log.close(), again.records.close()]);
});

test("a real log that is cut anywhere keeps every append that was confirmed before", async () => {
	const random = seeded(11);
	for (let round = 0; round < 15; round++) {
		const cut = Math.floor(random() * log.length);
		const confirmed = sizes.filter((size) => size <= cut).length;
		await rm(directory, { recursive: true });
		await cp(join(root, "original"), directory, { recursive: true });
		await writeFile(path, log.subarray(0, cut));
		const store = await open();
		const { tail } = await store.log.load(garden);
		expect(tail.length, `cut at ${cut}`).toBe(confirmed);
		const words = "rose ".repeat(Math.min(confirmed, 60));
		expect((await loadText(store.log, garden)).startsWith(words)).toBe(true);
		await Promise.all([store.log.close(), store.records.close()]);
	}
});
