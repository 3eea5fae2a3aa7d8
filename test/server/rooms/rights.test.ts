import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { standingOf } from "../../../server/rooms/access.ts";
import type { Room } from "../../../server/rooms/room.ts";
import type { PhotoId } from "../../../shared/ids.ts";
import { type Role, roles } from "../../../shared/roles.ts";
import { addStroke } from "../../../shared/surfaces/board.ts";
import { addPhoto, captionOf, removePhoto } from "../../../shared/surfaces/photos.ts";
import { chatOf, metaOf, photosOf, strokesOf, textOf } from "../../../shared/surfaces/root.ts";
import { draft, photo, stroke } from "../../fixtures/rooms/guarded.ts";
import { garden, openRoom, turns } from "../../fixtures/rooms/open-room.ts";
import type { Visitor } from "../../fixtures/rooms/visitor.ts";

const guestId = "g_guest";
const authorOf = (id: string) => ({ person: { id, name: "Ann", color: "#112233" }, at: 1 });

/** What people do, on every surface, and who may at least. */
const deeds: readonly (readonly [string, Role, (doc: Y.Doc) => unknown])[] = [
	["types", "editor", (doc) => textOf(doc).insert(0, "word")],
	["formats", "editor", (doc) => textOf(doc).format(0, 2, { bold: true })],
	["deletes letters", "editor", (doc) => textOf(doc).delete(0, 2)],
	["draws", "editor", (doc) => addStroke(strokesOf(doc), stroke)],
	["erases", "editor", (doc) => strokesOf(doc).delete(0, 1)],
	["says something", "commenter", (doc) => chatOf(doc).push([{ by: guestId, body: "hello" }])],
	[
		"shares a photo",
		"editor",
		(doc) => addPhoto(photosOf(doc), "photo-of-guest" as PhotoId, draft, authorOf(guestId)),
	],
	["writes a caption", "editor", (doc) => captionOf(photosOf(doc), photo)?.insert(0, "sea")],
	["hides a photo", "editor", (doc) => removePhoto(photosOf(doc), photo, authorOf(guestId))],
	["deletes somebody's photo", "owner", (doc) => photosOf(doc).delete(photo)],
	["names the room", "editor", (doc) => metaOf(doc).set("title", "Spring")],
	["says by which schema it was made", "commenter", (doc) => metaOf(doc).set("schema", 1)],
];

/** A room in which somebody was on every surface. */
async function lived() {
	const opened = await openRoom();
	const host = opened.visit({ userId: "g_host", role: "owner" });
	host.edit((doc) => {
		doc.transact(() => {
			textOf(doc).insert(0, "hello");
			addStroke(strokesOf(doc), stroke);
			chatOf(doc).push([{ by: "g_host", body: "welcome" }]);
			addPhoto(photosOf(doc), photo, draft, authorOf("g_host"));
		});
	});
	await opened.room.settled();
	expect(host.closedWith).toBeNull();
	return { ...opened, host };
}

interface Sending {
	readonly room: Room;
	readonly guest: Visitor;
	/** Comes again with what it has. */
	readonly again: () => Visitor;
	readonly deed: (doc: Y.Doc) => unknown;
}

/** Every way by which a change reaches a room; gives who sent it. */
const paths: readonly (readonly [string, (sending: Sending) => Visitor])[] = [
	[
		"as an update",
		({ guest, deed }) => {
			guest.edit((doc) => doc.transact(() => deed(doc)));
			return guest;
		},
	],
	[
		"as step 2",
		({ room, guest, deed }) => {
			const before = Y.encodeStateVector(guest.doc);
			deed(guest.doc);
			guest.takeMade();
			room.write(guest, Y.encodeStateAsUpdate(guest.doc, before), true);
			return guest;
		},
	],
	[
		"merged with what everybody has",
		({ room, guest, deed }) => {
			deed(guest.doc);
			guest.takeMade();
			room.write(guest, guest.state(), false);
			return guest;
		},
	],
	[
		"after a reconnect",
		({ guest, again, deed }) => {
			guest.close("stopping");
			deed(guest.doc);
			guest.takeMade();
			return again();
		},
	],
	[
		"by a second provider of one doc, then by the first",
		({ room, guest, again, deed }) => {
			const second = again();
			guest.doc.transact(() => deed(guest.doc));
			for (const update of guest.takeMade()) {
				room.write(second, update, false);
				room.write(guest, update, false);
			}
			return second;
		},
	],
];

describe.each(roles)("a %s", (role) => {
	test.each(paths)("sends what they did %s: refused where they may not", async (_path, send) => {
		for (const [name, least, deed] of deeds) {
			const { room, host, failed, visit } = await lived();
			const guest = visit({ userId: guestId, role });
			await room.settled();
			const before = Y.encodeStateAsUpdate(room.doc ?? new Y.Doc());
			const again = () => visit({ userId: guestId, role, state: guest.state() });
			const sender = send({ room, guest, again, deed });
			await room.settled();
			const isAllowed = roles.indexOf(role) >= roles.indexOf(least);
			const codes = sender.refused.map(({ code }) => code);
			const expected = isAllowed ? [null, []] : ["not_allowed", ["not_allowed"]];
			expect([name, sender.closedWith, codes]).toEqual([name, ...expected]);
			const isSame = Buffer.from(before).equals(Y.encodeStateAsUpdate(room.doc ?? new Y.Doc()));
			expect([name, isSame]).toEqual([name, !isAllowed]);
			expect([host.closedWith, failed]).toEqual([null, []]);
		}
	});
});

