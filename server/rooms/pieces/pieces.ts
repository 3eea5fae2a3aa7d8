/**
 * Cuts an update of somebody who was away long into pieces that can be judged and applied one after
 * another, with turns of the event loop between. Yjs looks through all that others wrote at one
 * spot for each struct that goes there: of 4,000 letters there, each takes half a millisecond.
 */
import * as Y from "yjs";
import { WeftError } from "../../../shared/errors.ts";
import { type Holdings, newClientsMax } from "../inspect.ts";
import { type DeletedRange, partsMax, type ReadUpdate, readUpdate } from "../update-reader.ts";
import { DeleteRanges } from "./delete-ranges.ts";
import { type Met, slicesOf } from "./slices.ts";

/** Structs of an update that comes as one: 8,000 letters at their spot make that 18 ms. */
export const shortStructsMax = 16;

/** Structs of a piece of a longer one; a turn ends behind a piece. */
export const pieceStructsMax = 2;

/** Elements that an update deletes at once. */
const deletedMax = 2_000;

/** Structs of the doc that a piece deletes: 256 take a millisecond. */
const deletedStructsMax = 256;

/** An update, or a part of one that can be judged and applied as one. */
export interface Piece {
	readonly bytes: Uint8Array;
	readonly update: ReadUpdate;
}

/** True for what takes no time worth counting, whatever stands where it goes. */
export function isShort({ clients, deletes }: ReadUpdate, structsMax: number): boolean {
	let structCount = 0;
	let deletedCount = 0;
	for (const { structs } of clients) structCount += structs.length;
	for (const { length } of deletes) deletedCount += length;
	return structCount <= structsMax && deletedCount <= deletedMax;
}

/**
 * The pieces of an update, each after all that it needs; those that delete come last. Each must be
 * in the doc before the next is asked for. Null stands where as much was only read; "missing" comes
 * before all others, where what the update brings or deletes lacks something that stands before it.
 *
 * @throws WeftError `refused_update` where the update cannot be read, or is too much as a whole;
 * an error of lib0
 */
export function* piecesOf(
	bytes: Uint8Array,
	doc: Y.Doc,
	holdings: Holdings,
	structsMax: number,
): Generator<Piece | "missing" | null, void, void> {
	const bounds = new Bounds(holdings);
	const limits = {
		rangesMax: deletedStructsMax,
		countMax: partsMax,
		met: bounds,
	};
	for (const slice of slicesOf(bytes, structsMax, limits)) {
		if (slice !== null && bounds.isLacking) {
			yield "missing";
			return;
		}
		const update = slice && readUpdate(slice);
		if (update !== null) bounds.count(update);
		if (slice === null || update === null) yield null;
		else if (update.deletes.length === 0) yield { bytes: slice, update };
		else yield* deletingPieces(update.deletes, doc);
	}
}

function* deletingPieces(
	ranges: readonly DeletedRange[],
	doc: Y.Doc,
): Generator<Piece, void, void> {
	for (const deletes of cutDeletes(ranges, doc)) {
		const bytes = DeleteRanges.of(deletes).encodeAsUpdate();
		yield { bytes, update: { clients: [], deletes } };
	}
}

/**
 * What is bounded for an update is counted over all of its pieces, and what its heads tell is seen
 * before the first: ten thousand letters of others at one spot are seconds of work, and where a
 * late piece may not be all of it would go again, with the doc.
 */
class Bounds implements Met {
	readonly #holdings: Holdings;
	readonly #deletedCounts = new Map<number, number>();
	readonly #ends = new Map<number, number>();
	#newClientCount = 0;
	#isLacking = false;
	#last: DeletedRange = { client: -1, clock: 0, length: 0 };

	constructor(holdings: Holdings) {
		this.#holdings = holdings;
	}

	/** True where structs or deletes speak of what is neither held nor brought. */
	get isLacking(): boolean {
		return this.#isLacking;
	}

	/** See `Met`. */
	structs(client: number, clock: number, end: number): number {
		const held = this.#holdings.clockOf(client);
		if (held === 0) this.#newClientCount++;
		if (this.#newClientCount > newClientsMax) refuse("too many clients");
		if (clock > held) this.#isLacking = true;
		this.#ends.set(client, end);
		return held;
	}

	/** See `Met`. */
	deletes(client: number, end: number): void {
		const there = Math.max(this.#holdings.clockOf(client), this.#ends.get(client) ?? 0);
		if (end > there) this.#isLacking = true;
	}

	count({ deletes }: ReadUpdate): void {
		for (const range of deletes) {
			const { client, clock, length } = range;
			if (isOverlap(range, this.#last)) refuse("deletes something twice");
			this.#last = range;
			const count = (this.#deletedCounts.get(client) ?? 0) + length;
			this.#deletedCounts.set(client, count);
			const end = Math.max(this.#holdings.clockOf(client), clock + length);
			if (count > end) refuse("deletes something twice");
		}
	}
}

/** Ranges that do not stand in order are met by what they come to in all. */
function isOverlap(one: DeletedRange, other: DeletedRange): boolean {
	if (one.client !== other.client) return false;
	return one.clock < other.clock + other.length && other.clock < one.clock + one.length;
}

/** Ranges in groups, each over a few structs of the doc. */
function* cutDeletes(
	ranges: readonly DeletedRange[],
	doc: Y.Doc,
): Generator<readonly DeletedRange[], void, void> {
	let group: DeletedRange[] = [];
	let structCount = 0;
	for (const range of ranges) {
		for (const { part, count } of partsOf(range, doc)) {
			group.push(part);
			structCount += count;
			if (structCount < deletedStructsMax) continue;
			yield group;
			group = [];
			structCount = 0;
		}
	}
	if (group.length > 0) yield group;
}

/** A range cut where structs of the doc end: no other cut is sure to go through no pair. */
function* partsOf(
	{ client, clock, length }: DeletedRange,
	doc: Y.Doc,
): Generator<{ readonly part: DeletedRange; readonly count: number }, void, void> {
	const end = clock + length;
	for (let from = clock; from < end; ) {
		const structs = doc.store.clients.get(client) ?? [];
		const isHeld = from < Y.getState(doc.store, client);
		const next = isHeld ? structs[Y.findIndexSS(structs, from) + deletedStructsMax] : undefined;
		const to = Math.min(end, next?.id.clock ?? end);
		const part = { client, clock: from, length: to - from };
		yield { part, count: Math.min(to - from, deletedStructsMax) };
		from = to;
	}
}

function refuse(detail: string): never {
	throw new WeftError("refused_update", detail);
}
