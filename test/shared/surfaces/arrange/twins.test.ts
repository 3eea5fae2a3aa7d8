import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import {
	copyItems,
	eraseItems,
	moveItems,
	restyleItems,
} from "../../../../shared/surfaces/arrange/edits.ts";
import { plainBounds } from "../../../../shared/surfaces/arrange/item-points.ts";
import { Targets } from "../../../../shared/surfaces/arrange/joins.ts";
import { pileOf } from "../../../../shared/surfaces/arrange/pile.ts";
import { eraseTwins, seenEntries, twinsIn } from "../../../../shared/surfaces/arrange/twins.ts";
import { addStroke, clearBoard, readItem } from "../../../../shared/surfaces/board.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";

/** Somebody at the board who can take back what they did. */
class Painter {
	readonly doc = new Y.Doc();
	readonly board = strokesOf(this.doc);
	readonly undo: Y.UndoManager;

	constructor(clientId: number) {
		this.doc.clientID = clientId;
		this.undo = new Y.UndoManager(this.board, {
			trackedOrigins: new Set([this]),
			captureTimeout: 0,
		});
	}

	act(run: () => void): void {
		this.doc.transact(run, this);
	}

	draw(...xs: readonly number[]): void {
		const plain = { kind: "pen", color: 0, width: 0, pressures: null, times: null } as const;
		for (const x of xs) {
			this.act(() => addStroke(this.board, { ...plain, points: Float64Array.of(x, 0, x, 9) }));
		}
	}

	/** The entry that is seen there. */
	at(x: number): Y.Map<unknown> {
		const entry = seenEntries(this.board).find((one) => leftOf(one) === x);
		if (!(entry instanceof Y.Map)) throw new Error(`nothing at ${x}`);
		return entry;
	}

	move(x: number, by: number): void {
		this.act(() => moveItems(this.board, new Set([this.at(x)]), { x: by, y: 0 }));
	}

	erase(...xs: readonly number[]): void {
		const entries = new Set(xs.map((x) => this.at(x)));
		this.act(() => {
			eraseTwins(this.board, entries);
			eraseItems(this.board, entries);
		});
	}

	/** Where everything is that is seen, back to front. */
	get seen(): readonly number[] {
		return pileOf(this.board).map((index) => leftOf(this.board.get(index)));
	}
}

function leftOf(entry: unknown): number {
	const item = readItem(entry);
	return (item === null ? null : plainBounds(item))?.minX ?? Number.NaN;
}

/** What each has goes to the others, again and again. */
function meet(...people: readonly Painter[]): void {
	for (const from of [...people, ...people]) {
		for (const to of people) Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc));
	}
}

/** Ann and Ben at the same strokes, which Ann drew. */
function together(...xs: readonly number[]): { ann: Painter; ben: Painter } {
	const [ann, ben] = [new Painter(1), new Painter(2)];
	ann.draw(...xs);
	meet(ann, ben);
	return { ann, ben };
}

/** Both erase these at once, and both take it back. */
function eraseAndTakeBack({ ann, ben }: ReturnType<typeof together>, ...xs: number[]): void {
	for (const one of [ann, ben]) one.erase(...xs);
	meet(ann, ben);
	for (const one of [ann, ben]) one.undo.undo();
	meet(ann, ben);
}

