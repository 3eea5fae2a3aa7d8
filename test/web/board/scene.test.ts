import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { eraseItems, moveItems } from "../../../shared/surfaces/arrange/edits.ts";
import { addStroke, addStrokes, clearBoard } from "../../../shared/surfaces/board.ts";
import { itemBounds } from "../../../shared/surfaces/item-outline.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { hitAlong } from "../../../web/board/hit.ts";
import { curveBulge } from "../../../web/board/paint/dense-line.ts";
import { byHeight } from "../../../web/board/paint/scene-item.ts";
import { Scene, type SceneChange } from "../../../web/board/scene.ts";

fc.configureGlobal({ seed: 20261121 });

function stroke(points: number[]) {
	const plain = { kind: "pen", color: 0, width: 0, pressures: null, times: null } as const;
	return { ...plain, points: Float64Array.from(points) };
}

/** The uppermost item at a point. */
function hitAt(scene: Scene, x: number, y: number) {
	const at = { x, y };
	return hitAlong(scene, [at, at], 1).at(-1) ?? null;
}

/** A board with its scene, and the changes that it told. */
function open(doc = new Y.Doc()) {
	const board = strokesOf(doc);
	const changes: SceneChange[] = [];
	const scene = new Scene(board, (change) => changes.push(change));
	return { doc, board, scene, changes };
}

/** x of the first point of all items, back to front. */
function xs(scene: Scene): number[] {
	return scene
		.items()
		.sort(byHeight)
		.map(({ item }) => itemBounds(item)?.minX ?? Number.NaN);
}

describe("the scene", () => {
	test("tells what is new, where it is, and what went", () => {
		const { board, scene, changes } = open();
		addStroke(board, stroke([0, 0, 10, 0]));
		expect(changes[0]?.put.length).toBe(1);
		const air = 2.5 + curveBulge;
		expect(changes[0]?.areas).toEqual([{ minX: -air, minY: -air, maxX: 10 + air, maxY: air }]);
		clearBoard(board);
		expect(changes[1]?.removed).toEqual([changes[0]?.put[0]?.id]);
		expect(scene.isEmpty).toBe(true);
	});

	test("a move tells the place it left and the place it went to", () => {
		const { board, scene, changes } = open();
		addStroke(board, stroke([0, 0, 10, 0]));
		moveItems(board, new Set(board.toArray()), { x: 100, y: 0 });
		expect(changes[1]?.areas.map((area) => area.maxX - area.minX).length).toBe(2);
		expect(changes[1]?.areas[1]?.minX).toBe((changes[1]?.areas[0]?.minX ?? 0) + 100);
		expect(hitAt(scene, 105, 1)).not.toBeNull();
		expect(hitAt(scene, 5, 1)).toBeNull();
	});

	test("a nested change of a stranger's item is seen", () => {
		const { board, scene } = open();
		const points = Y.Array.from<number>([0, 0]);
		board.push([new Y.Map<unknown>([["points", points]])]);
		points.push([50, 0]);
		expect(hitAt(scene, 25, 0)).not.toBeNull();
	});

	test("what two people insert at once stands in the doc's order", () => {
		const ann = new Y.Doc();
		const { board, scene } = open();
		for (const x of [0, 100, 200]) addStroke(board, stroke([x, 0]));
		board.insert(1, [
			{ points: [50, 0], width: 2.5 },
			{ points: [60, 0], width: 2.5 },
		]);
		board.insert(0, [{ points: [-50, 0], width: 2.5 }]);
		Y.applyUpdate(ann, Y.encodeStateAsUpdate(board.doc ?? ann));
		expect(xs(scene)).toEqual([-50, 0, 50, 60, 100, 200]);
		expect(xs(open(ann).scene)).toEqual(xs(scene));
	});

	test("numbers between two items do not run out", () => {
		const { board, scene } = open();
		for (const x of [0, 1000]) addStroke(board, stroke([x, 0]));
		for (let x = 1; x <= 60; x++) board.insert(1, [{ points: [x, 0], width: 2.5 }]);
		const between = Array.from({ length: 60 }, (_, index) => 60 - index);
		expect(xs(scene)).toEqual([0, ...between, 1000]);
		expect(new Set(scene.items().map(({ order }) => order)).size).toBe(62);
	});

	test("erase and undo in one go leaves one item where it was", () => {
		const { board, scene } = open();
		const undo = new Y.UndoManager(board, { captureTimeout: 0 });
		for (const x of [0, 100, 200]) addStroke(board, stroke([x, 0]));
		eraseItems(board, new Set([board.get(1)]));
		undo.undo();
		expect(xs(scene)).toEqual([0, 100, 200]);
	});

	test("at random it always stands as the doc does", () => {
		const changes = fc.array(fc.tuple(fc.nat(40), fc.nat(5), fc.boolean()), { maxLength: 40 });
		fc.assert(
			fc.property(changes, (steps) => {
				const { doc, board, scene } = open();
				let x = 0;
				for (const [at, count, isErasing] of steps) {
					const index = at % (board.length + 1);
					doc.transact(() => {
						if (isErasing) board.delete(index, Math.min(count, board.length - index));
						const entries = Array.from({ length: count }, () => ({ points: [x++, 0], width: 2 }));
						if (count > 0) board.insert(Math.min(index, board.length), entries);
						if (count % 2 === 1) return;
						board.insert(0, [7, 7]);
						board.delete(0, 1);
					});
				}
				const inDoc = board.toArray().filter((entry) => entry !== 7);
				expect(xs(scene)).toEqual(inDoc.map((entry) => Reflect.get(Object(entry), "points")[0]));
			}),
			{ numRuns: 60 },
		);
	});

	test("what is appended at once with things in front of it stands behind them", () => {
		const { doc, board, scene } = open();
		for (const x of [0, 100]) addStroke(board, stroke([x, 0]));
		doc.transact(() => {
			board.insert(1, [{ points: [50, 0], width: 2.5 }]);
			addStroke(board, stroke([200, 0]));
		});
		addStroke(board, stroke([300, 0]));
		expect(xs(scene)).toEqual([0, 50, 100, 200, 300]);
	});

	test("what cannot be drawn is no item, and harms nothing", () => {
		const { board, scene, changes } = open();
		board.push([1, "two", null, { d: Uint8Array.of(9) }]);
		board.delete(0, 2);
		expect(scene.isEmpty).toBe(true);
		expect(changes).toEqual([]);
	});

	test("an item that is damaged behind its points is nowhere touched, and harms nothing", () => {
		const { board, scene } = open();
		addStroke(board, stroke([0, 0, 10, 0]));
		const whole = (board.get(0) as Y.Map<Uint8Array>).get("d") ?? new Uint8Array();
		board.push([{ d: Uint8Array.of(...whole, 7) }]);
		expect(
			hitAlong(
				scene,
				[
					{ x: 5, y: -5 },
					{ x: 5, y: 5 },
				],
				1,
			).length,
		).toBe(1);
	});

	test("thousands at once are told in one change with one area", () => {
		const { board, scene, changes } = open();
		const many = Array.from({ length: 3_000 }, (_, x) => stroke([x, 0]));
		addStrokes(board, many);
		expect(changes.length).toBe(1);
		expect(changes[0]?.areas.length).toBe(1);
		expect(
			hitAlong(
				scene,
				[
					{ x: 10, y: 0 },
					{ x: 20, y: 0 },
				],
				0,
			).length,
		).toBeGreaterThan(8);
	});
});
