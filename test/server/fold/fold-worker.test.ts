import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { foldStored } from "../../../server/fold/fold.ts";
import {
	movedBackWith,
	movedWith,
	packStored,
	unpackStored,
} from "../../../server/fold/fold-message.ts";
import {
	createFoldWorker,
	type FoldWorker,
	foldsWaitingMax,
} from "../../../server/fold/fold-worker.ts";
import type { StoredRoom } from "../../../server/store/room-log.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";
import { batchOf, textIn, Writer } from "../../fixtures/stored.ts";
import { buildServer } from "../blobs/built-server.ts";

/** The same file as the server runs it: compiled. */
const built = join(import.meta.dirname, "../../../dist/server/fold/fold-worker.js");

function longText(count: number): StoredRoom {
	const ann = new Writer(1);
	return { snapshot: null, tail: Array.from({ length: count }, () => ann.type("x")) };
}

test("what is packed for the thread comes out as one batch", () => {
	const ann = new Writer(1);
	const first = foldStored({ snapshot: null, tail: [ann.type("rose ")] });
	const stored = { snapshot: first, tail: [ann.type("lily "), ann.remove(1), batchOf([])] };
	const unpacked = unpackStored(packStored(stored));
	expect(unpacked.tail).toHaveLength(1);
	const updates = stored.tail.flatMap((batch) => batch.updates.map((update) => update.bytes));
	expect(unpacked.tail[0]?.updates.map((update) => update.bytes)).toEqual(updates);
	expect(unpacked.snapshot?.compressed).toEqual(first.compressed);
	expect(unpackStored(packStored({ snapshot: null, tail: [] })).tail).toEqual([]);
});

test("what is packed moves to the thread whole, and the snapshot moves back", () => {
	const ann = new Writer(1);
	const stored = { snapshot: null, tail: [ann.type(randomLetters(40_000))] };
	const snapshot = foldStored(stored);
	const job = packStored({ snapshot, tail: [ann.type("lily ")] });
	expect(movedWith(job)).toEqual([job.updates.buffer, job.snapshot?.compressed.buffer]);
	expect(job.snapshot?.compressed.buffer).not.toBe(snapshot.compressed.buffer);
	expect(movedBackWith({ isFolded: true, made: snapshot })).toEqual([snapshot.compressed.buffer]);
	const view = { ...snapshot, compressed: snapshot.compressed.subarray(1) };
	expect(movedBackWith({ isFolded: true, made: view })).toEqual([]);
	expect(movedBackWith({ isFolded: false, code: "internal", detail: "" })).toEqual([]);
});

/** Hard to compress. */
function randomLetters(count: number): string {
	let state = 1;
	return Array.from({ length: count }, () => {
		state = (state * 48_271) % 2_147_483_647;
		return String.fromCharCode(97 + (state % 26));
	}).join("");
}

describe("the compiled worker folds in a thread", () => {
	let worker: FoldWorker;
	let clock: ManualClock;
	let create: typeof createFoldWorker;

	beforeAll(async () => {
		buildServer();
		expect(existsSync(built)).toBe(true);
		({ createFoldWorker: create } = (await import(built)) as {
			createFoldWorker: typeof createFoldWorker;
		});
	});

	function start(): FoldWorker {
		clock = new ManualClock();
		worker = create(clock);
		return worker;
	}

	afterEach(() => worker.close());

	test("and makes what the fold in this thread makes", async () => {
		const { fold, isThreaded } = start();
		expect(isThreaded).toBe(true);
		const ann = new Writer(1);
		const tail = [ann.type("rose "), ann.remove(2)];
		const made = await fold({ snapshot: null, tail });
		expect(made).toEqual(foldStored({ snapshot: null, tail }));
		const next = await fold({ snapshot: made, tail: [ann.type("lily")] });
		expect(textIn({ snapshot: next, tail: [] })).toBe("se lily");
	});

	test("several rooms one after another, while this thread goes on", async () => {
		const { fold } = start();
		await fold(longText(10));
		let turns = 0;
		const counting = setInterval(() => turns++, 1);
		const rooms = [longText(8_000), longText(9_000), longText(10_000)];
		turns = 0;
		const made = await Promise.all(rooms.map((stored) => fold(stored)));
		clearInterval(counting);
		const lengths = made.map((snapshot) => textIn({ snapshot, tail: [] }).length);
		expect(lengths).toEqual([8_000, 9_000, 10_000]);
		expect(turns).toBeGreaterThan(5);
	});

	test("damage is told by its code, and the next fold goes well", async () => {
		const { fold } = start();
		const broken = { snapshot: null, tail: [batchOf([1, 2, 3])] };
		await expect(fold(broken)).rejects.toMatchObject({ code: "room_damaged" });
		expect(textIn({ snapshot: await fold(longText(5)), tail: [] })).toBe("xxxxx");
	});

	test("no more folds wait than may, and those still come", async () => {
		const { fold } = start();
		const folds = Array.from({ length: foldsWaitingMax + 1 }, () => fold(longText(1)));
		await expect(fold(longText(1))).rejects.toMatchObject({ code: "server_full" });
		expect(await Promise.all(folds)).toHaveLength(foldsWaitingMax + 1);
	});

	test("an idle thread ends, and another one comes when it is needed", async () => {
		const { fold } = start();
		await fold(longText(1));
		expect(clock.timerCount).toBe(1);
		clock.advance(31_000);
		expect(clock.timerCount).toBe(0);
		expect(textIn({ snapshot: await fold(longText(3)), tail: [] })).toBe("xxx");
	});

	test("a fold that takes too long is given up, and the next one goes well", async () => {
		const { fold } = start();
		const slow = fold(longText(20_000));
		const next = fold(longText(2));
		clock.advance(121_000);
		await expect(slow).rejects.toMatchObject({ code: "internal" });
		expect(textIn({ snapshot: await next, tail: [] })).toBe("xx");
	});

	test("what a thread answers too late is not taken for the next room's", async () => {
		const { fold } = start();
		await fold(longText(1));
		const late = fold(longText(3));
		const next = fold(longText(2));
		// Its answer lies in the queue, unread, when it is given up.
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
		clock.advance(121_000);
		await expect(late).rejects.toMatchObject({ code: "internal" });
		expect(textIn({ snapshot: await next, tail: [] })).toBe("xx");
	});

	test("closing fails what waits and runs, twice is the same", async () => {
		const { fold, close } = start();
		const folds = [fold(longText(5_000)), fold(longText(1))];
		const stopping = folds.map((one) => expect(one).rejects.toMatchObject({ code: "stopping" }));
		await Promise.all([close(), close()]);
		await Promise.all(stopping);
		await expect(fold(longText(1))).rejects.toMatchObject({ code: "stopping" });
		expect(clock.timerCount).toBe(0);
	});
});

test("the sources fold too: in the built thread, or here where nothing is built", async () => {
	const worker = createFoldWorker(new ManualClock());
	const thread = join(import.meta.dirname, "../../../dist/server/fold/fold-thread.js");
	expect(worker.isThreaded).toBe(existsSync(thread));
	expect(textIn({ snapshot: await worker.fold(longText(4)), tail: [] })).toBe("xxxx");
	await worker.close();
});