describe("two who erase an item at once and both take that back", () => {
	test("see it once, where it was", () => {
		const pair = together(0, 100, 200);
		eraseAndTakeBack(pair, 100);
		expect(pair.ann.board.length).toBe(4);
		expect(pair.ann.seen).toEqual([0, 100, 200]);
		expect(pair.ben.seen).toEqual(pair.ann.seen);
	});

	test("and so does somebody who has it from what was stored", () => {
		const pair = together(0, 100);
		eraseAndTakeBack(pair, 0, 100);
		const folded = new Y.Doc();
		Y.applyUpdate(folded, Y.encodeStateAsUpdate(pair.ann.doc));
		const cem = new Painter(3);
		Y.applyUpdate(cem.doc, Y.encodeStateAsUpdate(folded));
		expect(cem.seen).toEqual([0, 100]);
	});

	test("of whom the second sees what the first brought back, see it once", () => {
		const { ann, ben } = together(0);
		for (const one of [ann, ben]) one.erase(0);
		meet(ann, ben);
		ann.undo.undo();
		meet(ann, ben);
		ben.undo.undo();
		meet(ann, ben);
		expect([ann.seen, ben.seen]).toEqual([[0], [0]]);
	});

	test("see it once, however often they do", () => {
		const pair = together(0, 100);
		for (let count = 0; count < 4; count++) eraseAndTakeBack(pair, 0);
		pair.ann.undo.redo();
		pair.ann.undo.undo();
		meet(pair.ann, pair.ben);
		expect(pair.ann.seen).toEqual([0, 100]);
		expect(pair.ben.seen).toEqual([0, 100]);
	});

	test("see it once when all was cleared and somebody moved it before", () => {
		const pair = together(0, 100);
		pair.ben.move(100, 50);
		meet(pair.ann, pair.ben);
		for (const one of [pair.ann, pair.ben]) one.act(() => clearBoard(one.board));
		meet(pair.ann, pair.ben);
		for (const one of [pair.ann, pair.ben]) one.undo.undo();
		pair.ben.move(0, 7);
		meet(pair.ann, pair.ben);
		expect(pair.ann.seen).toEqual(pair.ben.seen);
		expect(pair.ann.seen).toHaveLength(2);
		expect(pair.ann.seen[1]).toBe(150);
	});

	test("have it gone when somebody erases it then, and once when that is taken back", () => {
		const pair = together(0, 100);
		eraseAndTakeBack(pair, 0);
		pair.ben.erase(0);
		meet(pair.ann, pair.ben);
		expect([pair.ann.seen, pair.ben.seen]).toEqual([[100], [100]]);
		expect(pair.ann.board.length).toBe(1);
		pair.ben.undo.undo();
		meet(pair.ann, pair.ben);
		expect([pair.ann.seen, pair.ben.seen]).toEqual([
			[0, 100],
			[0, 100],
		]);
	});

	test("keep it where somebody locked it", () => {
		const pair = together(0);
		eraseAndTakeBack(pair, 0);
		pair.ann.at(0).set("lock", true);
		pair.ann.erase(0);
		expect(pair.ann.board.length).toBe(2);
		expect(pair.ann.seen).toEqual([0]);
	});

	test("have arrows stay on the one that is seen, by the name of either", () => {
		const pair = together(0);
		eraseAndTakeBack(pair, 0);
		const { board } = pair.ann;
		const names = board.map((entry) => (entry instanceof Y.Map ? entry._item?.id : null));
		const found = names.map((name) => name && new Targets(board).find(name));
		expect(found).toEqual([pair.ann.at(0), pair.ann.at(0)]);
	});
});

describe("a stranger's plain entry", () => {
	const plain = { points: [7, 0, 7, 9], color: "teal", width: 9 };

	function withPlain() {
		const pair = together(100);
		pair.ann.act(() => pair.ann.board.insert(0, [plain, { ...plain, color: "red" }]));
		meet(pair.ann, pair.ben);
		return pair;
	}

	test("that two change first, at once, is there once", () => {
		const { ann, ben } = withPlain();
		ann.act(() => moveItems(ann.board, new Set([ann.board.get(0)]), { x: 20, y: 0 }));
		ben.act(() => restyleItems(ben.board, new Set([ben.board.get(0)]), { color: 2 }));
		meet(ann, ben);
		expect(ann.board.length).toBe(4);
		expect(ann.seen).toHaveLength(3);
		expect(ann.seen).toEqual(ben.seen);
	});

	test("that two change first is still there once when both erase it and take that back", () => {
		const { ann, ben } = withPlain();
		for (const one of [ann, ben]) {
			one.act(() => moveItems(one.board, new Set([one.board.get(1)]), { x: 20, y: 0 }));
		}
		meet(ann, ben);
		eraseAndTakeBack({ ann, ben }, 27);
		expect(ann.seen).toEqual([7, 27, 100]);
		expect(ben.seen).toEqual([7, 27, 100]);
	});
});

