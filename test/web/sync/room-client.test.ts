import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { encodeAwareness } from "../../../shared/awareness.ts";
import type { RoomName } from "../../../shared/ids.ts";
import {
	countsAsWrite,
	decodeClientFrame,
	encodeAwarenessFrame,
	encodeHello,
	encodeInk,
	encodeRefused,
	encodeSaved,
	encodeStep1,
	encodeStep2,
	encodeUpdate,
	encodeWelcome,
	encodeWritable,
	messageType,
} from "../../../shared/protocol.ts";
import { metaOf, textOf } from "../../../shared/surfaces/root.ts";
import type { SocketClass } from "../../../web/sync/line/socket.ts";
import { Me } from "../../../web/sync/me.ts";
import { RoomClient } from "../../../web/sync/room-client.ts";
import { FakeSocket, lastSocket } from "./fake-socket.ts";
import { handClock } from "./hand-clock.ts";
import { type Device, MemoryUpdates, newDevice, settle } from "./memory-updates.ts";

const ann = { id: "g_ann", name: "Ann", color: "#1d63c9" };
const clients: RoomClient[] = [];

beforeEach(() => {
	FakeSocket.made = [];
});

afterEach(() => {
	for (const client of clients.splice(0)) client.close();
});

let clock = handClock();

function join(device: Device = newDevice(), me = new Me(null)): RoomClient {
	me.set(ann);
	clock = handClock();
	const client = new RoomClient({
		clock,
		room: "my room" as RoomName,
		me,
		syncUrl: "ws://server/sync",
		socketClass: FakeSocket as unknown as SocketClass,
		openStore: async () => new MemoryUpdates(device),
	});
	clients.push(client);
	return client;
}

/** The server's side of a join: welcome, both steps. Returns the socket. */
function welcome(content = new Y.Doc()): FakeSocket {
	const socket = lastSocket();
	socket.open();
	socket.say(encodeWelcome({ version: 1, userId: ann.id, kind: "guarded" }));
	socket.say(encodeStep1(Y.encodeStateVector(content)));
	socket.say(encodeStep2(Y.encodeStateAsUpdate(content)));
	return socket;
}

function writes(socket: FakeSocket): number {
	return socket.sent.filter(countsAsWrite).length;
}

test("hello is the very first message, then step 1", async () => {
	join();
	await settle();
	const socket = lastSocket();
	socket.open();
	expect(socket.url).toBe("ws://server/sync/my%20room");
	expect(socket.sent[0]).toEqual(encodeHello());
	expect(decodeClientFrame(socket.sent[1] ?? new Uint8Array()).type).toBe("stateVector");
});

test("it says saved only when the server has counted every frame", async () => {
	const client = join();
	await settle();
	expect(client.status.phase).toBe("device");
	const socket = welcome();
	expect(client.status.phase).toBe("saving");
	socket.say(encodeSaved({ count: 1, atMs: 5 }));
	expect(client.status).toMatchObject({ phase: "saved", atMs: 5 });
	textOf(client.doc).insert(0, "a");
	const sentCount = writes(socket);
	socket.say(encodeSaved({ count: sentCount - 1, atMs: 6 }));
	expect(client.status.phase).toBe("saving");
	socket.say(encodeSaved({ count: sentCount, atMs: 7 }));
	expect(client.status).toMatchObject({ phase: "saved", atMs: 7 });
});

test("merely opening a room writes nothing into it", async () => {
	const client = join();
	await settle();
	const socket = welcome();
	await settle();
	expect(metaOf(client.doc).size).toBe(0);
	expect(writes(socket)).toBe(1);
});

test("the first change of a new guarded room says its schema, a later one does not", async () => {
	const client = join();
	await settle();
	const socket = welcome();
	textOf(client.doc).insert(0, "a");
	expect(metaOf(client.doc).get("schema")).toBe(1);
	const before = writes(socket);
	textOf(client.doc).insert(1, "b");
	expect(writes(socket)).toBe(before + 1);
});

test("changes made offline wait, survive the tab, and are sent on return", async () => {
	const device = newDevice();
	const before = join(device);
	await settle();
	lastSocket().end(1006, "");
	textOf(before.doc).insert(0, "offline");
	expect(before.status).toMatchObject({ phase: "offline", waiting: 1 });
	await settle();
	expect(before.mayLoseWork()).toBe(false);
	before.close();

	const after = join(device);
	await settle();
	lastSocket().end(1006, "");
	expect(after.status).toMatchObject({ phase: "offline", waiting: 1 });
	after.wake();
	const socket = welcome();
	const step2 = socket.sent.map(decodeClientFrame).find((frame) => frame.type === "update");
	const server = new Y.Doc();
	if (step2?.type === "update") Y.applyUpdate(server, step2.update);
	expect(textOf(server).toString()).toBe("offline");
	socket.say(encodeSaved({ count: writes(socket), atMs: 1 }));
	expect(after.status.phase).toBe("saved");
});

