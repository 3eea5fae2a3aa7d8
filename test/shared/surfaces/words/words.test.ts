import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { itemTextStoredMax } from "../../../../shared/limits.ts";
import { moveItems } from "../../../../shared/surfaces/arrange/edits.ts";
import { readItem } from "../../../../shared/surfaces/board.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { itemBounds } from "../../../../shared/surfaces/item-outline.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import { letterSizes } from "../../../../shared/surfaces/words/letters.ts";
import {
	addWords,
	lettersOf,
	type Words,
	wordsKeys,
} from "../../../../shared/surfaces/words/words.ts";

const bytes = (hex: string): Uint8Array =>
	Uint8Array.from(hex.split(" "), (byte) => Number.parseInt(byte, 16));

const note: Words = {
	kind: "note",
	color: 4,
	size: 1,
	look: plainLook,
	box: { minX: 1, minY: 2, maxX: 4, maxY: 8 },
	text: "Buy milk",
};

/** A board with one item, and the updates that made it. */
function put(words: Words) {
	const doc = new Y.Doc();
	doc.clientID = 7;
	const updates: Uint8Array[] = [];
	doc.on("update", (update: Uint8Array) => updates.push(update));
	const board = strokesOf(doc);
	const entry = doc.transact(() => addWords(board, words));
	return { doc, board, entry, updates };
}

describe("golden bytes", () => {
	test.each([
		["text", "01 08 14 02 20 40 60 c0 01"],
		["note", "01 09 14 02 20 40 60 c0 01"],
	] as const)("a %s is these bytes beside its letters", (kind, hex) => {
		expect(wordsKeys({ ...note, kind })).toEqual([["d", bytes(hex)]]);
	});

	test("item and letters are one update of these bytes", () => {
		const { updates } = put({ ...note, text: "hi" });
		expect(updates).toHaveLength(1);
		const d = "01 09 14 02 20 40 60 c0 01";
		expect(updates[0]).toEqual(
			bytes(
				[
					"01 04 07 00", // One client, four structs, of client 7, from clock 0.
					"07 01 07 73 74 72 6f 6b 65 73 01", // In "strokes" a Y.Map.
					`23 00 07 00 01 64 09 ${d}`, // In it under "d" these bytes,
					"27 00 07 00 01 74 02", // under "t" a Y.Text,
					"04 00 07 02 02 68 69", // and in that "hi".
					"00", // Nothing is deleted.
				].join(" "),
			),
		);
	});
});

describe("words in the doc", () => {
	test("are read with their letters, and the height of these", () => {
		const { entry } = put(note);
		expect(readItem(entry)).toMatchObject({ kind: "note", color: 4, text: "Buy milk", width: 20 });
		entry.set("w", 3);
		expect(readItem(entry)?.width).toBe(letterSizes[3]);
	});

	test("keep their letters when they are moved", () => {
		const { board, entry } = put(note);
		moveItems(board, new Set([entry]), { x: 10, y: 0 });
		lettersOf(entry)?.insert(8, ", tea");
		const item = readItem(entry);
		expect(item?.text).toBe("Buy milk, tea");
		expect(item && itemBounds(item)).toEqual({ minX: 11, minY: 2, maxX: 14, maxY: 8 });
	});

	test("of two who type at once each letter is there once, in both docs", () => {
		const { doc, entry } = put({ ...note, text: "" });
		const other = new Y.Doc();
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		lettersOf(entry)?.insert(0, "rose ");
		lettersOf(strokesOf(other).get(0))?.insert(0, "lily ");
		Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
		const [mine, theirs] = [readItem(entry)?.text, readItem(strokesOf(other).get(0))?.text];
		expect(mine).toBe(theirs);
		expect(mine?.split(" ").toSorted()).toEqual(["", "lily", "rose"]);
	});

	test("a stranger's plain string is read, too, and what is neither is no letters", () => {
		const d = bytes("01 08 12 02 20 40 60 c0 01");
		expect(readItem({ d, t: "hello" })?.text).toBe("hello");
		expect(lettersOf({ d, t: "hello" })).toBeNull();
		for (const t of [undefined, null, 7, {}, [], new Y.Map()]) {
			expect(readItem({ d, t })?.text).toBe("");
		}
	});

	test("what is no words has no letters, whatever stands there", () => {
		for (const kind of ["01", "02", "06", "07"]) {
			const d = bytes(`01 ${kind} 12 02 20 40 60 c0 01`);
			expect(readItem({ d, t: "hello", h: 2 })).toMatchObject({ text: null });
		}
	});

	test("a shape has what was typed into it, and none as long as that is nothing", () => {
		const d = bytes("01 03 12 02 20 40 60 c0 01");
		expect(readItem({ d, t: "hello", h: 2 })).toMatchObject({ text: "hello", letterSize: 28 });
		expect(readItem({ d, t: "", h: 9 })).toMatchObject({ text: null });
		expect(readItem({ d, t: 7 })?.text).toBeNull();
	});

	test("more letters than a server takes are not read, and no character is halved", () => {
		const d = bytes("01 08 12 02 20 40 60 c0 01");
		const text = readItem({ d, t: `x${"👋".repeat(itemTextStoredMax)}` })?.text ?? "";
		expect(text.length).toBe(itemTextStoredMax - 1);
		expect(text).not.toMatch(/\p{Surrogate}/u);
	});
});
