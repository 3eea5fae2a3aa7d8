/** Arrows that stay on what they point at, and what is there twice, as the scene tells them. */
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { eraseItems, moveItems } from "../../../../shared/surfaces/arrange/edits.ts";
import { encodeEnd, nameOf } from "../../../../shared/surfaces/arrange/ends.ts";
import { putEnd } from "../../../../shared/surfaces/arrange/joins.ts";
import { placeOf } from "../../../../shared/surfaces/arrange/places.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { itemBounds, itemOutline } from "../../../../shared/surfaces/item-outline.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import { addShape, type Shape, shapeKeys } from "../../../../shared/surfaces/shapes.ts";
import { hitAlong } from "../../../../web/board/hit.ts";
import { Scene, type SceneChange } from "../../../../web/board/scene.ts";
import { Follower } from "../../../../web/board/shapes/follow.ts";

const middle = { across: 0.5, down: 0.5 };

function shape(kind: Shape["kind"], points: Shape["points"]): Shape {
	return { kind, color: 0, width: 0, look: plainLook, points };
}

/** A person's board as they see it. */
class Desk {
	readonly doc: Y.Doc;
	readonly board: Y.Array<unknown>;
	readonly scene: Scene;
	readonly changes: SceneChange[] = [];

	constructor(doc = new Y.Doc()) {
		this.doc = doc;
		this.board = strokesOf(doc);
		this.scene = new Scene(this.board, (change) => this.changes.push(change));
		const joiner = new Follower(this.board, this.scene);
		this.scene.measure({ boundsOf: itemBounds, placeOf, joiner });
	}

	entry(index: number): Y.Map<unknown> {
		return this.board.get(index) as Y.Map<unknown>;
	}

	/** Both ends of a line as it is seen, rounded. */
	ends(index: number): number[] {
		const item = this.scene.itemOf(this.entry(index))?.item;
		const points = item === undefined ? [] : [...itemOutline(item)].slice(0, 4);
		return points.map(Math.round);
	}

	move(index: number, x: number, y: number): void {
		const entries = new Set([this.entry(index)]);
		this.doc.transact(() => moveItems(this.board, entries, { x, y }));
	}
}

/** A box of 100 by 100 at the origin, and a line that leads to its middle. */
function pointing(): Desk {
	const desk = new Desk();
	desk.doc.transact(() => {
		const line = addShape(desk.board, shape("line", [300, 50, 110, 50]));
		const box = addShape(desk.board, shape("rectangle", [0, 0, 100, 100]));
		putEnd(line, 1, { at: { x: 110, y: 50 }, on: { entry: box, ...middle } });
	});
	return desk;
}

