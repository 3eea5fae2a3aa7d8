import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { foldStored } from "../../../server/fold/fold.ts";
import { Cold } from "../../../server/rooms/cold.ts";
import { DeleteRanges } from "../../../server/rooms/pieces/delete-ranges.ts";
import type { StoredRoom } from "../../../server/store/room-log.ts";
import { anyone, type UserId } from "../../../shared/ids.ts";
import { encodeStep2 } from "../../../shared/protocol.ts";
import { cpuMsOf } from "../../fixtures/cpu-time.ts";
import { GatedLog } from "../../fixtures/rooms/gated-log.ts";
import { coldOf, garden, openRoom, turns } from "../../fixtures/rooms/open-room.ts";

/** What a room stores of a doc; each letter that was put in front is a struct of its own. */
function storedOf(doc: Y.Doc): StoredRoom {
	const updates = [{ userId: anyone, bytes: Y.encodeStateAsUpdate(doc) }];
	return { snapshot: foldStored({ snapshot: null, tail: [{ atMs: 0, updates }] }), tail: [] };
}

function docOf(letterCount: number): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = 7;
	doc.transact(() => {
		const text = doc.getText("text");
		for (let count = 0; count < letterCount; count++) text.insert(0, "x");
	});
	return doc;
}

const nobody = Uint8Array.of(0);

