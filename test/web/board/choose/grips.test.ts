import { expect, test } from "vitest";
import { cursorOf, type Hold } from "../../../../web/board/choose/grips.ts";

const right: Hold = { x: 1, y: 0 };
const corner: Hold = { x: 1, y: 1 };

test("the cursor over a grip shows the ways in which it can be pulled", () => {
	expect(cursorOf(right, 0)).toBe("ew-resize");
	expect(cursorOf({ x: -1, y: 0 }, 0)).toBe("ew-resize");
	expect(cursorOf({ x: 0, y: -1 }, 0)).toBe("ns-resize");
	expect(cursorOf(corner, 0)).toBe("nwse-resize");
	expect(cursorOf({ x: -1, y: -1 }, 0)).toBe("nwse-resize");
	expect(cursorOf({ x: -1, y: 1 }, 0)).toBe("nesw-resize");
	expect(cursorOf("turn", 30)).toBe("grab");
});

test("it turns with the frame", () => {
	expect(cursorOf(right, 90)).toBe("ns-resize");
	expect(cursorOf(right, -90)).toBe("ns-resize");
	expect(cursorOf(right, 20)).toBe("ew-resize");
	expect(cursorOf(corner, 45)).toBe("ns-resize");
	expect(cursorOf(corner, -180)).toBe("nwse-resize");
});
