/** Elements as Excalidraw 0.18 writes them, as items of ours. */
import { describe, expect, test } from "vitest";
import { decodeEnd } from "../../../../shared/surfaces/arrange/ends.ts";
import { itemPoints } from "../../../../shared/surfaces/arrange/item-points.ts";
import { readItem } from "../../../../shared/surfaces/board.ts";
import { itemBounds } from "../../../../shared/surfaces/item-outline.ts";
import { readCarried } from "../../../../web/board/carry/carrier.ts";

const plain = {
	id: "x",
	x: 100,
	y: 50,
	width: 80,
	height: 40,
	angle: 0,
	strokeColor: "#1e1e1e",
	backgroundColor: "transparent",
	fillStyle: "solid",
	strokeWidth: 2,
	strokeStyle: "solid",
	roughness: 1,
	opacity: 100,
	isDeleted: false,
};

function read(...elements: unknown[]) {
	return readCarried(JSON.stringify({ type: "excalidraw/clipboard", elements, files: {} }));
}

/** The one item that an element becomes, and its box. */
function itemOf(element: object) {
	const reading = read({ ...plain, ...element });
	if (reading.kind === "refused") throw new Error(reading.why);
	const [one] = reading.items;
	const item = one === undefined ? null : readItem(Object.fromEntries(one.keys));
	if (item === null) throw new Error("no item");
	return { ...item, box: itemBounds(item), points: [...itemPoints(item).points] };
}

/** The keys of each item. */
function items(...elements: object[]): ReadonlyMap<string, unknown>[] {
	const reading = read(...elements);
	return reading.kind === "read" ? reading.items.map(({ keys }) => keys) : [];
}

function endOf(keys: ReadonlyMap<string, unknown> | undefined, key: string) {
	return decodeEnd(keys?.get(key) as Uint8Array);
}

