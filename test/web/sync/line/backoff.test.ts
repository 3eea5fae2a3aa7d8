import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Doc, encodeStateAsUpdate } from "yjs";
import { streamsOf } from "../../../../scripts/converge/random.ts";
import type { RoomName } from "../../../../shared/ids.ts";
import { encodeStep2 } from "../../../../shared/protocol.ts";
import { retryWaitMs } from "../../../../web/sync/line/backoff.ts";
import type { SocketClass } from "../../../../web/sync/line/socket.ts";
import { Me } from "../../../../web/sync/me.ts";
import { RoomClient } from "../../../../web/sync/room-client.ts";
import { FakeSocket, lastSocket } from "../fake-socket.ts";
import { handClock } from "../hand-clock.ts";
import { MemoryUpdates, newDevice } from "../memory-updates.ts";

/** When a client whose connection ended at 0 first tries again after `upMs`. */
function backMs(upMs: number, random: () => number): number {
	let atMs = 0;
	for (let failedCount = 0; atMs < upMs; failedCount++) atMs += retryWaitMs(failedCount, random);
	return atMs;
}

test.each([1_000, 3_000, 60_000])("a crowd comes back spread out, %i ms later", (upMs) => {
	const random = streamsOf(4)("crowd");
	const crowd = Array.from({ length: 1_000 }, () => backMs(upMs, random) - upMs);
	expect(Math.max(...crowd)).toBeLessThanOrEqual(4_000);
	const perTick = new Map<number, number>();
	for (const lateMs of crowd) {
		const tick = Math.floor(lateMs / 100);
		perTick.set(tick, (perTick.get(tick) ?? 0) + 1);
	}
	expect(Math.max(...perTick.values())).toBeLessThan(150);
});

test("waits grow, and end at four seconds", () => {
	const longest = () => 1;
	const waits = [0, 1, 2, 3, 4, 5, 1_000].map((failedCount) => retryWaitMs(failedCount, longest));
	expect(waits).toEqual([200, 400, 800, 1_600, 3_200, 4_000, 4_000]);
});

const clients: RoomClient[] = [];

beforeEach(() => {
	FakeSocket.made = [];
	vi.useFakeTimers();
});

afterEach(() => {
	for (const client of clients.splice(0)) client.close();
	vi.useRealTimers();
});

function join(random: () => number): RoomClient {
	const client = new RoomClient({
		clock: handClock(),
		random,
		room: "garden" as RoomName,
		me: new Me(null),
		syncUrl: "ws://server/sync",
		socketClass: FakeSocket as unknown as SocketClass,
		openStore: async () => new MemoryUpdates(newDevice()),
	});
	clients.push(client);
	return client;
}

/** How many tries there were after each wait, counted a millisecond before and after its end. */
function triesAround(waitMs: number): [before: number, after: number] {
	vi.advanceTimersByTime(waitMs - 1);
	const before = FakeSocket.made.length;
	vi.advanceTimersByTime(1);
	return [before, FakeSocket.made.length];
}

test.each([1001, 1006, 1012])("after a close with %i it waits as long as was drawn", (code) => {
	join(() => 0.5);
	lastSocket().open();
	lastSocket().end(code, "");
	expect(triesAround(100)).toEqual([1, 2]);
	lastSocket().end(1006, "");
	expect(triesAround(200)).toEqual([2, 3]);
	lastSocket().end(1006, "");
	expect(triesAround(400)).toEqual([3, 4]);
});

test("who was synced tries soon again, however often it had failed before", () => {
	join(() => 0.5);
	for (const waitMs of [100, 200, 400, 800, 1_600, 2_000, 2_000]) {
		lastSocket().end(1006, "");
		vi.advanceTimersByTime(waitMs);
	}
	lastSocket().open();
	lastSocket().say(encodeStep2(encodeStateAsUpdate(new Doc())));
	lastSocket().end(1012, "stopping");
	expect(triesAround(100)).toEqual([8, 9]);
});

test("the network's return ends the longest wait, and the next is short again", () => {
	const client = join(() => 0.99);
	for (let failedCount = 0; failedCount < 6; failedCount++) {
		lastSocket().end(1006, "");
		vi.advanceTimersByTime(4_000);
	}
	lastSocket().end(1006, "");
	expect(FakeSocket.made).toHaveLength(7);
	client.wake();
	expect(FakeSocket.made).toHaveLength(8);
	lastSocket().end(1006, "");
	expect(triesAround(198)).toEqual([8, 9]);
});
