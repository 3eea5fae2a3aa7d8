import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { anyone, type UserId } from "../../../shared/ids.ts";
import { GatedLog } from "../../fixtures/rooms/gated-log.ts";
import { garden, openRoom, turns } from "../../fixtures/rooms/open-room.ts";
import { Visitor } from "../../fixtures/rooms/visitor.ts";

describe("shown means saved", () => {
	test("nobody sees an edit, and nobody is told it is saved, before it is on disk", async () => {
		const { room, log, visit } = await openRoom();
		const [ann, ben] = [visit(), visit()];
		await room.settled();
		log.hold();
		ann.type("rose");
		await turns();
		expect(ben.text()).toBe("");
		expect(ann.saved.at(-1)).toBe(1); // Her step 2, which held nothing.
		log.release();
		await room.settled();
		expect(ben.text()).toBe("rose");
		expect(ann.saved.at(-1)).toBe(2);
	});

	test("what brings nothing is not called saved before what was sent in front of it", async () => {
		const { room, log, visit } = await openRoom();
		const ann = visit();
		await room.settled(); // Nobody has written: the room has no doc.
		log.hold();
		ann.type("rose");
		room.write(ann, Uint8Array.of(0, 0), false);
		await turns();
		expect(ann.saved.at(-1)).toBe(1); // Her step 2, which held nothing.
		log.release();
		await room.settled();
		expect(ann.saved.at(-1)).toBe(3);
	});

	test("who joins while a write is under way is answered after it", async () => {
		const { room, log, visit } = await openRoom();
		const ann = visit();
		await room.settled();
		log.hold();
		ann.type("rose");
		await turns();
		const ben = visit();
		await turns();
		expect(ben.counts).toMatchObject({ step1: 0, step2: 0, update: 0 });
		log.release();
		await room.settled();
		expect(ben.text()).toBe("rose");
	});

	test("who was not answered yet is sent no edits: predecessors would be missing", async () => {
		const { room, visit } = await openRoom();
		const ann = visit();
		ann.type("rose");
		await room.settled();
		const ben = new Visitor({ clientId: 77 });
		room.join(ben);
		ann.type(" thorn");
		await room.settled();
		expect(ben.counts).toMatchObject({ step1: 1, step2: 0, update: 0 });
	});

	test("what was written is in the log, byte for byte and with its author", async () => {
		const { room, log, visit } = await openRoom();
		const ann = visit();
		await room.settled();
		ann.doc.getText("text").insert(0, "rose");
		const [made] = ann.takeMade() as [Uint8Array];
		room.write(ann, made, false);
		await room.settled();
		const [batch] = log.batches.get(garden) ?? [];
		const claims = [ann.doc.clientID];
		expect(batch?.updates).toEqual([{ userId: ann.userId, bytes: made, claims }]);
	});
});

describe("merge by turn", () => {
	test("edits of two people in one turn are one record and one frame to everybody", async () => {
		const { room, log, visit } = await openRoom();
		const [ann, ben, eve] = [visit(), visit(), visit()];
		await room.settled();
		const before = eve.counts.update;
		ann.type("a");
		ben.type("b");
		ann.type("c");
		await room.settled();
		expect(log.batches.get(garden)).toHaveLength(1);
		expect(log.batches.get(garden)?.[0]?.updates).toHaveLength(3);
		expect(eve.counts.update).toBe(before + 1);
		expect(eve.text()).toBe(ann.text());
		expect(ben.text()).toBe(ann.text());
	});

	test("a sole writer is sent nothing of its own", async () => {
		const { room, visit } = await openRoom();
		const [ann, ben] = [visit(), visit()];
		await room.settled();
		ann.type("rose");
		await room.settled();
		expect([ann.counts.update, ben.counts.update]).toEqual([0, 1]);
	});

	test("what comes while the disk works becomes the next record", async () => {
		const { room, log, visit } = await openRoom();
		const ann = visit();
		await room.settled();
		log.hold();
		ann.type("1");
		await turns();
		for (const digit of "23456") {
			ann.type(digit);
			await turns();
		}
		log.release();
		await room.settled();
		expect(log.batches.get(garden)?.map(({ updates }) => updates.length)).toEqual([1, 5]);
	});

	test("a flood stops the reading from its sender until it is written", async () => {
		const { room, log, visit } = await openRoom();
		const ann = visit();
		await room.settled();
		log.hold();
		for (let part = 0; part < 9; part++) ann.type("x".repeat(1024 * 1024));
		expect(ann.isPaused).toBe(true);
		log.release();
		await room.settled();
		expect(ann.isPaused).toBe(false);
		expect(ann.saved.at(-1)).toBe(10);
	});
});

