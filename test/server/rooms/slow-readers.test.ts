import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { GatedLog } from "../../fixtures/rooms/gated-log.ts";
import { openRoom, turns } from "../../fixtures/rooms/open-room.ts";
import type { Visitor } from "../../fixtures/rooms/visitor.ts";

/** Everything that a doc is, deletes too. */
function contentOf({ doc }: Visitor) {
	return { update: Y.encodeStateAsUpdate(doc), pending: doc.store.pendingStructs };
}

/** Ann writes, Ben has read nothing since she wrote "rose", Cem reads. */
async function openSlowRoom(log = new GatedLog()) {
	const opened = await openRoom(log);
	const [ann, ben, cem] = [opened.visit(), opened.visit(), opened.visit()];
	await opened.room.settled();
	ann.type("rose");
	await opened.room.settled();
	ben.isBehind = true;
	const write = async (...words: string[]) => {
		for (const word of words) {
			ann.type(word);
			await opened.room.settled();
		}
	};
	return { ...opened, ann, ben, cem, write };
}

describe("who is behind", () => {
	test("is sent no updates, and when it has caught up one that holds them all", async () => {
		const { room, ann, ben, cem, counts, write } = await openSlowRoom();
		const before = { ...ben.counts };
		await write(" thorn", " leaf", " stem");
		expect(ben.counts).toEqual(before);
		expect([ben.text(), cem.text()]).toEqual(["rose", "rose thorn leaf stem"]);
		ben.catchUp();
		await room.settled();
		expect(ben.counts).toEqual({ ...before, step2: before.step2 + 1 });
		expect(contentOf(ben)).toEqual(contentOf(ann));
		expect(counts).toEqual({ leftOut: 3, resynced: 1 });
	});

	test("is told of deletes that it was spared", async () => {
		const { room, ann, ben } = await openSlowRoom();
		ann.edit((doc) => doc.getText("text").delete(0, 2));
		await room.settled();
		ben.catchUp();
		await room.settled();
		expect(ben.text()).toBe("se");
	});

	test("is told no more than it lacks", async () => {
		const { room, ann, ben, write } = await openSlowRoom();
		ben.isBehind = false;
		await write("x".repeat(10_000));
		ben.isBehind = true;
		await write("!");
		const sent: number[] = [];
		const { send } = ben;
		ben.send = (frames) => {
			for (const { length } of frames) sent.push(length);
			send.call(ben, frames);
		};
		ben.catchUp();
		await room.settled();
		expect(sent.map((length) => length < 30)).toEqual([true]);
		expect(ben.text()).toBe(ann.text());
	});

	test("is sent everything as it comes again, once it has caught up", async () => {
		const { room, ann, ben, write } = await openSlowRoom();
		await write(" thorn");
		ben.catchUp();
		await room.settled();
		const { update } = ben.counts;
		await write(" leaf");
		expect(ben.counts.update).toBe(update + 1);
		expect(ben.text()).toBe(ann.text());
	});

	test("and falls behind again is held at what it was told meanwhile", async () => {
		const { room, ann, ben, write } = await openSlowRoom();
		for (const word of [" thorn", " leaf", " stem"]) {
			await write(word);
			ben.catchUp();
			await room.settled();
			ben.isBehind = true;
		}
		await write(" root");
		ben.catchUp();
		await room.settled();
		expect(contentOf(ben)).toEqual(contentOf(ann));
	});

	test("and missed nothing meanwhile is told nothing", async () => {
		const { room, ben, counts } = await openSlowRoom();
		const before = { ...ben.counts };
		ben.catchUp();
		await room.settled();
		expect(ben.counts).toEqual(before);
		expect(counts).toEqual({ leftOut: 0, resynced: 0 });
	});

	test("and writes is told that it is saved, and reads the others later", async () => {
		const { room, ann, ben, write } = await openSlowRoom();
		await write(" thorn");
		ben.type("!");
		await room.settled();
		expect(ben.saved.at(-1)).toBe(2);
		expect(ann.text()).toContain("!");
		ben.catchUp();
		await room.settled();
		expect(contentOf(ben)).toEqual(contentOf(ann));
	});

	test("and writes together with others is sent nothing of theirs", async () => {
		const { room, ann, ben } = await openSlowRoom();
		const { update } = ben.counts;
		ben.type("!");
		ann.type("?");
		await room.settled();
		expect(ben.counts.update).toBe(update);
		ben.catchUp();
		await room.settled();
		expect(contentOf(ben)).toEqual(contentOf(ann));
	});

	test("and has just caught up is not sent what follows upon what it lacks", async () => {
		const { room, ann, ben, write } = await openSlowRoom();
		await write(" thorn");
		const { step2, update } = ben.counts;
		ben.catchUp();
		ann.type(" leaf");
		await room.settled();
		expect(ben.counts).toMatchObject({ step2: step2 + 1, update });
		expect(contentOf(ben)).toEqual(contentOf(ann));
	});

	test("and asks for what it lacks is answered when it has caught up, once", async () => {
		const { room, ann, ben, write } = await openSlowRoom();
		await write(" thorn");
		const { step2 } = ben.counts;
		ben.ask();
		await room.settled();
		expect(ben.counts.step2).toBe(step2);
		await write(" leaf");
		ben.catchUp();
		await room.settled();
		expect(ben.counts.step2).toBe(step2 + 1);
		expect(contentOf(ben)).toEqual(contentOf(ann));
	});

	test("while it joins is answered when it has caught up, and misses nothing", async () => {
		const { room, ann, visit, write } = await openSlowRoom();
		const eve = visit();
		eve.isBehind = true;
		await room.settled();
		await write(" thorn");
		expect(eve.counts).toMatchObject({ step2: 0, update: 0 });
		eve.catchUp();
		await room.settled();
		expect(contentOf(eve)).toEqual(contentOf(ann));
	});
});

describe("what a slow reader is told", () => {
	test("is on disk", async () => {
		const { room, log, ann, ben, write } = await openSlowRoom();
		await write(" thorn");
		log.hold();
		ann.type(" leaf");
		await turns();
		ben.catchUp();
		await turns();
		expect(ben.text()).toBe("rose");
		log.release();
		await room.settled();
		expect(ben.text()).toBe("rose thorn leaf");
	});

	test("is what is stored, where the room had to turn read-only meanwhile", async () => {
		const { room, log, clock, ann, ben, write } = await openSlowRoom();
		await write(" thorn");
		log.isFull = true;
		await write(" lost?");
		expect(room.doc).toBeNull();
		ben.catchUp();
		await room.settled();
		expect(ben.text()).toBe("rose thorn");
		expect(ben.writable).toEqual(["disk_full"]);
		log.heal();
		await turns();
		clock.advance(1_000);
		await room.settled();
		expect(contentOf(ben)).toEqual(contentOf(ann));
	});

	test("is nothing where it left, or the room ended", async () => {
		const { room, ben, counts, write } = await openSlowRoom();
		await write(" thorn");
		room.leave(ben);
		ben.catchUp();
		await room.close();
		ben.catchUp();
		await room.settled();
		expect([ben.text(), counts.resynced]).toEqual(["rose", 0]);
	});
});
