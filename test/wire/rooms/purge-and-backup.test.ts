/** A backup of before a purge and one of after, and who comes back to each with which copy. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { operate } from "../../fixtures/people/operator.ts";
import { dropFolder, makeFolder, projectRoot } from "../../fixtures/project.ts";
import { joinStock, type StockClient } from "../../fixtures/stock-client.ts";
import { until } from "../../fixtures/until.ts";
import { startWeftProcess, WeftProcess } from "../../fixtures/weft-process.ts";

let folder = "";
let weft: WeftProcess;
/** What a program kept of the room, before the purge and after it. */
let early: Uint8Array;
let late: Uint8Array;

async function joined(server: WeftProcess, kept?: Uint8Array): Promise<StockClient> {
	const doc = new Y.Doc();
	if (kept !== undefined) Y.applyUpdate(doc, kept);
	const client = joinStock(server.syncUrl, "plot", { doc });
	const state = client.provider as unknown as { readonly shouldConnect: boolean };
	// y-websocket 3 obeys where it is told not to come back.
	await until("it was let in, or not", () => client.provider.synced || !state.shouldConnect);
	return client;
}

/** Waits until the server has all that a client wrote, as somebody else sees it. */
async function isStored(words: string): Promise<void> {
	const watcher = await joined(weft);
	await until("it is stored", () => watcher.text.toString() === words);
	watcher.leave();
}

async function restored(backup: string): Promise<WeftProcess> {
	const dataDir = makeFolder();
	await operate("backup/restore", dataDir, join(folder, backup));
	expect(await operate("doctor", dataDir)).toMatch(/: nothing is wrong\n$/);
	const server = new WeftProcess({ dataDir });
	await server.start();
	return server;
}

beforeAll(async () => {
	const script = join(projectRoot, "scripts/build.mjs");
	execFileSync(process.execPath, [script, "scripts"], { stdio: ["ignore", "ignore", "inherit"] });
	folder = makeFolder();
	weft = await startWeftProcess();
	const ann = await joined(weft);
	ann.type("rose SECRET");
	await isStored("rose SECRET");
	early = Y.encodeStateAsUpdate(ann.doc);
	await operate("backup", weft.dataDir, join(folder, "before"));
	ann.text.delete(4, 7);
	await isStored("rose");
	await operate("purge/purge", weft.dataDir, "plot", "--yes");
	// At once, while the old bytes are still being taken off the disk.
	await operate("backup", weft.dataDir, join(folder, "after"));
	ann.leave();
	const ben = await joined(weft);
	ben.text.insert(4, " lily");
	await isStored("rose lily");
	late = Y.encodeStateAsUpdate(ben.doc);
	ben.leave();
	await weft.stop();
	expect(await operate("doctor", weft.dataDir)).toMatch(/: nothing is wrong\n$/);
}, 120_000);

afterAll(() => {
	dropFolder(weft.dataDir);
	dropFolder(folder);
});

test("a backup of after it keeps old copies out, and new ones bring the rest", async () => {
	const server = await restored("after");
	const old = await joined(server, early);
	expect(old.provider.synced).toBe(false);
	const fresh = await joined(server);
	expect(fresh.text.toString()).toBe("rose");
	const back = await joined(server, late);
	await until("what the backup lacks is there", () => fresh.text.toString() === "rose lily");
	for (const client of [old, fresh, back]) client.leave();
	await server.drop();
	dropFolder(server.dataDir);
});

test("a backup of before it has it all again; what later copies have too is twice", async () => {
	const server = await restored("before");
	const fresh = await joined(server);
	expect(fresh.text.toString()).toBe("rose SECRET");
	const old = await joined(server, early);
	expect(old.provider.synced).toBe(true);
	expect(old.text.toString()).toBe("rose SECRET");
	const newer = await joined(server, late);
	await until("all copies are one", () => {
		const texts = [fresh, old, newer].map(({ text }) => text.toString());
		return new Set(texts).size === 1 && texts[0]?.includes("lily") === true;
	});
	const text = fresh.text.toString();
	expect(text).toContain("SECRET");
	expect(text.split("rose")).toHaveLength(3);
	for (const client of [old, fresh, newer]) client.leave();
	await server.drop();
	dropFolder(server.dataDir);
});
