/** A compaction that the disk refused may be there all the same when the store is opened again. */
import { expect, test } from "vitest";
import { promptCompression } from "../../../server/store/compress.ts";
import { openStoreOn } from "../../../server/store/level-store.ts";
import { FakeDisk } from "../../fixtures/fake-disk.ts";
import { advanceUntil, ManualClock } from "../../fixtures/manual-clock.ts";
import { foldHere, loadText, roomNamed, slowFold, Writer } from "../../fixtures/stored.ts";

const garden = roomNamed("garden");
const day = 24 * 60 * 60 * 1000;

test("a compaction that read before a heal does not write into what is there now", async () => {
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
	const ann = new Writer(1);
	for (const word of ["one ", "two "]) await log.append(garden, ann.type(word));

	const refused = slowFold();
	const first = log.compact(garden, refused.fold);
	await refused.started;
	await log.append(garden, ann.type("three "));
	disk.fault = "unsynced";
	refused.finish();
	await expect(first).rejects.toMatchObject({ code: "disk_full" });

	const late = slowFold();
	const second = log.compact(garden, late.fold);
	await late.started;
	disk.fault = null;
	await advanceUntil(clock, log.whenWritable());
	late.finish();
	await advanceUntil(clock, second);

	expect(await loadText(log, garden)).toBe("one two three ");
	await log.append(garden, ann.type("four "));
	await log.compact(garden, foldHere);
	expect(await loadText(log, garden)).toBe("one two three four ");
	expect((await log.load(garden)).tail).toEqual([]);
});
