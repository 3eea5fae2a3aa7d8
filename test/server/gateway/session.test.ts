import { describe, expect, test } from "vitest";
import type { Rate } from "../../../server/config.ts";
import { Session, type Visitor } from "../../../server/gateway/session.ts";
import { Watch } from "../../../server/gateway/watch.ts";
import { anyone } from "../../../shared/ids.ts";
import { keepAliveMs } from "../../../shared/limits.ts";
import { encodeStep1 } from "../../../shared/protocol.ts";
import { FakeWire } from "../../fixtures/fake-wire.ts";
import { openRoom } from "../../fixtures/rooms/open-room.ts";

const outboxBytesMax = 640_000;
const person = { id: "g_1", name: "Ann", color: "#112233" };

/** A session of a socket that the test holds, in a room. */
async function openSession(frameRate: Rate | null = null) {
	const { room, clock, visit } = await openRoom();
	const wire = new FakeWire();
	const ends: (string | null)[] = [];
	const visitor: Visitor = {
		userId: anyone,
		stamp: () => person,
		ended: (code) => {
			ends.push(code);
			room.leave(session);
		},
	};
	const rules = { clock, watch: new Watch(clock), frameRate, outboxBytesMax };
	const session = new Session(wire, visitor, rules);
	return { room, clock, wire, ends, session, visit };
}

const question = encodeStep1(Uint8Array.of(0));
const query = Uint8Array.of(3);

describe("reading", () => {
	test("goes on only when neither the room nor the rate holds it", async () => {
		const { room, clock, wire, session } = await openSession({ perSecond: 1, burst: 1 });
		room.join(session);
		session.enter(room);
		session.pause();
		wire.events.message(query);
		wire.events.message(query);
		clock.advance(150);
		expect(wire.isPaused).toBe(true);
		session.resume();
		expect(wire.isPaused).toBe(false);
		clock.advance(2_000);
		wire.events.message(query);
		wire.events.message(query);
		expect(wire.isPaused).toBe(true);
		session.resume();
		expect(wire.isPaused).toBe(true);
		clock.advance(150);
		expect(wire.isPaused).toBe(false);
	});

	test("waits where too much comes before the room is open", async () => {
		const { room, wire, session } = await openSession();
		for (let part = 0; part < 3; part++) wire.events.message(new Uint8Array(512 * 1024));
		expect(wire.isPaused).toBe(true);
		session.enter(room);
		expect(wire.isPaused).toBe(false);
		expect(wire.closedWith).toEqual({ code: 4400, reason: "bad_frame" });
	});
});

describe("a silent socket", () => {
	test("is sent an empty awareness frame before y-websocket gives it up, and a ping", async () => {
		const { clock, wire } = await openSession();
		clock.advance(keepAliveMs + 5_000);
		expect(wire.sent).toEqual([Uint8Array.of(1, 1, 0)]);
		expect(wire.pingCount).toBeGreaterThan(0);
	});

	test("is cut where it answers nothing, and not where it answers pings", async () => {
		const [silent, alive] = [await openSession(), await openSession()];
		for (let second = 0; second < 60; second++) {
			silent.clock.advance(1_000);
			alive.clock.advance(1_000);
			alive.wire.receivedBytes += 2;
		}
		expect([silent.wire.isCut, alive.wire.isCut]).toEqual([true, false]);
		expect([silent.ends, alive.ends]).toEqual([[null], []]);
	});

	test("is cut within 30 s of the last word", async () => {
		const { clock, wire } = await openSession();
		clock.advance(24_000);
		expect(wire.isCut).toBe(false);
		clock.advance(6_000);
		expect(wire.isCut).toBe(true);
	});

	test("is not cut for a silence that is ours: it was not read", async () => {
		const { clock, wire, session } = await openSession();
		session.pause();
		clock.advance(60_000);
		session.resume();
		clock.advance(20_000);
		expect(wire.isCut).toBe(false);
		clock.advance(10_000);
		expect(wire.isCut).toBe(true);
	});
});

describe("a client that reads slowly", () => {
	/** Ann, whose socket holds back more than may wait, and Ben, who is shown at two places. */
	async function openSlow() {
		const opened = await openSession();
		const { room, clock, wire, session, visit } = opened;
		room.join(session);
		session.enter(room);
		const ben = visit();
		ben.present({ at: 1 });
		await room.settled();
		clock.advance(30);
		wire.waitingBytes = outboxBytesMax + 1;
		session.send([Uint8Array.of(1, 1, 0)]);
		wire.sent.length = 0;
		return { ...opened, ben };
	}

	test("is told what it missed, and who is where, when it has read all", async () => {
		const { room, clock, wire, ben } = await openSlow();
		wire.events.message(question);
		await room.settled();
		ben.present({ at: 2 }, ben.doc.clientID, 2);
		ben.type("rose");
		await room.settled();
		clock.advance(30);
		expect(wire.sent).toEqual([]);
		wire.waitingBytes = 0;
		wire.events.drained();
		await room.settled();
		const texts = wire.sent.map((frame) => Buffer.from(frame).toString("latin1"));
		expect(texts.filter((text) => text.includes('"at":2'))).toHaveLength(1);
		expect(texts.filter((text) => text.includes("rose"))).toHaveLength(1);
	});

	test("is closed with 1013 where it does not read what waits, but speaks", async () => {
		const { clock, wire, ends } = await openSlow();
		const seconds = 30 + outboxBytesMax / 64_000;
		for (let second = 0; second < seconds + 5; second++) {
			if (second === Math.floor(seconds)) expect(wire.closedWith).toBeNull();
			clock.advance(1_000);
			wire.receivedBytes += 2; // It says something all the time, and reads nothing.
		}
		expect(wire.closedWith).toEqual({ code: 1013, reason: "slow_reader" });
		expect(ends).toEqual(["slow_reader"]);
	});

	test("is closed with 1013 where what it must be told is too much", async () => {
		const { wire, session } = await openSlow();
		session.send([new Uint8Array(outboxBytesMax / 16)]);
		expect(wire.closedWith).toBeNull();
		session.send([new Uint8Array(1)]);
		expect(wire.closedWith).toEqual({ code: 1013, reason: "slow_reader" });
	});
});

test("who asks for everything again and again is told to wait", async () => {
	const { room, wire, session } = await openSession();
	room.join(session);
	session.enter(room);
	for (let count = 0; count < 20; count++) wire.events.message(question);
	expect(wire.closedWith).toBeNull();
	wire.events.message(question);
	expect(wire.closedWith).toEqual({ code: 1013, reason: "too_many_requests" });
	await room.settled();
});

test("a close that is not answered is cut", async () => {
	const { clock, wire, session, ends } = await openSession();
	session.close("stopping");
	session.close("slow_reader");
	expect(ends).toEqual(["stopping"]);
	expect(wire.closedWith?.code).toBe(1012);
	clock.advance(2_000);
	expect(wire.isCut).toBe(true);
});
