import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as Y from "yjs";
import { DiskBlobs } from "../../../../server/blobs/disk-blobs.ts";
import { cleanStored } from "../../../../server/fold/clean/clean.ts";
import { PhotoUploads } from "../../../../server/http/photo-uploads.ts";
import { Purges } from "../../../../server/http/rooms/purge.ts";
import { Keeper } from "../../../../server/rooms/keeper.ts";
import { createStamps } from "../../../../server/rooms/members/roster.ts";
import { Registry } from "../../../../server/rooms/registry.ts";
import { createScheduler } from "../../../../server/rooms/scheduler.ts";
import { type LevelStore, openLevelStore } from "../../../../server/store/level-store.ts";
import type { PhotoRecord } from "../../../../server/store/records.ts";
import { anyone, type BlobId, type PhotoId, type UserId } from "../../../../shared/ids.ts";
import { emptyPreview } from "../../../../shared/preview.ts";
import { addPhoto, removePhoto } from "../../../../shared/surfaces/photos.ts";
import { photosOf, textOf } from "../../../../shared/surfaces/root.ts";
import { clockStartMs, ManualClock } from "../../../fixtures/manual-clock.ts";
import { unobserved } from "../../../fixtures/rooms/open-room.ts";
import { Visitor } from "../../../fixtures/rooms/visitor.ts";
import { collect, foldHere, roomNamed } from "../../../fixtures/stored.ts";
import { until } from "../../../fixtures/until.ts";

const garden = roomNamed("garden");
const shed = roomNamed("shed");
const ann = { person: { id: "g_ann", name: "Ann", color: "#112233" }, at: clockStartMs };
const [kept, gone, shared] = ["a", "b", "c"].map((letter) => letter.repeat(64) as BlobId) as [
	BlobId,
	BlobId,
	BlobId,
];

let folder: string;
let store: LevelStore;
let blobs: DiskBlobs;

async function open(): Promise<void> {
	const directory = join(folder, "store");
	const options = { clock: new ManualClock(), historyMs: 0, acceptDamage: false };
	store = await openLevelStore({ directory, ...options, writable: () => undefined });
	blobs = await DiskBlobs.open(join(folder, "blobs"));
}

beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "weft-purge-"));
	await open();
});

async function close(): Promise<void> {
	await store.records.close();
	await store.log.close();
}

afterEach(async () => {
	await close();
	await rm(folder, { recursive: true, force: true });
});

/** A server's rooms over the store of this test. */
function house() {
	const { log, records } = store;
	const clock = new ManualClock();
	const errors: unknown[] = [];
	const report = (error: unknown) => errors.push(error);
	const limits = { tailBytesMax: 1e9, tailUpdatesMax: 1e9, restingTailBytesMax: 1e9 };
	const keeper = new Keeper({ log, records, clock, fold: foldHere, limits, report });
	const registry = new Registry({
		...{ log, clock, keeper, report },
		scheduler: createScheduler(),
		stamp: createStamps(clock),
		limits: {
			...{ membersPerRoomMax: 9, openRoomsMax: 9, roomIdleMs: 60_000 },
			docBytesMax: 1e9,
		},
		observe: unobserved,
	});
	const unused = () => Promise.reject(new Error("not in this test"));
	const images = { make: unused, close: unused };
	const uploads = new PhotoUploads({ records, blobs, images, clock });
	let nextId = 5_000;
	const purges = new Purges({
		...{ registry, keeper, uploads, log, records, clock, reportError: report },
		rights: { purge: unused, purgeByOperator: (room, purge) => purge(room, []) },
		clean: async (stored) => cleanStored(stored, () => nextId++),
	});
	return { registry, uploads, purges, errors, clock };
}

async function storePhoto(room: typeof garden, id: string, blob: BlobId): Promise<void> {
	const files = { full: blobs.tempPath(), thumb: blobs.tempPath() };
	for (const path of Object.values(files)) await writeFile(path, "a picture");
	await blobs.put(blob, files);
	const facts = { type: "image/jpeg", width: 1, height: 1, bytes: 9, receivedAtMs: clockStartMs };
	const who = { source: blob, blob, by: "g_ann" as UserId };
	await store.records.putPhoto(room, { id: id as PhotoId, ...who, ...facts });
}

function isFile(blob: BlobId): boolean {
	return ["", ".thumb"].some((end) =>
		existsSync(join(folder, "blobs", blob.slice(0, 2), blob.slice(2) + end)),
	);
}

const draft = { type: "image/jpeg", width: 1, height: 1, bytes: 9 };
const ids = (photos: readonly PhotoRecord[]) => photos.map(({ id }) => id).sort();

