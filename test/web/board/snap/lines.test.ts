import { expect, test } from "vitest";
import { boxOfPoint, type SnapField, snapBox } from "../../../../web/board/snap/lines.ts";

const box = { minX: 3, minY: 100, maxX: 53, maxY: 140 };
const grid: SnapField = { gap: 24, reach: 6, boxes: [] };
/** A field with one item from 200 to 300, and from 500 to 540. */
const beside: SnapField = { ...grid, boxes: [{ minX: 200, minY: 500, maxX: 300, maxY: 540 }] };

test("where no item is near, the upper left corner meets the nearest dot", () => {
	expect(snapBox(box, { x: 10, y: -9 }, grid)).toEqual({ by: { x: 21, y: -4 }, guides: [] });
	// 13 is nearer to 24 than to 0; 91 nearer to 96 than to 72.
	expect(snapBox(box, { x: 0, y: 0 }, grid).by).toEqual({ x: -3, y: -4 });
	const left = snapBox(boxOfPoint({ x: -13, y: -11 }), { x: 0, y: 0 }, grid);
	expect(left.by.x - 13).toBe(-24);
	expect(left.by.y - 11).toBeCloseTo(0);
});

test("a line of an item that is near wins over the grid, on its own axis alone", () => {
	// The right edge comes to 198, two before the item's left one.
	const snapped = snapBox(box, { x: 145, y: 0 }, beside);
	expect(snapped.by).toEqual({ x: 147, y: -4 });
	expect(snapped.guides).toEqual([{ axis: "x", at: 200, from: 96, to: 540 }]);
});

test("of several lines the nearest is met, edges and middles alike", () => {
	// The middle is at 249, one before the item's; the left edge is at 224, the right one at 274.
	expect(snapBox(box, { x: 221, y: 0 }, beside)).toMatchObject({
		by: { x: 222 },
		guides: [{ axis: "x", at: 250 }],
	});
	// Below: the upper edge meets the item's lower one.
	const below = snapBox(box, { x: 221, y: 437 }, beside);
	expect(below.by).toEqual({ x: 222, y: 440 });
	expect(below.guides).toEqual([
		{ axis: "x", at: 250, from: 500, to: 580 },
		{ axis: "y", at: 540, from: 200, to: 300 },
	]);
});

test("what lies further away than the reach is not met", () => {
	const by = { x: 200 - 53 - 6.5, y: 0 };
	expect(snapBox(box, by, beside).guides).toEqual([]);
	expect(snapBox(box, { ...by, x: by.x + 1 }, beside).guides).toHaveLength(1);
});

test("a guide reaches over all items that lie on it", () => {
	const boxes = [...beside.boxes, { minX: 300, minY: 900, maxX: 320, maxY: 950 }];
	const { guides } = snapBox(box, { x: 246, y: 0 }, { ...grid, boxes });
	expect(guides).toEqual([
		{ axis: "x", at: 250, from: 96, to: 540 },
		{ axis: "x", at: 300, from: 96, to: 950 },
	]);
});

test("an axis that is not pulled stays", () => {
	const point = boxOfPoint({ x: 197, y: 91 });
	const upright = { x: false, y: true };
	expect(snapBox(point, { x: 1, y: 1 }, beside, upright)).toEqual({
		by: { x: 1, y: 5 },
		guides: [],
	});
});
