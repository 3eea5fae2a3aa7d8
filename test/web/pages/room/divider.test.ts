import { expect, test } from "vitest";
import { clampSplit, splitAfterKey } from "../../../../web/pages/room/divider.ts";

test("the divider keeps both panes usable", () => {
	expect([-5, 40, 99, Number.NaN].map(clampSplit)).toEqual([25, 40, 75, 50]);
});

test("arrows move it, Home and End go to its bounds, other keys are left alone", () => {
	expect(splitAfterKey(50, "ArrowLeft")).toBe(48);
	expect(splitAfterKey(74, "ArrowRight")).toBe(75);
	expect(splitAfterKey(50, "Home")).toBe(25);
	expect(splitAfterKey(50, "End")).toBe(75);
	expect(splitAfterKey(50, "a")).toBeNull();
});
