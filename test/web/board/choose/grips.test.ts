import { expect, test } from "vitest";
import { cursorOf, type Hold, holdAt } from "../../../../web/board/choose/grips.ts";

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

test("what turns is taken above the frame, and below it where tools lie over that", () => {
	const sight = { camera: { x: 0, y: 0, zoom: 1 }, size: { width: 800, height: 600 } };
	const frame = { x: 400, y: 300, width: 200, height: 100, turn: 0 };
	const mouse = (x: number, y: number) => ({ screen: { x, y }, pointerType: "mouse" });
	expect(holdAt(frame, sight, mouse(400, 218))).toBe("turn");
	expect(holdAt(frame, sight, mouse(400, 382))).toBe(null);
	// It reaches up to the bar.
	const high = { ...frame, y: 130 };
	expect(holdAt(high, sight, mouse(400, 48))).toBe(null);
	expect(holdAt(high, sight, mouse(400, 212))).toBe("turn");
	// From bar to bar: above, as ever.
	const tall = { ...frame, height: 480 };
	expect(holdAt(tall, sight, mouse(400, 28))).toBe("turn");
	// Turned round, above is below.
	expect(holdAt({ ...high, turn: 180 }, sight, mouse(400, 212))).toBe("turn");
});
