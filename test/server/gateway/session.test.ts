import * as decoding from "lib0/decoding";
import { beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { Session } from "../../../server/gateway/session.ts";
import type { Wire, WireEvents } from "../../../server/gateway/wire.ts";
import type { FailureCode } from "../../../shared/errors.ts";
import { anyone } from "../../../shared/ids.ts";
import { encodeStep1, encodeUpdate, messageType } from "../../../shared/protocol.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";
import { openRoom, turns } from "../../fixtures/rooms/open-room.ts";

/** A socket that remembers what was done to it. */
class FakeWire implements Wire {
	waitingBytes = 0;
	events: WireEvents | null = null;
	readonly sent: Uint8Array[] = [];
	readonly done: string[] = [];

	listen(events: WireEvents): void {
		this.events = events;
	}

	send(messages: readonly Uint8Array[]): void {
		this.sent.push(...messages);
	}

	ping(): void {
		this.done.push("ping");
	}

	pause(): void {
		this.done.push("pause");
	}

	resume(): void {
		this.done.push("resume");
	}

	close(code: number, reason: string): void {
		this.done.push(`close ${code} ${reason}`);
	}

	terminate(): void {
		this.done.push("terminate");
	}

	/** The types of the messages that were sent. */
	types(): number[] {
		return this.sent.map((frame) => decoding.readVarUint(decoding.createDecoder(frame)));
	}
}

const hello = Uint8Array.of(messageType.hello, 1);
const step1 = encodeStep1(Y.encodeStateVector(new Y.Doc()));

let clock: ManualClock;
let wire: FakeWire;
let ended: (FailureCode | null)[];
let session: Session;

beforeEach(() => {
	clock = new ManualClock();
	wire = new FakeWire();
	ended = [];
	session = new Session({
		wire,
		clock,
		userId: anyone,
		stamp: () => ({ id: anyone, name: "Guest", color: "#112233" }),
		frameRate: null,
		ended: (code) => ended.push(code),
	});
});

async function enter() {
	const opened = await openRoom();
	opened.room.join(session);
	session.enter(opened.room);
	await opened.room.settled();
	return opened;
}

describe("from the first frame on", () => {
	test("what comes while the room is loaded waits and is answered in order", async () => {
		wire.events?.message(hello);
		wire.events?.message(step1);
		expect(wire.sent).toEqual([]);
		const { room } = await enter();
		await room.settled();
		expect(wire.types()).toEqual([messageType.welcome, messageType.sync, messageType.sync]);
	});

	test("a client that never says hello is sent nothing of Weft's", async () => {
		wire.events?.message(step1);
		const { room } = await enter();
		wire.events?.message(encodeUpdate(Y.encodeStateAsUpdate(new Y.Doc())));
		await room.settled();
		expect(new Set(wire.types())).toEqual(new Set([messageType.sync]));
		expect(session.speaksWeft).toBe(false);
	});

	test("hello after the first frame is a bad frame", async () => {
		await enter();
		wire.events?.message(step1);
		wire.events?.message(hello);
		expect(ended).toEqual(["bad_frame"]);
	});

	test("an app that speaks an older version is told to reload", async () => {
		await enter();
		wire.events?.message(Uint8Array.of(messageType.hello, 0));
		expect(wire.done).toContain("close 4426 app_too_old");
		expect(ended).toEqual(["app_too_old"]);
	});
});

describe("an end", () => {
	test("comes once, with the code of the failure, and cuts who does not answer", async () => {
		await enter();
		wire.events?.message(Uint8Array.of(99));
		wire.events?.broken("bad_frame", "again");
		wire.events?.closed();
		expect(ended).toEqual(["bad_frame"]);
		expect(wire.done).toContain("close 4400 bad_frame");
		clock.advance(2_000);
		expect(wire.done).toContain("terminate");
	});

	test("is noticed where the client says nothing any more", async () => {
		await enter();
		clock.advance(30_000);
		expect(wire.done).toContain("ping");
		expect(ended).toEqual([]);
		clock.advance(15_000);
		expect(wire.done).toContain("terminate");
		expect(ended).toEqual([null]);
	});

	test("does not come to a client that answers pings; it is kept awake", async () => {
		await enter();
		const before = wire.sent.length;
		for (let second = 0; second < 120; second += 10) {
			wire.events?.pong();
			clock.advance(10_000);
		}
		expect(ended).toEqual([]);
		// y-websocket gives up after 30 s without a message: an empty awareness frame keeps it.
		const kept = wire.sent.slice(before);
		expect(kept.length).toBeGreaterThanOrEqual(5);
		expect(kept.length).toBeLessThanOrEqual(9);
		for (const frame of kept) expect(frame).toEqual(Uint8Array.of(1, 1, 0));
	});
});

describe("a slow reader", () => {
	test("is left out of awareness while much waits, and told all of it afterwards", async () => {
		const { room, visit, clock: roomClock } = await enter();
		const ann = visit();
		await room.settled();
		wire.waitingBytes = 100_000;
		ann.present({ typing: true });
		roomClock.advance(30);
		expect(wire.types()).not.toContain(messageType.awareness);
		wire.waitingBytes = 0;
		wire.events?.drained();
		expect(wire.types()).toContain(messageType.awareness);
	});

	test("is closed with 1013 where more waits than may", async () => {
		await enter();
		wire.waitingBytes = 5_000_000;
		session.send([Uint8Array.of(0)]);
		expect(wire.done).toContain("close 1013 slow_reader");
	});

	test("may take its time over a large first sync", async () => {
		await enter();
		wire.waitingBytes = 9_000_000;
		session.send([new Uint8Array(9_000_000)]);
		expect(ended).toEqual([]);
		await turns();
	});
});

test("who asks for everything again and again is told to wait", async () => {
	const { room } = await enter();
	for (let count = 0; count < 30; count++) wire.events?.message(step1);
	await room.settled();
	expect(ended).toEqual(["too_many_requests"]);
});
