import { expect, test } from "vitest";
import { Outbox } from "../../../server/gateway/outbox.ts";
import { FakeWire } from "../../fixtures/fake-wire.ts";

const mebibyte = 1024 * 1024;

function createOutbox() {
	const wire = new FakeWire();
	const told = { overflowed: 0, awarenessWanted: 0 };
	const outbox = new Outbox(wire, {
		overflowed: () => told.overflowed++,
		awarenessWanted: () => told.awarenessWanted++,
	});
	/** Sends to a client that reads nothing. */
	const send = (frame: Uint8Array) => {
		wire.waitingBytes += frame.length;
		outbox.send([frame]);
	};
	return { wire, told, outbox, send };
}

test("a slow reader is given up when 4 MiB of small frames wait", () => {
	const { told, send } = createOutbox();
	const frame = new Uint8Array(1024);
	for (let count = 0; count < 4 * 1024; count++) send(frame);
	expect(told.overflowed).toBe(0);
	send(frame);
	expect(told.overflowed).toBe(1);
});

test("a first sync may be as large as the largest room, but not twice", () => {
	const { told, send } = createOutbox();
	const part = new Uint8Array(8 * mebibyte);
	for (let count = 0; count < 8; count++) send(part);
	expect(told.overflowed).toBe(0);
	send(part);
	expect(told.overflowed).toBe(1);
});

test("awareness is left out while much waits, and asked for again when it went out", () => {
	const { wire, told, outbox } = createOutbox();
	outbox.sendAwareness(Uint8Array.of(1));
	wire.waitingBytes = mebibyte;
	outbox.sendAwareness(Uint8Array.of(2));
	expect(wire.sent).toEqual([Uint8Array.of(1)]);
	expect(told.awarenessWanted).toBe(0);
	outbox.drained();
	outbox.drained();
	expect(told.awarenessWanted).toBe(1);
});
