import { afterEach, expect, test } from "vitest";
import type { RoomName } from "../../../shared/ids.ts";
import { encodeWelcome } from "../../../shared/protocol.ts";
import type { SocketClass } from "../../../web/sync/line/socket.ts";
import { Me, newcomer } from "../../../web/sync/me.ts";
import { RoomClient } from "../../../web/sync/room-client.ts";
import { FakeSocket, lastSocket } from "./fake-socket.ts";
import { handClock } from "./hand-clock.ts";
import { MemoryUpdates, newDevice, settle } from "./memory-updates.ts";

const ann = { id: "g_ann", name: "Ann", color: "#1d63c9" };
let client: RoomClient | null = null;

afterEach(() => {
	client?.close();
	FakeSocket.made = [];
});

test("a newcomer whom the server knows by now comes in anew, as who they are", async () => {
	const me = new Me(null);
	client = new RoomClient({
		clock: handClock(),
		room: "garden" as RoomName,
		me,
		syncUrl: "ws://server/sync",
		socketClass: FakeSocket as unknown as SocketClass,
		openStore: async () => new MemoryUpdates(newDevice()),
	});
	await settle();
	const first = lastSocket();
	first.open();
	first.say(encodeWelcome({ version: 1, userId: newcomer.id, kind: "guarded" }));
	me.set(ann);
	const second = lastSocket();
	expect([first.readyState, second === first]).toEqual([3, false]);
	second.open();
	me.set({ ...ann, name: "Annie" });
	expect([second.readyState, lastSocket() === second]).toEqual([1, true]);
});
