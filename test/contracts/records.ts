/** What every implementation of Records must do. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PhotoRecord, Records, RoomRecord } from "../../server/store/records.ts";
import type { BlobId, PhotoId, UserId } from "../../shared/ids.ts";
import { emptyPreview } from "../../shared/preview.ts";
import type { AuditEntry } from "../../shared/room-access.ts";
import { accountOf } from "../fixtures/people/accounts.ts";
import { accessOf, linkId } from "../fixtures/rooms/access.ts";
import { collect, roomNamed } from "../fixtures/stored.ts";

/** `open` called twice with one path opens the same data. */
export function recordsContract(name: string, open: (path: string) => Promise<Records>): void {
	describe(`${name} keeps records`, () => {
		let path = "";
		let records: Records;

		beforeEach(async () => {
			path = await mkdtemp(join(tmpdir(), "weft-records-"));
			records = await open(path);
		});

		afterEach(async () => {
			await records.close();
			await rm(path, { recursive: true, force: true });
		});

		async function reopen(): Promise<void> {
			await records.close();
			records = await open(path);
		}

		test("a room's record comes back as it was put, also after opening again", async () => {
			const record: RoomRecord = {
				...recordOf("gärten \u{1F331}"),
				preview: {
					title: "Rosen",
					excerpt: 'line\u2028 "quoted" \\ \u0000',
					strokes: [{ color: "#ff0000", points: [0, 1, 2, -3] }],
					photos: ["a".repeat(64)],
					messageCount: 3,
				},
			};
			await records.putRoom(record);
			expect(await records.room(record.name)).toEqual(record);
			await reopen();
			expect(await records.room(record.name)).toEqual(record);
		});

		test("what was never put is null", async () => {
			expect(await records.room(roomNamed("garden"))).toBeNull();
			expect(await records.photo(roomNamed("garden"), "p".repeat(16) as PhotoId)).toBeNull();
			expect(await collect(records.rooms())).toEqual([]);
			expect(await collect(records.photos(roomNamed("garden")))).toEqual([]);
			expect(await collect(records.accounts())).toEqual([]);
			expect(await records.access(roomNamed("garden"))).toBeNull();
			expect(await collect(records.accesses())).toEqual([]);
			expect(await records.linkedRoom(linkId)).toBeNull();
			expect(await records.audit(roomNamed("garden"))).toEqual([]);
		});

		test("who may come into a room comes back, also after opening again", async () => {
			const record = accessOf("gärten \u{1F331}");
			const nothing = { owner: null, presenter: null, isTalkOpen: false, binnedAtMs: null };
			const plain = { ...accessOf("shed"), ...nothing, members: [], links: [], least: {} };
			await Promise.all([
				records.putAccess({ ...record, entry: "closed" }),
				records.putAccess(record),
				records.putAccess(plain),
				records.putLink(linkId, record.room),
			]);
			await reopen();
			expect(await records.access(record.room)).toEqual(record);
			expect(await records.access(plain.room)).toEqual(plain);
			expect(await records.linkedRoom(linkId)).toBe(record.room);
			const all = await collect(records.accesses());
			expect(all.sort((one, other) => (one.room < other.room ? -1 : 1))).toEqual([record, plain]);
			// It is nobody's list of rooms, and no doc.
			expect(await collect(records.rooms())).toEqual([]);
			Object.assign((await records.access(record.room)) ?? {}, { entry: "editor" });
			expect((await records.access(record.room))?.entry).toBe("knock");
		});

		test("the last audit trail of a room holds, also after opening again", async () => {
			const entry: AuditEntry = {
				atMs: 5,
				by: { id: "u_ann" as UserId, name: "Ann" },
				act: "member",
				about: { id: "g_ben" as UserId, name: "Ben" },
				to: "out",
			};
			const byOperator: AuditEntry = {
				...{ ...entry, act: "close", to: "2" },
				by: { ...entry.by, isOperator: true },
			};
			await records.putAudit(roomNamed("a"), [entry]);
			await records.putAudit(roomNamed("ab"), [{ ...entry, about: null }]);
			await records.putAudit(roomNamed("a"), [entry, byOperator]);
			await reopen();
			expect(await records.audit(roomNamed("a"))).toEqual([entry, byOperator]);
			expect(await records.audit(roomNamed("ab"))).toHaveLength(1);
		});

		test("the last of two puts holds, in the order of the calls", async () => {
			const record = recordOf("garden");
			await Promise.all(
				[1, 2, 3].map((changedAtMs) => records.putRoom({ ...record, changedAtMs })),
			);
			expect((await records.room(record.name))?.changedAtMs).toBe(3);
			expect(await collect(records.rooms())).toHaveLength(1);
		});

		test("all rooms are listed, whatever their names", async () => {
			const names = ["a", "ab", "b", "x".repeat(128), "\u{1F331}", "constructor"];
			for (const name of names) await records.putRoom(recordOf(name));
			await records.putPhoto(roomNamed("a"), photoOf("photo-00"));
			await reopen();
			const listed = (await collect(records.rooms())).map((record) => record.name);
			expect(listed.sort()).toEqual(names.map(roomNamed).sort());
		});

		test("photos belong to their room, also where one name begins another", async () => {
			await records.putPhoto(roomNamed("a"), photoOf("bbbbbbbb"));
			await records.putPhoto(roomNamed("ab"), photoOf("bbbbbbbc"));
			await records.putPhoto(roomNamed("a"), photoOf("cccccccc"));
			await reopen();
			const ids = async (room: string) =>
				(await collect(records.photos(roomNamed(room)))).map((photo) => photo.id).sort();
			expect(await ids("a")).toEqual(["bbbbbbbb", "cccccccc"]);
			expect(await ids("ab")).toEqual(["bbbbbbbc"]);
			expect(await ids("abb")).toEqual([]);
			const photo = photoOf("cccccccc");
			expect(await records.photo(roomNamed("a"), photo.id)).toEqual(photo);
			expect(await records.photo(roomNamed("ab"), photo.id)).toBeNull();
		});

		test("accounts come back, the last of each id, also after opening again", async () => {
			const ann = accountOf("u_ann");
			const removed = { ...accountOf("u_ben"), name: "", password: null, logins: [] };
			await Promise.all([
				records.putAccount(accountOf("u_ben")),
				records.putAccount(ann),
				records.putAccount(removed),
			]);
			await records.putRoom(recordOf("Ann"));
			await reopen();
			const found = await collect(records.accounts());
			expect(found.sort((one, other) => (one.id < other.id ? -1 : 1))).toEqual([ann, removed]);
			Object.assign(found[0] ?? {}, { isAdmin: true });
			expect(await collect(records.accounts())).toContainEqual(ann);
		});

		test("what is handed out or in may be changed without changing what is stored", async () => {
			const record = recordOf("garden");
			const given = structuredClone(record);
			await records.putRoom(given);
			Object.assign(given.madeBy, { name: "Eve" });
			Object.assign((await records.room(record.name))?.madeBy ?? {}, { name: "Eve" });
			expect(await records.room(record.name)).toEqual(record);
		});

		test("closing twice is the same, then all fails clearly", async () => {
			const put = records.putRoom(recordOf("garden"));
			await Promise.all([put, records.close(), records.close()]);
			const closed = { code: "store_failed" };
			await expect(records.room(roomNamed("garden"))).rejects.toMatchObject(closed);
			await expect(records.putRoom(recordOf("garden"))).rejects.toMatchObject(closed);
			await expect(records.putAccount(accountOf("u_ann"))).rejects.toMatchObject(closed);
			await expect(records.access(roomNamed("garden"))).rejects.toMatchObject(closed);
			await expect(records.putAccess(accessOf("garden"))).rejects.toMatchObject(closed);
			await expect(records.linkedRoom(linkId)).rejects.toMatchObject(closed);
			await expect(records.putLink(linkId, roomNamed("garden"))).rejects.toMatchObject(closed);
			await expect(records.audit(roomNamed("garden"))).rejects.toMatchObject(closed);
			await expect(records.putAudit(roomNamed("garden"), [])).rejects.toMatchObject(closed);
			await expect(collect(records.accounts())).rejects.toMatchObject(closed);
			await expect(collect(records.rooms())).rejects.toMatchObject(closed);
			records = await open(path);
			expect(await records.room(roomNamed("garden"))).toEqual(recordOf("garden"));
		});
	});
}

function recordOf(name: string): RoomRecord {
	return {
		name: roomNamed(name),
		kind: "guarded",
		madeAtMs: 1_000,
		madeBy: { id: "g_ann" as UserId, name: "Ann" },
		changedAtMs: 2_000,
		preview: emptyPreview,
	};
}

function photoOf(id: string): PhotoRecord {
	return {
		id: id as PhotoId,
		source: "1".repeat(64) as BlobId,
		blob: "2".repeat(64) as BlobId,
		type: "image/webp",
		width: 640,
		height: 480,
		bytes: 12_345,
		original: { type: "image/jpeg", bytes: 54_321 },
		receivedAtMs: 3_000,
		by: "g_ann" as UserId,
	};
}
