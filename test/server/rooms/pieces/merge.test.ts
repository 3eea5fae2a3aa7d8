/** What others write in a room while something long is merged there. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { below, type Random, seeded } from "../../../../scripts/converge/random.ts";
import type { UserId } from "../../../../shared/ids.ts";
import { advanceUntil } from "../../../fixtures/manual-clock.ts";
import { garden, openRoom } from "../../../fixtures/rooms/open-room.ts";
import type { Visitor } from "../../../fixtures/rooms/visitor.ts";

/** A room in which each look at the clock takes a millisecond, as long as `isSlow`. */
async function slowRoom() {
	const opened = await openRoom();
	const { room, log, clock } = opened;
	const ann = opened.visit({ userId: "g_ann" });
	const ben = opened.visit({ userId: "g_ben" });
	const cleo = opened.visit({ userId: "g_cleo" });
	await room.settled();
	cleo.type("rose");
	await room.settled();
	clock.lookMs = 1;
	/** Turns of the event loop until something is so; far more than any merge here takes. */
	const until = async (isSo: () => boolean) => {
		for (let turn = 0; turn < 20_000 && !isSo(); turn++) await nextTurn();
		expect(isSo()).toBe(true);
	};
	/** Until nothing waits; a room of which much is told rests in between. */
	const settle = () => advanceUntil(clock, room.settled(), 10);
	const all = new Y.Doc();
	let storedCount = 0;
	/** What is on disk, as a doc that grows. */
	const stored = () => {
		for (const { updates } of log.batches.get(garden)?.slice(storedCount) ?? []) {
			for (const { bytes } of updates) Y.applyUpdate(all, bytes);
			storedCount++;
		}
		return all;
	};
	return { ...opened, ann, ben, cleo, until, settle, stored };
}

