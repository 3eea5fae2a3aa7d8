import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { operatorSocketPath } from "../../../server/http/operator/operator-socket.ts";
import type { RoomName } from "../../../shared/ids.ts";
import { textOf } from "../../../shared/surfaces/root.ts";
import type { SocketClass } from "../../../web/sync/line/socket.ts";
import { Me } from "../../../web/sync/me.ts";
import { RoomClient } from "../../../web/sync/room-client.ts";
import { Caller } from "../../fixtures/people/caller.ts";
import type { Generation, StockClient } from "../../fixtures/stock-client.ts";
import { until } from "../../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../../fixtures/weft-process.ts";
import { type Device, MemoryUpdates, newDevice, settle } from "../../web/sync/memory-updates.ts";

let weft: WeftProcess;
let ann: Caller;
let ben: Caller;

beforeAll(async () => {
	weft = await startWeftProcess({ env: { WEFT_LOG: "info" } });
	[ann, ben] = [await Caller.guest(weft, "Ann"), await Caller.guest(weft, "Ben")];
});

afterEach(() => {
	for (const caller of [ann, ben]) caller.leave();
});

afterAll(() => weft.drop());

/** What who runs the server asks for on its socket. */
function purgeByOperator(room: string): Promise<number | undefined> {
	return new Promise((resolve, reject) => {
		const socketPath = operatorSocketPath(weft.dataDir) ?? "";
		const path = `/rooms/${encodeURIComponent(room)}/purge`;
		const asking = request({ socketPath, path, method: "POST", agent: false }, (answer) => {
			answer.resume();
			answer.on("end", () => resolve(answer.statusCode));
		});
		asking.on("error", reject);
		asking.end();
	});
}

/** Resolves with why the server sent a client of y-websocket 3 away for good. */
function refusalOf({ provider }: StockClient): Promise<{ code: number; reason: string }> {
	return new Promise((resolve) => {
		(provider as never as { on(name: "closed", told: typeof resolve): void }).on("closed", resolve);
	});
}

async function joined(caller: Caller, room: string): Promise<StockClient> {
	const client = caller.join(room);
	await until("synced", () => client.provider.synced);
	return client;
}

/** A doc of its own with what a client holds, as a program keeps it over the night. */
function keptBy({ doc }: StockClient): Y.Doc {
	const kept = new Y.Doc();
	Y.applyUpdate(kept, Y.encodeStateAsUpdate(doc));
	return kept;
}

function bytesOf(doc: Y.Doc): Buffer {
	return Buffer.from(Y.encodeStateAsUpdate(doc));
}

/** How often the server said so. */
const refusalCount = () => weft.output.split("room_purged").length - 1;

const purged = { code: 4422, reason: "room_purged" };

describe("an open room that is purged", () => {
	test("ends for who is in it; old copies stay out, and a fresh start works", async () => {
		const first = await joined(ann, "open");
		first.type("the rose and the SECRET thorn");
		const second = await joined(ben, "open");
		await until("it came", () => second.text.length > 0);
		const kept = keptBy(second);
		first.text.delete(17, 7);
		await until("it is gone", () => !second.text.toString().includes("SECRET"));
		const refusals = [first, second].map(refusalOf);
		expect(await purgeByOperator("open")).toBe(200);
		expect(await Promise.all(refusals)).toEqual([purged, purged]);

		for (const doc of [kept, keptBy(second)]) {
			doc.getText("text").insert(0, "offline ");
			const before = doc.getText("text").toString();
			const back = ben.join("open", { doc });
			expect(await refusalOf(back)).toEqual(purged);
			expect(back.text.toString()).toBe(before);
			back.leave();
		}
		const fresh = await joined(ben, "open");
		expect(fresh.text.toString()).toBe("the rose and the thorn");
		expect(bytesOf(fresh.doc).includes("SECRET")).toBe(false);
		fresh.type("!");
		await weft.kill9();
		await weft.start();
		const late = await joined(ann, "open");
		await until("both have all", () => late.text.toString() === "the rose and the thorn!");
	});

	test.each<Generation>([1, 2])(
		"keeps an old copy out that y-websocket %i brings again and again",
		async (generation) => {
			const room = `again-${generation}`;
			const first = await joined(ann, room);
			first.type("SECRET rose");
			first.text.delete(0, 7);
			const old = ben.join(room, { generation });
			await until("it came", () => old.text.toString() === "rose");
			expect(await purgeByOperator(room)).toBe(200);
			await until("it was sent away", () => !old.provider.wsconnected);
			const before = refusalCount();
			old.type(" of old");
			const fresh = await joined(ann, room);
			fresh.type(" lily");
			await until("it was refused twice more", () => refusalCount() > before + 1);
			expect(old.text.toString()).toBe("rose of old");
			const late = await joined(ann, room);
			await until("she has all that is there", () => late.text.toString() === "rose lily");
		},
	);

	test("takes nothing of an old copy, neither deletes nor a part of an update", async () => {
		const first = await joined(ann, "parts");
		first.type("rose");
		const second = await joined(ben, "parts");
		await until("it is stored", () => second.text.toString() === "rose");
		const kept = keptBy(first);
		expect(await purgeByOperator("parts")).toBe(200);
		kept.clientID = 77;
		kept.getText("text").insert(4, "late");
		kept.getText("text").delete(0, 4);
		const whole = Y.encodeStateAsUpdate(kept);
		const pieces = [whole, Y.diffUpdate(whole, Y.encodeStateVectorFromUpdate(bytesOf(first.doc)))];
		for (const piece of pieces) {
			const doc = new Y.Doc();
			const back = await joined(ben, "parts");
			back.provider.disconnect();
			Y.applyUpdate(doc, piece);
			const again = ben.join("parts", { doc });
			await until("it was judged", () => !again.provider.wsconnected || again.provider.synced);
		}
		const late = await joined(ann, "parts");
		expect(late.text.toString()).toBe("rose");
	});
});

