import { expect, test } from "vitest";
import { swipeWay } from "../../../../web/photos/viewer/swipe.ts";

test.each([
	[-80, 10, "left"],
	[80, -10, "right"],
	[5, 120, "down"],
	[5, -120, null],
	[30, 0, null],
	[80, 70, null],
	[0, 0, null],
])("a finger that went %i to the side and %i down swipes %j", (x, y, way) => {
	expect(swipeWay(x, y)).toBe(way);
});