describe("a disk that fails", () => {
	test("turns the room read-only, loses nothing, and heals by itself", async () => {
		const { room, log, clock, visit } = await openRoom();
		const [ann, ben] = [visit(), visit()];
		await room.settled();
		ann.type("kept ");
		await room.settled();
		log.isFull = true;
		ann.type("held");
		await room.settled();
		expect(ann.writable).toEqual(["disk_full"]);
		expect(ann.saved.at(-1)).toBe(2);
		expect(ben.text()).toBe("kept ");
		expect(visit().speaksWeft).toBe(true);
		ann.type(" back");
		await room.settled();
		expect(ann.saved.at(-1)).toBe(2);
		log.heal();
		await turns();
		clock.advance(1_000);
		await room.settled();
		expect(ann.writable).toEqual(["disk_full", null]);
		expect(ben.text()).toBe("kept held back");
		// Two updates that were skipped, then the step 2 that held them.
		expect(ann.saved.at(-1)).toBe(5);
	});

	test("what brings nothing is not called saved behind what a read-only room skipped", async () => {
		const { room, log, clock, visit } = await openRoom();
		const ann = visit();
		await room.settled();
		log.isFull = true;
		ann.type("held");
		await room.settled();
		const ben = visit();
		await room.settled();
		ben.type("too");
		room.write(ben, Uint8Array.of(0, 0), false);
		await room.settled();
		expect(ben.saved.at(-1)).toBe(1); // His step 2, which held nothing.
		log.heal();
		await turns();
		clock.advance(1_000);
		await room.settled();
		expect(ben.saved.at(-1)).toBe(4);
	});

	test("who joins a read-only room sees what is stored and is told why", async () => {
		const { room, log, visit } = await openRoom();
		const ann = visit();
		await room.settled();
		ann.type("kept");
		await room.settled();
		log.isFull = true;
		ann.type(" lost?");
		await room.settled();
		const ben = visit();
		await room.settled();
		expect(ben.text()).toBe("kept");
		expect(ben.writable).toEqual(["disk_full"]);
	});
});

describe("what is missing", () => {
	test("a missing predecessor is asked for once and counted when it came", async () => {
		const { room, visit } = await openRoom();
		const [ann, ben] = [visit(), visit()];
		await room.settled();
		const asked = ann.counts.step1;
		ann.doc.getText("text").insert(0, "lost ");
		ann.takeMade();
		ann.isAnswering = false;
		ann.type("found");
		ann.type("!");
		await room.settled();
		expect(ann.counts.step1).toBe(asked + 1); // No clock has moved (FAULTS.md S2).
		expect(ann.saved.at(-1)).toBe(1);
		expect(ben.text()).toBe("");
		room.write(ann, Y.encodeStateAsUpdate(ann.doc), true);
		await room.settled();
		expect(ben.text()).toBe("lost found!");
		expect(ann.saved.at(-1)).toBe(4);
	});

	test("a step 2 that itself lacks something does not go round in circles", async () => {
		const { room, visit } = await openRoom();
		const ann = visit();
		await room.settled();
		const other = new Y.Doc();
		const parts: Uint8Array[] = [];
		other.on("update", (update: Uint8Array) => parts.push(update));
		for (const letter of "abc") other.getText("text").insert(0, letter);
		Y.applyUpdate(ann.doc, parts[2] as Uint8Array, "server"); // Pending for ever in her doc.
		const asked = ann.counts.step1;
		room.write(ann, Y.encodeStateAsUpdate(ann.doc), true);
		await room.settled();
		await turns();
		expect(ann.counts.step1 - asked).toBeLessThanOrEqual(1);
		expect(room.doc?.store.pendingStructs ?? null).toBeNull();
		expect(ann.closedWith).toBeNull();
	});
});

