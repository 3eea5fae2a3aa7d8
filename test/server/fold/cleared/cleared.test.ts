import { beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { type Cleared, findCleared } from "../../../../server/fold/cleared/cleared.ts";
import { PastPacker, unpackPast } from "../../../../server/fold/fold-message.ts";
import { nobody } from "../../../../shared/ids.ts";
import { eraseItems } from "../../../../shared/surfaces/arrange/edits.ts";
import { clearBoard } from "../../../../shared/surfaces/board.ts";
import { strokesOf, textOf } from "../../../../shared/surfaces/root.ts";
import { draw, PastOfRoom } from "../../../fixtures/rooms/past.ts";

const minuteMs = 60_000;
let room: PastOfRoom;
let ann: Y.Doc;
let ben: Y.Doc;

beforeEach(() => {
	room = new PastOfRoom();
	ann = room.come("ann");
	ben = room.come("ben");
});

const found = () => findCleared(room.past);
const shortly = ({ surface, by, count, excerpt }: Cleared) => [surface, by, count, excerpt];

/** The items that are brought back, as JSON. */
function itemsOf({ content }: Cleared): Record<string, unknown>[] {
	if (content.surface !== "board") throw new Error("no items");
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Buffer.from(content.update, "base64"));
	return strokesOf(doc).toJSON();
}

describe("a board that somebody cleared", () => {
	test("is found whole, in its order, and each item says who drew it", () => {
		draw(ann, 2);
		draw(ben, 1);
		const before = strokesOf(ann).toJSON();
		ben.transact(() => clearBoard(strokesOf(ben)));
		const [one, ...others] = found();
		expect(others).toEqual([]);
		expect(one && shortly(one)).toEqual(["board", "g_ben", 3, ""]);
		const names = ["g_ann", "g_ann", "g_ben"];
		expect(one && itemsOf(one)).toEqual(before.map((item, at) => ({ ...item, by: names[at] })));
	});

	test("is not missing once that was undone, nor what of it is there again", () => {
		draw(ann, 3);
		const undo = new Y.UndoManager(strokesOf(ben), { trackedOrigins: new Set([null]) });
		ben.transact(() => clearBoard(strokesOf(ben)));
		expect(found()).toHaveLength(1);
		undo.undo();
		expect(strokesOf(ann).length).toBe(3);
		expect(found()).toEqual([]);
		undo.redo();
		draw(ann, 2);
		expect(found().map(shortly)).toEqual([["board", "g_ben", 1, ""]]);
	});

	test("is found with what was moved, coloured and written on it as that was", () => {
		draw(ann, 1);
		const entry = strokesOf(ann).get(0) as Y.Map<unknown>;
		entry.set("c", 3);
		entry.set("c", 4);
		entry.set("t", new Y.Text("milk"));
		entry.set("by", "g_cleo");
		ben.transact(() => clearBoard(strokesOf(ben)));
		expect(found().map(itemsOf)).toMatchObject([[{ c: 4, t: "milk", by: "g_cleo" }]]);
	});

	test("twice is two things, and the newest stands first; in a row it is one", () => {
		draw(ann, 1);
		ben.transact(() => clearBoard(strokesOf(ben)));
		room.rest(minuteMs);
		draw(ann, 6, 10);
		for (let index = 0; index < 6; index++) {
			ben.transact(() => strokesOf(ben).delete(0));
			room.rest(1_000);
		}
		expect(found().map(shortly)).toEqual([
			["board", "g_ben", 6, ""],
			["board", "g_ben", 1, ""],
		]);
	});

	test("again after it was brought back is offered once, and so is a text", () => {
		draw(ann, 3);
		textOf(ann).insert(0, "A sentence that is long enough.");
		const undo = new Y.UndoManager([strokesOf(ben), textOf(ben)], {
			trackedOrigins: new Set([null]),
		});
		const wipe = () => {
			undo.stopCapturing();
			ben.transact(() => {
				clearBoard(strokesOf(ben));
				textOf(ben).delete(0, textOf(ben).length);
			});
			room.rest(minuteMs);
		};
		wipe();
		undo.undo();
		wipe();
		expect(found().map(shortly)).toEqual([
			["document", "g_ben", 31, "A sentence that is long enough."],
			["board", "g_ben", 3, ""],
		]);
	});

	test("by a hand that erases a few items of many is no clearing", () => {
		draw(ann, 8);
		ben.transact(() => eraseItems(strokesOf(ben), new Set([strokesOf(ben).get(2)])));
		expect(found()).toEqual([]);
	});

	test("is none where what is left of its lines is drawn anew in the same moment", () => {
		draw(ann, 6);
		ben.transact(() => {
			clearBoard(strokesOf(ben));
			draw(ben, 7, 20);
		});
		expect(found()).toEqual([]);
	});
});

