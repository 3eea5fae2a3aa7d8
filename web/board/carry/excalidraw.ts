/**
 * Excalidraw's elements as items: of its clipboard (`excalidraw/clipboard`) and of its files. Read
 * from `packages/element/src/types.ts` of Excalidraw 0.18: places and sizes in units of ours.
 */
import { encodePose, plainPose } from "../../../shared/surfaces/arrange/pose.ts";
import { lineWidths } from "../../../shared/surfaces/board.ts";
import { dashes, lookKeys, opacityMax, opacityMin } from "../../../shared/surfaces/item-look.ts";
import { type ShapeKind, shapeKeys } from "../../../shared/surfaces/shapes.ts";
import { encodeStroke, itemPointsMax } from "../../../shared/surfaces/stroke-codec.ts";
import { letterSizes } from "../../../shared/surfaces/words/letters.ts";
import { wordsKeys } from "../../../shared/surfaces/words/words.ts";
import { isPlain, nearestColor } from "./color-match.ts";
import { bonded, type Element, isBackward, type Piece } from "./excalidraw-bonds.ts";
import {
	type Carried,
	carriedItemsMax,
	carriedOf,
	plainLetters,
	type Reading,
	refused,
} from "./format.ts";

/** What says of a JSON that it is Excalidraw's. */
export const excalidrawTypes: readonly string[] = ["excalidraw/clipboard", "excalidraw"];

/** Nobody draws further away. */
const placeMax = 1_000_000;
/** Excalidraw's pen is so much wider than its number says (`getFreedrawSvgPath`). */
const penWide = 4.25;
/** Turns that are smaller, in radians, are none. */
const turnMin = 0.001;

type Keys = [key: string, value: unknown][];

const boxes: readonly unknown[] = ["rectangle", "ellipse", "diamond"];

/** Reads `elements`; one that is damaged refuses all of them. */
export function readExcalidraw({ elements }: Readonly<Record<string, unknown>>): Reading {
	if (!Array.isArray(elements)) return refused("damaged");
	if (elements.length > carriedItemsMax) return refused("tooMuch");
	const pieces: Piece[] = [];
	let items: Carried[] = [];
	let leftOut = 0;
	try {
		for (const element of (elements as unknown[]).map(asElement)) {
			if (element["isDeleted"] === true) continue;
			const keys = keysOf(element);
			const item = keys === null ? null : carriedOf(new Map(keys));
			if (item === null) leftOut++;
			else pieces.push({ element, carried: item });
		}
		items = bonded(withWords(pieces));
	} catch (error) {
		console.info("No elements of Excalidraw:", error);
		return refused("damaged");
	}
	return items.length + leftOut === 0 ? refused("empty") : { kind: "read", items, leftOut };
}

/** Words that stand in a shape are that shape's, and no text any more. */
function withWords(pieces: readonly Piece[]): Piece[] {
	const shapes = new Map<unknown, Piece>();
	for (const piece of pieces) {
		const { element } = piece;
		if (boxes.includes(element["type"])) shapes.set(element["id"], piece);
	}
	const words = new Map<Piece, Piece>();
	for (const piece of pieces) {
		const { type, containerId } = piece.element;
		const shape = type === "text" && containerId != null ? shapes.get(containerId) : undefined;
		if (shape !== undefined) words.set(shape, piece);
	}
	const texts = new Set(words.values());
	return pieces
		.filter((piece) => !texts.has(piece))
		.map((piece) => {
			const { element } = words.get(piece) ?? {};
			return element === undefined ? piece : withLetters(piece, element);
		});
}

/** Excalidraw writes the lines of a shape into `text`, and what was typed into `originalText`. */
function withLetters({ element, carried }: Piece, text: Element): Piece {
	const { originalText } = text;
	const typed = typeof originalText === "string" ? originalText : String(text["text"]);
	const size = nearest(letterSizes, number(text, "fontSize"));
	const keys = new Map([...carried.keys, ["t", plainLetters(typed)], ["h", size]] as const);
	return { element, carried: { ...carried, keys } };
}

/** Null for a kind that the board has not. @throws where it is damaged */
function keysOf(element: Element): Keys | null {
	const { type } = element;
	if (type === "freedraw") return penKeys(element);
	if (type === "line" || type === "arrow") return lineKeys(element);
	if (type === "text") return textKeys(element);
	return boxes.includes(type) ? boxKeys(element, type as ShapeKind) : null;
}

function penKeys(element: Element): Keys {
	const points = pointsOf(element);
	const width = widthIndex(number(element, "strokeWidth") * penWide);
	const color = nearestColor(element["strokeColor"]);
	const d = encodeStroke({
		kind: "pen",
		color,
		width,
		points: Float64Array.from(points.flat()),
		pressures: pressuresOf(element, points.length),
		times: null,
	});
	return [["d", d], ...lookKeys({ fill: "none", dash: "solid", opacity: opacityOf(element) })];
}

function lineKeys(element: Element): Keys {
	const points = pointsOf(element);
	const [isStart, isEnd] = [element["startArrowhead"] != null, element["endArrowhead"] != null];
	const isArrow = element["type"] === "arrow" && (isStart || isEnd);
	if (isBackward(element)) points.reverse();
	const d = encodeStroke({
		kind: isArrow ? "arrow" : "line",
		color: nearestColor(element["strokeColor"]),
		width: widthIndex(number(element, "strokeWidth")),
		points: Float64Array.from(points.flat()),
		pressures: null,
		times: null,
	});
	return [["d", d], ...lookKeys({ ...lookOf(element), fill: "none" })];
}

