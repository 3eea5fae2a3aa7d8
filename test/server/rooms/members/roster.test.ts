import { describe, expect, test } from "vitest";
import { encodeAwareness } from "../../../../shared/awareness.ts";
import { WeftError } from "../../../../shared/errors.ts";
import { awarenessBytesMax } from "../../../../shared/limits.ts";
import { openRoom } from "../../../fixtures/rooms/open-room.ts";

describe("presence", () => {
	test("name and id are stamped, whatever a state claims, under a clock that grows", async () => {
		const { room, clock, visit } = await openRoom();
		const [ann, ben] = [visit(), visit()];
		ann.present({ pointer: { x: 1, y: 2 }, user: { id: "root", name: "Teacher" } });
		clock.advance(30);
		const first = ben.presences.get(ann.doc.clientID);
		expect(first?.state).toEqual({ pointer: { x: 1, y: 2 }, user: ann.person });
		expect(first?.clock).toBeGreaterThanOrEqual(Date.UTC(2026, 0, 1));
		ann.person = { ...ann.person, name: "Anna" };
		room.restamp(ann);
		clock.advance(30);
		const second = ben.presences.get(ann.doc.clientID);
		expect(second?.state).toMatchObject({ user: { name: "Anna" } });
		expect(second?.clock).toBeGreaterThan(first?.clock ?? Number.POSITIVE_INFINITY);
		expect(ann.counts.awareness).toBe(0);
		await room.settled();
	});

	test("nobody can speak for another's client id, and one session has one state", async () => {
		const { clock, visit } = await openRoom();
		const [ann, ben, eve, ivy] = [visit(), visit(), visit(), visit()];
		ann.present({ typing: true });
		eve.present({ typing: false }, ann.doc.clientID);
		eve.present(null, ann.doc.clientID);
		ivy.present({ typing: true }, 77);
		ivy.present({ typing: true }, 78);
		clock.advance(30);
		expect(ben.presences.get(ann.doc.clientID)?.state).toMatchObject({ typing: true });
		expect(ben.presences.has(77)).toBe(true);
		expect(ben.presences.has(78)).toBe(false);
	});

	test("who reads slowly misses states, but not that somebody left", async () => {
		const { room, clock, visit } = await openRoom();
		const [ann, ben] = [visit(), visit()];
		ann.present({ typing: true });
		clock.advance(30);
		expect(ben.presences.get(ann.doc.clientID)?.state).not.toBeNull();
		ben.sendAwareness = () => undefined;
		room.leave(ann);
		clock.advance(30);
		expect(ben.presences.get(ann.doc.clientID)?.state).toBeNull();
		await room.settled();
	});

	test("who asks while alone is answered, and told of nobody; who only comes is not", async () => {
		const { room, visit } = await openRoom();
		const ann = visit();
		ann.present({ typing: true });
		expect(ann.counts.awareness).toBe(0);
		room.tellPresence(ann);
		expect(ann.counts.awareness).toBe(1);
		expect(ann.presences.size).toBe(0);
	});

	test("who comes while a state waits to be sent is sent nothing older behind it", async () => {
		const { clock, visit } = await openRoom();
		const ann = visit();
		ann.present({ at: 1 });
		clock.advance(30);
		ann.present({ at: 2 }, ann.doc.clientID, 2);
		const ben = visit();
		const first = ben.presences.get(ann.doc.clientID);
		clock.advance(30);
		expect(first?.state).toMatchObject({ at: 2 });
		expect(ben.presences.get(ann.doc.clientID)).toEqual(first);
	});

	test("an echo of somebody who left is not taken for the echoing session's own", async () => {
		const { room, clock, visit } = await openRoom();
		const [ann, viewer, eve] = [visit(), visit(), visit()];
		ann.present({ typing: true });
		clock.advance(30);
		const echo = viewer.presences.get(ann.doc.clientID);
		room.leave(ann);
		viewer.present(echo?.state, ann.doc.clientID, echo?.clock);
		clock.advance(30);
		expect(eve.presences.get(ann.doc.clientID)?.state).toBeNull();
	});

	test("a state that comes back by another tab is not said again, a later one is", async () => {
		const { clock, visit } = await openRoom();
		const [ann, tab] = [visit(), visit()];
		const id = ann.doc.clientID;
		ann.present({ pointer: { x: 1, y: 1 } });
		clock.advance(30);
		const first = tab.presences.get(id);
		ann.present({ pointer: { x: 2, y: 2 } }, id, 2);
		clock.advance(30);
		const second = tab.presences.get(id);
		const { awareness } = tab.counts;
		ann.present(first?.state, id, first?.clock);
		ann.present(second?.state, id, second?.clock);
		clock.advance(30);
		expect(tab.counts.awareness).toBe(awareness);
		expect(tab.presences.get(id)).toEqual(second);
		ann.present({ pointer: { x: 3, y: 3 } }, id, (second?.clock ?? 0) + 1);
		clock.advance(30);
		expect(tab.presences.get(id)?.state).toMatchObject({ pointer: { x: 3 } });
	});

	test("who reconnects under the same client id is shown when the old socket ends", async () => {
		const { room, clock, visit } = await openRoom();
		const [old, ben] = [visit(), visit()];
		old.present({ pointer: { x: 1, y: 1 } });
		const again = visit();
		again.present({ pointer: { x: 2, y: 2 } }, old.doc.clientID);
		clock.advance(30);
		expect(ben.presences.get(old.doc.clientID)?.state).toMatchObject({ pointer: { x: 1 } });
		room.leave(old);
		clock.advance(30);
		expect(ben.presences.get(old.doc.clientID)?.state).toMatchObject({ pointer: { x: 2 } });
	});

	test("a signed guest takes over at once; the old socket ends in peace", async () => {
		const { room, clock, visit } = await openRoom();
		const [old, ben] = [visit({ userId: "g_1" }), visit()];
		old.present({ pointer: { x: 1, y: 1 } });
		const again = visit({ userId: "g_1" });
		again.present({ pointer: { x: 2, y: 2 } }, old.doc.clientID);
		room.leave(old);
		clock.advance(30);
		expect(ben.presences.get(old.doc.clientID)?.state).toMatchObject({ pointer: { x: 2 } });
	});

	test("a signed guest's client id stays theirs while they are away", async () => {
		const { room, clock, visit } = await openRoom();
		const [ann, ben, eve] = [visit({ userId: "g_1" }), visit(), visit({ userId: "g_2" })];
		const id = ann.doc.clientID;
		ann.present({ typing: true });
		eve.present({ typing: false }, id);
		room.leave(ann);
		eve.present({ typing: false }, id);
		clock.advance(30);
		expect(ben.presences.get(id)?.state).toBeNull();
		const again = visit({ userId: "g_1" });
		again.present({ typing: true }, id);
		clock.advance(30);
		expect(ben.presences.get(id)?.state).toMatchObject({ typing: true, user: again.person });
	});

	test("a state that just fits waits for a client id and is shown in its turn", async () => {
		const { room, clock, visit } = await openRoom();
		const [old, ben] = [visit(), visit()];
		old.present({ typing: true });
		const eve = visit();
		const brim = awarenessBytesMax - JSON.stringify({ note: "" }).length;
		eve.present({ note: "x".repeat(brim) }, old.doc.clientID);
		room.leave(old);
		clock.advance(30);
		const shown = ben.presences.get(old.doc.clientID)?.state;
		expect(shown).toMatchObject({ note: "x".repeat(brim), user: eve.person });
	});

	test("a state above the limit is refused, also where it would have to wait", async () => {
		const { visit } = await openRoom();
		const [old, eve] = [visit(), visit()];
		old.present({ typing: true });
		const state = { note: "x".repeat(awarenessBytesMax) };
		expect(() => eve.present(state, old.doc.clientID)).toThrow(WeftError);
		expect(() => eve.present(state)).toThrow(WeftError);
	});

	test("what others say is not read where a client says it again, however long it is", async () => {
		const { room, visit } = await openRoom();
		const [ann, ben] = [visit({ userId: "g_ann" }), visit({ userId: "g_ben" })];
		ann.present({ pointer: 1 });
		ben.present({ pointer: 2 });
		const echo = (clientId: number, state: string) =>
			room.present(ben, encodeAwareness([{ clientId, clock: 2, state }]));
		const endless = `"${"x".repeat(20_000)}"`;
		echo(ann.doc.clientID, endless);
		expect(() => echo(ben.doc.clientID, endless)).toThrow("awareness too big");
	});

	test("who leaves is gone for everybody, and who comes is told who is here", async () => {
		const { room, clock, visit } = await openRoom();
		const [ann, ben] = [visit(), visit()];
		ann.present({ typing: true });
		clock.advance(30);
		const eve = visit();
		expect(eve.presences.get(ann.doc.clientID)?.state).toMatchObject({ typing: true });
		room.leave(ann);
		clock.advance(30);
		expect(ben.presences.get(ann.doc.clientID)?.state).toBeNull();
	});

	test("many states within 25 ms are one frame with the last of each person", async () => {
		const { clock, visit } = await openRoom();
		const [ann, ben, eve] = [visit(), visit(), visit()];
		ann.present({ pointer: { x: 0, y: 0 } });
		clock.advance(1);
		const before = eve.counts.awareness;
		for (let step = 1; step <= 20; step++) {
			ann.present({ pointer: { x: step, y: 0 } });
			ben.present({ pointer: { x: 0, y: step } });
		}
		clock.advance(30);
		expect(eve.counts.awareness).toBe(before + 1);
		expect(eve.presences.get(ann.doc.clientID)?.state).toMatchObject({ pointer: { x: 20 } });
		expect(ben.presences.has(ben.doc.clientID)).toBe(false);
	});

	test("ink goes to everybody else who speaks Weft, under the sender's own id only", async () => {
		const { room, visit } = await openRoom();
		const [ann, ben] = [visit(), visit()];
		const stock = visit({ speaksWeft: false });
		ann.present({ pointer: null });
		room.passInk(ann, ann.doc.clientID, Uint8Array.of(1));
		room.passInk(ben, ann.doc.clientID, Uint8Array.of(1));
		expect([ann.counts.ink, ben.counts.ink, stock.counts.ink]).toEqual([0, 1, 0]);
	});
});
