import { cpSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { dropFolder, makeFolder } from "../fixtures/project.ts";
import { joinStock, type StockClient } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

let weft: WeftProcess;
const clients: StockClient[] = [];

beforeAll(async () => {
	weft = await startWeftProcess();
});

afterEach(() => {
	for (const client of clients.splice(0)) client.leave();
});

afterAll(() => weft.drop());

/** The cookie of a new guest, as a browser would get it. */
async function newGuest(): Promise<string> {
	const { headers } = await fetch(`${weft.url}/api/me`);
	const [cookie = ""] = (headers.get("set-cookie") ?? "").split(";");
	expect(cookie).toMatch(/^weft_guest=/);
	return cookie;
}

interface Joining {
	readonly cookie?: string;
	readonly doc?: Y.Doc;
}

function open(room: string, options: Joining): StockClient {
	const client = joinStock(weft.syncUrl, room, options);
	clients.push(client);
	return client;
}

async function join(room: string, options: Joining): Promise<StockClient> {
	const client = open(room, options);
	await until("synced", () => client.provider.synced);
	return client;
}

/** Resolves with why the server sent a client away for good. */
function refusalOf({ provider }: StockClient): Promise<{ code: number; reason: string }> {
	return new Promise((resolve) => {
		(provider as never as { on(name: "closed", told: typeof resolve): void }).on("closed", resolve);
	});
}

/** A doc with what a client holds, that writes under its id. */
function impostorOf({ doc }: StockClient): Y.Doc {
	const impostor = new Y.Doc();
	Y.applyUpdate(impostor, Y.encodeStateAsUpdate(doc));
	impostor.clientID = doc.clientID;
	return impostor;
}

describe("two y-websocket clients with cookies of their own", () => {
	test("who writes under the other's id is sent away, and the docs stay equal", async () => {
		const ann = await join("forged", { cookie: await newGuest() });
		ann.type("rose");
		const eveCookie = await newGuest();
		const watcher = await join("forged", { cookie: eveCookie });
		await until("the rose is there", () => watcher.text.toString() === "rose");
		const doc = impostorOf(ann);
		doc.getText("text").insert(4, "EVIL");
		const eve = open("forged", { cookie: eveCookie, doc });
		expect(await refusalOf(eve)).toEqual({ code: 4422, reason: "foreign_client" });
		ann.type(" lily");
		await until("what is Ann's arrives", () => watcher.text.toString() === "rose lily");
		const late = await join("forged", {});
		expect(late.doc.getText("text").toDelta()).toEqual(ann.text.toDelta());
		expect(Y.encodeStateAsUpdate(late.doc)).toEqual(Y.encodeStateAsUpdate(ann.doc));
	});

	test("one browser's ids are its own in every tab, also after a kill", async () => {
		const cookie = await newGuest();
		const first = await join("mine", { cookie });
		first.type("rose ");
		const other = await join("mine", {});
		await until("the rose is there", () => other.text.toString() === "rose ");
		const copy = impostorOf(first);
		first.provider.disconnect();
		await weft.kill9();
		copy.getText("text").insert(5, "lily ");
		await weft.start();
		const second = await join("mine", { cookie, doc: copy });
		await until("the lily is there", () => other.text.toString() === "rose lily ");
		expect(second.provider.wsconnected).toBe(true);
		const doc = impostorOf(second);
		doc.getText("text").insert(0, "EVIL");
		const stranger = open("mine", { doc });
		expect(await refusalOf(stranger)).toEqual({ code: 4422, reason: "foreign_client" });
	});
});

test("what a restored backup lacks comes back where the server heals", async () => {
	const backupDir = makeFolder();
	const [annCookie, benCookie] = [await newGuest(), await newGuest()];
	const ann = await join("backup", { cookie: annCookie });
	const ben = await join("backup", { cookie: benCookie });
	ann.type("rose ");
	await until("the rose is there", () => ben.text.toString() === "rose ");
	await weft.stop();
	cpSync(weft.dataDir, backupDir, { recursive: true });
	await weft.start();
	await until("both are back", () => ann.provider.synced && ben.provider.synced);
	ann.type("lily ");
	await until("the lily is there", () => ben.text.toString() === "rose lily ");
	const held = Y.encodeStateAsUpdate(ben.doc);

	const bringBack = async (env: Record<string, string>) => {
		const restored = await startWeftProcess({ dataDir: backupDir, env });
		const doc = new Y.Doc();
		Y.applyUpdate(doc, held);
		const member = joinStock(restored.syncUrl, "backup", { cookie: benCookie, doc });
		clients.push(member);
		return { restored, member };
	};
	const strict = await bringBack({});
	expect(await refusalOf(strict.member)).toMatchObject({ reason: "foreign_client" });
	await strict.restored.stop();
	const healing = await bringBack({ WEFT_HEAL: "on" });
	await until("the member is in", () => healing.member.provider.synced);
	const fresh = joinStock(healing.restored.syncUrl, "backup");
	clients.push(fresh);
	await until("the lily is there", () => fresh.text.toString() === "rose lily ");
	expect(healing.restored.output).toContain("took what others wrote");
	await healing.restored.stop();
	dropFolder(backupDir);
});