describe("answers without a doc", () => {
	test("are the same bytes for all who lack the same", async () => {
		const cold = await coldOf(storedOf(docOf(100)));
		const first = await cold.answer(nobody);
		expect(await cold.answer(nobody.slice())).toBe(first);
		const part = Y.encodeStateVector(docOf(50));
		const rest = await cold.answer(part);
		expect(rest).not.toBe(first);
		expect(await cold.answer(part.slice())).toBe(rest);
		expect(await cold.answer(nobody)).toEqual(first);
	});

	test("bring who has a part no more than the difference", async () => {
		const doc = docOf(5_000);
		const before = Y.encodeStateVector(doc);
		doc.getText("text").insert(0, "rose");
		const [update] = await (await coldOf(storedOf(doc))).answer(before);
		expect(update?.length).toBeLessThan(60);
	});

	test("bring who has all but the last edits only these, and what was deleted", async () => {
		const doc = docOf(5_000);
		const { snapshot } = storedOf(doc);
		const before = Y.encodeStateVector(doc);
		const updates: Uint8Array[] = [];
		doc.on("update", (bytes: Uint8Array) => updates.push(bytes));
		doc.getText("text").insert(0, "rose");
		const tail = [{ atMs: 0, updates: updates.map((bytes) => ({ userId: anyone, bytes })) }];
		const frames = await (await coldOf({ snapshot, tail })).answer(before);
		expect(frames.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(60);
	});
});

describe("a room without a doc", () => {
	async function openStored() {
		const log = new GatedLog();
		const { snapshot } = storedOf(docOf(10));
		if (snapshot !== null) log.snapshots.set(garden, snapshot);
		return openRoom(log);
	}

	test("that is told to rest reads nothing", async () => {
		const { room, log } = await openStored();
		const { loadCount } = log;
		room.rest();
		await room.settled();
		expect(log.loadCount).toBe(loadCount);
	});

	test("sends nothing to who has left again before it is answered", async () => {
		const { room, visit } = await openStored();
		const ann = visit();
		room.leave(ann);
		await room.settled();
		expect(ann.counts).toMatchObject({ step1: 0, step2: 0, update: 0 });
	});
});

test("who asks with more clients than there can be is not read to the end", async () => {
	const { room, visit } = await openRoom();
	const ann = visit();
	ann.type("rose");
	await room.settled();
	const vectorOf = (clientCount: number) =>
		Y.encodeStateVector(new Map(Array.from({ length: clientCount }, (_, index) => [index + 9, 1])));
	room.answer(ann, vectorOf(10_001));
	// The room has one, which somebody owns: these two, and all that one update may bring.
	const refusal = expect.objectContaining({ code: "bad_frame" });
	expect(() => room.answer(ann, vectorOf(10_003))).toThrow(refusal);
	await room.settled();
});

describe("the doc of a large room", () => {
	test("is built in many turns, and is what one update makes", async () => {
		const doc = docOf(20_000);
		let lookCount = 0;
		let turnCount = 0;
		const woken = await (await coldOf(storedOf(doc))).wake({
			elapsed: () => lookCount++,
			pause: async () => {
				turnCount++;
			},
		});
		expect(turnCount).toBeGreaterThanOrEqual(20);
		expect(Y.encodeStateAsUpdate(woken)).toEqual(Y.encodeStateAsUpdate(doc));
	});

	test("is built in one where it is small", async () => {
		const woken = await (await coldOf(storedOf(docOf(1_000)))).wake({
			elapsed: () => 0,
			pause: () => Promise.reject(new Error("no turn is needed")),
		});
		expect(woken.getText("text").length).toBe(1_000);
	});

	test("does not keep who comes meanwhile waiting", async () => {
		const log = new GatedLog();
		const { snapshot } = storedOf(docOf(20_000));
		if (snapshot !== null) log.snapshots.set(garden, snapshot);
		const { room, visit, clock } = await openRoom(log);
		clock.lookMs = 1;
		const ann = visit();
		await room.settled();
		ann.type("rose");
		let wakingTurns = 0;
		const ben = visit();
		while (room.doc === null) {
			await new Promise((resolve) => setImmediate(resolve));
			if (room.doc === null && ben.counts.step2 > 0) wakingTurns++;
		}
		expect(wakingTurns).toBeGreaterThan(5);
		clock.lookMs = 0;
		clock.advance(20); // Telling everybody took long, by this clock.
		await room.settled();
		expect(ben.text()).toBe(ann.text());
		expect(ben.text()).toHaveLength(20_004);
		expect(ann.saved.at(-1)).toBe(2);
	});

	test("is let go of where the disk is gone before it is built", async () => {
		const doc = docOf(10);
		const log = new GatedLog();
		const { snapshot } = storedOf(doc);
		if (snapshot !== null) log.snapshots.set(garden, snapshot);
		const updates: { userId: UserId; bytes: Uint8Array }[] = [];
		doc.on("update", (bytes: Uint8Array) => updates.push({ userId: anyone, bytes }));
		for (let count = 0; count < 600; count++) doc.getText("text").insert(0, "x");
		await log.append(garden, { atMs: 0, updates });
		const { room, failed, visit } = await openRoom(log);
		const ann = visit();
		await room.settled();
		log.isFull = true;
		ann.type("rose");
		await room.settled();
		expect(ann.writable).toEqual(["disk_full"]);
		const release = log.holdSnapshots();
		const ben = visit();
		await turns();
		log.giveUp();
		await turns();
		release();
		await room.settled();
		await turns();
		expect(failed).toEqual(["store_failed"]);
		expect([ann.closedWith, ben.closedWith]).toEqual(["store_failed", "store_failed"]);
		expect(room.doc).toBeNull();
	});

	test("holds nobody up with what is deleted, sent or asked (FAULTS.md R6)", async () => {
		const doc = new Y.Doc();
		doc.getText("text").insert(0, "x".repeat(120_000));
		const client = doc.clientID;
		const ranges = Array.from({ length: 60_000 }, (_, index) => {
			return { client, clock: index * 2, length: 1 };
		});
		const deletes = DeleteRanges.of(ranges).encodeAsUpdate();
		const log = new GatedLog();
		const stored = [Y.encodeStateAsUpdate(doc), deletes];
		const updates = stored.map((bytes) => ({ userId: anyone, bytes }));
		await log.append(garden, { atMs: 0, updates });
		const { room, clock, visit } = await openRoom(log);
		clock.lookMs = 1;
		const turnsUntil = async (isDone: () => boolean) => {
			for (let turn = 0; ; turn++) {
				if (isDone()) return turn;
				await new Promise((resolve) => setImmediate(resolve));
			}
		};
		const ann = visit({ state: Y.mergeUpdates(stored) });
		expect(await turnsUntil(() => ann.counts.step2 > 0)).toBeGreaterThanOrEqual(3);
		await room.settled();
		const asked = ann.counts.step1;
		const beyond = [...ranges, { client, clock: 120_000, length: 1 }];
		room.write(ann, DeleteRanges.of(beyond).encodeAsUpdate(), true);
		expect(await turnsUntil(() => ann.counts.step1 > asked)).toBeGreaterThanOrEqual(3);
		expect(room.doc).toBeNull();
	});

	test("answers who has a part of it; whoever has none of it needs no doc", async () => {
		const doc = docOf(50_000);
		const log = new GatedLog();
		const { snapshot } = storedOf(doc);
		if (snapshot !== null) log.snapshots.set(garden, snapshot);
		const { room, visit } = await openRoom(log);
		const fresh = visit();
		const complete = visit({ state: Y.encodeStateAsUpdate(doc) });
		await room.settled();
		expect(room.doc).toBeNull();
		const behind = visit({ state: Y.encodeStateAsUpdate(docOf(40_000)) });
		await room.settled();
		expect(room.doc).not.toBeNull();
		for (const visitor of [fresh, complete, behind]) expect(visitor.text()).toHaveLength(50_000);
	});
});

describe("what is stored of a room", () => {
	/** An update of so many structs of client 9 that hold nothing, one element each. */
	function nothings(count: number): Uint8Array {
		const head = encoding.encode((encoder) => {
			for (const number of [1, count, 9, 0]) encoding.writeVarUint(encoder, number);
		});
		return Uint8Array.from(Buffer.concat([head, Buffer.alloc(2 * count + 1, "\0\x01")]));
	}

	const tailOf = (...all: readonly Uint8Array[]): StoredRoom => {
		const updates = all.map((bytes) => ({ userId: anyone, bytes }));
		return { snapshot: null, tail: [{ atMs: 0, updates }] };
	};

	test("is read in turns, and tells what reading it at once tells", async () => {
		const doc = docOf(20_000);
		doc.getText("text").delete(100, 300);
		const stored = tailOf(Y.encodeStateAsUpdate(doc), Y.encodeStateAsUpdate(docOf(9_000)));
		let lookCount = 0;
		let turnCount = 0;
		const turnwise = await Cold.open(stored, new GatedLog(), {
			elapsed: () => 2 * lookCount++,
			pause: async () => {
				turnCount++;
			},
		});
		expect(turnCount).toBe(2);
		for (const cold of [turnwise, await coldOf(stored)]) {
			expect(cold.stateVector).toEqual(Y.encodeStateVector(doc));
			const [frame] = await cold.answer(cold.stateVector);
			expect(frame).toEqual(encodeStep2(Y.encodeStateAsUpdate(doc, cold.stateVector)));
		}
	});

	test("is refused where it is cut, has more than an update, or names a client twice", async () => {
		const bytes = Y.encodeStateAsUpdate(docOf(3));
		const twice = Uint8Array.of(2, 1, 9, 0, 0, 1, 1, 9, 1, 0, 1, 0);
		const empty = Uint8Array.of(1, 1, 9, 0, 0, 0, 0);
		const noRange = Uint8Array.of(0, 1, 9, 1, 0, 0);
		const wrong = [bytes.subarray(0, -1), Uint8Array.of(...bytes, 0), twice, empty, noRange];
		const refusal = expect.objectContaining({ code: "room_damaged" });
		for (const update of wrong) {
			await expect(coldOf(tailOf(update))).rejects.toEqual(refusal);
		}
	});

	test("costs less than Yjs takes for its state vector, where most of it is nothing", async () => {
		const update = nothings(1_000_000);
		const stored = tailOf(update);
		const leastMs = (work: () => unknown) => Math.min(...[1, 2, 3].map(() => cpuMsOf(work)));
		const vectorMs = leastMs(() => Y.encodeStateVectorFromUpdate(update));
		// Nothing in it waits: it is read before the call returns.
		const opening: Promise<Cold>[] = [];
		expect(leastMs(() => opening.push(coldOf(stored)))).toBeLessThan(vectorMs);
		for (const cold of await Promise.all(opening)) expect(cold.clockOf(9)).toBe(1_000_000);
	});
});