describe("what a session is told of its standing", () => {
	test("an editor nothing, as ever; everybody else what they are", async () => {
		const { room, visit } = await openRoom();
		const all = roles.map((role) => visit({ role, userId: `g_${role}` }));
		await room.settled();
		const roleNames = all.map(({ standings }) => standings.map(({ role }) => role));
		expect(roleNames).toEqual([["viewer"], ["commenter"], [], ["owner"]]);
		expect(all.map(({ writable }) => writable)).toEqual([["not_allowed"], [], [], []]);
	});

	test("a change reaches the open session, and holds from its next write on", async () => {
		const { room, visit } = await lived();
		const guest = visit({ userId: guestId });
		await room.settled();
		guest.type(" saved");
		room.restand(guest, standingOf("commenter"));
		await room.settled();
		expect(guest.closedWith).toBeNull(); // It was sent before.
		expect(guest.standings.at(-1)).toMatchObject({ role: "commenter", rights: { chat: true } });
		expect(guest.writable).toEqual([null]);
		guest.edit((doc) => chatOf(doc).push([{ by: guestId, body: "may I?" }]));
		await room.settled();
		expect(guest.closedWith).toBeNull();
		guest.type(" lost");
		await room.settled();
		expect(guest.closedWith).toBe("not_allowed");
		expect(room.doc?.getText("text").toString()).toBe("hello saved");
	});

	test("who becomes an editor may write at once", async () => {
		const { room, visit } = await lived();
		const guest = visit({ userId: guestId, role: "viewer" });
		await room.settled();
		room.restand(guest, standingOf("editor"));
		guest.type(" and more");
		await room.settled();
		expect(guest.writable).toEqual(["not_allowed", null]);
		expect(room.doc?.getText("text").toString()).toBe("hello and more");
	});

	test("a disk that works again makes no reader a writer", async () => {
		const { room, log, clock, host, visit } = await lived();
		const guest = visit({ userId: guestId, role: "viewer" });
		await room.settled();
		log.isFull = true;
		host.type(" more");
		await room.settled();
		log.heal();
		await turns();
		clock.advance(1_000);
		await room.settled();
		expect(host.writable).toEqual(["disk_full", null]);
		expect(guest.writable).toEqual(["not_allowed", "disk_full", "not_allowed"]);
	});
});

test("an open room is written by editors, whatever they write, and by nobody else", async () => {
	for (const role of roles) {
		const { room, visit } = await openRoom();
		const first = visit({ speaksWeft: false });
		first.edit((doc) => doc.getArray("anything").push([1]));
		await room.settled();
		expect(room.kind).toBe("open");
		const guest = visit({ userId: guestId, role });
		await room.settled();
		guest.edit((doc) => doc.getMap("whatever").set("key", new Y.Array()));
		await room.settled();
		const isWriter = role === "editor" || role === "owner";
		expect([role, guest.closedWith]).toEqual([role, isWriter ? null : "not_allowed"]);
	}
});

test("in an open room everybody is told what holds there: all of it, or nothing", async () => {
	for (const role of roles) {
		const { room, visit } = await openRoom();
		visit({ speaksWeft: false }).edit((doc) => doc.getArray("anything").push([1]));
		const guest = visit({ userId: guestId, role });
		await room.settled();
		room.restand(guest, standingOf(role));
		const isWriter = role === "editor" || role === "owner";
		for (const { rights } of guest.standings) {
			expect([role, rights.chat, rights.document]).toEqual([role, isWriter, isWriter]);
		}
		expect([role, guest.writable.at(-1)]).toEqual([role, isWriter ? null : "not_allowed"]);
	}
});

test("who may not write says nothing about what a new room becomes", async () => {
	for (const role of ["viewer", "commenter"] as const) {
		const { room, visit } = await openRoom();
		visit({ role, speaksWeft: false });
		visit({ role: "viewer" });
		const owner = visit({ userId: guestId, role: "owner" });
		owner.type("rose");
		await room.settled();
		expect(room.kind).toBe("guarded");
	}
});

test("who was let write meanwhile says what a new room becomes by the first word", async () => {
	for (const [speaksWeft, kind] of [
		[true, "guarded"],
		[false, "open"],
	] as const) {
		const { room, visit } = await openRoom();
		const guest = visit({ userId: guestId, role: "viewer", speaksWeft });
		room.restand(guest, standingOf("editor"));
		guest.type("rose");
		await room.settled();
		expect([room.kind, guest.closedWith]).toEqual([kind, null]);
	}
});

test("ink of who may not draw reaches nobody", async () => {
	for (const role of roles) {
		const { room, host, visit } = await lived();
		const guest = visit({ userId: guestId, role });
		guest.present({ surface: "board" });
		await room.settled();
		room.passInk(guest, guest.doc.clientID, Uint8Array.of(1));
		const isDrawing = role === "editor" || role === "owner";
		expect([role, host.counts.ink]).toEqual([role, isDrawing ? 1 : 0]);
	}
});

describe("what is found out only when it is applied", () => {
	/** Two structs behind "hello" of client 1, the second with its neighbours turned round. */
	const turned = Uint8Array.of(
		...[1, 2, 66, 0],
		...[0x84, 1, 4, 1, 120],
		...[0xc4, 66, 0, 1, 0, 1, 121],
		0,
	);

	test("ends its session alone, and what others sent at the same moment is taken", async () => {
		const { room, log, host, failed, visit } = await lived();
		const mallory = visit({ userId: "g_mallory", clientId: 66 });
		await room.settled();
		room.write(mallory, turned, false);
		host.type(" world");
		await room.settled();
		expect(mallory.closedWith).toBe("refused_update");
		expect([host.closedWith, failed]).toEqual([null, []]);
		expect(room.doc?.getText("text").toString()).toBe("hello world");
		expect(log.batches.get(garden)).toHaveLength(2);
		const late = visit();
		await room.settled();
		expect(late.text()).toBe("hello world");
	});
});
