import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Relayed } from "../../../server/rooms/guard/owners.ts";
import { Keeper } from "../../../server/rooms/keeper.ts";
import { createStamps } from "../../../server/rooms/members/roster.ts";
import { Registry } from "../../../server/rooms/registry.ts";
import type { Room } from "../../../server/rooms/room.ts";
import { createScheduler } from "../../../server/rooms/scheduler.ts";
import { MemoryDisk, MemoryLog } from "../../../server/store/memory-log.ts";
import { MemoryRecords, MemoryRecordsDisk } from "../../../server/store/memory-records.ts";
import { anyone, type UserId } from "../../../shared/ids.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";
import { GatedLog } from "../../fixtures/rooms/gated-log.ts";
import { garden, openRoom, turns, unobserved } from "../../fixtures/rooms/open-room.ts";
import { Visitor } from "../../fixtures/rooms/visitor.ts";
import { foldHere, textIn } from "../../fixtures/stored.ts";

const [ann, ben, eve] = ["g_ann", "g_ben", "g_eve"] as [UserId, UserId, UserId];

function stateOf(room: Room): Uint8Array {
	if (room.doc === null) throw new Error("the room has no doc");
	return Y.encodeStateAsUpdate(room.doc);
}

/** What one edit under a client id makes, on top of a state. */
function forge(clientId: number, state: Uint8Array, word: string): Uint8Array {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, state);
	doc.clientID = clientId;
	const before = Y.encodeStateVector(doc);
	doc.getText("text").insert(doc.getText("text").length, word);
	return Y.encodeStateAsUpdate(doc, before);
}

describe("a client id is its first writer's", () => {
	test("what somebody else sends under it is refused, and the doc stays as it was", async () => {
		const { room, log, visit } = await openRoom();
		const victim = visit({ clientId: 7, userId: ann });
		victim.type("rose");
		await room.settled();
		const before = stateOf(room);
		const forger = visit({ userId: eve });
		await room.settled();
		room.write(forger, forge(7, before, " EVIL"), false);
		await room.settled();
		expect(forger.closedWith).toBe("foreign_client");
		expect(stateOf(room)).toEqual(before);
		expect(log.batches.get(garden)).toHaveLength(1);
		victim.type(" thorn");
		await room.settled();
		expect(victim.closedWith).toBeNull();
		expect(room.doc?.getText("text").toString()).toBe("rose thorn");
	});

	test("one foreign struct among one's own refuses the whole update", async () => {
		const { room, visit } = await openRoom();
		visit({ clientId: 7, userId: ann }).type("rose");
		await room.settled();
		const before = stateOf(room);
		const forger = visit({ clientId: 8, userId: eve });
		await room.settled();
		const merged = Y.mergeUpdates([forge(8, before, " mine"), forge(7, before, " EVIL")]);
		room.write(forger, merged, true);
		await room.settled();
		expect(forger.closedWith).toBe("foreign_client");
		expect(stateOf(room)).toEqual(before);
		// What was refused claims nothing: the id is free for who comes with it.
		const honest = visit({ clientId: 9, userId: ben });
		room.write(honest, forge(8, before, " ben's"), false);
		await room.settled();
		expect(honest.closedWith).toBeNull();
	});

	test("of two who race for one id in one batch, the first wins", async () => {
		const { room, log, visit } = await openRoom();
		const [first, second] = [visit({ userId: ann }), visit({ userId: ben })];
		await room.settled();
		room.write(first, forge(7, Uint8Array.of(0, 0), "rose"), false);
		room.write(second, forge(7, Uint8Array.of(0, 0), "lily blooms"), false);
		await room.settled();
		expect([first.closedWith, second.closedWith]).toEqual([null, "foreign_client"]);
		expect(room.doc?.getText("text").toString()).toBe("rose");
		expect(log.batches.get(garden)?.[0]?.updates).toMatchObject([{ userId: ann, claims: [7] }]);
	});

	test("whoever showed themselves under an id first is the only one to claim it", async () => {
		const { room, visit } = await openRoom();
		const silent = visit({ clientId: 7, userId: ann });
		silent.present({ at: 1 });
		const forger = visit({ userId: eve });
		await room.settled();
		room.leave(silent);
		room.write(forger, forge(7, Uint8Array.of(0, 0), "EVIL"), false);
		await room.settled();
		expect(forger.closedWith).toBe("foreign_client");
		const back = visit({ clientId: 7, userId: ann });
		back.type("rose");
		await room.settled();
		expect(room.doc?.getText("text").toString()).toBe("rose");
	});

	test("who comes without any sign of who they are shares all ids with their like", async () => {
		const { room, visit } = await openRoom();
		visit({ clientId: 7, userId: anyone }).type("rose");
		await room.settled();
		const other = visit({ userId: anyone });
		const signed = visit({ userId: ann });
		await room.settled();
		room.write(other, forge(7, stateOf(room), " lily"), false);
		await room.settled();
		expect(other.closedWith).toBeNull();
		room.write(signed, forge(7, stateOf(room), " EVIL"), false);
		await room.settled();
		expect(signed.closedWith).toBe("foreign_client");
		expect(room.doc?.getText("text").toString()).toBe("rose lily");
	});
});