function nextTurn(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

/** Prepends letters while away: each has to be looked for. */
function writtenAway(visitor: Visitor, letterCount: number): Uint8Array {
	const text = visitor.doc.getText("text");
	visitor.doc.transact(() => {
		for (let left = letterCount; left > 0; left--) text.insert(0, "x");
	});
	return Y.mergeUpdates(visitor.takeMade());
}

describe("who writes beside a long merge", () => {
	test("is saved and told meanwhile; of the merge nobody is told anything", async () => {
		const { room, ann, ben, cleo, until, settle, stored } = await slowRoom();
		room.write(ann, writtenAway(ann, 1_500), false);
		ben.type(" garden");
		const before = ann.saved.length;
		await until(() => cleo.text() === "rose garden");
		expect(ben.saved.at(-1)).toBe(2);
		expect(ann.saved).toHaveLength(before);
		expect(stored().getText("text").toString()).toBe("rose garden");
		expect(room.doc?.getText("text").toString()).toBe("rose garden");
		ben.type(", too");
		await until(() => cleo.text() === "rose garden, too");
		expect(ann.saved).toHaveLength(before);
		await settle();
		expect(ann.saved.at(-1)).toBe(2);
		for (const { doc } of [ann, ben, cleo, { doc: stored() }]) {
			expect(doc.getText("text").toString()).toBe(`${"x".repeat(1_500)}rose garden, too`);
		}
		expect(Y.encodeStateAsUpdate(room.doc ?? new Y.Doc())).toEqual(Y.encodeStateAsUpdate(stored()));
	});

	test("waits for nobody who has much waiting", async () => {
		const { room, ann, ben, cleo, until, settle } = await slowRoom();
		const [update = new Uint8Array()] = [writtenAway(ann, 1_500)];
		ann.doc.getText("text").insert(0, "y".repeat(9 * 1024 * 1024));
		const [paste = new Uint8Array()] = ann.takeMade();
		room.write(ann, Y.mergeUpdates([update, paste]), false);
		ben.type(" garden");
		expect(ben.isPaused).toBe(true);
		const before = ann.saved.length;
		await until(() => cleo.text() === "rose garden");
		expect([ben.isPaused, ann.saved.length - before]).toEqual([false, 0]);
		room.write(ann, writtenAway(ann, 1), false);
		ann.doc.getText("text").insert(0, "z".repeat(9 * 1024 * 1024));
		ann.sendMade();
		ben.type(", too");
		await until(() => cleo.text() === "rose garden, too");
		expect([ann.isPaused, ben.isPaused, ann.saved.length - before]).toEqual([true, false, 0]);
		await settle();
		expect([ann.isPaused, ann.saved.at(-1)]).toEqual([false, 4]);
	});

	test("is told what others wrote meanwhile, where they come then", async () => {
		const { room, ann, ben, cleo, visit, until, settle } = await slowRoom();
		room.write(ann, writtenAway(ann, 1_500), false);
		ben.type(" garden");
		await until(() => cleo.text() === "rose garden");
		const dora = visit({ userId: "g_dora" });
		await until(() => dora.text() === "rose garden");
		ben.type(", too");
		await until(() => dora.text() === "rose garden, too");
		expect(ann.saved.at(-1)).toBe(1);
		await settle();
		expect(dora.text()).toBe(ann.text());
		expect(dora.doc.store.pendingStructs).toBeNull();
	});

	test("waits where it hangs on the merge, and keeps its sender's order", async () => {
		const { room, log, clock, ann, ben, cleo, visit, until, settle } = await slowRoom();
		const away = writtenAway(ann, 3_000);
		room.write(ann, away, false);
		ann.type(" of mine");
		// Another tab of hers has what she wrote, too.
		const tab = visit({ userId: "g_ann" });
		await until(() => tab.text() === "rose");
		Y.applyUpdate(tab.doc, away, "server");
		ben.type(" garden");
		await until(() => cleo.text() === "rose garden");
		// More than a third of it is applied, the letters that she wrote first.
		await until(() => clock.elapsed() > 4_000);
		tab.edit((doc) => doc.getText("text").insert(2_950, "o"));
		ben.type(", too");
		await until(() => cleo.text() === "rose garden, too");
		expect(ann.saved.at(-1)).toBe(1);
		await settle();
		expect(ann.saved.at(-1)).toBe(3);
		expect(tab.counts.step1).toBe(1);
		expect(cleo.text()).toMatch(/^x+ox+rose/);
		expect([tab.text(), ben.text()]).toEqual([cleo.text(), cleo.text()]);
		const senders = log.batches.get(garden)?.flatMap(({ updates }) => updates);
		expect(senders?.map(({ userId }) => userId)).toEqual(
			["cleo", "ben", "ben", "ann", "ann", "ann"].map((name) => `g_${name}`),
		);
	});

	test("loses nothing where the merge is refused at its end", async () => {
		const { room, ann, ben, cleo, until, settle, stored } = await slowRoom();
		writtenAway(ann, 1_500);
		// Behind all that is hers stands a letter under another's name.
		const forged = new Y.Doc();
		Y.applyUpdate(forged, ann.state());
		forged.clientID = cleo.doc.clientID;
		forged.getText("text").insert(0, "y");
		room.write(ann, Y.encodeStateAsUpdate(forged), true);
		ben.type(" garden");
		await until(() => cleo.text() === "rose garden");
		expect(ann.closedWith).toBeNull();
		ben.type(", too");
		await settle();
		expect(ann.closedWith).toBe("foreign_client");
		expect(stored().getText("text").toString()).toBe("rose garden, too");
		expect(room.doc?.getText("text").toString() ?? "rose garden, too").toBe("rose garden, too");
		cleo.type("!");
		await settle();
		expect(ben.text()).toBe("rose garden, too!");
	});

	test("turns the room read-only where the disk fails, and the merge comes again", async () => {
		const { room, log, clock, ann, ben, cleo, until, settle, stored } = await slowRoom();
		room.write(ann, writtenAway(ann, 1_500), false);
		log.isFull = true;
		ben.type(" garden");
		await until(() => cleo.writable.at(-1) === "disk_full");
		await settle();
		expect([cleo.text(), ann.saved.at(-1)]).toEqual(["rose", 1]);
		clock.lookMs = 0;
		log.heal();
		await nextTurn();
		clock.advance(2_000);
		await settle();
		expect(cleo.text()).toBe(`${"x".repeat(1_500)}rose garden`);
		expect(stored().getText("text").toString()).toBe(cleo.text());
		expect([ann.text(), ben.text()]).toEqual([cleo.text(), cleo.text()]);
	});

	test("does not have the room purged before the merge is through", async () => {
		const { room, log, ann, ben, cleo, until } = await slowRoom();
		room.write(ann, writtenAway(ann, 1_500), false);
		let purgedAt = 0;
		const purged = room.purge(async () => {
			purgedAt = log.batches.get(garden)?.length ?? 0;
		});
		ben.type(" garden");
		await until(() => cleo.text() === "rose garden");
		expect(purgedAt).toBe(0);
		await purged;
		expect(purgedAt).toBe(3);
	});
});

/** Somebody does something small, or comes back with much. */
function act(visitor: Visitor, random: Random): void {
	const text = visitor.doc.getText("text");
	const at = below(random, text.length + 1);
	if (below(random, 3) === 0 && at < text.length) {
		text.delete(at, Math.min(text.length - at, 1 + below(random, 8)));
	} else text.insert(at, "rose ".slice(0, 1 + below(random, 5)));
}

test("whoever writes what beside whichever merges, all see what is stored", async () => {
	for (let seed = 1; seed <= 4; seed++) {
		const random = seeded(seed);
		const { room, ann, ben, cleo, visit, settle, stored } = await slowRoom();
		const people = [
			ann,
			ben,
			cleo,
			visit({ userId: "g_dora" }),
			visit({ userId: "g_eve" as UserId }),
		];
		for (let round = 0; round < 30; round++) {
			const person = people[below(random, people.length)] ?? ann;
			if (below(random, 12) === 0) {
				person.doc.transact(() => {
					for (let count = 0; count < 200; count++) act(person, random);
				});
				room.write(person, Y.mergeUpdates(person.takeMade()), false);
			} else {
				act(person, random);
				person.sendMade();
			}
			const waits = below(random, 80);
			for (let turn = 0; turn < waits; turn++) {
				await nextTurn();
				expectShownIsStored(people, stored());
			}
		}
		await settle();
		const all = stored();
		const texts = [...people.map(({ doc }) => doc), room.doc ?? all, all].map(letters);
		expect(new Set(texts)).toEqual(new Set([letters(all)]));
		for (const person of people) expect([person.closedWith, person.refused]).toEqual([null, []]);
	}
});

function letters(doc: Y.Doc): string {
	return doc.getText("text").toString();
}

/** Of others nobody has what is not on disk. */
function expectShownIsStored(people: readonly Visitor[], all: Y.Doc): void {
	for (const { doc } of people) {
		for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
			if (client !== doc.clientID) expect(clock).toBeLessThanOrEqual(Y.getState(all.store, client));
		}
	}
}
