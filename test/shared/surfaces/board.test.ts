import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { PhotoId } from "../../../shared/ids.ts";
import { addPhoto, eraseItems, moveItems } from "../../../shared/surfaces/arrange/edits.ts";
import { itemPoints } from "../../../shared/surfaces/arrange/item-points.ts";
import {
	addStroke,
	clearBoard,
	growStroke,
	lineWidths,
	readItem,
} from "../../../shared/surfaces/board.ts";
import { itemBounds } from "../../../shared/surfaces/item-outline.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { encodeStroke, type Stroke } from "../../../shared/surfaces/stroke-codec.ts";
import { hasDrawings, mouseStroke, type Recorded, tabletStroke } from "./drawings.ts";

function pen(points: number[], pressures: number[] | null = null): Stroke {
	return {
		kind: "pen",
		color: 1,
		width: 1,
		points: Float64Array.from(points),
		pressures: pressures === null ? null : Float32Array.from(pressures),
		times: null,
	};
}

/** A person with a copy of the board, and undo of their own. */
function person(clientId: number) {
	const doc = new Y.Doc();
	doc.clientID = clientId;
	const board = strokesOf(doc);
	const me = {};
	const undo = new Y.UndoManager(board, { trackedOrigins: new Set([me]), captureTimeout: 0 });
	return { doc, board, undo, act: (run: () => void) => doc.transact(run, me) };
}

function sync(a: Y.Doc, b: Y.Doc): void {
	const toB = Y.encodeStateAsUpdate(a, Y.encodeStateVector(b));
	const toA = Y.encodeStateAsUpdate(b, Y.encodeStateVector(a));
	Y.applyUpdate(b, toB);
	Y.applyUpdate(a, toA);
}

/** The updates that `run` makes. */
function updatesOf(doc: Y.Doc, run: () => void): Uint8Array[] {
	const updates: Uint8Array[] = [];
	const listen = (update: Uint8Array) => updates.push(update);
	doc.on("update", listen);
	run();
	doc.off("update", listen);
	return updates;
}

describe("what an item is", () => {
	test("a stroke that was just drawn has one key", () => {
		const { board, act } = person(1);
		act(() => addStroke(board, pen([1, 2, 3, 4])));
		expect(Object.keys(board.toJSON()[0])).toEqual(["d"]);
		expect(readItem(board.get(0))).toMatchObject({ kind: "pen", color: 1, width: 5, x: 0, y: 0 });
	});

	test("a moved stroke has its points where it is now", () => {
		const { board, act } = person(1);
		act(() => addStroke(board, pen([1, 2, 3, 4])));
		act(() => moveItems(board, new Set(board.toArray()), { x: 10, y: -2 }));
		const item = readItem(board.get(0));
		if (item === null) throw new Error("no item");
		expect([...itemPoints(item).points]).toEqual([11, 0, 13, 2]);
		expect(itemBounds(item)).toEqual({ minX: 11, minY: 0, maxX: 13, maxY: 2 });
	});

	test("a long stroke grows by parts and stays one item", () => {
		const { board, act } = person(1);
		act(() => {
			const item = addStroke(board, pen([0, 0, 1, 1], [0, 1]));
			growStroke(item, pen([2, 2]));
			growStroke(item, pen([3, 3]));
		});
		const item = readItem(board.get(0));
		expect(board.length).toBe(1);
		expect(item?.parts.length).toBe(3);
		if (item === null) throw new Error("no item");
		expect([...itemPoints(item).points]).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
		expect([...(itemPoints(item).pressures ?? [])]).toEqual([0, 1, 0.5, 0.5]);
	});

	test("parts beyond the longest stroke there may be are not read", () => {
		const { board } = person(1);
		const long = pen(new Array(20_000 * 2).fill(0));
		const item = addStroke(board, long);
		growStroke(item, long);
		expect(readItem(item)?.parts.length).toBe(1);
	});

	test("an erased stroke does not grow", () => {
		const { board, act } = person(1);
		let grew = true;
		act(() => {
			const item = addStroke(board, pen([0, 0]));
			clearBoard(board);
			grew = growStroke(item, pen([1, 1]));
		});
		expect(grew).toBe(false);
	});

	test("a photo has its id and its box", () => {
		const { board, act } = person(1);
		const box = { minX: 0, minY: 0, maxX: 300, maxY: 200 };
		act(() => addPhoto(board, "photo-0001" as PhotoId, box));
		expect(readItem(board.get(0))).toMatchObject({ kind: "photo", photo: "photo-0001" });
	});

	test.each([
		[
			"pairs",
			[
				[1, 2],
				[3, 4],
			],
		],
		[
			"objects",
			[
				{ x: 1, y: 2 },
				{ x: 3, y: 4 },
			],
		],
		["a flat list", [1, 2, 3, 4]],
	])("a stranger's { points, color, width } is drawn: %s", (_name, points) => {
		const { board } = person(1);
		const asMap = new Y.Map<unknown>(Object.entries({ points, color: "#ff0000", width: 7 }));
		board.push([{ points, color: "red", width: 3 }, asMap]);
		const [plain, map] = board.toArray().map(readItem);
		if (!plain || !map) throw new Error("not read");
		expect([...itemPoints(plain).points]).toEqual([1, 2, 3, 4]);
		expect([...itemPoints(map).points]).toEqual([1, 2, 3, 4]);
		expect([plain.color, plain.width]).toEqual([2, 3]);
		expect([map.color, map.width]).toEqual(["#ff0000", 7]);
	});

	test("a stranger's points in a Y.Array, with positions as numbers, are drawn", () => {
		const { board } = person(1);
		const points = Y.Array.from([{ x: 1, y: 2 }]);
		board.push([
			new Y.Map<unknown>([
				["points", points],
				["x", 5],
				["y", 6],
			]),
		]);
		const item = readItem(board.get(0));
		if (item === null) throw new Error("not read");
		expect([...itemPoints(item).points]).toEqual([6, 8]);
	});

	test.each([
		["a number", 7],
		["null", null],
		["a list", [1, 2]],
		["a text", "stroke"],
		["no points", { points: [] }],
		["points of text", { points: ["a", "b"] }],
		["an item that is newer", { d: Uint8Array.of(9, 1, 0, 0) }],
		["damaged bytes", { d: Uint8Array.of(1, 1) }],
	])("%s is kept and not drawn", (_name, entry) => {
		const { board } = person(1);
		board.push([entry]);
		expect(readItem(board.get(0))).toBeNull();
		expect(board.length).toBe(1);
	});
});

