/** Widens a change of Quill's so that no operation on Y.Text begins or ends inside a character. */
import type { Op } from "quill/core";
import {
	type Formats,
	isHighSurrogate,
	isLowSurrogate,
	wellFormed,
} from "../../shared/surfaces/text.ts";
import { oldLengthOf } from "./delta.ts";

/** A change on whole characters. */
export interface WholeChange {
	readonly ops: Op[];
	/** False where the result differs from what Quill made of the original ops. */
	readonly isExact: boolean;
}

/** One operation, cut so that a half of a character stands alone. */
type Piece =
	| { readonly kind: "insert"; readonly op: Op }
	| { readonly kind: "keep" | "delete"; readonly op: Op; readonly half: Half; readonly at: number };
type OldPiece = Exclude<Piece, { kind: "insert" }>;
type Half = "none" | "high" | "low";

/**
 * Rewrites `ops` over the text `old` (both in UTF-16 code units). A character of which one half was
 * kept and the other replaced, as a differ does with emoji that share a half, is replaced whole.
 */
export function onWholeCharacters(ops: readonly Op[], old: readonly Op[]): WholeChange {
	const units = new UnitReader(old);
	const pieces = cutAtPairs(ops, units);
	const merged = pieces.some(isHalf) ? joinHalves(pieces, units) : { ops: [...ops], isExact: true };
	return makeWellFormed(merged);
}

/** True where `ops` over `old` begin or end inside a character. */
export function cutsCharacter(ops: readonly Op[], old: readonly Op[]): boolean {
	return cutAtPairs(ops, new UnitReader(old)).some(isHalf);
}

function isHalf(piece: Piece): boolean {
	return piece.kind !== "insert" && piece.half !== "none";
}

/** Reads code units of a document at indexes; quick where the indexes grow. */
class UnitReader {
	readonly #ops: readonly Op[];
	#opIndex = 0;
	#opStart = 0;

	constructor(ops: readonly Op[]) {
		this.#ops = ops;
	}

