/** What is deleted, without a doc: ranges of each client, sorted and joined. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WeftError } from "../../../shared/errors.ts";
import type { Holdings, Verdict } from "../inspect.ts";
import { atOnce, type Steps } from "../scheduler.ts";
import { type DeletedRange, partsMax } from "../update-reader.ts";

interface Range {
	readonly clock: number;
	/** Clock after the last deleted element. */
	end: number;
}

/** Ranges between two moments at which one may pause: half a millisecond at most. */
const rangesPerStep = 4_096;

/** A set of deleted elements that answers quickly whether a range lies inside. Never changes. */
export class DeleteRanges {
	readonly #clients: ReadonlyMap<number, readonly Range[]>;

	private constructor(clients: ReadonlyMap<number, readonly Range[]>) {
		this.#clients = clients;
	}

	/** Of ranges in any order, which may overlap. */
	static of(ranges: Iterable<DeletedRange>): DeleteRanges {
		return atOnce(DeleteRanges.inSteps(ranges));
	}

	/** The same; half a million take a fifth of a second. */
	static *inSteps(ranges: Iterable<DeletedRange>): Steps<DeleteRanges> {
		const clients = new Map<number, Run[]>();
		let rangeCount = 0;
		for (const { client, clock, length } of ranges) {
			const runs = clients.get(client);
			const range = { clock, end: clock + length };
			if (runs === undefined) clients.set(client, [{ ranges: [range], isSorted: true }]);
			else put(range, runs);
			if (++rangeCount % rangesPerStep === 0) yield;
		}
		const joined = new Map<number, readonly Range[]>();
		for (const [client, runs] of clients) {
			joined.set(client, yield* joinRuns(runs));
			if (joined.size % rangesPerStep === 0) yield;
		}
		return new DeleteRanges(joined);
	}

	/** True where every element of the range is deleted. */
	has({ client, clock, length }: DeletedRange): boolean {
		const ranges = this.#clients.get(client) ?? [];
		let low = 0;
		let high = ranges.length - 1;
		while (low <= high) {
			const middle = (low + high) >> 1;
			const range = ranges[middle];
			if (range === undefined || clock < range.clock) high = middle - 1;
			else if (clock >= range.end) low = middle + 1;
			else return clock + length <= range.end;
		}
		return false;
	}

	/** An update (Yjs v1) without structs that deletes just this. */
	encodeAsUpdate(): Uint8Array {
		return atOnce(this.encodeInSteps());
	}