describe("undo of one's own", () => {
	test("clear is one step that comes back", () => {
		const { board, act, undo } = person(1);
		for (let index = 0; index < 3; index++) act(() => addStroke(board, pen([index, 0])));
		act(() => clearBoard(board));
		expect(board.length).toBe(0);
		undo.undo();
		expect(board.toArray().map(readItem)).not.toContain(null);
		expect(board.length).toBe(3);
	});

	test("a locked item is neither moved nor erased by hand", () => {
		const { board, act } = person(1);
		act(() => addStroke(board, pen([0, 0])).set("lock", true));
		act(() => {
			moveItems(board, new Set(board.toArray()), { x: 1, y: 1 });
			eraseItems(board, new Set(board.toArray()));
		});
		expect(readItem(board.get(0))).toMatchObject({ x: 0, isLocked: true });
	});

	test("a stranger's plain stroke can be moved, and keeps its place and colour", () => {
		const { board, act } = person(1);
		act(() => board.push([{ points: [[0, 0]], color: "teal", width: 9 }]));
		act(() => addStroke(board, pen([9, 9])));
		act(() => moveItems(board, new Set([board.get(0)]), { x: 4, y: 5 }));
		expect(board.length).toBe(2);
		expect(readItem(board.get(0))).toMatchObject({ color: "teal", width: 10, x: 4, y: 5 });
	});
});

