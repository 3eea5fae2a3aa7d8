/** Elements as Excalidraw 0.18 writes them, as items of ours. */
import { describe, expect, test } from "vitest";
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
		const { box, kind } = itemOf({ type: "rectangle", angle: Math.PI / 2 });
		expect(kind).toBe("line");
		expect(box).toEqual({ minX: 120, minY: 30, maxX: 160, maxY: 110 });
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