describe("what nobody is kept from", () => {
	test("writing under new ids after each reload, and under old ones again", async () => {
		const { room, visit } = await openRoom();
		for (const clientId of [7, 8, 7, 9, 8]) {
			const page = visit({ userId: ann });
			await room.settled();
			room.write(page, forge(clientId, page.state(), `${clientId} `), false);
			await room.settled();
			expect(page.closedWith).toBeNull();
			room.leave(page);
		}
		expect(room.doc?.getText("text").toString()).toBe("7 8 7 9 8 ");
	});

	test("bringing an offline copy with several old ids of one's own", async () => {
		const { room, visit } = await openRoom();
		const page = visit({ clientId: 7, userId: ann });
		page.type("rose ");
		visit({ clientId: 5, userId: ben }).type("fern ");
		await room.settled();
		let copy = stateOf(room);
		for (const clientId of [7, 8, 9]) {
			copy = Y.mergeUpdates([copy, forge(clientId, copy, `${clientId} `)]);
		}
		const back = visit({ clientId: 10, userId: ann, state: copy });
		await room.settled();
		expect(back.closedWith).toBeNull();
		expect(room.doc?.getText("text").toString()).toBe(back.text());
		expect(back.text()).toContain("7 8 9 ");
	});

	test("relaying what the room holds, of whomever, and then one's own on top", async () => {
		const { room, log, visit } = await openRoom();
		visit({ clientId: 7, userId: ann }).type("rose");
		await room.settled();
		const relay = visit({ clientId: 8, userId: ben });
		await room.settled();
		room.write(relay, stateOf(room), true);
		relay.doc.getText("text").insert(4, " lily");
		relay.takeMade();
		room.write(relay, relay.state(), true);
		await room.settled();
		expect(relay.closedWith).toBeNull();
		expect(relay.saved.at(-1)).toBe(3);
		expect(room.doc?.getText("text").toString()).toBe("rose lily");
		const claims = log.batches.get(garden)?.flatMap(({ updates }) => updates.map((u) => u.claims));
		expect(claims).toEqual([[7], [8]]);
	});

	test("deleting what others wrote", async () => {
		const { room, visit } = await openRoom();
		visit({ clientId: 7, userId: ann }).type("rose");
		await room.settled();
		const other = visit({ clientId: 8, userId: ben });
		await room.settled();
		other.edit((doc) => doc.getText("text").delete(0, 2));
		await room.settled();
		expect(other.closedWith).toBeNull();
		expect(room.doc?.getText("text").toString()).toBe("se");
	});
});

describe("claims and the log", () => {
	test("a claim that did not reach the disk is none", async () => {
		const { room, log, clock, visit } = await openRoom();
		const first = visit({ userId: ann });
		await room.settled();
		log.isFull = true;
		room.write(first, forge(7, Uint8Array.of(0, 0), "rose"), false);
		await room.settled();
		log.heal();
		await turns();
		clock.advance(1_000);
		await room.settled();
		const second = visit({ userId: ben });
		room.write(second, forge(7, Uint8Array.of(0, 0), "lily"), false);
		await room.settled();
		expect(second.closedWith).toBeNull();
		expect(room.doc?.getText("text").toString()).toBe("lily");
	});

	test("content that is older than claims is whose who writes on under its id", async () => {
		const log = new GatedLog();
		const bytes = forge(7, Uint8Array.of(0, 0), "old ");
		await log.append(garden, { atMs: 0, updates: [{ userId: ann, bytes }] });
		const { room, visit } = await openRoom(log);
		const [first, second] = [visit({ userId: ben }), visit({ userId: eve })];
		await room.settled();
		room.write(first, forge(7, bytes, "ben's "), false);
		await room.settled();
		room.write(second, forge(7, stateOf(room), "EVIL"), false);
		await room.settled();
		expect([first.closedWith, second.closedWith]).toEqual([null, "foreign_client"]);
		expect(room.doc?.getText("text").toString()).toBe("old ben's ");
	});

	test("a room loaded again knows whose ids are, and takes known content while cold", async () => {
		const first = await openRoom();
		first.visit({ clientId: 7, userId: ann }).type("rose");
		await first.room.settled();
		const state = stateOf(first.room);
		const { room, visit } = await openRoom(first.log);
		const relay = visit({ clientId: 8, userId: eve, state });
		await room.settled();
		expect([room.doc, relay.closedWith]).toEqual([null, null]);
		room.write(relay, forge(7, state, " EVIL"), false);
		await room.settled();
		expect(relay.closedWith).toBe("foreign_client");
		expect(room.doc?.getText("text").toString()).toBe("rose");
	});
});

