/** Parts of strokes that were erased: their bytes, and what becomes of them between people. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { eraseParts, moveItems } from "../../../../shared/surfaces/arrange/edits.ts";
import {
	cutLine,
	decodeGaps,
	encodeGaps,
	type Gaps,
	gapKeyOf,
	gapsMax,
	gapsOf,
	joinGaps,
	stretchesLeft,
} from "../../../../shared/surfaces/arrange/gaps.ts";
import { addStroke, readItem } from "../../../../shared/surfaces/board.ts";
import {
	itemBounds,
	itemFrame,
	itemLines,
	itemOutline,
} from "../../../../shared/surfaces/item-outline.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import type { Stroke } from "../../../../shared/surfaces/stroke-codec.ts";

fc.configureGlobal({ seed: 20261122 });

/** A straight stroke of eleven points: the place on it is a tenth of x. */
function straight(more: Partial<Stroke> = {}): Stroke {
	const points = Float64Array.from({ length: 22 }, (_, at) => (at % 2 === 0 ? at * 5 : 0));
	return { kind: "pen", color: 0, width: 0, points, pressures: null, times: null, ...more };
}

/** Somebody's board, and what they see of its first stroke: from, to, from, to along x. */
class Desk {
	readonly doc = new Y.Doc();
	readonly undo: Y.UndoManager;

	constructor() {
		this.undo = new Y.UndoManager(strokesOf(this.doc), { captureTimeout: 0 });
	}

	get board(): Y.Array<unknown> {
		return strokesOf(this.doc);
	}

	erase(...gaps: number[]): void {
		this.doc.transact(() => eraseParts(this.board, new Map([[this.board.get(0), gaps]])));
	}

	seen(): number[] {
		const item = readItem(this.board.get(0));
		return item === null ? [] : itemLines(item).flatMap((line) => [line[0] ?? 0, line.at(-2) ?? 0]);
	}
}

/** Ann's and Ben's boards with one stroke, and how each hears of the other. */
function two() {
	const [ann, ben] = [new Desk(), new Desk()];
	addStroke(ann.board, straight());
	ann.undo.clear();
	const meet = () => {
		Y.applyUpdate(ben.doc, Y.encodeStateAsUpdate(ann.doc), "wire");
		Y.applyUpdate(ann.doc, Y.encodeStateAsUpdate(ben.doc), "wire");
		expect(ben.seen()).toEqual(ann.seen());
	};
	meet();
	return { ann, ben, meet };
}

describe("the bytes of gaps", () => {
	test.each([
		[[], [1]],
		[
			[0, 1 / 1_024],
			[1, 0, 1],
		],
		[
			[1, 2, 2.5, 3],
			[1, 128, 8, 128, 8, 128, 4, 128, 4],
		],
	])("%j are those of the format", (gaps, bytes) => {
		expect([...encodeGaps(gaps)]).toEqual(bytes);
		expect(decodeGaps(Uint8Array.from(bytes))).toEqual(gaps);
	});

	test.each([
		["none", []],
		["half a gap", [1, 5]],
		["a gap of no length", [1, 5, 0]],
		["a gap behind the longest stroke", [1, 255, 255, 255, 127, 1]],
		["more gaps than there may be", [1, ...new Array((gapsMax + 1) * 2).fill(1)]],
	])("%s are damaged", (_, bytes) => {
		expect(() => decodeGaps(Uint8Array.from(bytes))).toThrow();
	});

	test("of a newer version erase nothing", () => {
		expect(decodeGaps(Uint8Array.of(2, 9))).toBeNull();
		expect(gapsOf({ gaps: [Uint8Array.of(2, 9), Uint8Array.of(1, 5)] })).toEqual([]);
	});

	test("are rounded outwards: what touched leaves no crumb", () => {
		const third = 1 / 3;
		expect(decodeGaps(encodeGaps([1, 1 + third, 1 + third, 2]))).toEqual([1, 2]);
		const [from = 0, to = 0] = decodeGaps(encodeGaps([third, 2 * third])) ?? [];
		expect(from).toBeLessThanOrEqual(third);
		expect(to).toBeGreaterThanOrEqual(2 * third);
	});

	test("of more than may be written those become one that lie nearest", () => {
		const many = Array.from({ length: gapsMax + 2 }, (_, index) => [index, index + 0.5]).flat();
		many[4] = 1.75; // Between the second and the third is the least.
		many[8] = 3.75;
		const written = decodeGaps(encodeGaps(many)) ?? [];
		expect(written).toHaveLength(gapsMax * 2);
		expect(written.slice(0, 8)).toEqual([0, 0.5, 1, 2.5, 3, 4.5, 5, 5.5]);
	});
});

test("gaps and what they leave are the whole stroke, and nothing twice", () => {
	const places = fc.array(
		fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 9 })),
	);
	const counts = fc.integer({ min: 2, max: 12 });
	fc.assert(
		fc.property(places, counts, (some, count) => {
			const gaps: Gaps = some.flatMap(([from, length]) => [from / 4, (from + length) / 4]);
			const left = stretchesLeft(count, joinGaps(gaps));
			for (let at = 0.03; at < count - 1; at += 0.1) {
				const isGap = some.some(([from, length]) => at > from / 4 && at < (from + length) / 4);
				expect(left.filter(([from, to]) => at > from && at < to)).toHaveLength(isGap ? 0 : 1);
			}
		}),
	);
});