/** The app on one of Ann's devices, as far as its room goes. */
function openApp(room: string, device: Device, syncUrl = weft.syncUrl): RoomClient {
	const { id, cookie } = ann;
	const me = new Me(null);
	me.set({ id, name: "Ann", color: "#1d63c9" });
	class Socket extends WebSocket {
		constructor(url: string) {
			super(url, { headers: { cookie } });
		}
	}
	const socketClass = Socket as unknown as SocketClass;
	const openStore = async () => new MemoryUpdates(device);
	const client = new RoomClient({ room: room as RoomName, me, syncUrl, socketClass, openStore });
	apps.push(client);
	return client;
}

const apps: RoomClient[] = [];

afterEach(() => {
	for (const app of apps.splice(0)) app.close();
});

test("the app that was away is told once, and knows whether it had something unsent", async () => {
	const [phone, laptop] = [newDevice(), newDevice()];
	for (const device of [phone, laptop]) {
		const app = openApp("away", device);
		await app.synced;
		textOf(app.doc).insert(0, "SECRET rose ");
		await until("it is saved", () => app.status.phase === "saved");
		textOf(app.doc).delete(0, 7);
		await until("it is saved", () => app.status.phase === "saved");
		await settle();
		app.close();
	}
	// A port that nobody listens on.
	const offline = openApp("away", laptop, "ws://127.0.0.1:1/sync");
	await offline.ready;
	textOf(offline.doc).insert(0, "written on a train ");
	await settle();
	offline.close();
	expect(await ann.tell("POST", "away/purge")).toMatchObject({ role: "owner" });

	for (const device of [phone, laptop]) {
		const back = openApp("away", device);
		const lost: string[] = [];
		back.on("lost", (code) => lost.push(code));
		await until("it is told", () => lost.length > 0);
		expect(lost).toEqual(["room_purged"]);
		const { status } = back;
		if (status.phase !== "refused") throw new Error("it was let in");
		expect(status.waiting > 0).toBe(device === laptop);
		expect(textOf(back.doc).toString().includes("train")).toBe(device === laptop);
		const anew = openApp("away", newDevice());
		await anew.synced;
		expect(textOf(anew.doc).toString()).toBe("rose rose ");
		expect(anew.may("manage")).toBe(true);
	}
});

/** Whether a file of the store has these bytes in it. */
function isOnDisk(words: string): boolean {
	const folder = join(weft.dataDir, "store");
	return readdirSync(folder).some((name) => {
		try {
			return readFileSync(join(folder, name)).includes(words);
		} catch {
			return false; // LevelDB has just removed it.
		}
	});
}

test("only who manages a room purges it, and the trail says who did", async () => {
	const doc = new Y.Doc();
	doc.getText("text").insert(0, "rose");
	await ann.writeFirst("owned", Y.encodeStateAsUpdate(doc));
	expect(await ben.tell("POST", "owned/purge")).toBe("403 not_allowed");
	expect(await ben.tell("POST", "nobody-wrote-here/purge")).toBe("403 not_allowed");
	expect(await ann.tell("POST", "owned/purge")).toMatchObject({ role: "owner" });
	expect(await purgeByOperator("owned")).toBe(200);
	expect(await purgeByOperator("nobody-wrote-here")).toBe(404);
	const { entries } = await ann.tell("GET", "owned/audit");
	expect(entries.slice(0, 2)).toMatchObject([
		{ act: "purge", by: { id: "nobody", name: "" } },
		{ act: "purge", by: { id: ann.id, name: "Ann" } },
	]);
	const late = await joined(ben, "owned");
	expect(late.text.toString()).toBe("rose");
});

test("what was purged is in no file of the store any more", async () => {
	// Nothing else has four letters of it: compressed tables have it as it is.
	const secret = "Zq8vXw3kTj6m";
	const client = await joined(ann, "disk");
	client.type(`rose ${secret}`);
	// Few enough that nothing is folded, and so compressed, before.
	for (let word = 0; word < 20; word++) client.type(` word${word}`);
	await until("it is on disk", () => isOnDisk(secret));
	client.text.delete(5, secret.length);
	const watcher = await joined(ben, "disk");
	await until("it is seen", () => watcher.text.toString() === client.text.toString());
	const text = client.text.toString();
	await weft.kill9(); // Of what was only in LevelDB's log a table is made.
	await weft.start();
	expect(isOnDisk(secret)).toBe(true);
	expect(await purgeByOperator("disk")).toBe(200);
	await until("it is gone", () => !isOnDisk(secret));
	const late = await joined(ann, "disk");
	expect(late.text.toString()).toBe(text);
});
