import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { openPurger, type Purger } from "../../scripts/purge/purger.ts";
import { tellOutlook, tellPurged } from "../../scripts/purge/words.ts";
import { infoKey, part, partsOf } from "../../server/store/format/keys.ts";
import type { LevelStore } from "../../server/store/level-store.ts";
import type { RoomName } from "../../shared/ids.ts";
import { Caller } from "../fixtures/people/caller.ts";
import { dropFolder, makeFolder, projectRoot, runNode } from "../fixtures/project.ts";
import {
	entriesOf,
	examineFolder,
	fillDataFolder,
	garden,
	openStoreIn,
	photoOf,
	picture,
	shed,
	tamper,
	writePhoto,
} from "../fixtures/store/data-folder.ts";
import { textIn, Writer } from "../fixtures/stored.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

let dataDir = "";

beforeEach(async () => {
	dataDir = makeFolder();
	await fillDataFolder(dataDir);
});

afterEach(() => dropFolder(dataDir));

async function withPurger<Result>(use: (purger: Purger) => Promise<Result>): Promise<Result> {
	const purger = await openPurger({ WEFT_DATA: dataDir }, dataDir);
	try {
		return await use(purger);
	} finally {
		await purger.close();
	}
}

/** Whether a file of the stopped store has these bytes in it. */
function isOnDisk(words: string): boolean {
	const folder = join(dataDir, "store");
	return readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(words));
}

const examined = async (): Promise<string> => (await examineFolder(dataDir)).said;

describe("a purge of a stopped server's room", () => {
	test("leaves what people see, in a store in which nothing is wrong", async () => {
		// Four letters that nothing else has: compressed tables have them as they are.
		const secret = "Zq8vXw3k";
		const store = await openStoreIn(dataDir);
		const eve = new Writer(7);
		await store.log.append(shed, eve.type(secret));
		await store.log.append(shed, eve.remove(secret.length));
		await store.log.append(shed, eve.type("rake "));
		await Promise.all([store.log.close(), store.records.close()]);
		expect(isOnDisk(secret)).toBe(true);
		await withPurger(async (purger) => {
			await purger.purge(shed);
			expect(await purger.whenErased()).toBe(true);
			expect(purger.isServed).toBe(false);
		});
		expect(isOnDisk(secret)).toBe(false);
		expect(await examined()).toMatch(/: nothing is wrong\n$/);
		const after = await openStoreIn(dataDir);
		const stored = await after.log.load(shed);
		expect(stored.epoch).toBe(2);
		expect(textIn(stored)).toBe("spaderake ");
		expect((await after.log.load(garden)).epoch).toBeUndefined();
		expect(await after.records.audit(shed)).toMatchObject([
			{ act: "purge", by: { id: "nobody", name: "" } },
		]);
		await Promise.all([after.log.close(), after.records.close()]);
	});

	test("is shown first, and that changes nothing", async () => {
		const before = await entriesOf(dataDir);
		const outlook = await withPurger((purger) => purger.look(garden));
		expect(outlook).toMatchObject({ room: garden, photoCount: 0, goneCount: 1, pageCount: 0 });
		expect(outlook.cleanBytes).toBeLessThan(outlook.storedBytes);
		expect(await entriesOf(dataDir)).toEqual(before);
		expect(tellOutlook({ ...outlook, storedBytes: 128_200, cleanBytes: 900 })).toBe(
			`${garden}
  now      128.2 kB: all that was written in it, and deleted
  then     900 bytes: what people see
  photos   0 stay, 1 in the bin would go
  pages    0 open now would be told, and begin anew
Nothing was changed, and backups keep what they have. To do it:
  npm run purge -- garden --yes
`,
		);
		const strange = { ...outlook, room: "Ann's room" as RoomName, title: "Roses" };
		expect(tellOutlook(strange)).toContain("Ann's room (Roses)\n");
		expect(tellOutlook(strange)).toContain("purge -- 'Ann'\\''s room' --yes\n");
		const how = { isErased: false, isServed: false };
		expect(tellPurged({ ...outlook, pageCount: 2 }, how)).toMatch(
			/1 photo gone, 2 open pages told\nsome of the old bytes are on the disk still/,
		);
	});

	test("takes the files of photos that the room shows no more", async () => {
		const [path = ""] = Object.keys(picture.files);
		expect(existsSync(join(dataDir, "blobs", path))).toBe(true);
		await withPurger(async (purger) => {
			await purger.purge(garden);
			expect(await purger.whenErased()).toBe(true);
		});
		expect(existsSync(join(dataDir, "blobs", path))).toBe(false);
		expect(await examined()).toMatch(/0 photos.*: nothing is wrong\n$/);
	});

	test("is refused in words: of no room, of a damaged one, of a folder that is none", async () => {
		const nowhere = "nowhere" as RoomName;
		await withPurger(async (purger) => {
			await expect(purger.look(nowhere)).rejects.toMatchObject({
				...{ code: "not_found", message: "Nobody wrote in a room nowhere." },
			});
			await expect(purger.purge(nowhere)).rejects.toMatchObject({ code: "not_found" });
		});
		const { gte, lt } = partsOf(garden, part.snapshot, part.snapshot);
		const all = await entriesOf(dataDir);
		const [entry] = all.filter(({ key }) => key.compare(gte) >= 0 && key.compare(lt) < 0);
		const key = entry?.key ?? Buffer.alloc(0);
		await tamper(dataDir, { type: "put", key, value: Buffer.from("noise, not a value") });
		await withPurger(async (purger) => {
			for (const ask of [purger.look(garden), purger.purge(garden)]) {
				await expect(ask).rejects.toMatchObject({ code: "room_damaged" });
			}
		});
		await expect(openPurger({ WEFT_DATA: join(dataDir, "none") }, dataDir)).rejects.toThrow(
			"There is no data folder",
		);
	});

	test("that a crash cut off is told of by the doctor, and ended by the next start", async () => {
		const gone = photoOf("gone", "a picture that is gone");
		writePhoto(dataDir, gone);
		const store = await openStoreIn(dataDir);
		const writing = store.log.purge(garden, {
			...{ from: await store.log.load(garden), atMs: 1, owners: new Map() },
			snapshot: await snapshotOf("rose"),
			records: {
				room: await recordOf(store, garden),
				...{ audit: [], photos: [], blobs: [gone.record.blob] },
			},
		});
		// Closed in the middle of what comes behind the write, as when the process is killed there.
		await writing;
		await Promise.all([store.log.close(), store.records.close()]);
		const noted = (await entriesOf(dataDir)).map(({ key }) => key[0]);
		expect(noted).toContain(0x47);
		const told = await examined();
		expect(told).toContain("blob_orphaned: ");
		if (noted.includes(0x45)) expect(told).toContain(`purge_unfinished: ${garden}\n`);
		await withPurger(async (purger) => {
			expect(await purger.whenErased()).toBe(true);
		});
		expect(await examined()).toMatch(/: nothing is wrong\n$/);
	});
});

