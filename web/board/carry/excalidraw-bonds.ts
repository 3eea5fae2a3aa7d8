/**
 * What belongs together among Excalidraw's elements: arrows and what they are bound to, groups.
 * Read from `packages/element/src/types.ts` of Excalidraw 0.18.
 */
import {
	type EntryName,
	encodeEnd,
	endKeys,
	type Target,
} from "../../../shared/surfaces/arrange/ends.ts";
import { itemPoints } from "../../../shared/surfaces/arrange/item-points.ts";
import { hasEnds, pointedAs, sharesIn } from "../../../shared/surfaces/arrange/joins.ts";
import { type BoardItem, readItem } from "../../../shared/surfaces/board.ts";
import type { ItemFrame } from "../../../shared/surfaces/item-outline.ts";
import type { Carried } from "./format.ts";

/** An element, none of whose fields has been looked at. */
export type Element = Readonly<Record<string, unknown>>;

/** An element and what became of it. */
export interface Piece {
	readonly element: Element;
	readonly carried: Carried;
}

/** `focus` says how far from the middle an arrow leads; what is nearer leads there. */
const middleFocus = 0.25;
/** Longest name of a group, as format.ts takes them. */
const nameLengthMax = 64;

/** The items, in their order, with the keys that say what belongs together. */
export function bonded(pieces: readonly Piece[]): Carried[] {
	const drawn = pieces.map(({ carried }) => readItem(Object.fromEntries(carried.keys)));
	const places = new Map<unknown, number>();
	for (const [place, { element }] of pieces.entries()) {
		if (isName(element["id"])) places.set(element["id"], place);
	}
	const targets = new Set<number>();
	const ends = pieces.map(({ element }, place) =>
		[...bindingsOf(element)].flatMap(([index, binding]): [string, unknown][] => {
			const to = places.get(binding["elementId"]);
			const end = to === undefined ? null : endOn(drawn[place], index, drawn[to], binding);
			if (to === undefined || end === null) return [];
			targets.add(to);
			return [[endKeys[index], end({ client: 0, clock: to })]];
		}),
	);
	return pieces.map(({ element, carried }, place) => {
		const group = groupOf(element);
		const keys = new Map([...carried.keys, ...(ends[place] ?? [])]);
		if (targets.has(place)) keys.set("n", [0, place]);
		if (group !== null) keys.set("g", group);
		return { ...carried, keys };
	});
}

/** True for an arrow that points to where it begins: here it is drawn from its other end. */
export function isBackward({ type, startArrowhead, endArrowhead }: Element): boolean {
	return type === "arrow" && startArrowhead != null && endArrowhead == null;
}

/** The ends of ours that are bound. */
function bindingsOf(element: Element): Map<0 | 1, Element> {
	const [first, last] = isBackward(element) ? ([1, 0] as const) : ([0, 1] as const);
	const found = new Map<0 | 1, Element>();
	for (const [index, value] of [
		[first, element["startBinding"]],
		[last, element["endBinding"]],
	] as const) {
		if (typeof value === "object" && value !== null) found.set(index, value as Element);
	}
	return found;
}

/** An end for the name of its target; null where it cannot stay on that. */
function endOn(
	line: BoardItem | null | undefined,
	index: 0 | 1,
	target: BoardItem | null | undefined,
	binding: Element,
): ((name: EntryName) => Uint8Array) | null {
	const pointed = target && pointedAs(target);
	if (!line || !pointed || !hasEnds(line.kind)) return null;
	const { points } = itemPoints(line);
	const from = index === 0 ? 0 : points.length - 2;
	const at = { x: points[from] ?? 0, y: points[from + 1] ?? 0 };
	const shares = sharesOf(binding, pointed.frame, at);
	return shares && ((name) => encodeEnd({ ...at, target: { ...name, ...shares } }));
}

/** Where on its target an end is; null where the binding is damaged. */
function sharesOf(
	{ focus, fixedPoint }: Element,
	frame: ItemFrame,
	at: { readonly x: number; readonly y: number },
): Pick<Target, "across" | "down"> | null {
	if (Array.isArray(fixedPoint)) {
		const [across, down] = (fixedPoint as unknown[]).map(share);
		return across == null || down == null ? null : { across, down };
	}
	if (typeof focus !== "number") return null;
	return Math.abs(focus) < middleFocus ? { across: 0.5, down: 0.5 } : sharesIn(frame, at);
}

function share(value: unknown): number | null {
	return typeof value === "number" && !Number.isNaN(value) ? Math.min(1, Math.max(0, value)) : null;
}

/** The outermost group of an element. */
function groupOf({ groupIds }: Element): string | null {
	const outermost: unknown = Array.isArray(groupIds) ? groupIds.at(-1) : null;
	return isName(outermost) ? outermost : null;
}

function isName(name: unknown): name is string {
	return typeof name === "string" && name.length > 0 && name.length <= nameLengthMax;
}