describe("an arrow on the board", () => {
	test("that comes in one with what it points at is where it should be, and says so", () => {
		const desk = pointing();
		expect(desk.ends(0)).toEqual([300, 50, 107, 50]);
		const [line, box] = [0, 1].map((index) => desk.scene.itemOf(desk.entry(index)));
		expect(line?.joins).toEqual([null, box?.id]);
		expect(desk.changes.length).toBe(1);
		expect(desk.changes[0]?.put.length).toBe(2);
	});

	test("follows what somebody else moves: told, drawn and touched where it is now", () => {
		const desk = pointing();
		const other = new Desk();
		Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(desk.doc));
		other.move(1, 0, 1_000);
		Y.applyUpdate(desk.doc, Y.encodeStateAsUpdate(other.doc));
		const [x = 0, y = 0] = desk.ends(0).slice(2);
		expect(y).toBeGreaterThan(900);
		expect(desk.ends(0)).toEqual(other.ends(0));
		const put = desk.changes.at(-1)?.put.map(({ id }) => id);
		expect(put).toContain(desk.scene.itemOf(desk.entry(0))?.id);
		const old = { minX: 107, minY: 50 };
		expect(desk.changes.at(-1)?.areas.some(({ minX, minY }) => minX < 300 && minY < old.minY)).toBe(
			true,
		);
		const at = { x: (300 + x) / 2, y: (50 + y) / 2 };
		expect(hitAlong(desk.scene, [at, at], 2).length).toBe(1);
		expect(hitAlong(desk.scene, [{ x: 200, y: 50 }, at], 1).length).toBe(1);
	});

	test("stays where it was seen when what it points at is erased, and finds it again", () => {
		const desk = pointing();
		desk.move(1, 0, 200);
		const before = desk.ends(0);
		const undo = new Y.UndoManager(desk.board);
		const box = new Set<unknown>([desk.entry(1)]);
		desk.doc.transact(() => {
			desk.scene.settle(box);
			eraseItems(desk.board, box);
		});
		expect(desk.ends(0)).toEqual(before);
		desk.move(0, 0, 10);
		expect(desk.ends(0)).toEqual(before.map((at, index) => (index % 2 ? at + 10 : at)));
		undo.undo();
		expect(desk.ends(0)).toEqual(before);
		desk.move(1, 0, -200);
		expect(desk.ends(0)).toEqual([300, 50, 107, 50]);
		desk.doc.transact(() => eraseItems(desk.board, new Set<unknown>([desk.entry(1)])));
		expect(desk.ends(0).slice(0, 2)).toEqual([300, 50]);
	});

	test("three thousand of them follow one thing, and the same number follow themselves", () => {
		const desk = pointing();
		const name = nameOf(desk.entry(1)) ?? { client: 0, clock: 0 };
		const end = encodeEnd({ x: 0, y: 0, target: { ...name, ...middle } });
		const many = (own: boolean) =>
			Array.from({ length: 3_000 }, (_, index) => {
				const drawn = shape("arrow", [500 + index, 500, 0, 0]);
				return new Y.Map<unknown>(own ? shapeKeys(drawn) : [...shapeKeys(drawn), ["a1", end]]);
			});
		desk.board.push(many(false));
		const circle = many(true);
		desk.board.push(circle);
		desk.doc.transact(() => {
			for (const [index, entry] of circle.entries()) {
				const next = circle[(index + (index % 2)) % circle.length] ?? entry;
				const target = { ...(nameOf(next) ?? name), ...middle };
				entry.set("a1", encodeEnd({ x: 0, y: 0, target: { ...target, client: name.client } }));
			}
		});
		desk.move(1, 0, 50);
		expect(desk.changes.at(-1)?.put.length).toBe(3_002);
	});
});

describe("an item that is there twice", () => {
	test("is seen once, and erased as one, where two erased it and took that back", () => {
		const [ann, ben] = [new Desk(), new Desk()];
		addShape(ann.board, shape("rectangle", [0, 0, 100, 100]));
		const show = (from: Desk, to: Desk) =>
			Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc), "wire");
		show(ann, ben);
		const both = [ann, ben];
		const undoes = both.map(({ board }) => new Y.UndoManager(board));
		for (const { board } of both) eraseItems(board, new Set(board.toArray()));
		for (const undo of undoes) undo.undo();
		show(ann, ben);
		show(ben, ann);
		for (const { scene, board } of both) {
			expect(board.length).toBe(2);
			expect(scene.items().length).toBe(1);
			expect(scene.mayHaveTwins).toBe(true);
			const late = new Scene(board, () => undefined);
			expect(late.items().length).toBe(2);
			late.measure({ boundsOf: itemBounds, placeOf, joiner: new Follower(board, late) });
			expect(late.items()).toHaveLength(1);
			late.close();
		}
		// Whoever sees the one knows of the other when it goes.
		const { scene, board, doc, changes } = ben;
		const values = scene.valuesOf(scene.items().map(({ id }) => id));
		doc.transact(() => {
			scene.settle(values);
			eraseItems(board, values);
		});
		show(ben, ann);
		expect([ann.board.length, ben.board.length]).toEqual([0, 0]);
		expect([ann.scene.isEmpty, ben.scene.isEmpty]).toEqual([true, true]);
		expect(changes.at(-1)?.removed).toHaveLength(1);
	});

	test("comes to light where the other goes alone", () => {
		const desk = new Desk();
		const other = new Desk();
		addShape(desk.board, shape("ellipse", [0, 0, 9, 9]));
		Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(desk.doc));
		const undoes = [desk, other].map(({ board }) => new Y.UndoManager(board));
		for (const { board } of [desk, other]) eraseItems(board, new Set(board.toArray()));
		for (const undo of undoes) undo.undo();
		Y.applyUpdate(desk.doc, Y.encodeStateAsUpdate(other.doc));
		expect(desk.scene.items()).toHaveLength(1);
		const seen = desk.scene.valuesOf(desk.scene.items().map(({ id }) => id));
		eraseItems(desk.board, seen);
		expect(desk.scene.items()).toHaveLength(1);
		expect(desk.changes.at(-1)?.put).toHaveLength(1);
		expect(desk.changes.at(-1)?.removed).toHaveLength(1);
	});
});
