/** What is deleted, without a doc: ranges of each client, sorted and joined. */
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WeftError } from "../../../shared/errors.ts";
import type { Holdings, Verdict } from "../inspect.ts";
import { type DeletedRange, partsMax } from "../update-reader.ts";

interface Range {
	readonly clock: number;
	/** Clock after the last deleted element. */
	end: number;
}

/** A set of deleted elements that answers quickly whether a range lies inside. Never changes. */
export class DeleteRanges {
	readonly #clients: ReadonlyMap<number, readonly Range[]>;

	constructor(ranges: Iterable<DeletedRange>) {
		const clients = new Map<number, Range[]>();
		for (const { client, clock, length } of ranges) {
			const held = clients.get(client) ?? [];
			held.push({ clock, end: clock + length });
			clients.set(client, held);
		}
		for (const [client, held] of clients) clients.set(client, join(held));
		this.#clients = clients;
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
		return encoding.encode((encoder) => {
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
				}
			}
		});
	}
}

/**
 * What an update that only deletes (Yjs v1) is to what is held: a reader sends its whole delete set
 * again and again. Read up to the range that decides, so nobody goes through more ranges than are
 * deleted; "new" is all that needs a closer look, as what is not written as Yjs writes it.
 *
 * @throws WeftError `refused_update` where a head tells of too many; an error of lib0 where it is
 * cut short
 */
export function compareRanges(update: Uint8Array, holdings: Holdings): Verdict {
	const reader = decoding.createDecoder(update);
	if (decoding.readVarUint(reader) !== 0) return "new";
	const clients = new Set<number>();
	for (let clientsLeft = decoding.readVarUint(reader); clientsLeft > 0; clientsLeft--) {
		const client = decoding.readVarUint(reader);
		const rangeCount = decoding.readVarUint(reader);
		if (rangeCount > partsMax) throw new WeftError("refused_update", "too many deletes");
		if (rangeCount === 0 || clients.has(client)) return "new";
		clients.add(client);
		const verdict = compareRangesOf(client, rangeCount, { reader, holdings });
		if (verdict !== "known") return verdict;
	}
	return decoding.hasContent(reader) ? "new" : "known";
}

function compareRangesOf(
	client: number,
	rangeCount: number,
	{ reader, holdings }: { readonly reader: decoding.Decoder; readonly holdings: Holdings },
): Verdict {
	const held = holdings.clockOf(client);
	let end = 0;
	for (let left = rangeCount; left > 0; left--) {
		const clock = decoding.readVarUint(reader);
		const length = decoding.readVarUint(reader);
		if (length === 0 || clock < end) return "new";
		end = clock + length;
		if (end > held) return "missing";
		if (!holdings.hasDeleted({ client, clock, length })) return "new";
	}
	return "known";
}

function join(ranges: Range[]): Range[] {
	ranges.sort((a, b) => a.clock - b.clock);
	const joined: Range[] = [];
	for (const range of ranges) {
		const last = joined.at(-1);
		if (last !== undefined && range.clock <= last.end) last.end = Math.max(last.end, range.end);
		else joined.push(range);
	}
	return joined;
}
