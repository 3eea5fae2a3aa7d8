import { afterEach, expect, test } from "vitest";
import { encodeAwareness } from "../../../shared/awareness.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { encodeAwarenessFrame, encodeWelcome } from "../../../shared/protocol.ts";
import type { SocketClass } from "../../../web/sync/line/socket.ts";
import { Me, newcomer } from "../../../web/sync/me.ts";
import { RoomClient } from "../../../web/sync/room-client.ts";
import { FakeSocket, lastSocket } from "./fake-socket.ts";
import { handClock } from "./hand-clock.ts";
import { MemoryUpdates, newDevice, settle } from "./memory-updates.ts";

const ann = { id: "g_ann", name: "Ann", color: "#1d63c9" };
let client: RoomClient | null = null;

function join(me: Me): RoomClient {
	return new RoomClient({
		clock: handClock(),
		room: "garden" as RoomName,
		me,
		syncUrl: "ws://server/sync",
		socketClass: FakeSocket as unknown as SocketClass,
		openStore: async () => new MemoryUpdates(newDevice()),
	});
}

afterEach(() => {
	client?.close();
	FakeSocket.made = [];
});

test("a newcomer whom the server knows by now comes in anew, as who they are", async () => {
	const me = new Me(null);
	client = join(me);
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

test("it is known who was here when we came, however many come later", async () => {
	const me = new Me(null);
	me.set(ann);
	client = join(me);
	await settle();
	const socket = lastSocket();
	const comes = (clientId: number): void => {
		const state = JSON.stringify({ user: { ...ann, id: `g_${clientId}` } });
		socket.say(encodeAwarenessFrame(encodeAwareness([{ clientId, clock: 1, state }])));
	};
	socket.open();
	comes(7);
	socket.say(encodeWelcome({ version: 1, userId: ann.id, kind: "guarded" }));
	comes(8);
	expect(client.people().map(({ clientId }) => clientId)).toEqual([7, 8]);
	expect(client.foundHere?.map(({ clientId }) => clientId)).toEqual([7]);
});
