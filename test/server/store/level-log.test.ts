import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { below, seeded } from "../../../scripts/converge/random.ts";
import { promptCompression } from "../../../server/store/compress.ts";
import { part, partsOf } from "../../../server/store/format/keys.ts";
import { openLevelStore, openStoreOn } from "../../../server/store/level-store.ts";
import { day } from "../../contracts/opened-log.ts";
import { recordsContract } from "../../contracts/records.ts";
import { roomLogContract } from "../../contracts/room-log.ts";
import { FakeDisk } from "../../fixtures/fake-disk.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";
import { batchOf, foldHere, roomNamed, Writer } from "../../fixtures/stored.ts";

const garden = roomNamed("garden");

roomLogContract("LevelDB", async (directory, options) => {
	const { log, records } = await openLevelStore({ directory, acceptDamage: false, ...options });
	await records.close();
	return log;
});

recordsContract("LevelDB", async (directory) => {
	const clock = new ManualClock();
	const options = { directory, clock, historyMs: 0, acceptDamage: false };
	const { log, records } = await openLevelStore(options);
	await log.close();
	return records;
});

test("what a compaction deletes is given back to the disk, old history too", async () => {
	const disk = new FakeDisk();
	const { openBinding, probeDisk } = disk;
	const clock = new ManualClock();
	const { log, records } = await openStoreOn({
		directory: process.cwd(),
		clock,
		historyMs: day,
		compression: promptCompression,
		openBinding,
		probeDisk,
	});
	const random = seeded(1);
	const noise = () =>
		Array.from({ length: 300_000 }, () => String.fromCodePoint(0x4e00 + below(random, 20_000)));
	const ann = new Writer(1);
	await log.append(garden, ann.type(noise().join(""), clock.now()));
	await log.compact(garden, foldHere);
	clock.advance(3_000);
	await turn();
	expect(disk.reclaimed).toEqual([partsOf(garden, part.snapshot, part.record)]);
	clock.advance(2 * day);
	await log.compact(garden, foldHere);
	clock.advance(3_000);
	await turn();
	expect(disk.reclaimed.at(-1)).toEqual(partsOf(garden, part.snapshot, part.segment));
	expect(disk.reclaimed).toHaveLength(2);
	await Promise.all([log.close(), records.close()]);
});

function turn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

test("more rooms at once than have their numbers kept in memory mix nothing up", async () => {
	const directory = await mkdtemp(join(tmpdir(), "weft-seats-"));
	const options = { directory, clock: new ManualClock(), historyMs: 0, acceptDamage: false };
	const { log, records } = await openLevelStore(options);
	const rooms = Array.from({ length: 10_400 }, (_, index) => roomNamed(`room ${index}`));
	const writeAll = (byte: number) => rooms.map((room) => log.append(room, batchOf([byte])));
	await Promise.all([...writeAll(1), ...writeAll(2)]);
	await Promise.all(writeAll(3));
	for (const room of [...rooms.slice(0, 40), ...rooms.slice(-40)]) {
		expect((await log.load(room)).tail).toEqual([1, 2, 3].map((round) => batchOf([round])));
	}
	await Promise.all([log.close(), records.close()]);
	await rm(directory, { recursive: true });
});
