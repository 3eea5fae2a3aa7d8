import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { headLength } from "../../../shared/surfaces/arrange/item-points.ts";
import { readItem, widthOf } from "../../../shared/surfaces/board.ts";
import {
	type ItemLook,
	lookKeys,
	plainLook,
	readLook,
} from "../../../shared/surfaces/item-look.ts";
import { itemBounds, itemOutline } from "../../../shared/surfaces/item-outline.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { addShape, type Shape, shapeKeys } from "../../../shared/surfaces/shapes.ts";

const bytes = (hex: string): Uint8Array =>
	Uint8Array.from(hex.split(" "), (byte) => Number.parseInt(byte, 16));

function shape(kind: Shape["kind"], points: Shape["points"], look: Partial<ItemLook> = {}): Shape {
	return { kind, color: 2, width: 1, points, look: { ...plainLook, ...look } };
}

/** The item that a shape becomes, and the keys of its entry. */
function put(drawn: Shape) {
	const board = strokesOf(new Y.Doc());
	const entry = addShape(board, drawn);
	const item = readItem(entry);
	if (item === null) throw new Error("no item");
	return { item, keys: [...entry.keys()].toSorted() };
}

describe("golden bytes", () => {
	test.each([
		["rectangle", "01 03 12 02 20 40 60 c0 01"],
		["ellipse", "01 04 12 02 20 40 60 c0 01"],
		["diamond", "01 05 12 02 20 40 60 c0 01"],
		["line", "01 06 12 02 20 40 60 c0 01"],
		["arrow", "01 07 12 02 20 40 60 c0 01"],
	] as const)("a %s is these bytes", (kind, hex) => {
		expect(shapeKeys(shape(kind, [1, 2, 4, 8]))).toEqual([["d", bytes(hex)]]);
	});

	test("fill, dash and opacity are keys beside the bytes", () => {
		const look = { fill: "tint", dash: "dotted", opacity: 75 } as const;
		const [, ...keys] = shapeKeys(shape("ellipse", [0, 0, 1, 1], look));
		expect(keys).toEqual([
			["f", 1],
			["l", 2],
			["o", 75],
		]);
	});
});

describe("a shape in the doc", () => {
	test("says of itself only what is not plain", () => {
		expect(put(shape("line", [0, 0, 10, 10])).keys).toEqual(["d"]);
		expect(put(shape("line", [0, 0, 10, 10], { dash: "dotted" })).keys).toEqual(["d", "l"]);
	});

	test("has a place for words from its beginning, where it has an inside", () => {
		const { item, keys } = put(shape("rectangle", [0, 0, 10, 10], { fill: "solid" }));
		expect(keys).toEqual(["d", "f", "t"]);
		expect(item).toMatchObject({ text: null });
		expect(put(shape("arrow", [0, 0, 10, 10])).keys).toEqual(["d"]);
	});

	test("a box has its corners in order, a line the way it was drawn", () => {
		const box = { minX: -5, minY: 0, maxX: 10, maxY: 20 };
		const rectangle = put(shape("rectangle", [10, 0, -5, 20])).item;
		expect([...itemOutline(rectangle)]).toEqual([-5, 0, 10, 0, 10, 20, -5, 20, -5, 0]);
		expect(itemBounds(rectangle)).toEqual(box);
		const line = put(shape("line", [10, 0, -5, 20])).item;
		expect([...itemOutline(line)]).toEqual([10, 0, -5, 20]);
		expect(itemBounds(line)).toEqual(box);
	});

	test("all looks are read as they were written", () => {
		for (const fill of ["none", "tint", "solid"] as const) {
			for (const dash of ["solid", "dashed", "dotted"] as const) {
				for (const opacity of [10, 50, 100]) {
					const { item } = put(shape("diamond", [0, 0, 4, 4], { fill, dash, opacity }));
					expect(item.look).toEqual({ fill, dash, opacity });
				}
			}
		}
	});

	test.each([-1, 3, 1.5, 0, 101, Number.NaN, "solid", true, null, {}, [7]])(
		"what nobody knows (%s) is as if it were missing",
		(value) => {
			expect(readLook((key) => (key === "x" ? 0 : value))).toEqual({
				...plainLook,
				...(value === true ? { fill: "tint", dash: "dashed" } : {}),
			});
		},
	);

	test("plain looks share one object, and take no key", () => {
		expect(readLook(() => undefined)).toBe(plainLook);
		expect(lookKeys(plainLook)).toEqual([]);
	});

	test("a highlighter is wider than a pen", () => {
		expect(widthOf("highlighter", 1)).toBe(4 * widthOf("pen", 1));
		expect(widthOf("pen", 99)).toBe(widthOf("pen", 0));
	});
});

describe("the outline of a shape", () => {
	test("a diamond touches the middles of its box", () => {
		const { item } = put(shape("diamond", [0, 0, 10, 20]));
		expect([...itemOutline(item)]).toEqual([5, 0, 10, 10, 5, 20, 0, 10, 5, 0]);
	});

	test("an ellipse is closed, and all its points are on it", () => {
		const points = itemOutline(put(shape("ellipse", [-10, -5, 10, 5])).item);
		for (let index = 0; index < points.length; index += 2) {
			const [x = 0, y = 0] = points.subarray(index, index + 2);
			expect((x / 10) ** 2 + (y / 5) ** 2).toBeCloseTo(1, 9);
		}
		expect([...points.subarray(-2)][0]).toBeCloseTo(points[0] ?? 0, 9);
	});

	test("an arrow has a head at its end, which a short one makes smaller", () => {
		const far = itemOutline(put(shape("arrow", [0, 0, 200, 0])).item);
		const tip = [...far.subarray(4, 6)];
		expect(Math.hypot((tip[0] ?? 0) - 200, tip[1] ?? 0)).toBeCloseTo(headLength(5), 9);
		expect(far.length).toBe(10);
		const near = itemOutline(put(shape("arrow", [0, 0, 10, 0])).item);
		expect(Math.hypot((near[4] ?? 0) - 10, near[5] ?? 0)).toBeCloseTo(5, 9);
	});

	test("moved items have their outline where they are now", () => {
		const board = strokesOf(new Y.Doc());
		const entry = addShape(board, shape("rectangle", [0, 0, 2, 2]));
		entry.set("x", bytes("20 40"));
		const item = readItem(entry);
		expect(item && [...itemOutline(item)]).toEqual([1, 2, 3, 2, 3, 4, 1, 4, 1, 2]);
	});
});
