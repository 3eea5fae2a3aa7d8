/** Shapes on the board: how one that somebody drew gets into the doc. */
import * as Y from "yjs";
import { type ItemLook, lookKeys } from "./item-look.ts";
import { encodeStroke } from "./stroke-codec.ts";
import { mayHaveWords } from "./words/letters.ts";

/** What is drawn by two points. */
export const shapeKinds = ["rectangle", "ellipse", "diamond", "line", "arrow"] as const;
/** A name of the list above. */
export type ShapeKind = (typeof shapeKinds)[number];

/** A shape as it is drawn. */
export interface Shape {
	readonly kind: ShapeKind;
	/** Index into the palette. */
	readonly color: number;
	/** Index into the widths. */
	readonly width: number;
	readonly look: ItemLook;
	/** Two points, in units: opposite corners of the box, or the ends of the line. */
	readonly points: readonly [x0: number, y0: number, x1: number, y1: number];
}

/**
 * Puts a shape on top of all items. Call it inside `doc.transact`.
 *
 * @throws WeftError `bad_item`; the board is untouched
 */
export function addShape(board: Y.Array<unknown>, shape: Shape): Y.Map<unknown> {
	const words = mayHaveWords(shape.kind) ? [["t", new Y.Text()] as const] : [];
	const item = new Y.Map<unknown>([...shapeKeys(shape), ...words]);
	board.push([item]);
	return item;
}

/**
 * The keys of a shape's entry: a box from its upper left to its lower right, a line as it was
 * drawn.
 *
 * @throws WeftError `bad_item`
 */
export function shapeKeys(shape: Shape): [key: string, value: unknown][] {
	const { kind, color, width, points } = shape;
	const [x0, y0, x1, y1] = points;
	const isLine = kind === "line" || kind === "arrow";
	const box = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
	const drawn = Float64Array.from(isLine ? points : box);
	const d = encodeStroke({ kind, color, width, points: drawn, pressures: null, times: null });
	return [["d", d], ...lookKeys(shape.look)];
}
