import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Rate } from "../../../server/config.ts";
import { Session, type Visitor } from "../../../server/gateway/session.ts";
import { lookEveryMs, Watch } from "../../../server/gateway/watch.ts";
import { encodeAwareness } from "../../../shared/awareness.ts";
import { anyone } from "../../../shared/ids.ts";
import { inkBytesMax, inkPerSecondMax } from "../../../shared/limits.ts";
import {
	encodeAwarenessFrame,
	encodeHello,
	encodeInk,
	encodeStep1,
	encodeUpdate,
} from "../../../shared/protocol.ts";
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
		mayOwn: true,
		accountName: null,
		mayClaim: () => true,
		stamp: () => person,
		reconsider: () => undefined,
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
const nothingNew = encodeAwarenessFrame(Uint8Array.of(0));

describe("reading", () => {
	test("goes on only when neither the room nor the rate holds it", async () => {
		const { room, clock, wire, session } = await openSession({ perSecond: 1, burst: 1 });
		room.join(session);
		session.enter(room);
		session.pause();
		wire.events.message(query);
		wire.events.message(query);
		clock.advance(1_150);
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
		expect(wire.isPaused).toBe(true);
		clock.advance(1_000);
		expect(wire.isPaused).toBe(false);
	});

	test("is as slow as the rate says, however much one read brings", async () => {
		const { room, clock, wire, session } = await openSession({ perSecond: 50, burst: 100 });
		room.join(session);
		session.enter(room);
		let count = 0;
		for (let tenth = 0; tenth < 100; tenth++) {
			// One read of a socket: nothing stops what is in it.
			for (let left = 30; left > 0 && !wire.isPaused; left--) {
				for (let frame = 0; frame < 30; frame++) wire.events.message(nothingNew);
				count += 30;
			}
			clock.advance(100);
		}
		expect(count).toBeGreaterThan(500);
		expect(count).toBeLessThan(100 + 10 * 50 + 2 * 30);
	});

	test("waits where too much comes before the room is open", async () => {
		const { room, wire, session } = await openSession();
		for (let part = 0; part < 3; part++) wire.events.message(new Uint8Array(512 * 1024));
		expect(wire.isPaused).toBe(true);
		session.enter(room);
		expect(wire.isPaused).toBe(false);
		expect(wire.closedWith).toEqual({ code: 4400, reason: "bad_frame" });
	});

	test("goes on when the room is open, and what waited goes in", async () => {
		const { room, wire, session, visit } = await openSession();
		const ben = visit();
		room.join(session);
		for (const update of longUpdates()) wire.events.message(encodeUpdate(update));
		expect(wire.isPaused).toBe(true);
		session.enter(room);
		expect([wire.isPaused, wire.closedWith]).toEqual([false, null]);
		await room.settled();
		expect(ben.text()).toHaveLength(1_200_000);
	});

	test("goes on where the server ends the session: the client's answer must be seen", async () => {
		const { wire, session } = await openSession();
		session.pause();
		session.close("stopping");
		expect(wire.isPaused).toBe(false);
	});

	test("is slowed down once, however much comes that was read before the pause", async () => {
		const { room, clock, wire, session } = await openSession({ perSecond: 1, burst: 1 });
		room.join(session);
		session.enter(room);
		const timerCount = clock.timerCount;
		for (let count = 0; count < 10; count++) wire.events.message(query);
		expect(clock.timerCount).toBe(timerCount + 1);
	});
});

/** Two updates that come to more than may wait while a room is opened. */
function longUpdates(): Uint8Array[] {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on("update", (update: Uint8Array) => updates.push(update));
	for (const letter of "ab") doc.getText("text").insert(0, letter.repeat(600_000));
	return updates;
}

describe("ink", () => {
	/** Ann in a room with Ben; she has shown herself, so that her ink is hers. */
	async function openDrawing() {
		const opened = await openSession();
		const { room, wire, session, visit } = opened;
		room.join(session);
		session.enter(room);
		wire.events.message(encodeHello());
		const state = { clientId: 77, clock: 1, state: "{}" };
		wire.events.message(encodeAwarenessFrame(encodeAwareness([state])));
		return { ...opened, ben: visit() };
	}

	test("is passed on so often a second, and what is more is dropped", async () => {
		const { clock, wire, ben } = await openDrawing();
		const draw = () => wire.events.message(encodeInk(77, Uint8Array.of(1)));
		for (let count = 0; count < 3 * inkPerSecondMax; count++) draw();
		expect(ben.counts.ink).toBe(inkPerSecondMax);
		clock.advance(500);
		for (let count = 0; count < 3 * inkPerSecondMax; count++) draw();
		expect(ben.counts.ink).toBe(1.5 * inkPerSecondMax);
		expect(wire.closedWith).toBeNull();
	});

	test("that is larger than a pen makes it ends the session", async () => {
		const { wire } = await openDrawing();
		wire.events.message(encodeInk(77, new Uint8Array(inkBytesMax)));
		expect(wire.closedWith).toBeNull();
		wire.events.message(encodeInk(77, new Uint8Array(inkBytesMax + 1)));
		expect(wire.closedWith?.reason).toBe("frame_too_big");
	});

	test("is left out while much waits, and nobody is told of it again", async () => {
		const { wire, session } = await openSession();
		session.sendInk(Uint8Array.of(1));
		wire.waitingBytes = outboxBytesMax / 64 + 1;
		session.sendInk(Uint8Array.of(2));
		wire.waitingBytes = 0;
		wire.events.drained();
		expect(wire.sent).toEqual([Uint8Array.of(1)]);
	});
});

describe("a silent socket", () => {
	test("is sent an empty awareness frame before y-websocket gives it up, and a ping", async () => {
		const { clock, wire } = await openSession();
		clock.advance(4 * lookEveryMs);
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
		clock.advance(59_999); // The next look is a moment later.
		session.resume();
		clock.advance(24_000);
		expect(wire.isCut).toBe(false);
		clock.advance(6_000);
		expect(wire.isCut).toBe(true);
	});
});

describe("a question who is there", () => {
	test("is answered where nobody else is", async () => {
		const { room, wire, session } = await openSession();
		room.join(session);
		session.enter(room);
		await room.settled();
		wire.sent.length = 0;
		for (let round = 1; round <= 3; round++) {
			wire.events.message(query);
			expect(wire.sent).toEqual(Array.from({ length: round }, () => Uint8Array.of(1, 1, 0)));
		}
	});

	test("is answered while the room is loaded, and not so often that it costs much", async () => {
		const { wire } = await openSession();
		for (let count = 0; count < 20; count++) wire.events.message(query);
		expect(wire.sent).toHaveLength(20);
		expect(wire.sent[0]).toEqual(Uint8Array.of(1, 1, 0));
		expect(wire.closedWith).toBeNull();
		wire.events.message(query);
		expect(wire.closedWith?.reason).toBe("too_many_requests");
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