/** Ann's room with two photos in the bin, one of which the shed shows too. */
async function plant(): Promise<void> {
	const doc = new Y.Doc();
	doc.clientID = 1;
	doc.transact(() => {
		textOf(doc).insert(0, "rose SECRET");
		textOf(doc).delete(5, 6);
		for (const id of ["photo-kept", "photo-gone", "photo-shared"] as PhotoId[]) {
			addPhoto(photosOf(doc), id, draft, ann);
			if (id !== "photo-kept") removePhoto(photosOf(doc), id, ann);
		}
	});
	const bytes = Y.encodeStateAsUpdate(doc);
	await store.log.append(garden, { atMs: 1, updates: [{ userId: anyone, bytes, claims: [1] }] });
	await storePhoto(garden, "photo-kept", kept);
	await storePhoto(garden, "photo-gone", gone);
	await storePhoto(garden, "photo-shared", shared);
	await storePhoto(shed, "photo-of-shed", shared);
	const madeBy = { id: "g_ann" as UserId, name: "Ann" };
	const preview = { ...emptyPreview, excerpt: "rose SECRET", photos: [gone] };
	const times = { madeAtMs: 1, changedAtMs: 1 };
	await store.records.putRoom({ name: garden, kind: "guarded", madeBy, preview, ...times });
}

test("a purged room keeps what it shows: its list entry, its photos, their bytes", async () => {
	await plant();
	const { purges, uploads, errors } = house();
	expect((await uploads.find(garden, gone))?.id).toBe("photo-gone");
	await purges.byOperator(garden);
	const record = await store.records.room(garden);
	expect(record?.preview).toMatchObject({ excerpt: "rose", photos: [] });
	expect(record?.madeBy.name).toBe("Ann");
	expect(ids(await collect(store.records.photos(garden)))).toEqual(["photo-kept"]);
	expect(await uploads.find(garden, gone)).toBeNull();
	expect((await uploads.find(garden, kept))?.id).toBe("photo-kept");
	await until("the files are gone", async () => {
		return (await collect(store.records.garbage())).length === 0;
	});
	expect([kept, gone, shared].map(isFile)).toEqual([true, false, true]);
	expect(errors).toEqual([]);
});

test("files that a crash left go at the next start, but for those shown again", async () => {
	await plant();
	const crashed = house();
	crashed.uploads.sweep = () => Promise.resolve();
	await crashed.purges.byOperator(garden);
	expect((await collect(store.records.garbage())).sort()).toEqual([gone, shared]);
	await close();
	await open();
	await storePhoto(shed, "photo-again", gone);
	await house().uploads.sweep();
	expect([kept, gone, shared].map(isFile)).toEqual([true, true, true]);
	expect(await collect(store.records.garbage())).toEqual([]);
});

test("who is in the room is sent away; old copies and forgers stay out", async () => {
	await plant();
	const { purges, registry } = house();
	const bens = new Visitor({ clientId: 2, userId: "g_ben" });
	bens.attach(await registry.enter(garden, bens), () => undefined);
	await until("he has it", () => textOf(bens.doc).toString() === "rose ");
	bens.edit((doc) => textOf(doc).insert(5, "lily"));
	await until("it is saved", () => bens.saved.length > 0);
	const purge = purges.byOperator(garden);
	await purge;
	expect(bens.closedWith).toBe("room_purged");

	const back = new Visitor({
		...{ clientId: 3, userId: "g_ben", role: "viewer" },
		state: Y.encodeStateAsUpdate(bens.doc),
	});
	const room = await registry.enter(garden, back);
	expect(() => back.attach(room, () => undefined)).toThrow(/purged/);

	const fresh = new Visitor({ clientId: 4, userId: "g_ben" });
	fresh.attach(await registry.enter(garden, fresh), () => undefined);
	await until("it is there", () => textOf(fresh.doc).toString() === "rose lily");
	const [server = 0] = fresh.doc.store.clients.keys();
	expect(server).toBeGreaterThanOrEqual(5_000);
	const forged = new Y.Doc();
	Y.applyUpdate(forged, Y.encodeStateAsUpdate(fresh.doc));
	forged.clientID = server;
	textOf(forged).insert(0, "EVIL");
	room.write(fresh, Y.encodeStateAsUpdate(forged), false);
	await until("it is refused", () => fresh.closedWith !== null);
	expect(fresh.closedWith).toBe("foreign_client");
});

test("a room that nobody wrote in is not begun by a purge", async () => {
	const { purges, registry } = house();
	await expect(purges.byOperator(garden)).rejects.toMatchObject({ code: "not_found" });
	expect(registry.roomCount).toBe(0);
});
