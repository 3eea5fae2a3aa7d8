/** Ends of lines in the doc: their bytes, their names, and where they are drawn. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import {
	copyItems,
	eraseItems,
	moveItems,
	standItems,
} from "../../../../shared/surfaces/arrange/edits.ts";
import {
	decodeEnd,
	encodeEnd,
	nameOf,
	readEnds,
	readName,
} from "../../../../shared/surfaces/arrange/ends.ts";
import { itemPoints } from "../../../../shared/surfaces/arrange/item-points.ts";
import {
	joinedItem,
	pointedAs,
	putEnd,
	sharesIn,
	Targets,
} from "../../../../shared/surfaces/arrange/joins.ts";
import { readItem } from "../../../../shared/surfaces/board.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import { addShape, type Shape } from "../../../../shared/surfaces/shapes.ts";

const middle = { across: 0.5, down: 0.5 };

function shape(kind: Shape["kind"], points: Shape["points"]): Shape {
	return { kind, color: 0, width: 0, look: plainLook, points };
}

/** A rectangle of 100 by 100 at the origin, and an arrow that leads to its middle. */
function pointing(doc = new Y.Doc()) {
	const board = strokesOf(doc);
	const box = addShape(board, shape("rectangle", [0, 0, 100, 100]));
	const arrow = addShape(board, shape("arrow", [300, 50, 120, 50]));
	doc.transact(() => putEnd(arrow, 1, { at: { x: 120, y: 50 }, on: { entry: box, ...middle } }));
	return { doc, board, box, arrow };
}

/** Both ends of a line as they are seen, rounded. */
function seen(board: Y.Array<unknown>, entry: unknown): number[] {
	const [item, ends] = [readItem(entry), readEnds(entry)];
	if (item === null) return [];
	const drawn = ends === null ? item : joinedItem(item, ends, new Targets(board).pointed);
	return [...itemPoints(drawn).points].map((at) => Math.round(at * 4) / 4);
}

/** Two docs that have the same. */
function twin(doc: Y.Doc): Y.Doc {
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	return other;
}

function meet(a: Y.Doc, b: Y.Doc): void {
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
	Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
}

/** Half the box's line, half the arrow's, and the air between. */
const stop = 1.25 + 1.25 + 4;

describe("the bytes of an end", () => {
	test.each([
		[{ x: 0, y: 0, target: null }, [1, 0, 0]],
		[{ x: 1, y: -0.5, target: null }, [1, 32, 15]],
		[
			{ x: 0, y: 0, target: { client: 5, clock: 3, across: 0.5, down: 1 } },
			[1, 0, 0, 5, 0, 3, 128, 1, 128, 2],
		],
		[
			{ x: 0, y: 0, target: { client: 2 ** 32 - 1, clock: 0, across: 0, down: 0.25 } },
			[1, 0, 0, 255, 255, 255, 63, 31, 0, 0, 64],
		],
	])("%j are those of the format", (end, bytes) => {
		expect([...encodeEnd(end)]).toEqual(bytes);
		expect(decodeEnd(Uint8Array.from(bytes))).toEqual(end);
	});

	test.each([
		["none", []],
		["half a place", [1, 0]],
		["half a target", [1, 0, 0, 5, 0, 3]],
		["too many", [1, 0, 0, 5, 0, 3, 0, 0, 0]],
		["a share beyond the box", [1, 0, 0, 5, 0, 3, 129, 2, 0]],
		["a place beyond the board", [1, 255, 255, 255, 255, 7, 0]],
		["a client's low half too big", [1, 0, 0, 128, 128, 128, 64, 0, 0, 0, 0]],
	])("%s are damaged", (_, bytes) => {
		expect(() => decodeEnd(Uint8Array.from(bytes))).toThrow();
	});

	test("of a newer version they are kept, and the end is as it was drawn", () => {
		expect(decodeEnd(Uint8Array.of(2, 9, 9))).toBeNull();
	});

	test.each([[null], [[1]], [[1, 2, 3]], [[1, -1]], [[0.5, 1]], [["1", 2]], [{ 0: 1, 1: 2 }]])(
		"%j is no name",
		(n) => {
			expect(readName(n)).toBeNull();
		},
	);
});