test("leaving loses something only where neither server nor device has it", async () => {
	const client = join();
	await settle();
	const socket = welcome();
	textOf(client.doc).insert(0, "a");
	expect(client.mayLoseWork()).toBe(true);
	await settle();
	expect(client.mayLoseWork()).toBe(false);
	socket.say(encodeSaved({ count: writes(socket), atMs: 1 }));
	expect(client.mayLoseWork()).toBe(false);
});

test("a refusal is told in words and not tried again until somebody asks", async () => {
	const client = join();
	await settle();
	const socket = welcome();
	socket.say(encodeRefused({ code: "refused_update", frameIndex: 1 }));
	socket.end(4422, "refused_update");
	expect(client.status).toMatchObject({ phase: "refused", code: "refused_update" });
	client.wake();
	expect(FakeSocket.made).toHaveLength(1);
	client.retry();
	expect(FakeSocket.made).toHaveLength(2);
	expect(client.status.phase).not.toBe("refused");
});

test("a full disk makes the room read-only until it heals", async () => {
	const client = join();
	await settle();
	const socket = welcome();
	socket.say(encodeWritable("disk_full"));
	expect(client.isWritable()).toBe(false);
	expect(client.status).toMatchObject({ phase: "readOnly", code: "disk_full" });
	socket.say(encodeWritable(null));
	expect(client.isWritable()).toBe(true);
});

test("others are who the server says they are, and are not echoed back to it", async () => {
	const client = join();
	await settle();
	const socket = welcome();
	const sentCount = socket.sent.length;
	const user = { id: "g_ben", name: "Ben", color: "#c2334d" };
	const state = JSON.stringify({ user, surface: "board" });
	socket.say(encodeAwarenessFrame(encodeAwareness([{ clientId: 7, clock: 1, state }])));
	socket.say(
		encodeAwarenessFrame(encodeAwareness([{ clientId: 8, clock: 1, state: '{"user":"root"}' }])),
	);
	expect(client.people()).toEqual([{ clientId: 7, state: { user, surface: "board" } }]);
	expect(socket.sent).toHaveLength(sentCount);
	client.setPresence({ typing: true });
	expect(socket.sent).toHaveLength(sentCount + 1);
	expect(socket.sent.at(-1)).toEqual(
		encodeAwarenessFrame(encodeAwarenessUpdate(client.awareness, [client.doc.clientID])),
	);
});

test("ink goes to a Weft server only, and comes from it", async () => {
	const client = join();
	await settle();
	const seen: unknown[] = [];
	client.on("ink", (ink) => seen.push(ink));
	client.sendInk(Uint8Array.of(1));
	const socket = welcome();
	client.sendInk(Uint8Array.of(2));
	expect(socket.sent.at(-1)).toEqual(encodeInk(client.doc.clientID, Uint8Array.of(2)));
	socket.say(encodeInk(9, Uint8Array.of(3)));
	expect(seen).toEqual([{ clientId: 9, ink: Uint8Array.of(3) }]);
});

test("a new name is told to the room and to who listens", async () => {
	const me = new Me(null);
	const client = join(newDevice(), me);
	const heard: string[] = [];
	client.on("me", (person) => heard.push(person.name));
	me.set({ ...ann, name: "Annie" });
	expect(heard).toEqual(["Annie"]);
	expect(client.awareness.getLocalState()).toMatchObject({ user: { name: "Annie" } });
	expect(client.me.name).toBe("Annie");
});

test("a connection that went silent is noticed within ten seconds of a change", async () => {
	const client = join();
	await settle();
	const socket = welcome();
	socket.say(encodeSaved({ count: 1, atMs: 1 }));
	textOf(client.doc).insert(0, "a");
	clock.pass(5_000);
	expect(socket.sent.at(-1)).toEqual(Uint8Array.of(messageType.queryAwareness));
	clock.pass(4_000);
	expect(client.status).toMatchObject({ phase: "offline", waiting: 2 });
});

test("a connection that went silent is noticed within ten seconds by who only looks", async () => {
	const client = join();
	await settle();
	const socket = welcome();
	socket.say(encodeSaved({ count: 1, atMs: 5 }));
	const asks = () => socket.sent.filter((frame) => frame[0] === messageType.queryAwareness).length;
	for (let round = 0; round < 4; round++) {
		clock.pass(2_500);
		socket.say(encodeWritable(null));
	}
	expect(asks()).toBe(0);
	for (let passedMs = 0; passedMs < 10_000; passedMs += 500) clock.pass(500);
	expect(asks()).toBe(1);
	expect(client.status.phase).toBe("offline");
});