describe("over a room's life", () => {
	/** Rooms over a log that survives what they do not. */
	function createHouse() {
		const disk = new MemoryDisk();
		const clock = new ManualClock();
		const log = new MemoryLog(disk, clock, 0);
		const limits = { tailBytesMax: 1e6, tailUpdatesMax: 1e6, restingTailBytesMax: 1e6 };
		const records = new MemoryRecords(new MemoryRecordsDisk());
		const report = (error: unknown) => {
			throw error;
		};
		const keeper = new Keeper({ log, records, clock, fold: foldHere, limits, report });
		const registry = new Registry({
			...{ log, clock, keeper, report, stamp: createStamps(clock), observe: unobserved },
			scheduler: createScheduler(),
			limits: { roomIdleMs: 1_000, docBytesMax: 1e9, openRoomsMax: 10, membersPerRoomMax: 10 },
		});
		const enter = async (clientId: number, userId: UserId) => {
			const visitor = new Visitor({ clientId, userId });
			const room = await registry.enter(garden, visitor);
			visitor.attach(room, () => registry.leave(room, visitor));
			await room.settled();
			return { visitor, room };
		};
		return { log, clock, registry, enter };
	}

	test.each(["evicted", "compacted", "compacted and evicted"])(
		"a room that is %s forgets no owner",
		async (fate) => {
			const { log, clock, registry, enter } = createHouse();
			const first = await enter(7, ann);
			first.visitor.type("rose ");
			await first.room.settled();
			if (fate.startsWith("compacted")) await log.compact(garden, foldHere);
			if (fate.endsWith("evicted")) {
				registry.leave(first.room, first.visitor);
				clock.advance(1_000);
				await turns();
				expect(registry.roomCount).toBe(0);
			}
			const { visitor, room } = await enter(8, eve);
			expect(visitor.text()).toBe("rose ");
			const state = visitor.state();
			room.write(visitor, forge(7, state, "EVIL"), false);
			await room.settled();
			expect(visitor.closedWith).toBe("foreign_client");
			const back = await enter(9, ann);
			back.room.write(back.visitor, forge(7, state, "lily"), false);
			await back.room.settled();
			expect(back.visitor.closedWith).toBeNull();
			expect(textIn(await log.load(garden))).toBe("rose lily");
		},
	);
});

describe("a guest who signs in", () => {
	const account = "u_ann" as UserId;
	const signedIn = { userId: account, formerIds: [ann] };

	test("goes on under the client ids that were theirs; nobody else does", async () => {
		const { room, visit } = await openRoom();
		visit({ clientId: 7, userId: ann }).type("rose ");
		await room.settled();
		const member = visit({ clientId: 8, ...signedIn });
		await room.settled();
		room.write(member, forge(7, stateOf(room), "lily"), false);
		await room.settled();
		expect(member.closedWith).toBeNull();
		expect(room.doc?.getText("text").toString()).toBe("rose lily");
		for (const userId of [eve, "u_eve" as UserId]) {
			const forger = visit({ userId });
			await room.settled();
			room.write(forger, forge(7, stateOf(room), "EVIL"), false);
			await room.settled();
			expect(forger.closedWith).toBe("foreign_client");
		}
	});

	test("is shown under the client id that they had, at once", async () => {
		const { room, visit, clock } = await openRoom();
		const watcher = visit({ clientId: 1, userId: ben });
		const before = visit({ clientId: 7, userId: ann });
		before.present({});
		await room.settled();
		room.leave(before);
		visit({ clientId: 7, ...signedIn }).present({ typing: true });
		clock.advance(30);
		expect(watcher.presences.get(7)?.state).toMatchObject({ typing: true });
	});
});

describe("a server that heals", () => {
	test("takes what others wrote and it lost, tells of it, and claims nothing", async () => {
		const log = new GatedLog();
		const whole = await openRoom(log);
		const author = whole.visit({ clientId: 7, userId: ann });
		author.type("rose ");
		await whole.room.settled();
		const backup = [...(log.batches.get(garden) ?? [])];
		author.type("lily ");
		await whole.room.settled();
		whole.room.write(author, forge(10, stateOf(whole.room), "fern "), false);
		await whole.room.settled();
		const lost = stateOf(whole.room);

		log.batches.set(garden, backup);
		const strict = await openRoom(log);
		const refused = strict.visit({ clientId: 9, userId: ben, state: lost });
		await strict.room.settled();
		expect(refused.closedWith).toBe("foreign_client");

		const relayed: Relayed[] = [];
		const healing = await openRoom(log, undefined, (one) => relayed.push(one));
		const member = healing.visit({ clientId: 9, userId: ben, state: lost });
		await healing.room.settled();
		expect(member.closedWith).toBeNull();
		expect(stateOf(healing.room)).toEqual(lost);
		expect(relayed).toEqual([{ by: ben, clientIds: [7] }]);
		const claims = log.batches.get(garden)?.flatMap(({ updates }) => updates.map((u) => u.claims));
		expect(claims).toEqual([[7], undefined]);
	});
});