describe("an arrow that points at something", () => {
	test("stops at its outline, wherever it is moved, sized and turned", () => {
		const { doc, board, box, arrow } = pointing();
		expect(seen(board, arrow)).toEqual([300, 50, 100 + stop, 50]);
		doc.transact(() => moveItems(board, new Set([box]), { x: 0, y: 100 }));
		const [, , x = 0, y = 0] = seen(board, arrow);
		expect(x).toBeGreaterThan(100);
		expect(y).toBeLessThan(150);
		const pose = { wide: 2, high: 1, turn: 90 };
		doc.transact(() => standItems(board, new Map([[box, { x: 0, y: 0, pose }]])));
		expect(seen(board, arrow)).toEqual([300, 50, 100 + stop, 50]);
		doc.transact(() => moveItems(board, new Set([box, arrow]), { x: 10, y: 0 }));
		expect(seen(board, arrow)).toEqual([310, 50, 110 + stop, 50]);
	});

	test("follows what one person moves while another moves its other end", () => {
		const { doc, board, box, arrow } = pointing();
		const other = twin(doc);
		const [theirBox, theirArrow] = strokesOf(other).toArray() as Y.Map<unknown>[];
		doc.transact(() => putEnd(arrow, 0, { at: { x: 300, y: 250 }, on: null }));
		other.transact(() => moveItems(strokesOf(other), new Set([theirBox]), { x: 0, y: 200 }));
		meet(doc, other);
		expect(seen(board, arrow)).toEqual([300, 250, 100 + stop, 250]);
		expect(seen(strokesOf(other), theirArrow)).toEqual(seen(board, arrow));
		expect(box.get("n")).toEqual([box._item?.id.client, box._item?.id.clock]);
	});

	test("of two who point one end elsewhere the last one wins, for both", () => {
		const { doc, board, arrow } = pointing();
		const high = addShape(board, shape("ellipse", [0, -300, 100, -200]));
		const other = twin(doc);
		const theirs = strokesOf(other).toArray() as Y.Map<unknown>[];
		doc.transact(() => putEnd(arrow, 1, { at: { x: 0, y: 0 }, on: { entry: high, ...middle } }));
		other.transact(() => putEnd(theirs[1] as Y.Map<unknown>, 1, { at: { x: 9, y: 9 }, on: null }));
		meet(doc, other);
		expect(seen(board, arrow)).toEqual(seen(strokesOf(other), theirs[1]));
	});

	test("finds it again when it was erased and brought back", () => {
		const { doc, board, box, arrow } = pointing();
		const undo = new Y.UndoManager(board);
		eraseItems(board, new Set([box]));
		expect(seen(board, arrow)).toEqual([300, 50, 120, 50]);
		const other = twin(doc);
		undo.undo();
		meet(doc, other);
		for (const each of [board, strokesOf(other)]) {
			expect(seen(each, each.get(1))).toEqual([300, 50, 100 + stop, 50]);
		}
		expect(nameOf(board.get(0) as Y.Map<unknown>)).not.toEqual(
			(board.get(0) as Y.Map<unknown>)._item?.id,
		);
	});

	test("copied with it points at the copy, alone at nothing, from where it was seen", () => {
		const { doc, board, box, arrow } = pointing();
		const how = { by: { x: 0, y: 500 }, groupOf: (group: string) => group };
		const [, both] = doc.transact(() => copyItems(board, new Set([box, arrow]), how));
		const [alone] = doc.transact(() => copyItems(board, new Set([arrow]), how));
		expect(seen(board, both)).toEqual([300, 550, 100 + stop, 550]);
		doc.transact(() => moveItems(board, new Set([box]), { x: -100, y: 0 }));
		expect(seen(board, both)).toEqual([300, 550, 100 + stop, 550]);
		expect(seen(board, alone)).toEqual([300, 550, 100 + stop, 550]);
		expect(readEnds(alone)?.[1]?.target).toBeNull();
	});
});

describe("who points at a line", () => {
	test("points at nothing: itself, each other in a circle, and a line elsewhere", () => {
		const { board, arrow } = pointing();
		const doc = board.doc as Y.Doc;
		const second = addShape(board, shape("arrow", [0, 300, 50, 300]));
		const name = (entry: Y.Map<unknown>) => nameOf(entry) ?? { client: 0, clock: 0 };
		doc.transact(() => {
			for (const [one, other] of [
				[arrow, second],
				[second, arrow],
				[second, second],
			] as const) {
				const target = { ...middle, client: name(other).client, clock: name(other).clock };
				one.set("a1", encodeEnd({ x: 7, y: 8, target }));
			}
		});
		expect(seen(board, arrow)).toEqual([300, 50, 7, 8]);
		expect(seen(board, second)).toEqual([0, 300, 7, 8]);
		expect(new Targets(board).pointed({ ...middle, client: 1, clock: 2 ** 31 - 1 })).toBeNull();
	});
});

test("shares of a box are found again where it is turned, and snap to the middle", () => {
	const item = readItem(pointing().box);
	const frame = item === null ? undefined : pointedAs(item)?.frame;
	expect(frame && sharesIn({ ...frame, turn: 90 }, { x: 100, y: 50 })).toEqual({
		across: 0.5,
		down: 0,
	});
	expect(frame && sharesIn(frame, { x: 55, y: 45 })).toEqual(middle);
	expect(frame && sharesIn(frame, { x: -900, y: 90 })).toEqual({ across: 0, down: 0.9 });
});