test("who wakes from a sleep does not wait for the backoff", async () => {
	join();
	await settle();
	lastSocket().end(1006, "");
	const before = FakeSocket.made.length;
	clock.pass(60 * 60 * 1000);
	expect(FakeSocket.made.length).toBe(before + 1);
});

test("a server that answers, only with a slow disk, keeps its connection", async () => {
	const client = join();
	await settle();
	const socket = welcome();
	textOf(client.doc).insert(0, "a");
	clock.pass(5_000);
	socket.say(encodeAwarenessFrame(encodeAwareness([])));
	clock.pass(60_000);
	expect(client.status.phase).toBe("saving");
	expect(FakeSocket.made).toHaveLength(1);
});

test("the network's return connects at once, whatever the backoff", async () => {
	const client = join();
	await settle();
	lastSocket().end(1006, "");
	client.wake();
	expect(FakeSocket.made).toHaveLength(2);
	expect(client.status.phase).toBe("offline");
});

test("closing twice is safe, and nothing is tried after it", async () => {
	const client = join();
	await settle();
	client.close();
	client.close();
	client.wake();
	client.retry();
	expect(FakeSocket.made).toHaveLength(1);
});

/** Whether `ready` has resolved by now. */
async function isReady(client: RoomClient): Promise<boolean> {
	let ready = false;
	void client.ready.then(() => {
		ready = true;
	});
	await settle();
	return ready;
}

test("a device without a copy is ready when the server's content is there", async () => {
	const client = join();
	await settle();
	expect(await isReady(client)).toBe(false);
	const content = new Y.Doc();
	textOf(content).insert(0, "hello");
	welcome(content);
	expect(await isReady(client)).toBe(true);
	expect(textOf(client.doc).toString()).toBe("hello");
});

test("a device with a copy is ready before the server has said a word", async () => {
	const device = newDevice();
	const before = join(device);
	await settle();
	textOf(before.doc).insert(0, "from before");
	await settle();
	before.close();
	expect(await isReady(join(device))).toBe(true);
});

test("a long room that comes update by update is one change of the doc", async () => {
	const client = join();
	await settle();
	const content = new Y.Doc();
	const updates: Uint8Array[] = [];
	content.on("update", (update: Uint8Array) => updates.push(update));
	for (let letter = 0; letter < 500; letter++) textOf(content).insert(letter, "x");
	let changes = 0;
	textOf(client.doc).observe(() => {
		changes += 1;
	});
	const socket = lastSocket();
	socket.open();
	socket.say(encodeWelcome({ version: 1, userId: ann.id, kind: "guarded" }));
	for (const update of updates) socket.say(encodeUpdate(update));
	socket.say(encodeStep2(Uint8Array.of(0, 0)));
	expect(await isReady(client)).toBe(true);
	expect(textOf(client.doc).length).toBe(500);
	expect(changes).toBeLessThanOrEqual(2);
});

test("a new room can be written in without a server, and with one that is silent", async () => {
	const refused = join();
	await settle();
	lastSocket().close();
	expect(await isReady(refused)).toBe(true);
	// Also where the browser keeps nothing.
	vi.spyOn(console, "warn").mockReturnValueOnce(undefined);
	for (const device of [newDevice(), { ...newDevice(), isShut: true }]) {
		const silent = join(device);
		expect(await isReady(silent)).toBe(false);
		clock.pass(3_000);
		expect(await isReady(silent)).toBe(true);
	}
});

test("synced waits for the server's content, not for the copy of this device", async () => {
	const device = newDevice();
	const before = join(device);
	await settle();
	textOf(before.doc).insert(0, "old ");
	await settle();
	before.close();
	const client = join(device);
	let textAtSync: string | null = null;
	void client.synced.then(() => {
		textAtSync = textOf(client.doc).toString();
	});
	expect(await isReady(client)).toBe(true);
	expect(textAtSync).toBeNull();
	const content = new Y.Doc();
	textOf(content).insert(0, "rose");
	welcome(content);
	await settle();
	expect(textAtSync).toContain("rose");
});

test("a server that takes us for somebody else is sent nothing of ours", async () => {
	const client = join();
	let strangerCount = 0;
	client.on("stranger", () => strangerCount++);
	await settle();
	lastSocket().end(1006, "");
	textOf(client.doc).insert(0, "Ann's");
	client.wake();
	const socket = lastSocket();
	socket.open();
	socket.say(encodeWelcome({ version: 1, userId: "g_ben", kind: "guarded" }));
	socket.say(encodeStep1(Y.encodeStateVector(new Y.Doc())));
	textOf(client.doc).insert(0, "still ");
	expect(strangerCount).toBe(1);
	expect(writes(socket)).toBe(0);
	expect(client.status).toMatchObject({ phase: "offline", waiting: 2 });

	clock.pass(5_000);
	const again = welcome();
	expect(again).not.toBe(socket);
	expect(writes(again)).toBeGreaterThan(0);
});