describe("plain entries that nobody changed", () => {
	const plain = (x: number) => ({ points: [x, 0, x, 9], color: "teal", width: 9 });

	/** Ann and Ben at some that came as one, and a stroke behind them. */
	function withPlain(...xs: readonly number[]) {
		const pair = together(900);
		pair.ann.act(() => pair.ann.board.insert(0, xs.map(plain)));
		meet(pair.ann, pair.ben);
		return pair;
	}

	function erase({ act, board }: Painter, ...xs: readonly number[]): void {
		const entries = new Set(seenEntries(board).filter((one) => xs.includes(leftOf(one))));
		act(() => {
			eraseTwins(board, entries);
			eraseItems(board, entries);
		});
	}

	const bound = (one: Painter): Painter => Object.assign(one, { act: one.act.bind(one) });

	test.each([
		["the same one", [1], [1]],
		["the same three", [0, 1, 2], [0, 1, 2]],
		["some of the same", [0, 1, 2], [1]],
		["some that lie over each other", [0, 1, 3], [1, 2, 3]],
	])("are there once when two erase %s and both take that back", (_name, anns, bens) => {
		const { ann, ben } = withPlain(0, 1, 2, 3);
		for (let count = 0; count < 3; count++) {
			erase(bound(ann), ...anns);
			erase(bound(ben), ...bens);
			meet(ann, ben);
			for (const one of [ann, ben]) one.undo.undo();
			meet(ann, ben);
			expect([...ann.seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 900]);
			expect(ben.seen).toEqual(ann.seen);
		}
		const folded = new Y.Doc();
		Y.applyUpdate(folded, Y.encodeStateAsUpdate(ann.doc));
		const cem = new Painter(3);
		Y.applyUpdate(cem.doc, Y.encodeStateAsUpdate(folded));
		expect(cem.seen).toEqual(ann.seen);
		erase(bound(ben), 1);
		meet(ann, ben);
		expect(ann.seen).not.toContain(1);
	});

	test("are there once when one is brought back and the other has moved it", () => {
		const { ann, ben } = withPlain(0, 1);
		erase(bound(ann), 0);
		ben.act(() => moveItems(ben.board, new Set([ben.board.get(0)]), { x: 20, y: 0 }));
		ann.undo.undo();
		meet(ann, ben);
		expect([ann.seen, ben.seen]).toEqual([
			[20, 1, 900],
			[20, 1, 900],
		]);
	});

	test("are as many as there were where they are alike", () => {
		const { ann, ben } = withPlain(5, 5, 5);
		for (const one of [ann, ben]) one.act(() => clearBoard(one.board));
		meet(ann, ben);
		for (const one of [ann, ben]) one.undo.undo();
		meet(ann, ben);
		expect([ann.seen, ben.seen]).toEqual([
			[5, 5, 5, 900],
			[5, 5, 5, 900],
		]);
	});
});

describe("what is not one item", () => {
	test("are two that are drawn alike", () => {
		const { ann, ben } = together(0, 0);
		eraseAndTakeBack({ ann, ben }, 0);
		expect(ann.seen).toEqual([0, 0]);
		expect(ben.seen).toEqual([0, 0]);
	});

	test("is a copy, also of what was brought back, and of that copies by two at once", () => {
		const pair = together(0);
		eraseAndTakeBack(pair, 0);
		for (const { act, board, at } of [pair.ann, pair.ben].map((one) => ({
			act: one.act.bind(one),
			board: one.board,
			at: one.at.bind(one),
		}))) {
			act(() => copyItems(board, new Set([at(0)]), { by: { x: 5, y: 5 }, groupOf: String }));
		}
		meet(pair.ann, pair.ben);
		expect(pair.ann.seen).toEqual([0, 5, 5]);
	});

	test("is what a stranger puts where something was erased", () => {
		const { ann } = together(0, 100);
		ann.erase(0);
		const put = (x: number) => {
			ann.board.insert(0, [new Y.Map<unknown>([["points", [x, 0, x, 9]]])]);
		};
		put(7);
		put(8);
		expect(ann.seen).toEqual([8, 7, 100]);
	});

	test("costs nothing to tell where nothing was brought back", () => {
		const { ann } = together(0, 100);
		expect(twinsIn(ann.board).size).toBe(0);
		expect(seenEntries(ann.board)).toEqual(ann.board.toArray());
	});
});