describe("a text that somebody took out", () => {
	test("is found with its formats, and where it stood among what is left", () => {
		const letters = "Water comes from the hills. ".repeat(10);
		const text = textOf(ann);
		text.applyDelta([
			{ insert: "before " },
			{ insert: letters, attributes: { bold: true } },
			{ insert: { photo: "photo-of-a-well" } },
			{ insert: "after\n" },
		]);
		ben.transact(() => textOf(ben).delete(7, letters.length + 1));
		const [one] = found();
		expect(one && shortly(one)).toEqual([
			...["document", "g_ben", letters.length + 1],
			letters.slice(0, 80),
		]);
		const { content } = one as Cleared;
		if (content.surface !== "document") throw new Error("no text");
		expect(content.texts).toHaveLength(1);
		expect(content.texts[0]?.ops).toEqual([
			{ insert: letters, attributes: { bold: true } },
			{ insert: { photo: "photo-of-a-well" } },
		]);
		textOf(ann).insert(0, "long ");
		const at = Y.decodeRelativePosition(Buffer.from(content.texts[0]?.at ?? "", "base64"));
		expect(Y.createAbsolutePositionFromRelativePosition(at, ann)?.index).toBe(12);
	});

	test("is missing where little was all that was there; typing and moving is no clearing", () => {
		const text = textOf(ann);
		text.insert(0, "The whole of a small plan.\n");
		for (let index = 0; index < 5; index++) textOf(ben).delete(0, 1);
		expect(found()).toEqual([]);
		textOf(ben).delete(0, text.length - 1);
		expect(found().map(shortly)).toEqual([["document", "g_ben", 21, "hole of a small plan."]]);
		textOf(ben).insert(0, "hole of a small plan.");
		expect(found()).toEqual([]);
	});

	test("is found beside a board that went in the same moment, each by itself", () => {
		draw(ann, 1);
		textOf(ann).insert(0, "A sentence that is long enough.");
		ben.transact(() => {
			clearBoard(strokesOf(ben));
			textOf(ben).delete(0, textOf(ben).length);
		});
		expect(
			found()
				.map(({ surface }) => surface)
				.sort(),
		).toEqual(["board", "document"]);
	});
});

test("of a past without an end the newest ten are offered", () => {
	for (let index = 0; index < 12; index++) {
		draw(ann, 1, index * 10);
		ben.transact(() => clearBoard(strokesOf(ben)));
		room.rest(minuteMs);
	}
	expect(found()).toHaveLength(10);
});

test("a past that is packed for the thread comes out with who wrote what, and when", () => {
	draw(ann, 2);
	room.rest(5);
	draw(ben, 1);
	const { past } = room;
	const long = new Uint8Array(300_000).fill(7);
	const batches = [...past.batches, { atMs: 9, updates: [{ userId: nobody, bytes: long }] }];
	const packer = new PastPacker();
	for (const batch of [...batches, ...past.batches]) packer.add(batch);
	const unpacked = unpackPast(packer.job(past.owners));
	expect(unpacked.owners).toEqual(past.owners);
	expect(unpacked.batches).toEqual([...batches, ...past.batches]);
	expect(unpackPast(new PastPacker().job(new Map())).batches).toEqual([]);
});

test("a past that cannot be read says so", () => {
	const updates = [{ userId: "g_ann" as never, bytes: Uint8Array.of(1, 2, 3) }];
	const past = { batches: [{ atMs: 0, updates }], owners: new Map() };
	expect(() => findCleared(past)).toThrow(expect.objectContaining({ code: "room_damaged" }));
});
