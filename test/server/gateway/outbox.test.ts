import { describe, expect, test } from "vitest";
import { Outbox, type OutboxEvents } from "../../../server/gateway/outbox.ts";
import { FakeWire } from "../../fixtures/fake-wire.ts";
import { ManualClock } from "../../fixtures/manual-clock.ts";

const kibibyte = 1024;
const outboxBytesMax = 64 * kibibyte;

/** An outbox of 64 KiB, to a client that reads nothing. */
function createOutbox() {
	const wire = new FakeWire();
	const clock = new ManualClock();
	const told: string[] = [];
	const events: OutboxEvents = {
		overflowed: () => void told.push("overflowed"),
		caughtUp: () => void told.push("caught up"),
		awarenessWanted: () => void told.push("awareness wanted"),
	};
	const outbox = new Outbox(wire, events, { clock, outboxBytesMax });
	const send = (sizeBytes: number) => {
		wire.waitingBytes += sizeBytes;
		outbox.send([new Uint8Array(sizeBytes)]);
	};
	const drain = () => {
		wire.waitingBytes = 0;
		outbox.drained();
	};
	return { wire, clock, told, outbox, send, drain };
}

describe("a client", () => {
	test("is behind from the frame that crosses the bound until all has gone out", () => {
		const { wire, told, outbox, send, drain } = createOutbox();
		for (let count = 0; count < 64; count++) send(kibibyte);
		expect(outbox.isBehind).toBe(false);
		send(kibibyte);
		expect(outbox.isBehind).toBe(true);
		expect(wire.sent).toHaveLength(65);
		wire.waitingBytes = 1;
		expect(outbox.isBehind).toBe(true);
		drain();
		expect(outbox.isBehind).toBe(false);
		drain();
		expect(told).toEqual(["caught up"]);
	});

	test("may be sent one frame of any size: the largest room is one", () => {
		const { told, outbox, send } = createOutbox();
		send(1_000 * kibibyte);
		expect([outbox.isBehind, told]).toEqual([true, []]);
	});

	test("that is behind and makes others speak to it all the same is given up", () => {
		const { told, outbox, send, drain } = createOutbox();
		send(outboxBytesMax + 1);
		for (let notice = 0; notice < 4; notice++) send(kibibyte);
		drain();
		send(outboxBytesMax + 1);
		for (let notice = 0; notice < 4; notice++) send(kibibyte);
		expect([outbox.isBehind, told]).toEqual([true, ["caught up"]]);
		send(1);
		expect(told).toEqual(["caught up", "overflowed"]);
	});

	test("has 30 s to read what waits, and a second more for every 64,000 bytes", () => {
		const { clock, outbox, send, drain } = createOutbox();
		clock.advance(100_000);
		send(640_000);
		clock.advance(40_000);
		expect(outbox.isOverdue).toBe(false);
		clock.advance(1);
		expect(outbox.isOverdue).toBe(true);
		drain();
		expect(outbox.isOverdue).toBe(false);
	});
});

describe("awareness", () => {
	test("is left out while much waits, and asked for again when it went out", () => {
		const { wire, told, outbox, drain } = createOutbox();
		outbox.sendAwareness(Uint8Array.of(1));
		wire.waitingBytes = kibibyte + 1;
		outbox.sendAwareness(Uint8Array.of(2));
		expect(wire.sent).toEqual([Uint8Array.of(1)]);
		expect(told).toEqual([]);
		drain();
		drain();
		expect(told).toEqual(["awareness wanted"]);
	});

	test("is left out until who is behind has read all, though little waits by then", () => {
		const { wire, outbox, send } = createOutbox();
		send(outboxBytesMax + 1);
		wire.waitingBytes = 1;
		outbox.sendAwareness(Uint8Array.of(2));
		expect(outbox.sendFleeting(Uint8Array.of(3))).toBe(false);
		expect(wire.sent).toHaveLength(1);
	});
});