async function recordOf({ records }: LevelStore, room: RoomName) {
	const record = await records.room(room);
	if (record === null) throw new Error(`${infoKey(room)} is not there`);
	return record;
}

async function snapshotOf(words: string) {
	const { foldStored } = await import("../../server/fold/fold.ts");
	return foldStored({ snapshot: null, tail: [new Writer(900).type(words)] });
}

describe("the command", () => {
	let weft: WeftProcess | null = null;

	beforeAll(() => {
		const script = join(projectRoot, "scripts/build.mjs");
		execFileSync(process.execPath, [script, "scripts"], { stdio: ["ignore", "ignore", "inherit"] });
	});

	afterEach(async () => {
		await weft?.drop();
		weft = null;
	});

	async function purge(args: readonly string[], folder = dataDir) {
		const env = { WEFT_DATA: folder };
		const running = runNode(projectRoot, ["dist/scripts/purge/purge.js", ...args], env);
		return { status: await running.ended, output: running.output() };
	}

	test("purges beside a server: who is there is told, and begins anew", async () => {
		weft = await startWeftProcess({ dataDir });
		const ann = await Caller.guest(weft, "Ann");
		const doc = new Y.Doc();
		doc.getText("text").insert(0, "rose SECRET");
		doc.getText("text").delete(4, 7);
		await ann.writeFirst("plot", Y.encodeStateAsUpdate(doc));
		const socket = await ann.openWeft("plot");
		const shown = await purge(["plot"]);
		expect(shown.output).toContain("pages    2 open now would be told");
		expect(shown.status).toBe(0);
		const { entries: before } = await ann.tell("GET", "plot/audit");
		expect(before.map(({ act }: { act: string }) => act)).toEqual(["own"]);
		const done = await purge(["plot", "--yes"]);
		expect(done.output).toMatch(
			/^purged plot: .* 2 open pages told\nthe server takes the old bytes/,
		);
		expect(done.status).toBe(0);
		expect(await socket.closed).toMatchObject({ reason: "room_purged" });
		const late = ann.join("plot");
		await until("she begins anew", () => late.text.toString() === "rose");
		ann.leave();
		expect(await purge(["nowhere", "--yes"])).toEqual({
			status: 2,
			output: "purge: not_found: Nobody wrote in a room nowhere.\n",
		});
	});

	test("does the same on a stopped store, and knows its own words only", async () => {
		const done = await purge([garden, "--yes"]);
		expect(done.output).toMatch(/^purged garden: .*\nthe old bytes are off the disk\n$/);
		expect(done.status).toBe(0);
		expect((await purge(["--help"])).output).toContain("npm run purge -- ROOM [--yes]");
		for (const [args, words] of [
			[[], "Purge which room?"],
			[["one", "two"], "One room at a time."],
			[["x".repeat(400)], "No room can be called"],
			[[garden, "--sure"], "Try --help."],
		] as const) {
			const { status, output } = await purge(args);
			expect(output).toContain(words);
			expect(status).toBe(2);
		}
	});
});
