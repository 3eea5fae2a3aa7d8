/** A compaction that the disk refused may be there all the same when the store is opened again. */
import { expect, test } from "vitest";
import { promptCompression } from "../../../server/store/compress.ts";
import { openStoreOn } from "../../../server/store/level-store.ts";
import type { Fold } from "../../../server/store/room-log.ts";
import { FakeDisk } from "../../fixtures/fake-disk.ts";
import { advanceUntil, ManualClock } from "../../fixtures/manual-clock.ts";
import { foldHere, loadText, roomNamed, Writer } from "../../fixtures/stored.ts";

const garden = roomNamed("garden");
const day = 24 * 60 * 60 * 1000;

/** A fold that says when it begins, and waits until it may end. */
function slowFold() {
	let begin = () => undefined as void;
	let release = () => undefined as void;
	const begun = new Promise<void>((resolve) => {
		begin = resolve;
	});
	const released = new Promise<void>((resolve) => {
		release = resolve;
	});
	const fold: Fold = async (stored) => {
		begin();
		await released;
		return foldHere(stored);
	};
	return { fold, begun, release };
}

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
	await refused.begun;
	await log.append(garden, ann.type("three "));
	disk.fault = "unsynced";
	refused.release();
	await expect(first).rejects.toMatchObject({ code: "disk_full" });

	const late = slowFold();
	const second = log.compact(garden, late.fold);
	await late.begun;
	disk.fault = null;
	await advanceUntil(clock, log.whenWritable());
	late.release();
	await advanceUntil(clock, second);

	expect(await loadText(log, garden)).toBe("one two three ");
	await log.append(garden, ann.type("four "));
	await log.compact(garden, foldHere);
	expect(await loadText(log, garden)).toBe("one two three four ");
	expect((await log.load(garden)).tail).toEqual([]);
});