	/** The code unit there; 0 for embeds and beyond the end. */
	at(index: number): number {
		const insert = this.#opAt(index)?.insert;
		return typeof insert === "string" ? insert.charCodeAt(index - this.#opStart) : 0;
	}

	/** The formats there. */
	attributesAt(index: number): Formats {
		return this.#opAt(index)?.attributes ?? {};
	}

	#opAt(index: number): Op | null {
		if (index < this.#opStart) {
			this.#opIndex = 0;
			this.#opStart = 0;
		}
		for (;;) {
			const op = this.#ops[this.#opIndex];
			if (op === undefined) return null;
			const length = typeof op.insert === "string" ? op.insert.length : 1;
			if (index < this.#opStart + length) return op;
			this.#opStart += length;
			this.#opIndex++;
		}
	}

	isInsidePair(index: number): boolean {
		return index > 0 && isHighSurrogate(this.at(index - 1)) && isLowSurrogate(this.at(index));
	}
}

function cutAtPairs(ops: readonly Op[], old: UnitReader): Piece[] {
	const pieces: Piece[] = [];
	let at = 0;
	for (const op of ops) {
		if (op.insert !== undefined) {
			pieces.push({ kind: "insert", op });
			continue;
		}
		const end = at + oldLengthOf(op);
		const bodyStart = old.isInsidePair(at) ? at + 1 : at;
		const bodyEnd = old.isInsidePair(end) ? end - 1 : end;
		if (bodyStart > at) pieces.push(pieceOf(op, at, 1, "low"));
		if (bodyEnd > bodyStart) pieces.push(pieceOf(op, bodyStart, bodyEnd - bodyStart, "none"));
		if (bodyEnd < end) pieces.push(pieceOf(op, bodyEnd, 1, "high"));
		at = end;
	}
	if (old.isInsidePair(at)) pieces.push(pieceOf({ retain: 1 }, at, 1, "low"));
	return pieces;
}

function pieceOf(op: Op, at: number, length: number, half: Half): OldPiece {
	if (op.delete !== undefined) return { kind: "delete", op: { delete: length }, half, at };
	return { kind: "keep", op: { ...op, retain: length }, half, at };
}

/** Walks the pieces and replaces each pair that was cut by one operation on both halves. */
function joinHalves(pieces: readonly Piece[], old: UnitReader): { ops: Op[]; isExact: boolean } {
	const ops: Op[] = [];
	const queue = [...pieces];
	let isExact = true;
	for (let piece = queue.shift(); piece !== undefined; piece = queue.shift()) {
		if (piece.kind === "insert" || piece.half !== "high") {
			ops.push(piece.op);
			continue;
		}
		const between = takeInserts(queue);
		const low = queue.shift();
		if (low === undefined || low.kind === "insert") throw new Error("a pair without its low half");
		const pair = { high: piece, low, between };
		isExact = joinPair(pair, { before: ops, after: queue, old }) && isExact;
	}
	return { ops, isExact };
}

function takeInserts(queue: Piece[]): Op[] {
	const inserts: Op[] = [];
	while (queue[0]?.kind === "insert") {
		const piece = queue.shift();
		if (piece !== undefined) inserts.push(piece.op);
	}
	return inserts;
}

interface CutPair {
	readonly high: OldPiece;
	readonly low: OldPiece;
	readonly between: Op[];
}

interface Around {
	/** What was put out before the pair; the pair is added to it. */
	readonly before: Op[];
	readonly after: Piece[];
	readonly old: UnitReader;
}

/** @returns false where a half was dropped, or it or what was put between the halves changed. */
function joinPair(pair: CutPair, around: Around): boolean {
	const { high, low, between } = pair;
	if (high.kind === "keep" && low.kind === "keep") {
		around.before.push({ ...high.op, retain: 2 }, ...between);
		return between.length === 0 && high.op.attributes === low.op.attributes;
	}
	around.before.push(...between);
	let isExact = true;
	if (high.kind === "keep") isExact = giveHigh(high, pair, around);
	if (low.kind === "keep") isExact = giveLow(low, around);
	around.before.push({ delete: 2 });
	return isExact;
}

/** Puts a kept high half in front of an inserted low one. */
function giveHigh(high: OldPiece, pair: CutPair, around: Around): boolean {
	const half = String.fromCharCode(around.old.at(high.at));
	const give = (op: Op | undefined): Op | null =>
		typeof op?.insert === "string" && isLowSurrogate(op.insert.charCodeAt(0))
			? { ...op, insert: half + op.insert }
			: null;
	const next = around.after[0];
	if (pair.between.length === 0 && next?.kind === "insert") {
		const given = give(next.op);
		if (given === null) return false;
		around.after[0] = { kind: "insert", op: given };
		return hasFormatsOf(given, high, around.old);
	}
	const index = around.before.length - pair.between.length;
	const given = give(around.before[index]);
	if (given === null) return false;
	around.before[index] = given;
	return hasFormatsOf(given, high, around.old);
}

/** Puts a kept low half behind an inserted high one. */
function giveLow(low: OldPiece, around: Around): boolean {
	const last = around.before.at(-1);
	if (typeof last?.insert !== "string") return false;
	if (!isHighSurrogate(last.insert.charCodeAt(last.insert.length - 1))) return false;
	const half = String.fromCharCode(around.old.at(low.at));
	around.before[around.before.length - 1] = { ...last, insert: last.insert + half };
	return hasFormatsOf(last, low, around.old);
}

/** True where the kept half looked as what it became part of. */
function hasFormatsOf(insert: Op, kept: OldPiece, old: UnitReader): boolean {
	const formats = { ...old.attributesAt(kept.at), ...kept.op.attributes };
	const names = Object.keys(formats).filter((name) => formats[name] !== null);
	const given = insert.attributes ?? {};
	return (
		names.length === Object.keys(given).length &&
		names.every((name) => formats[name] === given[name])
	);
}

function makeWellFormed(change: WholeChange): WholeChange {
	let { isExact } = change;
	const ops = change.ops.map((op) => {
		if (typeof op.insert !== "string") return op;
		const insert = wellFormed(op.insert);
		if (insert === op.insert) return op;
		isExact = false;
		return { ...op, insert };
	});
	return { ops, isExact };
}
