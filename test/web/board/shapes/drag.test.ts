import { expect, test } from "vitest";
import { shapeBetween } from "../../../../web/board/shapes/drag.ts";

const none = { isShift: false, isAlt: false };
const shift = { isShift: true, isAlt: false };
const alt = { isShift: false, isAlt: true };
const from = { x: 10, y: 10 };

test("a drag makes a shape from where it began to where it is", () => {
	expect(shapeBetween("ellipse", [from, { x: 40, y: 0 }], none)).toEqual([10, 10, 40, 0]);
});

test("with Shift it is as wide as high, in every direction", () => {
	expect(shapeBetween("rectangle", [from, { x: 40, y: 20 }], shift)).toEqual([10, 10, 40, 40]);
	expect(shapeBetween("rectangle", [from, { x: 5, y: -10 }], shift)).toEqual([10, 10, -10, -10]);
});

test("with Alt it grows to all sides", () => {
	expect(shapeBetween("diamond", [from, { x: 15, y: 30 }], alt)).toEqual([5, -10, 15, 30]);
});

test.each([
	[{ x: 110, y: 12 }, 0],
	[{ x: 110, y: 30 }, 15],
	[{ x: 60, y: 58 }, 45],
	[{ x: 10, y: -80 }, -90],
])("a line to %o with Shift turns to %d degrees", (to, degrees) => {
	const [x0, y0, x1, y1] = shapeBetween("arrow", [from, to], shift);
	expect((Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI).toBeCloseTo(degrees, 9);
	expect([x0, y0]).toEqual([10, 10]);
});
