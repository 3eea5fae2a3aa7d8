/** What people do to items of the board: mostly to few, so that several do it to one at once. */
import * as Y from "yjs";
import { idOf } from "../../shared/surfaces/about-item.ts";
import {
	copyItems,
	eraseItems,
	groupItems,
	type ItemStyle,
	liftItems,
	moveItems,
	restyleItems,
	standItems,
} from "../../shared/surfaces/arrange/edits.ts";
import type { Lift } from "../../shared/surfaces/arrange/heights.ts";
import { pileOf } from "../../shared/surfaces/arrange/pile.ts";
import { placeOf } from "../../shared/surfaces/arrange/places.ts";
import { type Order, reorder } from "../../shared/surfaces/arrange/reorder.ts";
import { eraseTwins, seenEntries } from "../../shared/surfaces/arrange/twins.ts";
import { addStroke, readItem } from "../../shared/surfaces/board.ts";
import { dashes, fills, lookKeys } from "../../shared/surfaces/item-look.ts";
import { encodeStroke } from "../../shared/surfaces/stroke-codec.ts";
import { mayHaveWords } from "../../shared/surfaces/words/letters.ts";
import { lettersOf } from "../../shared/surfaces/words/words.ts";
import type { Did, Doer, Doing } from "./doing.ts";
import type { Deed } from "./plan.ts";

/** A line of the pen, but for its points. */
export const plainStroke = {
	...({ kind: "pen", color: 0, width: 0, pressures: null, times: null } as const),
};

/** So many items most people do something to. */
const fewItems = 3;

const shapeKinds = ["rectangle", "ellipse", "diamond", "arrow"] as const;
const orders: readonly Order[] = ["front", "forward", "backward", "back"];

/** Deeds by their names; those that put something down give it a token of its own. */
export const itemActs: Partial<Record<Deed, Doer>> = {
	draw: ({ person, ledger, size }) => {
		const id = ledger.mint(person.user);
		const points = Float64Array.from({ length: 20 * size }, (_, index) => index);
		person.edit((doc) => addStroke(boardOf(doc), { ...plainStroke, points }).set("id", id));
		return { say: `draws ${id} on the board`, words: [id] };
	},
	shape: (doing) => {
		const { person, ledger, size } = doing;
		const id = ledger.mint(person.user);
		const kind = shapeKinds[size - 1] ?? "rectangle";
		const points = Float64Array.of(0, 0, 50 * size, 80);
		const item = new Y.Map<unknown>([
			["id", id],
			["d", encodeStroke({ ...plainStroke, kind, points })],
			...lookKeys(lookOf(doing)),
			...(mayHaveWords(kind) ? [["t", new Y.Text()] as const] : []),
		]);
		person.edit((doc) => boardOf(doc).push([item]));
		return { say: `draws the ${kind} ${id}`, words: [id] };
	},
	move: (doing) =>
		toItem(doing, "moves", (board, item) =>
			moveItems(board, new Set([item]), { x: 10 * doing.size, y: -10 }),
		),
	restyle: (doing) =>
		toItem(doing, "restyles", (board, item) =>
			restyleItems(board, new Set([item]), styleOf(doing)),
		),
	resize: (doing) =>
		toItem(doing, "sizes and turns", (board, item) => {
			const { x = 0, y = 0 } = readItem(item) ?? {};
			const pose = { wide: doing.size / 2, high: 1, turn: 45 * chanceOf(doing, 8) - 180 };
			standItems(board, new Map([[item, { x, y, pose: pose.turn === 0 ? null : pose }]]));
		}),
	reorder: (doing) => {
		const order = orders[doing.size - 1] ?? "front";
		const verb = order === "front" || order === "back" ? `brings to the ${order}` : `lays ${order}`;
		return toItem(doing, verb, (board, item) => liftItems(board, liftsOf(board, item, order)));
	},
	group: (doing) =>
		toItem(doing, "groups", (board, item) => {
			const seen = seenEntries(board);
			const some = new Set([item, seen[(seen.indexOf(item) + doing.size) % seen.length]]);
			const name = `${doing.person.user}'s ${chanceOf(doing, 3)}`;
			groupItems(board, some, chanceOf(doing, 4) === 0 ? null : name);
		}),
	copy: (doing) => {
		const { person, ledger } = doing;
		// A copy is another item: it has a token of its own, and its words would be nobody's.
		const item = itemAt(doing);
		if (item === null || (lettersOf(item)?.length ?? 0) > 0) return null;
		const id = ledger.mint(person.user);
		const did = ofItem("copies", item);
		person.edit((doc) => {
			const how = { by: { x: 16, y: 16 }, groupOf: () => `${person.user}'s copies` };
			for (const copy of copyItems(boardOf(doc), new Set([item]), how)) copy.set("id", id);
		});
		return { say: `${did.say}, as ${id}`, words: [...did.words, id] };
	},
	erase,
	rethink: (doing) => {
		const did = erase(doing);
		if (did === null) return null;
		doing.person.undo.undo();
		return { ...did, say: `${did.say}, and takes that back` };
	},
};

