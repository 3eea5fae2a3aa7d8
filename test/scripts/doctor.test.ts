import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { compressHere, decompressHere } from "../../server/store/compress.ts";
import {
	accessKey,
	accountKey,
	auditKey,
	erasureKey,
	infoKey,
	linkKey,
	part,
	photoKey,
	roomKey,
} from "../../server/store/format/keys.ts";
import {
	decodeSegment,
	decodeStoredUpdate,
	encodeSegment,
	encodeSummary,
	joinRecords,
} from "../../server/store/format/log-codec.ts";
import { seal, unseal } from "../../server/store/format/sealed.ts";
import type { RoomName, UserId } from "../../shared/ids.ts";
import { nextOf } from "../contracts/room-log-purge.ts";
import { dropFolder, makeFolder, projectRoot, runNode } from "../fixtures/project.ts";
import { linkId } from "../fixtures/rooms/access.ts";
import {
	breakLog,
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
import { Writer } from "../fixtures/stored.ts";
import { startWeftProcess } from "../fixtures/weft-process.ts";

let dataDir = "";

beforeEach(async () => {
	dataDir = makeFolder();
	await fillDataFolder(dataDir);
});

afterEach(() => dropFolder(dataDir));

const examined = (options?: { isMending: boolean }) => examineFolder(dataDir, options);

/** The key of a part of the garden; `last` where there are several. */
async function keyIn(which: keyof typeof part, room: RoomName = garden): Promise<Buffer> {
	const head = roomKey(room, part[which], 0).subarray(0, -12);
	const keys = (await entriesOf(dataDir)).map(({ key }) => key);
	const found = keys.find((key) => key.subarray(0, head.length).equals(head));
	if (found === undefined) throw new Error(`the garden has no ${which}`);
	return found;
}

test("a whole folder has no findings, and is left as it was", async () => {
	const before = await entriesOf(dataDir);
	const { status, said } = await examined();
	expect(said).toBe("2 rooms, 6 updates, 1 photo, 15 entries: nothing is wrong\n");
	expect(status).toBe(0);
	expect(await entriesOf(dataDir)).toEqual(before);
});

describe("a store in which something is wrong", () => {
	test.each(["snapshot", "summary", "record"] as const)(
		"has a damaged room where a bit of a %s is flipped",
		async (which) => {
			const key = await keyIn(which);
			await flip(key);
			const { status, codes, said } = await examined();
			expect(codes).toEqual(["room_damaged"]);
			expect(said).toContain(`room_damaged: ${garden}\n`);
			expect(said).toContain("a checksum is wrong");
			expect(said).toMatch(/: 1 finding\n$/);
			expect(status).toBe(1);
		},
	);

	test("has a damaged room where a record is missing, beside rooms that are whole", async () => {
		await tamper(dataDir, { type: "del", key: await keyIn("snapshot") });
		expect((await examined()).codes).toEqual(["room_damaged"]);
		await tamper(dataDir, { type: "del", key: await keyIn("record", shed) });
		// Nothing tells of a room whose only record is gone.
		expect((await examined()).codes).toEqual(["room_damaged"]);
	});

	test("has a damaged room where a record is whole and its update is none", async () => {
		const key = roomKey(shed, part.record, 2);
		const body = Buffer.from("000000000001000000010461616161000000020107", "hex");
		await tamper(dataDir, { type: "put", key, value: seal(key, [body]) });
		const { codes, said } = await examined();
		expect(codes).toEqual(["room_damaged"]);
		expect(said).toContain(`room_damaged: ${shed}\n`);
	});

	test("has a damaged history where a segment is missing, or a bit of one flipped", async () => {
		const key = await keyIn("segment");
		await flip(key);
		expect((await examined()).codes).toEqual(["history_damaged"]);
		await tamper(dataDir, { type: "del", key });
		expect((await examined()).codes).toEqual(["history_damaged"]);
	});

	test("has a wrong summary where that does not say what the snapshot holds", async () => {
		const key = await keyIn("summary");
		const nothing = {
			sizeBytes: 3,
			vectorBytes: 1,
			ownersBytes: 0,
			compressed: Buffer.from("010300fcff000000", "hex"),
		};
		await tamper(dataDir, { type: "put", key, value: encodeSummary(key, nothing) });
		expect((await examined()).codes).toEqual(["summary_wrong"]);
	});

	test("has a wrong summary where only what was deleted differs", async () => {
		const [key, value] = await entryOf("snapshot");
		const { compressed, sizeBytes } = decodeStoredUpdate(key, value);
		const doc = new Y.Doc();
		Y.applyUpdate(doc, decompressHere(compressed, sizeBytes));
		const vector = Y.encodeStateVector(doc);
		doc.getText("text").delete(0, 1);
		const [summaryKey] = await entryOf("summary");
		const body = Buffer.concat([vector, Y.encodeStateAsUpdate(doc, vector)]);
		const summary = encodeSummary(summaryKey, {
			sizeBytes: body.length,
			vectorBytes: vector.length,
			ownersBytes: 0,
			compressed: compressHere(body),
		});
		await tamper(dataDir, { type: "put", key: summaryKey, value: summary });
		expect((await examined()).codes).toEqual(["summary_wrong"]);
	});

	test("has a damaged history where that is whole, and another room's", async () => {
		const [key, value] = await entryOf("segment");
		const eve = new Writer(9);
		const joined = joinRecords([eve.type("weed "), eve.type("nettle ")]);
		const segment = encodeSegment(key, {
			...decodeSegment(key, value),
			sizeBytes: joined.length,
			compressed: compressHere(joined),
		});
		await tamper(dataDir, { type: "put", key, value: segment });
		const { codes, said } = await examined();
		expect(codes).toEqual(["history_damaged"]);
		expect(said).toContain("it ends in something else than the present");
	});

	test("has an unlisted room where the record is gone, or cannot be read", async () => {
		const key = infoKey(shed);
		await tamper(dataDir, { type: "put", key, value: seal(key, [Buffer.from("{}")]) });
		expect((await examined()).codes).toEqual(["record_unreadable", "room_unlisted"]);
		await tamper(dataDir, { type: "del", key });
		expect((await examined()).codes).toEqual(["room_unlisted"]);
	});

	test("has an account, a link, a door or a trail that cannot be read", async () => {
		for (const [key, name] of [
			[accountKey("u_ann" as UserId), "the account u_ann"],
			[linkKey(linkId), `the link ${linkId}`],
			[accessKey(shed), `who may come into ${shed}`],
			[auditKey(shed), `the trail of ${shed}`],
		] as const) {
			await tamper(dataDir, { type: "put", key, value: seal(key, [Buffer.from("{}")]) });
			const { codes, said } = await examined();
			expect(codes).toEqual(["record_unreadable"]);
			expect(said).toContain(name);
			await tamper(dataDir, { type: "del", key });
		}
	});

	test("has a purge that is not at its end, beside all that is whole", async () => {
		const key = erasureKey(garden);
		await tamper(dataDir, { type: "put", key, value: seal(key, [Buffer.from("{}")]) });
		const { status, codes, said } = await examined({ isMending: true });
		expect(codes).toEqual(["purge_unfinished"]);
		expect(said).toContain(`purge_unfinished: ${garden}\n`);
		expect(status).toBe(1);
	});

	test("may have rooms of two epochs, each in its own; one in two of them is damaged", async () => {
		const shedsRecord = await keyIn("record", shed);
		const [, first] = await entryOf("record", shed);
		const at = (epoch: number) => roomKey(shed, part.record, 1, epoch);
		expect(at(1)).toEqual(shedsRecord);
		const store = await openStoreIn(dataDir);
		await store.log.purge(garden, await nextOf(store.log, garden, "rose"));
		await Promise.all([store.log.close(), store.records.close()]);
		const { codes } = await examined();
		expect(codes.filter((code) => code !== "purge_unfinished")).toEqual([]);
		const body = unseal(shedsRecord, first);
		await tamper(dataDir, { type: "put", key: at(2), value: seal(at(2), [body]) });
		expect((await examined()).codes).toContain("room_damaged");
	});

	test("has an entry that nobody knows", async () => {
		await tamper(dataDir, { type: "put", key: Buffer.from("~"), value: Buffer.from("?") });
		const { codes, said } = await examined();
		expect(codes).toEqual(["key_unknown"]);
		expect(said).toContain("key_unknown: 7e\n");
	});

	test("is not opened where LevelDB's log is damaged: that would lose its end", async () => {
		await tamper(dataDir, { type: "put", key: Buffer.from("~"), value: Buffer.from("?") });
		breakLog(dataDir);
		const store = join(dataDir, "store");
		const files = () => readdirSync(store).map((name) => readFileSync(join(store, name), "latin1"));
		const before = files();
		const { status, codes } = await examined();
		expect(codes).toEqual(["log_damaged"]);
		expect(status).toBe(1);
		expect(files()).toEqual(before);
	});

	/** The first entry of a kind in the garden. */
	async function entryOf(
		which: keyof typeof part,
		room: RoomName = garden,
	): Promise<[key: Buffer, value: Buffer]> {
		const key = await keyIn(which, room);
		return [key, await valueAt(key)];
	}

	async function valueAt(key: Buffer): Promise<Buffer> {
		const entry = (await entriesOf(dataDir)).find((one) => one.key.equals(key));
		return entry?.value ?? Buffer.alloc(0);
	}

	async function flip(key: Buffer): Promise<void> {
		const value = await valueAt(key);
		value.writeUInt8(value.readUInt8(9) ^ 4, 9);
		await tamper(dataDir, { type: "put", key, value });
	}
});

describe("photos", () => {
	const paths = Object.keys(picture.files);
	const [full = "", thumb = "", original = ""] = paths.map((path) => join("blobs", path));

	test.each([full, thumb, original])("are missed where a file is gone: %s", async (path) => {
		rmSync(join(dataDir, path));
		const { status, codes, said } = await examined();
		expect(codes).toEqual(["photo_missing"]);
		expect(said).toContain(`photo_missing: ${path} of ${garden}\n`);
		expect(status).toBe(1);
	});

	test.each([
		[full, "A picture", "its SHA-256 is another one"],
		[full, "a pict", "6 bytes, not 9"],
		[thumb, "", "it is empty"],
		[original, "what was", "8 bytes, not 13"],
	])("are wrong where a file is another one: %s, %j", async (path, text, detail) => {
		writeFileSync(join(dataDir, path), text);
		const { codes, said } = await examined();
		expect(codes).toEqual(["photo_changed"]);
		expect(said).toContain(detail);
	});

	test("that no record names are told, and removed only when asked to", async () => {
		const orphan = photoOf("orphan", "nobody's");
		writePhoto(dataDir, orphan);
		expect(await examined()).toMatchObject({
			status: 1,
			codes: ["blob_orphaned", "blob_orphaned"],
		});
		const mended = await examined({ isMending: true });
		expect(mended.said).toMatch(/2 findings mended, nothing is wrong\n$/);
		expect(mended.status).toBe(0);
		expect(await examined()).toMatchObject({ status: 0, codes: [] });
	});

	const key = photoKey(garden, picture.record.id);
	const strangeKey = photoKey("a\nb" as RoomName, picture.record.id);
	test.each([
		["a record", "record_unreadable", key, "{}"],
		["the name of a record's room", "key_unknown", strangeKey, JSON.stringify(picture.record)],
	])("are never removed while %s cannot be read: it may name them", async (_, code, put, json) => {
		await tamper(
			dataDir,
			{ type: "del", key },
			{ type: "put", key: put, value: seal(put, [Buffer.from(json)]) },
		);
		const { status, codes } = await examined({ isMending: true });
		expect(codes).toEqual([code, ...paths.map(() => "blob_orphaned")]);
		expect(status).toBe(1);
		for (const [path, text] of Object.entries(picture.files)) {
			expect(readFileSync(join(dataDir, "blobs", path), "utf8")).toBe(text);
		}
	});

	test("leave alone what Weft did not make, also when mending", async () => {
		writeFileSync(join(dataDir, "blobs/notes.txt"), "mine");
		expect((await examined({ isMending: true })).codes).toEqual(["file_unknown"]);
		expect(readFileSync(join(dataDir, "blobs/notes.txt"), "utf8")).toBe("mine");
	});
});

test("a folder without the secret of its cookies has a finding", async () => {
	rmSync(join(dataDir, "secret"));
	expect((await examined()).codes).toEqual(["secret_missing"]);
});

describe("the command", () => {
	beforeAll(() => {
		const script = join(projectRoot, "scripts/build.mjs");
		const stdio = ["ignore", "ignore", "inherit"] as const;
		execFileSync(process.execPath, [script, "scripts"], { stdio: [...stdio] });
	});

	/** Runs it as `npm run doctor` does once all is built. */
	async function doctor(args: string | string[], env = {}) {
		const running = runNode(projectRoot, ["dist/scripts/doctor.js", ...[args].flat()], env);
		return { status: await running.ended, output: running.output() };
	}

	test("says in one line that all is well, and ends with 0", async () => {
		expect(await doctor(dataDir)).toEqual({
			status: 0,
			output: "2 rooms, 6 updates, 1 photo, 15 entries: nothing is wrong\n",
		});
	});

	test("ends with 1 where something is wrong", async () => {
		rmSync(join(dataDir, "secret"));
		const { status, output } = await doctor(dataDir);
		expect(output).toContain("secret_missing: ");
		expect(status).toBe(1);
	});

	test("says that LevelDB cannot open its tables, and ends with 2", async () => {
		for (const name of readdirSync(join(dataDir, "store"))) {
			if (name.startsWith("MANIFEST")) writeFileSync(join(dataDir, "store", name), "noise");
		}
		const { status, output } = await doctor(dataDir);
		expect(output).toMatch(/^doctor: unreadable: The data in /);
		expect(status).toBe(2);
	});

	test("lives to tell where LevelDB ends the process that looks", async () => {
		const end = 'process.argv[1].endsWith("examination.js") && process.abort();';
		const { status, output } = await doctor([dataDir], {
			NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(end)}`,
		});
		expect(output).toContain(`store_crashed: ${dataDir}\n`);
		expect(status).toBe(1);
	});

	test("says that a server uses the folder, and ends with 2", async () => {
		const weft = await startWeftProcess();
		const { status, output } = await doctor(weft.dataDir);
		await weft.drop();
		expect(output).toMatch(/^doctor: in_use: Another process is using the data in /);
		expect(status).toBe(2);
	});

	test("says that there is no store, and makes none", async () => {
		const empty = makeFolder();
		expect(await doctor(empty)).toEqual({
			status: 2,
			output: `doctor: There is no store in ${empty}.\n`,
		});
		expect(readdirSync(empty)).toEqual([]);
		dropFolder(empty);
	});

	test("knows its own words only", async () => {
		expect((await doctor("--help")).status).toBe(0);
		expect((await doctor("--mend-all")).status).toBe(2);
		expect((await doctor([dataDir, dataDir])).status).toBe(2);
	});
});
