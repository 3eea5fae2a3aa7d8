/** What the disk refused may be there all the same when the store is opened again. */
import { expect, test } from "vitest";
import { promptCompression } from "../../../server/store/compress.ts";
import { openStoreOn } from "../../../server/store/level-store.ts";
import { nextOf } from "../../contracts/room-log-purge.ts";
import { FakeDisk } from "../../fixtures/fake-disk.ts";
import { advanceUntil, ManualClock } from "../../fixtures/manual-clock.ts";
import {
	collect,
	foldHere,
	loadText,
	roomNamed,
	slowFold,
	textIn,
	Writer,
} from "../../fixtures/stored.ts";

const garden = roomNamed("garden");
const day = 24 * 60 * 60 * 1000;

/** A log of a day's history on a disk of the test. */
async function openGarden() {
	const disk = new FakeDisk();
	const clock = new ManualClock();
	const { log } = await openStoreOn({
		directory: process.cwd(),
		clock,
		historyMs: day,
		compression: promptCompression,
		openBinding: disk.openBinding,
		probeDisk: disk.probeDisk,
	});
	return { disk, clock, log };
}

/** The disk heals while a compaction is under way, which goes on with what it read before. */
async function compactOverHeal({ disk, clock, log }: Awaited<ReturnType<typeof openGarden>>) {
	const { fold, started, finish } = slowFold();
	const compaction = log.compact(garden, fold);
	await started;
	disk.fault = null;
	await advanceUntil(clock, log.whenWritable());
	finish();
	await advanceUntil(clock, compaction);
}

test("a compaction that read before a heal does not write into what is there now", async () => {
	const opened = await openGarden();
	const { disk, log } = opened;
	const ann = new Writer(1);
	for (const word of ["one ", "two "]) await log.append(garden, ann.type(word));

	const refused = slowFold();
	const first = log.compact(garden, refused.fold);
	await refused.started;
	await log.append(garden, ann.type("three "));
	disk.fault = "unsynced";
	refused.finish();
	await expect(first).rejects.toMatchObject({ code: "disk_full" });

	await compactOverHeal(opened);

	expect(await loadText(log, garden)).toBe("one two three ");
	await log.append(garden, ann.type("four "));
	await log.compact(garden, foldHere);
	expect(await loadText(log, garden)).toBe("one two three four ");
	expect((await log.load(garden)).tail).toEqual([]);
});

test("nor does history that was read before a heal make a second base", async () => {
	const opened = await openGarden();
	const { disk, clock, log } = opened;
	const ann = new Writer(1);
	for (const word of ["one ", "two ", "three "]) {
		await log.append(garden, ann.type(word, clock.now()));
		await log.compact(garden, foldHere);
		clock.advance(day / 2);
	}

	const refused = slowFold();
	const first = log.compact(garden, refused.fold);
	await refused.started;
	disk.fault = "unsynced";
	refused.finish();
	await expect(first).rejects.toMatchObject({ code: "disk_full" });

	clock.advance(day / 2);
	await compactOverHeal(opened);

	const history = async () => textIn({ snapshot: null, tail: await collect(log.history(garden)) });
	expect(await history()).toBe("one two three ");
	await log.compact(garden, foldHere);
	expect(await history()).toBe("one two three ");
});

test("nor does a room that a purge seemed to leave alone write into the next epoch", async () => {
	const opened = await openGarden();
	const { disk, clock, log } = opened;
	const ann = new Writer(1);
	await log.append(garden, ann.type("secret "));
	const next = await nextOf(log, garden, "rose");
	disk.fault = "unsynced";
	await expect(log.purge(garden, next)).rejects.toMatchObject({ code: "disk_full" });
	expect(await loadText(log, garden)).toBe("secret ");
	disk.fault = null;
	await advanceUntil(clock, log.whenWritable());
	await expect(log.append(garden, ann.type("more "))).rejects.toMatchObject({
		code: "room_failed",
	});
	expect(await loadText(log, garden)).toBe("rose");
});