function erase(doing: Doing): Did | null {
	return toItem(doing, "erases", (board, item) => {
		eraseTwins(board, new Set([item]));
		eraseItems(board, new Set([item]));
	});
}

type Change = (board: Y.Array<unknown>, item: Y.Map<unknown>) => void;

function toItem(doing: Doing, verb: string, change: Change): Did | null {
	const item = itemAt(doing);
	if (item === null) return null;
	const did = ofItem(verb, item);
	doing.person.edit((doc) => change(boardOf(doc), item));
	return did;
}

/** Every other time one of all that are seen, else one of the lowest few: always, at one spot. */
function itemAt(doing: Doing): Y.Map<unknown> | null {
	const { person, mode, at } = doing;
	const seen = seenEntries(boardOf(person.doc));
	const isOfFew = mode === "hotSpot" || chanceOf(doing, 2) === 0;
	const count = isOfFew ? Math.min(fewItems, seen.length) : seen.length;
	const item = seen[Math.floor(at * count)];
	return item instanceof Y.Map ? item : null;
}

function ofItem(verb: string, item: Y.Map<unknown>): Did {
	const id = String(item.get("id"));
	return { say: `${verb} ${id} on the board`, words: [id] };
}

/** What the item must have to lie there, as its page works it out. */
function liftsOf(board: Y.Array<unknown>, item: unknown, order: Order): Map<unknown, Lift> {
	const entries = board.toArray();
	const nameOf = (entry: unknown): Lift => {
		const id = idOf(board, entry);
		return [id?.client ?? 0, id?.clock ?? 0, 0];
	};
	const pile = pileOf(board).map((id) => ({
		id,
		lift: () => {
			const lift = readItem(entries[id])?.lift ?? null;
			return lift === null || placeOf(board, lift) === null ? nameOf(entries[id]) : lift;
		},
		isNear: () => true,
	}));
	const lifts = reorder(pile, new Set([entries.indexOf(item)]), order);
	return new Map([...lifts].map(([id, lift]) => [entries[id], lift]));
}

function styleOf(doing: Doing): Partial<ItemStyle> {
	const [color, width] = [chanceOf(doing, 8), chanceOf(doing, 4)];
	const styles = [{ color }, { width }, { color, width }];
	return styles[doing.size - 1] ?? lookOf(doing);
}

function lookOf(doing: Doing) {
	return {
		fill: fills[chanceOf(doing, fills.length)] ?? "none",
		dash: dashes[chanceOf(doing, dashes.length)] ?? "solid",
		opacity: 100 - 10 * chanceOf(doing, 8),
	};
}

/** From 0 on and below `count`: the last digits of where it is done, which choose nothing else. */
function chanceOf({ at }: Doing, count: number): number {
	return Math.floor(at * 1e6) % count;
}

function boardOf(doc: Y.Doc): Y.Array<unknown> {
	return doc.getArray("strokes");
}