test("a dot is there or gone, and a stretch of a line has its own ends", () => {
	expect(stretchesLeft(1, [])).toEqual([[0, 0]]);
	expect(stretchesLeft(1, [0, 0.01])).toEqual([]);
	const line = Float64Array.of(0, 0, 10, 0, 10, 10);
	expect([...cutLine(line, [0.5, 1.25])]).toEqual([5, 0, 10, 0, 10, 2.5]);
	expect([...cutLine(line, [0, 2])]).toEqual([...line]);
	expect([...cutLine(line.subarray(0, 2), [0, 0])]).toEqual([0, 0]);
});

describe("a stroke of which parts are erased", () => {
	test("is what is left of it, to whoever asks where it is", () => {
		const { ann } = two();
		ann.erase(0, 2, 4, 5.5);
		const item = readItem(ann.board.get(0));
		expect(ann.seen()).toEqual([20, 40, 55, 100]);
		expect(item && itemBounds(item)).toEqual({ minX: 20, minY: 0, maxX: 100, maxY: 0 });
		expect(item && itemFrame(item)).toMatchObject({ x: 60, width: 80 });
		expect(item && itemOutline(item)).toHaveLength(22);
	});

	test("moved, sized and turned has the same gaps", () => {
		const { ann } = two();
		ann.erase(4, 5);
		const entries = new Set([ann.board.get(0)]);
		ann.doc.transact(() => moveItems(ann.board, entries, { x: 1_000, y: 5 }));
		expect(ann.seen()).toEqual([1_000, 1_040, 1_050, 1_100]);
	});

	test("what two erase at once adds up; each takes back their own and nothing else", () => {
		const { ann, ben, meet } = two();
		ann.erase(1, 3);
		ben.erase(2, 4, 8, 10);
		meet();
		expect(ann.seen()).toEqual([0, 10, 40, 80]);
		ann.undo.undo();
		meet();
		expect(ann.seen()).toEqual([0, 20, 40, 80]);
		ann.undo.redo();
		ben.undo.undo();
		meet();
		expect(ann.seen()).toEqual([0, 10, 30, 100]);
	});

	test("gesture after gesture adds up, and is taken back one by one", () => {
		const { ann } = two();
		ann.erase(1, 2);
		ann.erase(5, 6);
		ann.erase(1.5, 5.5);
		expect(ann.seen()).toEqual([0, 10, 60, 100]);
		ann.undo.undo();
		expect(ann.seen()).toEqual([0, 10, 20, 50, 60, 100]);
		ann.undo.undo();
		ann.undo.undo();
		expect(ann.seen()).toEqual([0, 100]);
		expect([...(ann.board.get(0) as Y.Map<unknown>).keys()]).toEqual(["d"]);
	});

	test("of which two erase a half each is nowhere; one half comes back with its undo", () => {
		const { ann, ben, meet } = two();
		ann.erase(0, 5);
		ben.erase(5, 10);
		meet();
		expect(ann.seen()).toEqual([]);
		const item = readItem(ann.board.get(0));
		expect(item && [itemBounds(item), itemFrame(item)]).toEqual([null, null]);
		ben.undo.undo();
		meet();
		expect(ann.seen()).toEqual([50, 100]);
	});

	test("costs a small update, and those who know no gaps see all of it", () => {
		const { ann } = two();
		const updates: Uint8Array[] = [];
		ann.doc.on("update", (update: Uint8Array) => updates.push(update));
		ann.erase(2.2, 4.7);
		expect(updates).toHaveLength(1);
		expect(updates[0]?.length).toBeLessThanOrEqual(32);
		const entry = ann.board.get(0) as Y.Map<unknown>;
		const known = Object.fromEntries([...entry.entries()].filter(([key]) => !key.startsWith("e")));
		const item = readItem(known);
		expect(item && itemLines(item)).toEqual([straight().points]);
	});

	test("is left alone where it is locked, or no pen's", () => {
		const desk = new Desk();
		const locked = addStroke(desk.board, straight());
		locked.set("lock", true);
		const line = addStroke(desk.board, straight({ kind: "line" }));
		desk.doc.transact(() => {
			eraseParts(
				desk.board,
				new Map([
					[locked, [1, 2]],
					[line, [1, 2]],
				]),
			);
		});
		expect([locked.has(gapKeyOf(desk.doc.clientID)), line.size]).toEqual([false, 1]);
		line.set("e0", encodeGaps([0, 10]));
		const item = readItem(line);
		expect(item && itemLines(item)).toHaveLength(1);
	});

	test("may be another client's plain one: it becomes one of ours", () => {
		const desk = new Desk();
		desk.board.push([{ points: [0, 0, 50, 0, 100, 0], color: "red", width: 5 }]);
		desk.erase(0.5, 1);
		expect(desk.seen()).toEqual([0, 25, 50, 100]);
		expect(desk.board.length).toBe(1);
	});
});
