import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLevelStore } from "../../../server/store/level-store.ts";
import { recordsContract } from "../../contracts/records.ts";
import { roomLogContract } from "../../contracts/room-log.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";
import { batchOf, roomNamed } from "../../fixtures/stored.ts";

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