describe("two people at once", () => {
	/** Ann and Ben with the same three strokes, made by Ann. */
	function together() {
		const ann = person(1);
		const ben = person(2);
		for (let index = 0; index < 3; index++) ann.act(() => addStroke(ann.board, pen([index, 0])));
		sync(ann.doc, ben.doc);
		return { ann, ben };
	}

	test("one moves what the other erases: it is gone for both", () => {
		const { ann, ben } = together();
		ann.act(() => moveItems(ann.board, new Set([ann.board.get(1)]), { x: 5, y: 5 }));
		ben.act(() => eraseItems(ben.board, new Set([ben.board.get(1)])));
		sync(ann.doc, ben.doc);
		expect(ann.board.toJSON()).toEqual(ben.board.toJSON());
		expect(ann.board.length).toBe(2);
	});

	test("both move one item: it is in one of the two places, whole, and never doubled", () => {
		const { ann, ben } = together();
		ann.act(() => moveItems(ann.board, new Set([ann.board.get(0)]), { x: 5, y: 5 }));
		ben.act(() => moveItems(ben.board, new Set([ben.board.get(0)]), { x: 7, y: 7 }));
		sync(ann.doc, ben.doc);
		const item = readItem(ann.board.get(0));
		expect(ann.board.toJSON()).toEqual(ben.board.toJSON());
		expect(ann.board.length).toBe(3);
		expect(item?.x).toBe(item?.y);
		expect([5, 7]).toContain(item?.x);
	});

	test("both erase the same, one takes it back: both see it once", () => {
		const { ann, ben } = together();
		ann.act(() => eraseItems(ann.board, new Set([ann.board.get(2)])));
		ben.act(() => eraseItems(ben.board, new Set([ben.board.get(2)])));
		sync(ann.doc, ben.doc);
		ann.undo.undo();
		sync(ann.doc, ben.doc);
		expect(ann.board.toJSON()).toEqual(ben.board.toJSON());
		expect(ann.board.length).toBe(3);
	});

	test("undo takes back one's own stroke and leaves the other's", () => {
		const { ann, ben } = together();
		ben.act(() => addStroke(ben.board, pen([50, 50])));
		sync(ann.doc, ben.doc);
		ann.undo.undo();
		sync(ann.doc, ben.doc);
		expect(ben.board.length).toBe(3);
		expect(readItem(ben.board.get(2))).not.toBeNull();
		ann.undo.redo();
		sync(ann.doc, ben.doc);
		expect(ann.board.toJSON()).toEqual(ben.board.toJSON());
		expect(ann.board.length).toBe(4);
	});

	test("one clears, the other draws and undoes at the same time: they agree", () => {
		const { ann, ben } = together();
		ben.act(() => addStroke(ben.board, pen([1, 1])));
		ben.undo.undo();
		ben.act(() => addStroke(ben.board, pen([2, 2])));
		ann.act(() => clearBoard(ann.board));
		sync(ann.doc, ben.doc);
		expect(ann.board.toJSON()).toEqual(ben.board.toJSON());
		expect(ann.board.length).toBe(1);
		ann.undo.undo();
		sync(ann.doc, ben.doc);
		expect(ann.board.toJSON()).toEqual(ben.board.toJSON());
		expect(ann.board.length).toBe(4);
	});
});

describe.skipIf(!hasDrawings)("bytes of recorded strokes", () => {
	const largeClientId = 0xfe_dc_ba_98;

	/** A doc in which someone has already drawn 1,000 strokes. */
	function busyBoard() {
		const ann = person(largeClientId);
		ann.doc.transact(() => {
			for (let index = 0; index < 1_000; index++) addStroke(ann.board, pen([index, index]));
		});
		return ann;
	}

	function windows({ points, pressures }: Recorded): Stroke[] {
		const strokes: Stroke[] = [];
		for (let start = 0; start + 60 <= points.length / 2; start += 60) {
			const end = start + 60;
			strokes.push(pen(points.slice(start * 2, end * 2), pressures?.slice(start, end) ?? null));
		}
		return strokes;
	}

	test.each([
		["the mouse's", mouseStroke],
		["the tablet's, with pressure", tabletStroke],
	])("60 points of a pen are one update of at most 190 bytes: %s", (_name, recorded) => {
		const { doc, board, act } = busyBoard();
		for (const stroke of windows(recorded())) {
			const updates = updatesOf(doc, () => act(() => addStroke(board, stroke)));
			expect(updates.length).toBe(1);
			expect(updates[0]?.length).toBeLessThanOrEqual(190);
		}
	});

	test("moving one is at most 32 bytes", () => {
		const { doc, board, act } = busyBoard();
		const target = new Set([board.get(500)]);
		const first = updatesOf(doc, () => act(() => moveItems(board, target, { x: 250, y: -130 })));
		expect(first.length).toBe(1);
		expect(first[0]?.length).toBeLessThanOrEqual(32);
	});

	test("thinned pressure is near the recorded one", () => {
		const { points, pressures } = tabletStroke();
		if (pressures === null) throw new Error("no pressure");
		const { board, act } = person(1);
		act(() => addStroke(board, pen(points, pressures)));
		const item = readItem(board.get(0));
		if (item === null) throw new Error("no item");
		const read = itemPoints(item).pressures ?? [];
		const worst = Math.max(
			...pressures.map((value, index) => Math.abs(value - (read[index] ?? 0))),
		);
		expect(worst).toBeLessThan(0.05);
	});
});

test("the bytes of a part are those of the codec", () => {
	const { board, act } = person(1);
	const stroke = pen([1, 1, 2, 2]);
	act(() => addStroke(board, stroke));
	expect(readItem(board.get(0))?.parts).toEqual([encodeStroke(stroke)]);
	expect(lineWidths.length).toBe(4);
});
