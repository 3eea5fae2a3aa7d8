import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Later } from "../../../web/sync/later.ts";
import type { RoomClient } from "../../../web/sync/room-client.ts";
import type { RoomStatus } from "../../../web/sync/status.ts";

class Lamp {
	isLit = true;
	close(): void {
		this.isLit = false;
	}
}

/** A room that is there, and a connection that somebody else cuts and mends. */
function roomOf() {
	const listeners = new Set<(status: RoomStatus) => void>();
	const room = {
		status: { phase: "saved" },
		ready: Promise.resolve(),
		on: (_: "status", listener: (status: RoomStatus) => void) => {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
	} as unknown as RoomClient;
	const say = (phase: RoomStatus["phase"]) => {
		for (const listener of [...listeners]) listener({ phase } as RoomStatus);
	};
	return { room, say, listeners };
}

const idle: (() => void)[] = [];

let browser = new EventTarget();

/** The browser has nothing better to do. */
async function nothingElse(): Promise<void> {
	for (let round = 0; round < 5; round++) {
		await Promise.resolve();
		for (const run of idle.splice(0)) run();
	}
}

beforeEach(() => {
	browser = new EventTarget();
	vi.stubGlobal("addEventListener", browser.addEventListener.bind(browser));
	vi.stubGlobal("removeEventListener", browser.removeEventListener.bind(browser));
	vi.stubGlobal("requestIdleCallback", (run: () => void) => idle.push(run));
	vi.spyOn(console, "info").mockReturnValue(undefined);
});

afterEach(() => {
	idle.length = 0;
	vi.unstubAllGlobals();
	vi.restoreAllMocks();
});

test("a part that is asked for twice is fetched and begun once", async () => {
	const fetch = vi.fn(async () => () => new Lamp());
	const later = new Later(roomOf().room, fetch);
	expect(later.here).toBeNull();
	const [one, other] = await Promise.all([later.get(), later.get()]);
	expect(one).toBe(other);
	expect(later.here).toBe(one);
	expect(fetch).toHaveBeenCalledTimes(1);
});

test("a part begins when the room is there and nothing waits", async () => {
	const later = new Later(roomOf().room, async () => () => new Lamp()).begin();
	await Promise.resolve();
	expect(later.here).toBeNull();
	await nothingElse();
	expect(later.here?.isLit).toBe(true);
});

test("a part that could not be fetched is fetched again when it is asked for", async () => {
	const fetch = vi.fn(async () => () => new Lamp());
	fetch.mockRejectedValueOnce(new Error("no line"));
	const later = new Later(roomOf().room, fetch);
	await expect(later.get()).rejects.toThrow("no line");
	expect((await later.get()).isLit).toBe(true);
});

test("a part that could not be fetched begins when the connection is back", async () => {
	const { room, say, listeners } = roomOf();
	const fetch = vi.fn(async () => () => new Lamp());
	fetch.mockRejectedValueOnce(new Error("no line"));
	const later = new Later(room, fetch).begin();
	await nothingElse();
	say("offline");
	await nothingElse();
	expect(fetch).toHaveBeenCalledTimes(1);
	say("saved");
	await nothingElse();
	expect(later.here?.isLit).toBe(true);
	expect(listeners.size).toBe(0);
});

test("a part that is not to be had is asked for when the connection is back, once", async () => {
	const { room, say, listeners } = roomOf();
	const fetch = vi.fn(() => Promise.reject(new Error("404")));
	const later = new Later(room, fetch).begin();
	for (const phase of ["saving", "saved", "saving", "saved"] as const) {
		await nothingElse();
		say(phase);
	}
	expect(fetch).toHaveBeenCalledTimes(1);
	say("offline");
	say("saved");
	await nothingElse();
	expect(fetch).toHaveBeenCalledTimes(2);
	later.close();
	expect(listeners.size).toBe(0);
});

test("a part whose loss was told when the connection was back is asked for again", async () => {
	vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
	const { room, listeners } = roomOf();
	const fetch = vi.fn(async () => () => new Lamp());
	for (let time = 0; time < 3; time++) fetch.mockRejectedValueOnce(new Error("no line"));
	const later = new Later(room, fetch).begin();
	const calls: number[] = [];
	for (let second = 0; second < 60; second++) {
		await nothingElse();
		calls.push(fetch.mock.calls.length);
		vi.advanceTimersByTime(1_000);
	}
	expect(later.here?.isLit).toBe(true);
	expect([2, 3, 4].map((count) => calls.indexOf(count))).toEqual([4, 12, 28]);
	expect([listeners.size, vi.getTimerCount()]).toEqual([0, 0]);
	vi.useRealTimers();
});

test("a part that was closed ends, and one that is still on its way never begins", async () => {
	const later = new Later(roomOf().room, async () => () => new Lamp());
	const lamp = await later.get();
	later.close();
	later.close();
	expect(lamp.isLit).toBe(false);
	expect(later.here).toBeNull();

	const begin = vi.fn(() => new Lamp());
	const late = new Later(roomOf().room, async () => begin);
	const asked = late.get();
	late.close();
	await expect(asked).rejects.toThrow("closed");
	expect(begin).not.toHaveBeenCalled();
});

test("a part that was closed is handed to nobody, and not fetched for who asks", async () => {
	const fetch = vi.fn(async () => () => new Lamp());
	const [begun, never] = [new Later(roomOf().room, fetch), new Later(roomOf().room, fetch)];
	await begun.get();
	for (const later of [begun, never]) {
		later.close();
		await expect(later.get()).rejects.toThrow("closed");
	}
	expect(fetch).toHaveBeenCalledTimes(1);
});

test("a part that could not be fetched begins when the network is back", async () => {
	const { room, listeners } = roomOf();
	const fetch = vi.fn(async () => () => new Lamp());
	fetch.mockRejectedValueOnce(new Error("no line"));
	const later = new Later(room, fetch).begin();
	await nothingElse();
	expect(later.here).toBeNull();
	browser.dispatchEvent(new Event("online"));
	await nothingElse();
	expect(later.here?.isLit).toBe(true);
	expect(listeners.size).toBe(0);
	browser.dispatchEvent(new Event("online"));
	await nothingElse();
	expect(fetch).toHaveBeenCalledTimes(2);
});
