import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { type AboutItem, type Anchor, aboutOf } from "../../../shared/surfaces/about.ts";
import { anchorAtItem, ItemFinder } from "../../../shared/surfaces/about-item.ts";
import { eraseItems, moveItems } from "../../../shared/surfaces/arrange/edits.ts";
import { addStroke, addStrokes } from "../../../shared/surfaces/board.ts";
import { chatOf, strokesOf } from "../../../shared/surfaces/root.ts";
import type { Stroke } from "../../../shared/surfaces/stroke-codec.ts";

/** A short line at x. */
function line(x: number): Stroke {
	const points = Float64Array.of(x, 10, x + 20, 30);
	return { kind: "pen", color: 2, width: 1, points, pressures: null, times: null };
}

function docWith(...strokes: Stroke[]): Y.Doc {
	const doc = new Y.Doc();
	addStrokes(strokesOf(doc), strokes);
	return doc;
}

/** The anchor as others receive it. */
function sent(anchor: Anchor | null): AboutItem {
	const about = aboutOf(JSON.parse(JSON.stringify(anchor)));
	if (about?.kind !== "item") throw new Error("no item");
	return about;
}

function copyOf(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

function aboutEntry(doc: Y.Doc, index: number): AboutItem {
	const board = strokesOf(doc);
	return sent(anchorAtItem(board, board.get(index)));
}

describe("a message about an item of the board", () => {
	test("leads everybody to that item, wherever it was moved", () => {
		const doc = docWith(line(0), line(100), line(200));
		const about = aboutEntry(doc, 1);
		const other = copyOf(doc);
		const board = strokesOf(other);
		moveItems(board, new Set([board.get(1)]), { x: 500, y: 0 });
		addStroke(board, line(300));
		expect(new ItemFinder(other).find(about)).toBe(board.get(1));
	});

	test("leads nowhere once the item was erased", () => {
		const doc = docWith(line(0), line(100));
		const about = aboutEntry(doc, 1);
		eraseItems(strokesOf(doc), new Set([strokesOf(doc).get(1)]));
		expect(new ItemFinder(doc).find(about)).toBeNull();
		expect(new ItemFinder(copyOf(doc)).find(about)).toBeNull();
	});

	test("finds an item again that was erased and brought back, on every device", () => {
		const doc = docWith(line(0), line(100), line(200));
		const board = strokesOf(doc);
		const about = aboutEntry(doc, 1);
		const undo = new Y.UndoManager(board);
		eraseItems(board, new Set([board.get(1)]));
		undo.undo();
		expect(board.length).toBe(3);
		expect(new ItemFinder(doc).find(about)).toBe(board.get(1));
		const other = copyOf(doc);
		expect(new ItemFinder(other).find(about)).toBe(strokesOf(other).get(1));
	});

	test("takes no other for an item that is gone, though it has as many bytes", () => {
		const doc = docWith(line(100), line(110));
		const [gone, other] = [aboutEntry(doc, 0), aboutEntry(doc, 1)];
		expect(other.size).toBe(gone.size);
		eraseItems(strokesOf(doc), new Set([strokesOf(doc).get(0)]));
		expect(new ItemFinder(doc).find(gone)).toBeNull();
		expect(new ItemFinder(doc).find(other)).toBe(strokesOf(doc).get(0));
	});

	test("tells two items apart that look alike, while both are there", () => {
		const doc = docWith(line(0), line(0));
		const [first, second] = [aboutEntry(doc, 0), aboutEntry(doc, 1)];
		const finder = new ItemFinder(doc);
		expect(finder.find(first)).toBe(strokesOf(doc).get(0));
		expect(finder.find(second)).toBe(strokesOf(doc).get(1));
	});

	test("speaks of a stranger's plain item too, also after it was moved", () => {
		const doc = new Y.Doc();
		const board = strokesOf(doc);
		const plain = (x: number) => ({ points: [x, 0, x + 9, 9], color: "red", width: 3 });
		board.push([plain(0), plain(40), plain(80)]);
		const about = aboutEntry(doc, 1);
		expect(new ItemFinder(doc).find(about)).toBe(board.get(1));
		moveItems(board, new Set([board.get(1)]), { x: 7, y: 7 });
		expect(new ItemFinder(doc).find(about)).toBe(board.get(1));
	});

	test("cannot speak of what is no item", () => {
		const doc = new Y.Doc();
		strokesOf(doc).push([7, "words", new Y.Map()]);
		for (const entry of strokesOf(doc).toArray()) {
			expect(anchorAtItem(strokesOf(doc), entry)).toBeNull();
		}
	});

	test("leads nowhere where a stranger named something else of the doc, or nothing", () => {
		const doc = docWith(line(0));
		chatOf(doc).push([{ body: "hello" }]);
		const { client } = aboutEntry(doc, 0);
		const named = (id: object) => sent({ item: id, size: 0, print: 1 });
		const finder = new ItemFinder(doc);
		for (let clock = 1; clock < 6; clock++) {
			expect(finder.find(named({ client, clock }))).toBeNull();
		}
		expect(finder.find(named({ client, clock: Number.MAX_SAFE_INTEGER }))).toBeNull();
		expect(finder.find(named({ client: client + 1, clock: 0 }))).toBeNull();
	});
});

test.each([
	[{ item: { client: 1, clock: 2 } }],
	[{ item: { client: 1, clock: 2 }, size: 3 }],
	[{ item: { client: 1, clock: 2 }, size: -3, print: 4 }],
	[{ item: { client: 1, clock: 2 }, size: 3, print: 0.5 }],
	[{ item: { client: 1, clock: 2 }, size: 3, print: "4" }],
	[{ item: { client: "1", clock: 2 }, size: 3, print: 4 }],
	[{ item: "stroke", size: 3, print: 4 }],
])("what is no item's anchor speaks of nothing: %j", (anchor) => {
	expect(aboutOf(anchor)).toBeNull();
});

test("an anchor has a bounded size, whatever else a stranger puts beside it", () => {
	const about = aboutOf({ item: { client: 1, clock: 2, x: "y" }, size: 3, print: 4, more: "z" });
	expect(about).toEqual({ kind: "item", client: 1, clock: 2, size: 3, print: 4 });
});
