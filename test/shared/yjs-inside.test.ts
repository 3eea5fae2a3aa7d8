/**
 * What Weft uses of Yjs that Yjs does not promise: there is no public way, or one that costs more
 * than it is worth. Whoever upgrades Yjs and breaks one of these finds here what was relied on.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { applyQuietly } from "../../server/fold/apply-quietly.ts";

/** Every name with a `_` that the code knows, and what for; two are of ws. */
const known = new Map([
	["_bufferedBytes", "of ws: what came of a frame that is not whole; unfinished.test.ts pins it"],
	["_messageLength", "of ws: what came of a message before that frame; likewise"],
	["_item", "which struct an entry of a list is: its id, whether it is there still"],
	["_start", "the list of a type with what was deleted in it"],
	["_searchMarker", "places that Yjs remembers in a text; null once it had a format"],
	["_map", "who wrote a key, and whether it is there still"],
	["_observers", "whether anybody listens: Yjs makes three objects for each event that none do"],
	["_transactionCleanups", "what Yjs ended a transaction with, without a listener for each letter"],
	["_typeRef", "what a type of the lean bundle says it is: lean/yjs.test.ts pins it"],
]);

const root = join(import.meta.dirname, "../..");

/** A board with two entries, the first of them erased. */
function madeBoard() {
	const doc = new Y.Doc();
	const board = doc.getArray<Y.Map<unknown>>("board");
	const [gone, here] = [new Y.Map<unknown>(), new Y.Map<unknown>()];
	board.push([gone, here]);
	board.delete(0);
	return { doc, board, gone, here };
}

test("nothing else of its inside is used", () => {
	const used = new Set<string>();
	for (const folder of ["server", "shared", "web"]) {
		const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
		for (const file of files.filter((name) => name.endsWith(".ts"))) {
			const code = readFileSync(join(root, folder, file), "utf8").replace(
				/^\s*(\*|\/[*/]).*$/gm,
				"",
			);
			for (const [, name] of code.matchAll(/\.(_\w+)/g)) if (name !== undefined) used.add(name);
		}
	}
	expect([...used].sort()).toEqual([...known.keys()].sort());
});

test("an entry knows its struct, and the struct whether it is there", () => {
	const { doc, board, gone, here } = madeBoard();
	expect(board._item).toBeNull();
	expect(here._item?.id).toMatchObject({ client: doc.clientID, clock: 1 });
	expect(here._item?.parent).toBe(board);
	expect([gone._item?.deleted, here._item?.deleted]).toEqual([true, false]);
	expect(new Y.Map()._item).toBeNull();
});

test("a list begins at its start, what was deleted in its place", () => {
	const { board } = madeBoard();
	const deleted: boolean[] = [];
	for (let item = board._start; item !== null; item = item.right) deleted.push(item.deleted);
	expect(deleted).toEqual([true, false]);
});

test("a text remembers where it was changed, until it has a format or others change it", () => {
	const [doc, other] = [new Y.Doc(), new Y.Doc()];
	const text = doc.getText("text");
	for (const piece of ["ro", "se", "iris "]) text.insert(0, piece);
	text.insert(7, "x");
	expect(text._searchMarker).toMatchObject([{ index: 8, p: { id: { clock: 0 } } }]);
	other.getText("text").insert(0, "fern");
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
	expect(text._searchMarker).toEqual([]);
	text.format(0, 2, { bold: true });
	expect(text._searchMarker).toBeNull();
});

test("a key has the struct that set it last", () => {
	const [doc, other] = [new Y.Doc(), new Y.Doc()];
	doc.getMap("meta").set("title", "rose");
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	other.getMap("meta").set("title", "iris");
	const item = () => other.getMap("meta")._map.get("title");
	expect(item()?.id.client).toBe(other.clientID);
	expect(item()?.content.getContent()).toEqual(["iris"]);
	other.getMap("meta").delete("title");
	expect(item()?.deleted).toBe(true);
});

test("what is put last has nothing to its right, what is brought back has, and is named", () => {
	const { doc, board } = madeBoard();
	const undo = new Y.UndoManager(board);
	const last = board.get(0)._item;
	expect(last?.rightOrigin).toBeNull();
	board.push([new Y.Map()]);
	undo.clear();
	board.delete(0);
	undo.undo();
	const back = board.get(0)._item;
	expect(back?.rightOrigin).not.toBeNull();
	expect(last?.redone).toMatchObject({ client: doc.clientID, clock: back?.id.clock });
});

test("what misses something stays pending, and is pending no more once it is there", () => {
	const [doc, other] = [new Y.Doc(), new Y.Doc()];
	const updates: Uint8Array[] = [];
	doc.on("update", (update) => updates.push(update));
	doc.getText("text").insert(0, "ro");
	doc.getText("text").insert(2, "se");
	doc.getText("text").delete(0, 1);
	const pending = () => [other.store.pendingStructs !== null, other.store.pendingDs !== null];
	for (const update of updates.slice(1)) Y.applyUpdate(other, update);
	expect(pending()).toEqual([true, true]);
	for (const update of updates.slice(0, 1)) Y.applyUpdate(other, update);
	expect(pending()).toEqual([false, false]);
});

test("an event has a set of who listens, for as long as somebody does", () => {
	const doc = new Y.Doc();
	const listen = () => undefined;
	expect(doc._observers.has("update")).toBe(false);
	doc.on("update", listen);
	expect(doc._observers.has("update")).toBe(true);
	doc.off("update", listen);
	expect(doc._observers.has("update")).toBe(false);
});

test("what Yjs tidies up is one transaction more in the same list; none where it is quiet", () => {
	const update = formatsTwice();
	const countOf = (apply: (doc: Y.Doc) => void) => {
		const doc = new Y.Doc();
		doc.getText("text");
		Y.applyUpdate(doc, update.before);
		const transactions = doc._transactionCleanups;
		apply(doc);
		return transactions.length;
	};
	expect(countOf((doc) => Y.applyUpdate(doc, update.after))).toBe(2);
	expect(countOf((doc) => applyQuietly(doc, () => Y.applyUpdate(doc, update.after)))).toBe(1);
});

/** Two people make the same letters bold at once: the formats of one say nothing. */
function formatsTwice() {
	const [ann, ben] = [new Y.Doc(), new Y.Doc()];
	ann.getText("text").insert(0, "rose");
	const before = Y.encodeStateAsUpdate(ann);
	Y.applyUpdate(ben, before);
	for (const doc of [ann, ben]) doc.getText("text").format(0, 4, { bold: true });
	return { before, after: Y.mergeUpdates([ann, ben].map((doc) => Y.encodeStateAsUpdate(doc))) };
}