describe("Excalidraw's clipboard", () => {
	test.each(["rectangle", "ellipse", "diamond"])("a %s has its place, size and look", (type) => {
		const item = itemOf({ type, strokeColor: "#e03131", strokeStyle: "dashed", opacity: 40 });
		expect(item).toMatchObject({
			kind: type,
			color: 2,
			width: 2.5,
			look: { fill: "none", dash: "dashed", opacity: 40 },
			box: { minX: 100, minY: 50, maxX: 180, maxY: 90 },
		});
	});

	test("a stroke of the pen is where it was drawn, with its pressure", () => {
		const points = [
			[0, 0],
			[10, 5],
			[20, -5],
		];
		const pressures = [0.2, 0.4, 0.6];
		const item = itemOf({ type: "freedraw", points, pressures, simulatePressure: false });
		expect(item).toMatchObject({ kind: "pen", width: 10, points: [100, 50, 110, 55, 120, 45] });
		expect(itemPoints(item).pressures).not.toBeNull();
	});

	test("lines and arrows keep their corners; an arrow points where it did", () => {
		const points = [
			[0, 0],
			[30, 10],
			[60, 0],
		];
		const line = { points, startArrowhead: null, endArrowhead: null };
		const there = [100, 50, 130, 60, 160, 50];
		expect(itemOf({ ...line, type: "line" })).toMatchObject({ kind: "line", points: there });
		const arrow = { ...line, type: "arrow", endArrowhead: "arrow" };
		expect(itemOf(arrow)).toMatchObject({ kind: "arrow", points: there });
		const back = { ...line, type: "arrow", startArrowhead: "dot" };
		expect(itemOf(back)).toMatchObject({ kind: "arrow", points: [160, 50, 130, 60, 100, 50] });
		expect(itemOf({ ...line, type: "arrow" }).kind).toBe("line");
	});

	test("a text has its words, its place and a size of ours", () => {
		const item = itemOf({ type: "text", text: "Ros\ud800es\r\n🌹", fontSize: 28 });
		expect(item).toMatchObject({
			kind: "text",
			text: "Ros\ufffdes\n🌹",
			width: 28,
			box: { minX: 100, minY: 50, maxX: 196, maxY: 90 },
		});
	});

	test("what is turned is turned around its middle", () => {
		const { box, kind, pose } = itemOf({ type: "rectangle", angle: Math.PI / 2 });
		expect([kind, pose]).toEqual(["rectangle", { wide: 1, high: 1, turn: 90 }]);
		for (const [side, at] of Object.entries({ minX: 120, minY: 30, maxX: 160, maxY: 110 })) {
			expect(box?.[side as keyof typeof box]).toBeCloseTo(at, 9);
		}
		expect(itemOf({ type: "diamond", angle: (Math.PI * 11) / 6 }).pose?.turn).toBe(-30);
		const points = [
			[0, 0],
			[80, 0],
		];
		expect(itemOf({ type: "line", points, angle: Math.PI }).points).toEqual([180, 50, 100, 50]);
	});

	test.each([
		["#e03131", "red"],
		["#f08c00", "orange"],
		["#ffd43b", "yellow"],
		["#2f9e44", "green"],
		["#1971c2", "blue"],
		["#0c8599", "blue"],
		["#6741d9", "violet"],
		["#1e1e1e", "ink"],
		["#868e96", "grey"],
		["#fff", "grey"],
		["url(javascript:1)", "ink"],
	])("%s becomes %s", (strokeColor, name) => {
		const names = ["ink", "grey", "red", "orange", "yellow", "green", "blue", "violet"];
		expect(names[Number(itemOf({ type: "ellipse", strokeColor }).color)]).toBe(name);
	});

	test("a background fills: lightly under a line of another colour, else fully", () => {
		const fill = (look: object) => itemOf({ type: "ellipse", ...look }).look.fill;
		expect(fill({ backgroundColor: "#a5d8ff" })).toBe("tint");
		expect(fill({ backgroundColor: "#a5d8ff", strokeColor: "#1971c2" })).toBe("solid");
		const bare = itemOf({
			type: "ellipse",
			strokeColor: "transparent",
			backgroundColor: "#b2f2bb",
		});
		expect([bare.color, bare.look.fill]).toEqual([5, "solid"]);
	});

	test("a coloured box under a black line keeps its colour, which says what it is", () => {
		const color = (look: object) => itemOf({ type: "ellipse", ...look }).color;
		expect(color({ backgroundColor: "#a5d8ff" })).toBe(6);
		expect(color({ backgroundColor: "#a5d8ff", strokeColor: "#e03131" })).toBe(2);
		expect(color({ backgroundColor: "#e9ecef" })).toBe(0);
	});

	test("arrows stay on what they are bound to, at the end that is", () => {
		const way = {
			points: [
				[0, 0],
				[60, 0],
			],
			startArrowhead: null,
			endArrowhead: "arrow",
		};
		const bound = { elementId: "box", focus: 0.1, gap: 1 };
		const arrow = { ...plain, ...way, id: "to", type: "arrow", x: 35, y: 60, endBinding: bound };
		const box = { ...plain, id: "box", type: "rectangle" };
		const [to, , named] = items(arrow, { ...plain, type: "diamond" }, box);
		expect(named?.get("n")).toEqual([0, 2]);
		expect([to?.has("a0"), endOf(to, "a1")]).toEqual([
			false,
			{ x: 95, y: 60, target: { client: 0, clock: 2, across: 0.5, down: 0.5 } },
		]);
		// It points back, so it is drawn the other way round.
		const back = { startArrowhead: "arrow", endArrowhead: null };
		const side = { ...bound, focus: 0.8 };
		const [from] = items({ ...arrow, ...back, endBinding: side }, box);
		expect(endOf(from, "a0")?.target).toEqual({ client: 0, clock: 1, across: 0, down: 0.25 });
		const fixed = { ...bound, fixedPoint: [1.04, 0.75] };
		const [put] = items({ ...arrow, endBinding: fixed }, box);
		expect(endOf(put, "a1")?.target).toMatchObject({ across: 1, down: 0.75 });
	});

	test("bindings to nothing, to lines and damaged ones bind nothing", () => {
		const points = [
			[0, 0],
			[60, 0],
		];
		const line = { ...plain, id: "line", type: "line", points };
		for (const binding of [
			{ elementId: "gone", focus: 0 },
			{ elementId: "line", focus: 0 },
			{ elementId: "box", focus: "0" },
			{ elementId: ["box"], focus: 0 },
			{ focus: 0 },
			"box",
		]) {
			const arrow = { ...line, id: "arrow", endBinding: binding };
			const box = { ...plain, id: "box", type: "ellipse" };
			const keys = items(arrow, line, box).slice(0, 3);
			expect(keys.map((each) => each.has("a1") || each.has("n"))).toEqual([false, false, false]);
		}
	});

	test("groups stay groups, and the words of a box are in it, as they were typed", () => {
		const box = { ...plain, id: "box", type: "rectangle", boundElements: [{ type: "text" }] };
		const typed = { text: "Beds\nand pots", originalText: "Beds and pots", fontSize: 28 };
		const label = { ...plain, id: "label", type: "text", ...typed, containerId: "box" };
		const two = { ...plain, type: "ellipse", groupIds: ["inner", "outer"] };
		const onLine = { ...label, containerId: "line" };
		const line = {
			...plain,
			id: "line",
			type: "line",
			points: [
				[0, 0],
				[9, 9],
			],
		};
		const bound = { ...line, boundElements: [{ type: "text" }] };
		const all = items(box, label, two, bound, onLine);
		expect(all.map((each) => each.get("g"))).toEqual([undefined, "outer", undefined, undefined]);
		const [first, , , last] = all.map((each) => readItem(Object.fromEntries(each)));
		expect(first).toMatchObject({ kind: "rectangle", text: "Beds and pots", letterSize: 28 });
		expect(last).toMatchObject({ kind: "text", text: "Beds\nand pots" });
	});

	test("what the board has nothing for is counted, what was deleted is not", () => {
		const gone = { ...plain, type: "ellipse", isDeleted: true };
		const reading = read({ ...plain, type: "image" }, { ...plain, type: "frame" }, gone);
		expect(reading).toEqual({ kind: "read", items: [], leftOut: 2 });
	});

	test.each([
		["no elements", undefined],
		["an element that is none", [7]],
		["no place", [{ ...plain, type: "ellipse", x: "1" }]],
		["a place far away", [{ ...plain, type: "ellipse", x: 1e300 }]],
		["a size of nothing", [{ ...plain, type: "ellipse", width: null }]],
		["no points", [{ ...plain, type: "freedraw", points: [] }]],
		["points that are none", [{ ...plain, type: "line", points: [[1], [2]] }]],
		["a turn that is none", [{ ...plain, type: "diamond", angle: "90deg" }]],
	])("%s refuses all of it", (_name, elements) => {
		const json = JSON.stringify({ type: "excalidraw/clipboard", elements });
		expect(readCarried(json)).toEqual({ kind: "refused", why: "damaged" });
	});
});
