import { expect, test } from "vitest";
import { readItem } from "../../../shared/surfaces/board.ts";
import { type ItemLook, plainLook } from "../../../shared/surfaces/item-look.ts";
import { itemBounds } from "../../../shared/surfaces/item-outline.ts";
import { type ShapeKind, shapeKeys } from "../../../shared/surfaces/shapes.ts";
import { isTouched } from "../../../web/board/hit.ts";
import type { SceneItem } from "../../../web/board/paint/scene-item.ts";

/** A shape of 100 by 60 units at the origin, with a fine line. */
function shape(kind: ShapeKind, look: Partial<ItemLook> = {}): SceneItem {
	const drawn = { kind, color: 0, width: 0, look: { ...plainLook, ...look } };
	const item = readItem(Object.fromEntries(shapeKeys({ ...drawn, points: [0, 0, 100, 60] })));
	const box = item && itemBounds(item);
	if (item === null || box === null) throw new Error("no item");
	return { id: 1, order: 1, lifted: null, item, box };
}

const touches = (scene: SceneItem, x: number, y: number) =>
	isTouched(
		scene,
		[
			{ x, y },
			{ x, y },
		],
		2,
	);

test("a hollow shape is touched at its line, a filled one anywhere inside", () => {
	for (const kind of ["rectangle", "ellipse", "diamond"] as const) {
		expect(touches(shape(kind), 50, 0)).toBe(true);
		expect(touches(shape(kind), 50, 30)).toBe(false);
		expect(touches(shape(kind, { fill: "tint" }), 50, 30)).toBe(true);
		expect(touches(shape(kind, { fill: "solid" }), 45, 25)).toBe(true);
	}
});

test("the corners of the box of what is round are not touched", () => {
	for (const kind of ["ellipse", "diamond"] as const) {
		expect(touches(shape(kind, { fill: "solid" }), 4, 4)).toBe(false);
		expect(touches(shape(kind, { fill: "solid" }), 96, 56)).toBe(false);
	}
	expect(touches(shape("rectangle", { fill: "solid" }), 4, 4)).toBe(true);
});

test("a line has no inside, and an arrow's head can be touched", () => {
	expect(touches(shape("line", { fill: "solid" }), 50, 30)).toBe(true);
	expect(touches(shape("line", { fill: "solid" }), 60, 20)).toBe(false);
	const [x, y] = [100 - 17.5 * Math.cos(0.0168), 60 - 17.5 * Math.sin(0.0168)];
	expect(touches(shape("arrow"), x, y)).toBe(true);
	expect(touches(shape("line"), x, y)).toBe(false);
});