describe("a cold room", () => {
	async function storedGarden() {
		const first = await openRoom();
		const ann = first.visit();
		await first.room.settled();
		ann.type("one ");
		await first.room.settled();
		ann.edit((doc) => doc.getText("text").delete(0, 1));
		await first.room.settled();
		return { log: first.log, state: Y.encodeStateAsUpdate(ann.doc) };
	}

	test("answers joiners, returning ones too, without building a doc", async () => {
		const { log, state } = await storedGarden();
		const { room, visit } = await openRoom(log);
		const fresh = visit();
		const returning = visit({ state });
		await room.settled();
		expect(fresh.text()).toBe("ne ");
		expect(returning.text()).toBe("ne ");
		expect(room.doc).toBeNull();
		expect(returning.saved.at(-1)).toBe(1);
	});

	test("tells who comes back of deletes, which no state vector holds", async () => {
		const { log } = await storedGarden();
		const [batch] = log.batches.get(garden) ?? [];
		const { room, visit } = await openRoom(log);
		const returning = visit({ state: batch?.updates[0]?.bytes as Uint8Array });
		expect(returning.text()).toBe("one ");
		await room.settled();
		expect(returning.text()).toBe("ne ");
		expect(room.doc).toBeNull();
	});

	test("sends updates, then an empty step 2: synced means everything", async () => {
		const { log } = await storedGarden();
		const { room, visit } = await openRoom(log);
		const fresh = visit();
		await room.settled();
		expect(fresh.counts).toMatchObject({ step2: 1, update: 2 });
	});

	test("with hundreds of stored updates answers as one, not with a frame for each", async () => {
		const { log } = await storedGarden();
		const ann = new Y.Doc();
		ann.clientID = 77;
		const updates: { userId: UserId; bytes: Uint8Array }[] = [];
		ann.on("update", (bytes: Uint8Array) => updates.push({ userId: anyone, bytes }));
		for (let count = 0; count < 600; count++) ann.getText("text").insert(0, "x");
		await log.append(garden, { atMs: 0, updates });
		const { room, visit } = await openRoom(log);
		const fresh = visit();
		await room.settled();
		expect(fresh.text()).toHaveLength(603);
		expect(fresh.counts).toMatchObject({ step2: 1, update: 0 });
	});

	test("wakes for a write and goes on from what is stored", async () => {
		const { log } = await storedGarden();
		const { room, visit } = await openRoom(log);
		const [ann, ben] = [visit(), visit()];
		await room.settled();
		ann.type("two");
		await room.settled();
		expect(ben.text()).toBe("ne two");
		expect(room.doc?.getText("text").toString()).toBe("ne two");
	});
});

describe("ends", () => {
	test("a refused update ends its session and nothing else", async () => {
		const { room, visit } = await openRoom();
		const [ann, eve] = [visit(), visit()];
		await room.settled();
		room.write(eve, Uint8Array.of(1, 2, 3), false);
		ann.type("rose");
		await room.settled();
		expect(eve.closedWith).toBe("refused_update");
		expect(ann.closedWith).toBeNull();
		expect(visit().closedWith).toBeNull();
		await room.settled();
		expect(room.doc?.getText("text").toString()).toBe("rose");
	});

	test("a room that is full refuses what would make it larger, and keeps the rest", async () => {
		const { room, visit } = await openRoom(new GatedLog(), 2_000);
		const [ann, ben] = [visit(), visit()];
		await room.settled();
		for (let round = 0; round < 20; round++) {
			ann.edit((doc) => doc.getText("text").delete(0, doc.getText("text").length));
			ann.type("x".repeat(500)); // More is written than 2,000 bytes, but less is held.
			await room.settled();
		}
		expect(ann.closedWith).toBeNull();
		ann.type("x".repeat(3_000));
		await room.settled();
		expect(ann.closedWith).toBe("room_too_big");
		expect(ben.text()).toBe("x".repeat(500));
	});

	test("a full room still lets in who brings nothing new", async () => {
		const { room, visit } = await openRoom(new GatedLog(), 2_000);
		const ann = visit();
		await room.settled();
		ann.type("x".repeat(1_950));
		await room.settled();
		ann.edit((doc) => {
			for (let index = 0; index < 4; index++) doc.getText("text").delete(index, 1);
		});
		await room.settled();
		expect(ann.closedWith).toBeNull();
		ann.type("x".repeat(20));
		await room.settled();
		const again = visit({ state: Y.encodeStateAsUpdate(room.doc ?? new Y.Doc()) });
		await room.settled();
		expect(again.closedWith).toBeNull();
	});

	test("what fits one by one but not together is not all taken", async () => {
		const { room, visit } = await openRoom(new GatedLog(), 2_000);
		const [ann, ben] = [visit(), visit()];
		await room.settled();
		ann.type("x".repeat(1_200));
		ben.type("y".repeat(1_200));
		await room.settled();
		expect([ann.closedWith, ben.closedWith]).toEqual([null, "room_too_big"]);
	});

	test("a room in which Yjs throws ends loudly, its half state in no log", async () => {
		const { room, log, failed, visit } = await openRoom();
		const [ann, ben] = [visit(), visit()];
		await room.settled();
		ann.type("rose");
		await room.settled();
		room.doc?.getText("text").observe(() => {
			throw new Error("planted");
		});
		ann.type(" thorn");
		await room.settled();
		expect(failed).toEqual(["room_failed"]);
		expect([ann.closedWith, ben.closedWith]).toEqual(["room_failed", "room_failed"]);
		expect(ben.text()).toBe("rose");
		const again = await openRoom(log);
		const eve = again.visit();
		await again.room.settled();
		expect(eve.text()).toBe("rose");
	});

	test("who speaks first decides the kind; the record is made before the first write", async () => {
		const { room, prepared, visit } = await openRoom();
		const ann = visit({ speaksWeft: false });
		visit();
		await room.settled();
		expect(room.kind).toBe("open");
		expect(prepared).toHaveLength(0);
		ann.type("a");
		await room.settled();
		ann.type("b");
		await room.settled();
		expect(prepared).toHaveLength(1);
	});
});
