import { describe, expect, test } from "vitest";
import type { Pose } from "../../../../shared/surfaces/arrange/pose.ts";
import { readItem } from "../../../../shared/surfaces/board.ts";
import { plainLook } from "../../../../shared/surfaces/item-look.ts";
import { itemBounds, itemFrame } from "../../../../shared/surfaces/item-outline.ts";
import { shapeKeys } from "../../../../shared/surfaces/shapes.ts";
import {
	areRigid,
	frameAround,
	type Pull,
	pulled,
	stood,
	turnedBy,
} from "../../../../web/board/choose/stretch.ts";
import type { SceneItem } from "../../../../web/board/paint/scene-item.ts";

/** A rectangle between two corners. */
function box(
	id: number,
	points: [number, number, number, number],
	pose: Pose | null = null,
): SceneItem {
	const shape = { kind: "rectangle", color: 0, width: 0, look: plainLook, points } as const;
	const item = readItem(Object.fromEntries(shapeKeys(shape)));
	const bounds = item === null ? null : itemBounds(item);
	if (item === null || bounds === null) throw new Error("no item");
	return { id, order: id, lifted: null, box: bounds, item: { ...item, pose } };
}

const right: Pull = {
	grip: { x: 1, y: 0 },
	by: { x: 10, y: 3 },
	isEven: false,
	isMiddle: false,
	lay: () => null,
};
const corner: Pull = { ...right, grip: { x: 1, y: 1 }, by: { x: 20, y: 5 } };

/** Where items are after a pull: their boxes, rounded. */
function boxesAfter(items: readonly SceneItem[], pull: Pull) {
	const frame = frameAround(items);
	if (frame === null) throw new Error("no frame");
	const stands = pulled(items, frame, pull);
	return items.map((item) => {
		const bounds = itemBounds(stood(item, stands.get(item.id)).item);
		const { minX = 0, minY = 0, maxX = 0, maxY = 0 } = bounds ?? {};
		return [minX, minY, maxX, maxY].map((at) => Math.round(at * 1e3) / 1e3 + 0);
	});
}

describe("what is pulled at a grip", () => {
	test("one side goes with the hand, the other one stays", () => {
		expect(boxesAfter([box(1, [0, 0, 20, 10])], right)).toEqual([[0, 0, 30, 10]]);
		const left = { ...right, grip: { x: -1, y: 0 } } as const;
		expect(boxesAfter([box(1, [0, 0, 20, 10])], left)).toEqual([[10, 0, 20, 10]]);
	});

	test("with Alt the middle stays, with Shift the proportions", () => {
		expect(boxesAfter([box(1, [0, 0, 20, 10])], { ...right, isMiddle: true })).toEqual([
			[-10, 0, 30, 10],
		]);
		expect(boxesAfter([box(1, [0, 0, 20, 10])], { ...corner, isEven: true })).toEqual([
			[0, 0, 40, 20],
		]);
	});

	test("beyond the other side it is mirrored, and never thinner than a unit", () => {
		const far = { ...right, by: { x: -50, y: 0 } };
		const item = box(1, [0, 0, 20, 10]);
		expect(boxesAfter([item], far)).toEqual([[-30, 0, 0, 10]]);
		expect(boxesAfter([item], { ...right, by: { x: -20, y: 0 } })).toEqual([[0, 0, 1, 10]]);
	});

	test("several items keep their places in the common frame", () => {
		const items = [box(1, [0, 0, 10, 10]), box(2, [30, 10, 40, 20])];
		const pull = { ...corner, by: { x: 40, y: 20 } };
		expect(boxesAfter(items, pull)).toEqual([
			[0, 0, 20, 20],
			[60, 20, 80, 40],
		]);
	});

	test("a turned item is pulled along its own sides", () => {
		const item = box(1, [0, 0, 20, 10], { wide: 1, high: 1, turn: 90 });
		const down = { ...right, by: { x: 0, y: 10 } };
		expect(boxesAfter([item], down)).toEqual([[5, -5, 15, 25]]);
	});

	test("a quarter turn among others swaps the sides; what stands askew keeps its shape", () => {
		const quarter = box(1, [0, 0, 20, 10], { wide: 1, high: 1, turn: 90 });
		const other = box(2, [40, 0, 50, 10]);
		const frame = frameAround([quarter, other]);
		if (frame === null) throw new Error("no frame");
		expect(areRigid([quarter, other], frame)).toBe(false);
		const stands = pulled([quarter, other], frame, { ...right, by: { x: frame.width, y: 0 } });
		expect(stands.get(1)?.pose).toMatchObject({ wide: 1, high: 2 });
		const askew = box(3, [0, 0, 20, 10], { wide: 1, high: 1, turn: 30 });
		expect(areRigid([askew, other], frame)).toBe(true);
		expect(areRigid([askew], itemFrame(askew.item) ?? frame)).toBe(false);
	});

	test("a shape stays large enough for its words, and its other side stays where it is", () => {
		const plain = box(1, [0, 0, 100, 100]);
		const worded = { ...plain, item: { ...plain.item, text: "Ann's stall" } };
		// Three lines of 20 units: with the air around them, and the line, they take 78.5.
		const lay = () => ({ lines: ["Ann", "'s", "stall"], lineHeight: 20 });
		const up = { ...corner, by: { x: 0, y: -90 }, lay };
		expect(boxesAfter([plain], up)).toEqual([[0, 0, 100, 10]]);
		expect(boxesAfter([worded], up)).toEqual([[0, 0, 100, 78.5]]);
		const down = { ...up, grip: { x: 1, y: -1 }, by: { x: 0, y: 90 } } as const;
		expect(boxesAfter([worded], down)).toEqual([[0, 21.5, 100, 100]]);
		// One letter beside another: no narrower than one.
		const thin = { ...right, by: { x: -95, y: 0 }, lay };
		expect(boxesAfter([worded], thin)).toEqual([[0, 0, 38.5, 100]]);
	});

	test("what is locked stays", () => {
		const item = box(1, [0, 0, 20, 10]);
		const locked = { ...item, item: { ...item.item, isLocked: true } };
		expect(boxesAfter([locked], right)).toEqual([[0, 0, 20, 10]]);
	});
});

test("several items turn around the common middle, and back to where they were", () => {
	const items = [box(1, [0, 0, 10, 10]), box(2, [30, 0, 40, 10])];
	const frame = frameAround(items);
	if (frame === null) throw new Error("no frame");
	const stands = turnedBy(items, frame, 180);
	expect(stands.get(1)).toMatchObject({ x: 30, pose: { turn: -180 } });
	const there = items.map((item) => stood(item, stands.get(item.id)));
	const back = turnedBy(there, frame, 180);
	expect(back.get(1)).toMatchObject({ pose: null });
	expect(back.get(1)?.x).toBeCloseTo(0);
});
