import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followPress } from "../../../../web/board/talk/press.ts";

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal("window", globalThis);
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

/** As long as a finger must lie still, to the millisecond. */
const holdMs = 550;

/** A paper whose corner is at 10, 20 of the page, and what was told of the pointers on it. */
function paper({ mayHold = true, opens = true } = {}) {
	const target = new EventTarget();
	const told: unknown[] = [];
	const cancel = followPress(
		Object.assign(target, {
			getBoundingClientRect: () => ({ left: 10, top: 20 }),
		}) as unknown as HTMLElement,
		{
			hovered: (screen) => told.push(["hovered", screen]),
			pressed: () => told.push("pressed"),
			asked: (screen, isFinger) => {
				told.push(["asked", screen, isFinger]);
				return opens;
			},
			mayHold: () => mayHold,
		},
	);
	/** Lets something happen at a point of the paper. False where it was prevented. */
	const happen = (type: string, facts: object = {}, [x, y] = [0, 0]): boolean =>
		target.dispatchEvent(
			Object.assign(new Event(type, { cancelable: true }), {
				...{ pointerType: "touch", pointerId: 1, buttons: 1, clientX: x + 10, clientY: y + 20 },
				...facts,
			}),
		);
	const asked = () => told.filter((one) => Array.isArray(one) && one[0] === "asked");
	return { told, happen, asked, cancel };
}

test("a finger that lies still asks, where it lies, and its click goes nowhere", () => {
	const { happen, asked } = paper();
	happen("pointerdown", {}, [30, 40]);
	vi.advanceTimersByTime(holdMs - 1);
	expect(asked()).toEqual([]);
	vi.advanceTimersByTime(1);
	expect(asked()).toEqual([["asked", { x: 30, y: 40 }, true]]);
	expect(happen("touchend")).toBe(false);
	expect(happen("touchend")).toBe(true);
});

test("a finger that opened nothing is the browser's again", () => {
	const { happen, asked } = paper({ opens: false });
	happen("pointerdown");
	vi.advanceTimersByTime(holdMs);
	expect(asked()).toHaveLength(1);
	expect(happen("touchend")).toBe(true);
});

test("a finger that trembles lies still", () => {
	const { happen, asked } = paper();
	happen("pointerdown", {}, [30, 40]);
	happen("pointermove", {}, [34, 46]);
	happen("pointermove", { pointerId: 2 }, [300, 300]);
	vi.advanceTimersByTime(holdMs);
	expect(asked()).toHaveLength(1);
});

test.for([
	["that wanders", "pointermove", {}, [30, 49]],
	["that leaves", "pointerup", {}, [30, 40]],
	["that the browser takes to scroll", "pointercancel", {}, [30, 40]],
	["that gets a second beside it", "pointerdown", { pointerId: 2 }, [90, 90]],
] as const)("a finger %s asks for nothing", ([, type, facts, at]) => {
	const { happen, asked } = paper();
	happen("pointerdown", {}, [30, 40]);
	vi.advanceTimersByTime(holdMs - 1);
	happen(type, facts, [...at]);
	vi.advanceTimersByTime(10 * holdMs);
	expect(asked()).toEqual([]);
});

test.for([
	["a finger that draws", { mayHold: false }, "touch"],
	["a mouse that is held down", {}, "mouse"],
] as const)("%s asks for nothing", ([, ports, pointerType]) => {
	const { happen, asked, told } = paper(ports);
	happen("pointerdown", { pointerType });
	vi.advanceTimersByTime(10 * holdMs);
	expect(asked()).toEqual([]);
	expect(told).toEqual(["pressed"]);
});

test("a right button asks where it is, a key asks for what is chosen", () => {
	const { happen, told } = paper();
	happen("contextmenu", { pointerType: "mouse", button: 2 }, [5, 6]);
	happen("contextmenu", { pointerType: undefined, button: 0 });
	happen("contextmenu", { pointerType: "touch", button: 2 });
	expect(told).toEqual([
		["asked", { x: 5, y: 6 }, false],
		["asked", null, false],
	]);
});

test("what hovers is told, until it leaves; what is pressed does not hover", () => {
	const { happen, told } = paper();
	happen("pointermove", { pointerType: "mouse", buttons: 0 }, [5, 6]);
	happen("pointermove", { pointerType: "mouse", buttons: 1 }, [7, 8]);
	happen("pointermove", { buttons: 0 }, [7, 8]);
	happen("pointerleave");
	expect(told).toEqual([
		["hovered", { x: 5, y: 6 }],
		["hovered", null],
	]);
});

test("nothing is told of a paper that is gone, nor of the finger that still lies on it", () => {
	const { happen, told, cancel } = paper();
	happen("pointerdown");
	cancel();
	vi.advanceTimersByTime(holdMs);
	happen("pointerdown");
	happen("contextmenu", { button: 2, pointerType: "mouse" });
	expect(told).toEqual(["pressed"]);
});
