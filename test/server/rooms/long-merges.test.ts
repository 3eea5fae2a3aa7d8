import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { createScheduler } from "../../../server/rooms/scheduler.ts";
import type { UserId } from "../../../shared/ids.ts";
import { garden, openRoom, turns } from "../../fixtures/rooms/open-room.ts";

/** A room in which long work takes many turns: see `slowly`. */
async function slowRoom() {
	const opened = await openRoom();
	const { room, log, clock } = opened;
	/** Each look at the clock takes a millisecond, until what was sent is merged; gives the turns. */
	const slowly = async (send: () => void): Promise<number> => {
		log.hold();
		clock.lookMs = 1;
		send();
		let turnCount = 0;
		for (; room.doc !== null; turnCount++) await nextTurn();
		for (; room.doc === null; turnCount++) await nextTurn();
		clock.lookMs = 0;
		return turnCount;
	};
	return { ...opened, slowly };
}

function nextTurn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

type Opened = Awaited<ReturnType<typeof slowRoom>>;

/** Somebody prepends letters while away; gives what they will send. */
function writtenAway(visitor: ReturnType<Opened["visit"]>, letters: number): Uint8Array {
	for (let left = letters; left > 0; left--) visitor.doc.getText("text").insert(0, "x");
	return Y.mergeUpdates(visitor.takeMade());
}

describe("what somebody wrote while away", () => {
	test("is merged in many turns, is one record, and is shown when it is on disk", async () => {
		const { room, log, visit, slowly } = await slowRoom();
		const [ann, ben] = [visit(), visit()];
		await room.settled();
		ben.type("rose");
		await room.settled();
		const bytes = writtenAway(ann, 600);
		const turnCount = await slowly(() => room.write(ann, bytes, false));
		await turns();
		expect(turnCount).toBeGreaterThan(5);
		expect(ben.text()).toBe("rose");
		log.release();
		await room.settled();
		expect(ben.text()).toHaveLength(604);
		expect(ann.saved.at(-1)).toBe(2);
		expect(
			log.batches
				.get(garden)
				?.at(-1)
				?.updates.map((update) => update.bytes),
		).toEqual([bytes]);
	});

	test("is in the doc of nobody who asks meanwhile: they are told what is stored", async () => {
		const { room, log, clock, visit } = await slowRoom();
		const ann = visit();
		await room.settled();
		ann.type("rose");
		await room.settled();
		log.hold();
		clock.lookMs = 1;
		room.write(ann, writtenAway(ann, 600), false);
		while (room.doc !== null) await nextTurn();
		const ben = visit();
		await turns();
		expect([room.doc, ben.counts.step2, ben.counts.step1]).toEqual([null, 1, 1]);
		expect(ben.text()).toBe("rose");
		ben.type(" of mine");
		clock.lookMs = 0;
		log.release();
		await room.settled();
		expect(ben.text()).toHaveLength(612);
		expect(ann.text()).toBe(ben.text());
	});

	test("is looked for in what is stored once, however long one waits for its doc", async () => {
		const { room, log, clock, visit } = await slowRoom();
		const ann = visit();
		await room.settled();
		// So many that a doc answers for less: who asks waits for it.
		for (let letter = 0; letter <= 500; letter++) ann.type("r");
		await room.settled();
		const loadCount = log.loadCount;
		log.hold();
		clock.lookMs = 1;
		room.write(ann, writtenAway(ann, 600), false);
		while (room.doc !== null) await nextTurn();
		const ben = visit();
		for (let turn = 0; turn < 10; turn++) await nextTurn();
		expect([room.doc, ben.counts.step2]).toEqual([null, 0]);
		expect(log.loadCount - loadCount).toBe(1);
		clock.lookMs = 0;
		log.release();
		await room.settled();
		expect(ben.text()).toHaveLength(1_101);
	});

	test("leaves nothing where its end is refused, and others are taken", async () => {
		const { room, visit, log, slowly } = await slowRoom();
		const [ann, ben] = [visit({ userId: "g_ann" }), visit({ userId: "g_ben" })];
		await room.settled();
		ben.type("rose");
		await room.settled();
		const id = ben.doc.clientID;
		writtenAway(ann, 300);
		const forged = new Y.Doc();
		Y.applyUpdate(forged, Y.encodeStateAsUpdate(ben.doc));
		forged.clientID = id;
		forged.getText("text").insert(4, " of mine");
		const bytes = Y.mergeUpdates([Y.encodeStateAsUpdate(ann.doc), Y.encodeStateAsUpdate(forged)]);
		const before = log.batches.get(garden)?.length ?? 0;
		await slowly(() => {
			room.write(ann, bytes, true);
			ben.type(" garden");
		});
		log.release();
		await room.settled();
		expect(ann.closedWith).toBe("foreign_client");
		expect(ben.text()).toBe("rose garden");
		expect(log.batches.get(garden)).toHaveLength(before + 1);
		const cleo = visit({ userId: "g_cleo" as UserId });
		await room.settled();
		expect(cleo.text()).toBe("rose garden");
	});
});

test("thousands of short updates that came at once hold no turn for long", async () => {
	const { room, clock, visit } = await slowRoom();
	const [ann, ben] = [visit(), visit()];
	await room.settled();
	for (let count = 0; count < 320; count++) ann.edit((doc) => doc.getText("text").insert(0, "x"));
	clock.lookMs = 1;
	await room.settled();
	clock.lookMs = 0;
	expect(ben.text()).toHaveLength(320);
	// Each turn ends at the fourth look, behind 64 of them; all are one record and told at once.
	expect(ben.counts.update).toBe(5);
	expect(ann.saved.at(-1)).toBe(321);
});

test("long work of many rooms has a turn each", async () => {
	const scheduler = createScheduler();
	const order: string[] = [];
	for (const room of ["a", "b", "c"]) scheduler.pause(() => order.push(room));
	scheduler.turn(() => order.push("short"));
	await new Promise((resolve) => setImmediate(resolve));
	expect(order).toEqual(["a", "short"]);
	await turns();
	expect(order).toEqual(["a", "short", "b", "c"]);
});
