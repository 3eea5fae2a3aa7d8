import { expect, test } from "vitest";
import { WeftError } from "../../../../shared/errors.ts";
import type { PhotoId } from "../../../../shared/ids.ts";
import { Browser, photo, received, settle } from "./browser.ts";

test("without the right nothing is sent, and what waits goes when it is back", async () => {
	const before = new Browser();
	before.queue.add([photo("left.jpg")]);
	await settle();
	before.queue.close();
	const again = new Browser(before.device);
	again.mayShare = false;
	await again.queue.resume();
	await again.clock.step(60_000);
	expect([again.sendings.length, again.photos.length]).toEqual([0, 0]);
	await again.let(true);
	expect(again.sendings).toHaveLength(1);
	await again.let(false);
	await again.sendings[0]?.answer(new WeftError("not_allowed"));
	for (let minute = 0; minute < 9; minute++) await again.clock.step(60_000);
	expect(again.sendings).toHaveLength(1);
	await again.let(true);
	await again.sendings[1]?.answer(received);
	expect(again.photos).toMatchObject([{ blob: received.blob }]);
});

test("what is given up without the right leaves its place when the right is back", async () => {
	const ann = new Browser();
	await ann.queue.resume();
	const [id] = ann.queue.add([photo("a.jpg")]) as [PhotoId];
	await settle();
	await ann.let(false);
	ann.queue.cancel(id);
	await settle();
	expect([ann.photos.length, ann.queue.unsentCount()]).toEqual([1, 0]);
	await ann.let(true);
	expect([ann.photos.length, ann.device.size, ann.sendings.length]).toEqual([0, 0, 1]);
});