/** Where its letters were wide, lines keep room: they are written in another hand here. */
const textWide = 1.2;

function textKeys(element: Element): Keys {
	const { text } = element;
	if (typeof text !== "string") throw new RangeError("no text");
	const [x, y] = [number(element, "x"), number(element, "y")];
	const [wide, high] = [number(element, "width"), number(element, "height")];
	const words = {
		kind: "text",
		color: nearestColor(element["strokeColor"]),
		size: nearest(letterSizes, number(element, "fontSize")),
		look: { fill: "none", dash: "solid", opacity: opacityOf(element) },
		box: { minX: x, minY: y, maxX: x + wide * textWide, maxY: y + high },
	} as const;
	return [...wordsKeys(words), ["t", plainLetters(text)]];
}

function boxKeys(element: Element, kind: ShapeKind): Keys {
	const [x, y] = [number(element, "x"), number(element, "y")];
	const [wide, high] = [number(element, "width"), number(element, "height")];
	const shape = {
		kind,
		color: boxColor(element),
		width: widthIndex(number(element, "strokeWidth")),
		look: lookOf(element),
		points: [x, y, x + wide, y + high] as const,
	};
	return [...shapeKeys(shape), ...poseKeys(element)];
}

/** How a box lies that is turned around its middle. */
function poseKeys(element: Element): Keys {
	const turn = (turnOf(element) * 180) / Math.PI;
	return turn === 0 ? [] : [["s", encodePose({ ...plainPose, turn })]];
}

/** Items have one colour: what somebody chose says more than the black that all lines have. */
function boxColor({ strokeColor, backgroundColor }: Element): number {
	const [line, paper] = [nearestColor(strokeColor), nearestColor(backgroundColor)];
	if (!hasColor(backgroundColor)) return line;
	return hasColor(strokeColor) && (!isPlain(line) || isPlain(paper)) ? line : paper;
}

type Point = [x: number, y: number];

/** Where the points are on the board; of very many, as many as an item may have. */
function pointsOf(element: Element): Point[] {
	const { points } = element;
	if (!Array.isArray(points) || points.length === 0) throw new RangeError("no points");
	const [x, y] = [number(element, "x"), number(element, "y")];
	const stride = Math.ceil(points.length / itemPointsMax);
	const placed = (points as unknown[])
		.filter((_, index) => index % stride === 0)
		.map((point): Point => {
			if (!Array.isArray(point)) throw new RangeError("no point");
			return [x + inBounds(point[0]), y + inBounds(point[1])];
		});
	return turned(placed, turnOf(element));
}

/** Around the middle of the box of all of them, as Excalidraw turns. */
function turned(points: Point[], angle: number): Point[] {
	if (angle === 0) return points;
	const middle = [0, 1].map((axis) => {
		let [low, high] = [Infinity, -Infinity];
		for (const point of points) {
			low = Math.min(low, point[axis] ?? 0);
			high = Math.max(high, point[axis] ?? 0);
		}
		return (low + high) / 2;
	});
	const [middleX = 0, middleY = 0] = middle;
	const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
	return points.map(([x, y]) => {
		const [right, down] = [x - middleX, y - middleY];
		return [middleX + right * cos - down * sin, middleY + right * sin + down * cos];
	});
}

function turnOf({ angle }: Element): number {
	const turn = angle === undefined ? 0 : inBounds(angle);
	return Math.abs(Math.sin(turn / 2)) < turnMin ? 0 : turn;
}

function pressuresOf({ pressures, simulatePressure }: Element, count: number): Float32Array | null {
	if (simulatePressure !== false || !Array.isArray(pressures)) return null;
	return pressures.length === count ? Float32Array.from(pressures.map(inBounds)) : null;
}

function lookOf(element: Element) {
	const { backgroundColor, strokeColor, strokeStyle } = element;
	const dash = dashes.find((name) => name === strokeStyle) ?? "solid";
	const opacity = opacityOf(element);
	if (!hasColor(backgroundColor)) return { fill: "none", dash, opacity } as const;
	const isOne =
		!hasColor(strokeColor) || nearestColor(strokeColor) === nearestColor(backgroundColor);
	return { fill: isOne ? "solid" : "tint", dash, opacity } as const;
}

function hasColor(color: unknown): boolean {
	return typeof color === "string" && color !== "transparent";
}

function opacityOf({ opacity }: Element): number {
	const percent = opacity === undefined ? opacityMax : Math.round(inBounds(opacity));
	return Math.min(opacityMax, Math.max(opacityMin, percent));
}

function widthIndex(width: number): number {
	return nearest(lineWidths, width);
}

function nearest(sizes: readonly number[], size: number): number {
	const apart = sizes.map((each) => Math.abs(each - size));
	return apart.indexOf(Math.min(...apart));
}

function asElement(value: unknown): Element {
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		throw new RangeError("no element");
	}
	return value as Element;
}

function number(element: Element, key: string): number {
	return inBounds(element[key]);
}

function inBounds(value: unknown): number {
	if (typeof value !== "number" || !(Math.abs(value) <= placeMax))
		throw new RangeError("no number");
	return value;
}
