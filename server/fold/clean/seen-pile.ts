/**
 * The board as people see it, back to front. What was laid above or below others names an entry by
 * Yjs's id, which a purge makes another one: so it lies there in the array, and says nothing more.
 * Of what is there twice the one that nobody sees is left out: nothing would tell it afterwards.
 */
import * as Y from "yjs";
import { readLift } from "../../../shared/surfaces/arrange/heights.ts";
import { pileOf } from "../../../shared/surfaces/arrange/pile.ts";
import { twinsIn } from "../../../shared/surfaces/arrange/twins.ts";
import { readItem } from "../../../shared/surfaces/board.ts";
import { strokesOf } from "../../../shared/surfaces/root.ts";
import { type Piece, piecesOf } from "./visible-copy.ts";

/** Where each entry stood before, in the order in which they stand in the fresh doc. */
export function seenOrder(doc: Y.Doc): number[] {
	const board = strokesOf(doc);
	return changedOrder(board) ?? [...board.toArray().keys()];
}

/** The entries of the board in that order. */
export function pilePieces(doc: Y.Doc): Piece[] {
	const board = strokesOf(doc);
	const pieces = [...piecesOf(board)];
	const order = changedOrder(board);
	if (order === null) return pieces;
	const single = pieces.flatMap(({ client, content }) =>
		content instanceof Y.ContentAny
			? content.arr.map((value) => ({ client, content: new Y.ContentAny([value]) }))
			: [{ client, content }],
	);
	return order.flatMap((index) => single[index] ?? []);
}

/** True for a key of an entry that the order says now. */
export function isSaidByOrder(key: string, value: unknown): boolean {
	return key === "z" && readLift(value) !== null;
}

/** Null where nothing lies elsewhere or is there twice: then the array is the order, and stays. */
function changedOrder(board: Y.Array<unknown>): number[] | null {
	if (!isArray(board)) return null;
	const entries = board.toArray();
	const isLaid = entries.some((entry) => (readItem(entry)?.lift ?? null) !== null);
	return isLaid || twinsIn(board).size > 0 ? pileOf(board) : null;
}

/** Other programs may have made a text of it, whose order is all that it is. */
function isArray(board: Y.Array<unknown>): boolean {
	return [...piecesOf(board)].every(
		({ content }) => content instanceof Y.ContentAny || content instanceof Y.ContentType,
	);
}
