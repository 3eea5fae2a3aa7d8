import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { standItems } from "../../../../shared/surfaces/arrange/edits.ts";
import { itemPoints } from "../../../../shared/surfaces/arrange/item-points.ts";
import {
	decodePose,
	encodePose,
	plainPose,
	sizeWithin,
} from "../../../../shared/surfaces/arrange/pose.ts";
import { readItem } from "../../../../shared/surfaces/board.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { itemBounds, itemFrame, itemOutline } from "../../../../shared/surfaces/item-outline.ts";
import { strokesOf } from "../../../../shared/surfaces/root.ts";
import { addShape } from "../../../../shared/surfaces/shapes.ts";

describe("the bytes of a pose", () => {
	// By hand: version 1; sizes in 4096ths and the turn in 32nds of a degree, zig-zag, 7 bits a byte.
	test.each([
		["as drawn", plainPose, [1, 0x80, 0x40, 0x80, 0x40, 0]],
		["twice as wide", { wide: 2, high: 1, turn: 0 }, [1, 0x80, 0x80, 0x01, 0x80, 0x40, 0]],
		["mirrored", { wide: -1, high: 1, turn: 0 }, [1, 0xff, 0x3f, 0x80, 0x40, 0]],
		[
			"a quarter clockwise",
			{ wide: 1, high: 1, turn: 90 },
			[1, 0x80, 0x40, 0x80, 0x40, 0x80, 0x2d],
		],
		["half around", { wide: 1, high: 1, turn: -180 }, [1, 0x80, 0x40, 0x80, 0x40, 0xff, 0x59]],
	])("%s", (_name, pose, bytes) => {
		expect([...encodePose(pose)]).toEqual(bytes);
		expect(decodePose(Uint8Array.from(bytes))).toEqual(pose);
	});

	test("a turn that goes further around is the same turn", () => {
		expect(decodePose(encodePose({ ...plainPose, turn: 450 }))?.turn).toBe(90);
		expect(decodePose(encodePose({ ...plainPose, turn: 180 }))?.turn).toBe(-180);
	});

	test.each([
		["nothing", []],
		["cut short", [1, 0x80, 0x40, 0x80]],
		["no width", [1, 0, 0x80, 0x40, 0]],
		["a width beyond all", [1, 0x82, 0x80, 0x80, 0x08, 0x80, 0x40, 0]],
		["turned too far", [1, 0x80, 0x40, 0x80, 0x40, 0x80, 0x5a]],
		["bytes left over", [1, 0x80, 0x40, 0x80, 0x40, 0, 0]],
	])("%s is refused", (_name, bytes) => {
		expect(() => decodePose(Uint8Array.from(bytes))).toThrow("cannot be read");
	});

	test("what a newer app wrote is left alone, and a size that cannot be written is refused", () => {
		expect(decodePose(Uint8Array.of(2, 7, 7))).toBeNull();
		for (const wide of [0, 1e-9, 4_000, Number.NaN]) {
			expect(() => encodePose({ ...plainPose, wide })).toThrow("cannot be read");
		}
		expect([sizeWithin(1e-9), sizeWithin(-9_999)]).toEqual([1 / 4_096, -2_048]);
	});
});

describe("an item with a pose", () => {
	/** A box of 20 by 10 units at the origin, drawn so. */
	function boxed(kind: "rectangle" | "line" | "ellipse") {
		const doc = new Y.Doc();
		const board = strokesOf(doc);
		const shape = { kind, color: 0, width: 0, look: plainLook, points: [0, 0, 20, 10] } as const;
		const entry = addShape(board, shape);
		return {
			stand: (x: number, y: number, pose: Parameters<typeof encodePose>[0] | null) => {
				standItems(board, new Map([[entry, { x, y, pose }]]));
				const item = readItem(entry);
				if (item === null) throw new Error("no item");
				return item;
			},
			entry,
		};
	}
	const rounded = (points: ArrayLike<number>) =>
		Array.from(points, (at) => Math.round(at * 1e6) / 1e6 + 0);

	test("is sized and turned around its middle, and moved then", () => {
		const line = boxed("line");
		expect(rounded(itemPoints(line.stand(0, 0, { wide: 2, high: 1, turn: 0 })).points)).toEqual([
			-10, 0, 30, 10,
		]);
		const turned = line.stand(100, 0, { wide: 1, high: 1, turn: 90 });
		expect(rounded(itemPoints(turned).points)).toEqual([115, -5, 105, 15]);
		expect(itemBounds(turned)).toMatchObject({ minX: 105, maxX: 115 });
	});

	test("a rectangle's corners turn with it; its frame says where it lies", () => {
		const item = boxed("rectangle").stand(0, 0, { wide: 0.5, high: 2, turn: 90 });
		expect(rounded(itemOutline(item))).toEqual([20, 0, 20, 10, 0, 10, 0, 0, 20, 0]);
		expect(itemFrame(item)).toEqual({ x: 10, y: 5, width: 10, height: 20, turn: 90 });
	});

	test("loses the key again where it lies as it was drawn", () => {
		const { entry, stand } = boxed("ellipse");
		stand(1, 1, { wide: 2, high: 2, turn: 5 });
		expect(entry.has("s")).toBe(true);
		stand(1, 1, null);
		expect([entry.has("s"), readItem(entry)?.pose]).toEqual([false, null]);
	});

	test("one person's turn and another's move at once are both there", () => {
		const { entry, stand } = boxed("line");
		stand(0, 0, null);
		const board = entry.parent as Y.Array<unknown>;
		const ben = new Y.Doc();
		Y.applyUpdate(ben, Y.encodeStateAsUpdate(board.doc ?? new Y.Doc()));
		const [bens] = strokesOf(ben).toArray();
		standItems(strokesOf(ben), new Map([[bens, { x: 50, y: 0, pose: null }]]));
		stand(0, 0, { wide: 1, high: 1, turn: 90 });
		Y.applyUpdate(board.doc ?? new Y.Doc(), Y.encodeStateAsUpdate(ben));
		expect(readItem(entry)).toMatchObject({ x: 50, y: 0, pose: { turn: 90 } });
	});
});