	/** The same. */
	*encodeInSteps(): Steps<Uint8Array> {
		const encoder = encoding.createEncoder();
		let rangeCount = 0;
		encoding.writeVarUint(encoder, 0);
		encoding.writeVarUint(encoder, this.#clients.size);
		// Highest client first, as Yjs writes it.
		const clients = Array.from(this.#clients).sort(([a], [b]) => b - a);
		for (const [client, ranges] of clients) {
			encoding.writeVarUint(encoder, client);
			encoding.writeVarUint(encoder, ranges.length);
			for (const { clock, end } of ranges) {
				encoding.writeVarUint(encoder, clock);
				encoding.writeVarUint(encoder, end - clock);
				if (++rangeCount % rangesPerStep === 0) yield;
			}
		}
		return encoding.toUint8Array(encoder);
	}
}

/** Ranges of a client that came one after another. */
interface Run {
	ranges: Range[];
	/** True where they stand in order and are joined. */
	isSorted: boolean;
}

/**
 * Adds a range to the last run. Yjs writes ranges in order, so that nearly all updates are one run;
 * what is not in order is sorted so few at a time, and then merged.
 */
function put(range: Range, runs: Run[]): void {
	const run = runs.at(-1);
	const isNext = range.clock >= (run?.ranges.at(-1)?.clock ?? 0);
	const isFull = (run?.ranges.length ?? 0) >= rangesPerStep;
	if (run === undefined || (isFull && !(isNext && run.isSorted))) {
		runs.push({ ranges: [range], isSorted: true });
	} else if (isNext && run.isSorted) join(run.ranges, range);
	else {
		run.ranges.push(range);
		run.isSorted = false;
	}
}

/** All ranges of the runs, in order and joined. */
function* joinRuns(runs: readonly Run[]): Steps<readonly Range[]> {
	let lists: Range[][] = [];
	for (const { ranges, isSorted } of runs) {
		const list = isSorted ? ranges : sorted(ranges);
		lists.push(list);
		if (!isSorted) yield;
	}
	while (lists.length > 1) {
		const merged: Range[][] = [];
		for (let at = 0; at < lists.length; at += 2) {
			merged.push(yield* merge(lists[at] ?? [], lists[at + 1] ?? []));
		}
		lists = merged;
	}
	return lists[0] ?? [];
}

function sorted(ranges: Range[]): Range[] {
	const list: Range[] = [];
	for (const range of ranges.sort((a, b) => a.clock - b.clock)) join(list, range);
	return list;
}

function* merge(a: readonly Range[], b: readonly Range[]): Steps<Range[]> {
	const merged: Range[] = [];
	let [aIndex, bIndex] = [0, 0];
	while (aIndex < a.length || bIndex < b.length) {
		const [ofA, ofB] = [a[aIndex], b[bIndex]];
		const isA = ofB === undefined || (ofA !== undefined && ofA.clock <= ofB.clock);
		const next = isA ? ofA : ofB;
		if (next !== undefined) join(merged, next);
		if (isA) aIndex++;
		else bIndex++;
		if ((aIndex + bIndex) % rangesPerStep === 0) yield;
	}
	return merged;
}

/** Puts a range behind others, none of which begins after it. */
function join(list: Range[], range: Range): void {
	const last = list.at(-1);
	if (last !== undefined && range.clock <= last.end) last.end = Math.max(last.end, range.end);
	else list.push(range);
}

/**
 * What an update that only deletes (Yjs v1) is to what is held: a reader sends its whole delete set
 * again and again. Read up to the range that decides, so nobody goes through more ranges than are
 * deleted; "new" is all that needs a closer look, as what is not written as Yjs writes it.
 *
 * @throws WeftError `refused_update` where a head tells of too many; an error of lib0 where it is
 * cut short
 */
export function* compareRanges(update: Uint8Array, holdings: Holdings): Steps<Verdict> {
	const reader = decoding.createDecoder(update);
	if (decoding.readVarUint(reader) !== 0) return "new";
	const clients = new Set<number>();
	for (let clientsLeft = decoding.readVarUint(reader); clientsLeft > 0; clientsLeft--) {
		const client = decoding.readVarUint(reader);
		const rangeCount = decoding.readVarUint(reader);
		if (rangeCount > partsMax) throw new WeftError("refused_update", "too many deletes");
		if (rangeCount === 0 || clients.has(client)) return "new";
		clients.add(client);
		const verdict = yield* compareRangesOf(client, rangeCount, { reader, holdings });
		if (verdict !== "known") return verdict;
		if (clients.size % rangesPerStep === 0) yield;
	}
	return decoding.hasContent(reader) ? "new" : "known";
}

function* compareRangesOf(
	client: number,
	rangeCount: number,
	{ reader, holdings }: { readonly reader: decoding.Decoder; readonly holdings: Holdings },
): Steps<Verdict> {
	const held = holdings.clockOf(client);
	let end = 0;
	for (let left = rangeCount; left > 0; left--) {
		const clock = decoding.readVarUint(reader);
		const length = decoding.readVarUint(reader);
		if (length === 0 || clock < end) return "new";
		end = clock + length;
		if (end > held) return "missing";
		if (!holdings.hasDeleted({ client, clock, length })) return "new";
		if (left % rangesPerStep === 0) yield;
	}
	return "known";
}
